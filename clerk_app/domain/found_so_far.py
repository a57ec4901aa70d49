"""What a search of the register has found so far, and how to go on."""

from dataclasses import dataclass

from clerk_app.domain.dossier import Dossier


@dataclass(frozen=True, slots=True)
class FoundSoFar:
    """Some dossiers, newest first. `goes_on` is handed back to look further; "" when everything was looked at.

    Fewer dossiers than were asked for, with something to go on with, mean that the older ones were not looked at yet.
    """

    dossiers: tuple[Dossier, ...] = ()
    goes_on: str = ""
