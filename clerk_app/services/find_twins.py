"""Find what the same person already asked for here by the same procedure, before it is received a second time."""

from dataclasses import dataclass

from clerk_app.domain.access import Access
from clerk_app.domain.dossier import Dossier, Draft, Status
from clerk_app.domain.officer import Officer
from clerk_app.domain.register_filter import RegisterFilter
from clerk_app.domain.twin import Twin
from clerk_app.services.find_dossiers import FindDossiers
from clerk_app.services.roles import may

_LOOKED_AT = 50  # dossiers of one person and procedure, the newest
_OVER = frozenset({Status.REFUSED, Status.RETURNED})
_LEAST = 9  # characters of a number that names one person


@dataclass(frozen=True, slots=True)
class FindTwins:
    find_dossiers: FindDossiers
    officer: Officer

    def __call__(self, draft: Draft) -> tuple[Twin, ...]:
        """Return the dossiers under way of the draft's owner and procedure, newest first; whole for who may read them.

        Nothing while the number is too short, or the procedure is not chosen. It only ever warns: no rule
        forbids to ask twice.
        """
        number = "".join(draft.applicant.owner.id_number.split()).upper()
        if not draft.procedure or len(number) < _LEAST:
            return ()
        found = self.find_dossiers(number, _LOOKED_AT, RegisterFilter(procedure=draft.procedure))
        return tuple(
            self._seen(dossier)
            for dossier in found
            if dossier.id != draft.id
            and dossier.status not in _OVER
            and dossier.applicant.owner.id_number.upper() == number
        )

    def _seen(self, dossier: Dossier) -> Twin:
        ask = "" if dossier.received_by == self.officer.name else dossier.received_by
        return Twin(dossier.code, ask, dossier if may(self.officer, Access.DOSSIERS) else None)
