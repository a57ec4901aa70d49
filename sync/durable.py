"""Writing a file so that it is there after a power cut, whole or not at all."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sync.errors import DiskFailed, DiskFull

TEMPORARY = ".tmp-"
"""Names of files that were never finished begin with this."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the operating system says of its disk into `DiskFull` or `DiskFailed`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull from error
        raise DiskFailed(code=error.errno) from error


def write_durably(path: Path, data: bytes) -> None:
    """Write a whole file, as `put_in_place` does. Raises `DiskFull` or `DiskFailed`; what was there is then still there."""
    with disk_errors():
        put_in_place(path, data)


def put_in_place(path: Path, data: bytes) -> None:
    """Write a whole file: temporary name, fsync, rename, fsync of the folder. Replaces what was there.

    Raises what the system says; what was there is then still there, and nothing beside it.
    """
    temporary = path.with_name(TEMPORARY + secrets.token_hex(8))
    try:
        write_temporary(temporary, data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a full disk has no room for halves
        raise
    settle_folder(path.parent)


def write_temporary(path: Path, data: bytes) -> None:
    """Write and fsync a file that nobody looks for yet, and that only its owner may read."""
    with open(os.open(path, _NEW, 0o600), "wb") as file:  # noqa: PTH123 - a path cannot be opened with its rights
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, that outlast a power cut; raises what the system says.

    One that is there is settled all the same: whoever made it may have been stopped before that.
    Above it there may be folders which this user may pass and not read: those are the system's to keep.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in reversed(missing or [folder]):
        with suppress(PermissionError):
            settle_folder(each.parent)


def settle_folder(folder: Path) -> None:
    """Make a rename in this folder last. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
