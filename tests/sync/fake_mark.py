"""Marks kept in memory, for tests that turn them by hand."""

from sync.errors import DiskFull
from sync.journal.mark import Mark


class FakeMarks:
    """Believes everything; `full` like a disk without room."""

    def __init__(self) -> None:
        self.kept: dict[str, Mark] = {}
        self.full = False

    def read(self, installation: str) -> Mark | None:
        return self.kept.get(installation)

    def write(self, mark: Mark) -> None:
        if self.full:
            raise DiskFull
        self.kept[mark.installation] = mark
