"""One process owns the folder: a lock of the operating system, and a note of who holds it."""

import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sync.clock import rfc3339
from sync.durable import disk_errors, make_folder
from sync.errors import JournalHeld

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _let_go(file: BinaryIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


_LOCKED_BYTE = 1 << 30  # far behind the note, so that others can read the note where locks are mandatory
_SOMEBODY = "một chương trình khác"


class FolderLock:
    """Held from the making to `release`, or to the end of the process, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock; raises `JournalHeld` with the name of its holder, or `DiskFailed`."""
        with disk_errors():
            make_folder(path.parent)
            path.touch(exist_ok=True)
            self._file: BinaryIO = path.open("r+b")
        try:
            _take(self._file)
        except OSError as error:
            holder = _holder(self._file)
            self._file.close()
            raise JournalHeld(by=holder) from error
        self._note()

    def release(self) -> None:
        """Let go; harmless to repeat."""
        if self._file.closed:
            return
        self._file.truncate(0)
        _let_go(self._file)
        self._file.close()

    def _note(self) -> None:
        note = {"pid": os.getpid(), "host": socket.gethostname(), "since": rfc3339(datetime.now(UTC))}
        self._file.seek(0)
        self._file.truncate(0)
        self._file.write(json.dumps(note).encode("utf-8"))
        self._file.flush()


def _holder(file: BinaryIO) -> str:
    try:
        file.seek(0)
        note = json.loads(file.read(1024))
        return f"máy {note['host']}, tiến trình {note['pid']}, từ {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return _SOMEBODY
