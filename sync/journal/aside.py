"""A journal file and what belongs to it, moved aside and never deleted; another put in its place."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sync.durable import disk_errors, settle_folder

_WHEN = "%Y%m%dT%H%M%S%f"
DAMAGED, BEFORE_RESTORE, TAKEN_OVER = "damaged", "before-restore", "taken-over"
_WHYS = (DAMAGED, BEFORE_RESTORE, TAKEN_OVER)
_LOG, _INDEX = "-wal", "-shm"


def move_aside(path: Path, why: str) -> Path | None:
    """Rename a file and its log, e.g. to `journal.db.damaged-20261125T081500123456`; None when there is none.

    The log is copied first: wherever this stops, no file is without the log that belongs to it.
    """
    beside = path.with_name(f"{path.name}.{why}-{datetime.now(UTC):{_WHEN}}")
    return beside if _move(path, beside) else None


def note_taken_over(path: Path) -> None:
    """Name a file that a restore pushed aside as one whose content is in the journal by now."""
    _move(path, path.with_name(path.name.replace(f".{BEFORE_RESTORE}-", f".{TAKEN_OVER}-")))


def was_pushed_aside(path: Path) -> bool:
    """Whether a restore moved this file, and nothing has taken over its content since."""
    return f".{BEFORE_RESTORE}-" in path.name


def _move(path: Path, beside: Path) -> bool:
    log, index = path.with_name(path.name + _LOG), path.with_name(path.name + _INDEX)
    with disk_errors():
        if not path.exists():
            return False
        if log.exists():
            copy = beside.with_name(beside.name + _LOG)
            shutil.copyfile(log, copy)
            with copy.open("rb+") as file:
                os.fsync(file.fileno())
            settle_folder(path.parent)
        path.rename(beside)
        settle_folder(path.parent)
        for left in (log, index):
            left.unlink(missing_ok=True)
        settle_folder(path.parent)
    return True


def put_in_place(made: Path, path: Path) -> None:
    """Let a finished file take the place, which is empty, for good; no log of another file becomes its own."""
    with disk_errors():
        for part in (_LOG, _INDEX):
            left = path.with_name(path.name + part)
            if left.exists():  # its file was moved aside, with a copy of it, and then something stopped
                left.rename(path.with_name(f"{path.name}.left-{datetime.now(UTC):{_WHEN}}{part}"))
        made.rename(path)
        settle_folder(path.parent)


def set_aside(path: Path) -> Iterator[Path]:
    """Return every file that was moved aside, newest first."""
    found = [
        each
        for why in _WHYS
        for each in path.parent.glob(f"{path.name}.{why}-*")
        if not each.name.endswith((_LOG, _INDEX))
    ]
    yield from sorted(found, key=moved_at, reverse=True)


def moved_at(path: Path) -> str:
    """Return when a file was moved aside or a snapshot was taken, by its name; such words can be compared."""
    return "".join(sign for sign in path.name.rpartition("-")[2] if sign.isdigit())
