"""Find what the same person already asked for here by the same procedure, before it is received a second time."""

from dataclasses import dataclass

from clerk_app.domain.dossier import Dossier, Draft, Status
from clerk_app.domain.register_filter import RegisterFilter
from clerk_app.services.find_dossiers import FindDossiers

_LOOKED_AT = 50  # dossiers of one person and procedure, the newest
_OVER = frozenset({Status.REFUSED, Status.RETURNED})
_LEAST = 9  # characters of a number that names one person


@dataclass(frozen=True, slots=True)
class FindTwins:
    find_dossiers: FindDossiers

    def __call__(self, draft: Draft) -> tuple[Dossier, ...]:
        """Return the dossiers under way of the draft's owner and procedure, newest first.

        Nothing while the number is too short, or the procedure is not chosen. It only ever warns: no rule
        forbids to ask twice.
        """
        number = "".join(draft.applicant.owner.id_number.split()).upper()
        if not draft.procedure or len(number) < _LEAST:
            return ()
        found = self.find_dossiers(number, _LOOKED_AT, RegisterFilter(procedure=draft.procedure))
        return tuple(
            dossier
            for dossier in found
            if dossier.id != draft.id
            and dossier.status not in _OVER
            and dossier.applicant.owner.id_number.upper() == number
        )
