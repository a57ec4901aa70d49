"""A journal file and what belongs to it, moved aside and never deleted; another put in its place."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sync.durable import disk_errors, settle_folder

_PARTS = ("", "-wal", "-shm")


def move_aside(path: Path, why: str) -> Path | None:
    """Rename a file and its log, e.g. to `journal.db.damaged-20261125T081500123456`; None when there is none."""
    beside = path.with_name(f"{path.name}.{why}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    found = False
    with disk_errors():
        for part in reversed(
            _PARTS
        ):  # the file itself goes last: a stop in between leaves it to be moved again
            old = path.with_name(path.name + part)
            if old.exists():
                old.rename(beside.with_name(beside.name + part))
                found = True
        settle_folder(path.parent)
    return beside if found else None


def put_in_place(made: Path, path: Path) -> None:
    """Let a finished file take the place, which is empty, for good."""
    with disk_errors():
        made.rename(path)
        settle_folder(path.parent)


def set_aside(path: Path) -> Iterator[Path]:
    """Return what was moved aside for damage, newest first."""
    found = [
        each for each in path.parent.glob(f"{path.name}.damaged-*") if not each.name.endswith(_PARTS[1:])
    ]
    yield from sorted(found, reverse=True)
