"""What stands around a journal and not in it: the mark that tells an old copy, the room kept for a full disk."""

from dataclasses import dataclass

from sync.ballast import Ballast
from sync.journal.mark import HighWater


@dataclass(frozen=True, slots=True)
class Safety:
    """Both may be missing: the journal then keeps all promises but those."""

    mark: HighWater | None = None
    ballast: Ballast | None = None


UNGUARDED = Safety()
