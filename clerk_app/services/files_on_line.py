"""How much of the files may go over the line now: the day's limit, the officer's pause, a line paid for by the byte."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.sending import FilesOnTheLine
from clerk_app.line_settings import LineSettings
from clerk_app.services.metered import Metering
from sync.clock import office_day
from sync.errors import FileMissing
from sync.files import FileStore
from sync.journal import Journal, meta, references, traffic
from sync.transfer import Quota

_PAUSED = "large_files_paused"  # a fact of the journal about itself
_KB, _MB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class FilesOnLine:
    """Entries always go. Large files wait while somebody has paused them, or the system says that the line is metered."""

    journal: Journal
    files: FileStore
    line: LineSettings
    metering: Metering
    now: Callable[[], datetime]

    def quota(self) -> Quota:
        """Return what may go in the round that begins now."""
        return Quota(
            self._day(),
            self.line.file_mb_a_day * _MB if self.line.file_mb_a_day else None,
            self.line.large_file_kb * _KB if self._large_wait(self.metering()) else None,
        )

    def pause(self, paused: bool) -> None:
        """Let large files wait, or go on; it holds until it is changed, over a restart too."""
        with self.journal.writing() as tx:
            meta.put(tx, _PAUSED, "yes" if paused else "")

    def __call__(self) -> FilesOnTheLine:
        """Return how things stand; asks nobody outside."""
        metered = self.metering.known
        with self.journal.reading() as tx:
            sent = traffic.sent_on(tx, self._day())
            paused = bool(meta.get(tx, _PAUSED))
            waiting = references.not_uploaded(tx)
        limit = self.line.file_mb_a_day * _MB
        largest = self.line.large_file_kb * _KB if self._large_wait(metered) else None
        held = [
            size
            for size in map(self._size, waiting)
            if (largest is not None and size > largest) or (limit and size > limit - sent)
        ]
        return FilesOnTheLine(paused, metered, sent, limit, len(held), sum(held))

    def _large_wait(self, metered: bool | None) -> bool:
        with self.journal.reading() as tx:
            paused = bool(meta.get(tx, _PAUSED))
        return paused or (metered is True and self.line.hold_when_metered)

    def _day(self) -> str:
        return office_day(self.now()).isoformat()

    def _size(self, sha256: str) -> int:
        try:
            return self.files.size(sha256)
        except FileMissing:
            return 0
