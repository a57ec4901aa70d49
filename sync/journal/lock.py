"""One process owns the folder: a lock of the operating system, and a note of who holds it."""

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sync.clock import rfc3339
from sync.durable import disk_errors, make_folder
from sync.errors import JournalHeld
from sync.os_lock import let_go, take

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
            take(self._file)
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
        let_go(self._file)
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
