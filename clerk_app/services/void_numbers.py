"""Numbers that nobody took on their day are void: the machine says so, so that each number leased has its place."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.kinds import Kind
from sync.body import voids
from sync.clock import office_day
from sync.entry import Signer
from sync.errors import JournalError
from sync.journal import Journal, ranges

_DAY_OVER = "day_over"


@dataclass(frozen=True, slots=True)
class VoidNumbers:
    journal: Journal
    device: Signer
    now: Callable[[], datetime]  # legal time

    def __call__(self) -> bool:
        """Call void what is left of the ranges of earlier days; return whether there was any.

        Asked after a round with central, whose clock says which day it is. A damaged journal takes no entry.
        """
        with suppress(JournalError):
            return self._called()
        return False

    def _called(self) -> bool:
        today = office_day(self.now())
        with self.journal.reading() as tx:
            if not ranges.to_void(tx, self.journal.chain, today):
                return False
        with self.journal.act(self.device) as act:
            left = ranges.to_void(act.tx, act.chain, office_day(act.now))
            if left:
                body = {"v": 1, "reason": _DAY_OVER, "voids": voids(left)}
                act.add(self.journal.unit, Kind.NUMBERS_VOIDED, body)
        return bool(left)
