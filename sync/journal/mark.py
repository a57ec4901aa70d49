"""The high-water mark: how far this journal has come, kept where a copy of the journal does not take it along.

Written after each act. One that is behind the journal says nothing (a stop came between the two); a journal
that is behind its mark was restored from an older copy.
"""

import hmac
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from sync.durable import disk_errors, make_folder, write_durably
from sync.machine import machine_id

_PURPOSE = b"journal-mark-v1"


@dataclass(frozen=True, slots=True)
class Mark:
    """The last entry of a chain that was surely written on this computer."""

    installation: str  # which journal, on which computer; a journal that starts anew takes another
    chain: str
    seq: int
    hash: str

    @property
    def is_ended(self) -> bool:
        """Whether the life that it is of has ended: every file of it is a copy."""
        return not self.chain


class HighWater(Protocol):
    """Where marks are kept; a keyring of the operating system would do as well as a file."""

    def read(self, installation: str) -> Mark | None:
        """Return the mark of an installation; None when there is none that can be believed. Raises `DiskFailed`."""
        ...

    def write(self, mark: Mark) -> None:
        """Keep a mark over the one before; raises `DiskFull` or `DiskFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class MarkFile:
    """One file for each installation, in a folder of this user on this computer, sealed with the device's secret."""

    folder: Path
    secret: bytes
    machine: str = ""

    @classmethod
    def here(cls, folder: Path, secret: bytes) -> "MarkFile":
        """Keep marks that are believed on this computer only."""
        return cls(folder, secret, machine_id())

    def read(self, installation: str) -> Mark | None:
        with disk_errors():  # one that another program holds for a moment is not a missing one
            try:
                written = self._path(installation).read_bytes()
            except FileNotFoundError:
                return None
        try:
            told = json.loads(written)
            seal, said = bytes.fromhex(told.pop("seal")), Mark(**told)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        believed = hmac.compare_digest(seal, self._seal(said)) and said.installation == installation
        return said if believed else None

    def write(self, mark: Mark) -> None:
        if not self._path(mark.installation).exists():  # the first of its life: its folder may be as new
            with disk_errors():
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                make_folder(self.folder)
        told = {**asdict(mark), "seal": self._seal(mark).hex()}
        write_durably(self._path(mark.installation), json.dumps(told).encode("ascii"))

    def _path(self, installation: str) -> Path:
        return self.folder / f"{os.path.basename(installation)}.mark"  # noqa: PTH119 - a name from the journal stays a name

    def _seal(self, mark: Mark) -> bytes:
        told = json.dumps([self.machine, *asdict(mark).values()]).encode("utf-8")
        return hmac.digest(self.secret, _PURPOSE + told, "sha256")
