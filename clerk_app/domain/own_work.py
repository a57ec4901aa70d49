"""Own work is never self-approved: who may not sign further on a dossier, by what they did on it or whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.document import DocumentKind, SignatureField
from clerk_app.domain.issuing import kind_of_signature
from clerk_app.domain.kinds import KINDS

_BARRED_BY = {kind.name: kind.not_by_author_of for kind in KINDS}


class Barred(StrEnum):
    """Why somebody may not sign this one, whatever their role."""

    OWN_WORK = "own_work"  # they received the dossier, or signed its paper as officer
    OWN_DOSSIER = "own_dossier"  # it is theirs, or they handed it in


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who would sign, as entries and papers know them."""

    author: str  # "officer:<id>"
    name: str
    identity_number: str = ""  # as settings tell it; empty: not known, so nobody is recognised by it

    def barred_from(
        self,
        document: DocumentKind,
        field: SignatureField,
        done_by: Iterable[tuple[str, str]],
        applicant: Applicant,
    ) -> Barred | None:
        """Say why this person may not fill a leader's field or the seal's; None: nothing stands against it.

        `done_by`: kind and author of what was done on the dossier. Central looks at the same acts again; it knows
        nobody's identity number.
        """
        bars = _BARRED_BY[kind_of_signature(document, field)]
        if any(author == self.author and kind in bars for kind, author in done_by):
            return Barred.OWN_WORK
        people = (applicant.owner, applicant.at_the_counter)
        own = self.identity_number
        return Barred.OWN_DOSSIER if own and any(own == each.id_number for each in people) else None
