"""How the proof of time of a counter's papers stands."""

from dataclasses import dataclass
from datetime import datetime

from clerk_app.errors import Notice


@dataclass(frozen=True, slots=True)
class Proving:
    """After a round, or as it is. `since` (UTC): when the oldest dossier was received whose paper has no proof."""

    done: int
    waiting: int
    since: datetime | None
    hopeless: int  # papers that no authority can help: somebody has to look at them
    has_authority: bool
    trouble: Notice | None = None  # what ended the round before its time
