"""Ballast: a file that holds room on the disk, and is let go when the disk is full, so that the act in hand is kept."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from sync.durable import TEMPORARY, disk_errors, settle_folder
from sync.errors import DiskFull

ACT = 8 * 1024 * 1024  # bytes that an act, its log and a checkpoint may need
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ballast:
    """A file of `size` bytes in the folder whose disk it guards; 0: none."""

    folder: Path
    size: int

    @property
    def path(self) -> Path:
        return self.folder / "ballast"

    @property
    def is_there(self) -> bool:
        """Whether the room is held."""
        return self.path.exists()

    def ease(self) -> bool:
        """Let the room go when an act would hardly find any; return whether that was done. Costs one look at the disk."""
        return self._free() < min(ACT, self.size) and self.release()

    def release(self) -> bool:
        """Let the room go; return whether there was any."""
        try:
            self.path.unlink()
        except OSError:  # not there, or a disk that takes no change at all
            return False
        return True

    def make(self) -> bool:
        """Hold the room if it is not held and the disk has twice as much; return whether it is held now."""
        if self.size == 0 or self.is_there:
            return self.is_there
        if self._free() < 2 * self.size + ACT:
            return False
        try:
            self._fill()
        except DiskFull:
            return False
        return True

    def _free(self) -> int:
        with disk_errors():
            return shutil.disk_usage(self.folder).free

    def _fill(self) -> None:
        """Write bytes that no disk makes smaller: a file with holes holds nothing."""
        piece = os.urandom(_PIECE)
        begun = self.path.with_name(f"{TEMPORARY}ballast")
        with disk_errors():
            try:
                with begun.open("wb") as file:
                    for _ in range(0, self.size, _PIECE):
                        file.write(piece[: self.size - file.tell()])
                    file.flush()
                    os.fsync(file.fileno())
                begun.replace(self.path)
            except OSError:
                begun.unlink(missing_ok=True)
                raise
            settle_folder(self.folder)
