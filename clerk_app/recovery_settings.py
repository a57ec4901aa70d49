"""What stands ready for the day on which the disk fails, as one counter's settings say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class RecoverySettings:
    """Folders may be named from the counter's own."""

    second_place: Path | None = None  # of unsent work: another disk, a folder on another computer
    state: Path | None = None  # of the high-water mark, outside the data; None: the user's own
    snapshot_hours: int = 24  # one an hour for so long
    snapshot_days: int = 7  # then one a day
    ballast_mb: int = 64  # room kept for a full disk; 0: none


def read_recovery(folder: Path, data: Mapping[str, Any]) -> RecoverySettings:
    """Read what `settings.json` says under `recovery`; raises `ValueError` and the like for what cannot be meant."""
    usual = RecoverySettings()
    second_place, state = data.get("second_place"), data.get("state")
    return RecoverySettings(
        second_place=folder / second_place if second_place else None,
        state=folder / state if state else None,
        snapshot_hours=max(1, int(data.get("snapshot_hours", usual.snapshot_hours))),
        snapshot_days=max(1, int(data.get("snapshot_days", usual.snapshot_days))),
        ballast_mb=max(0, int(data.get("ballast_mb", usual.ballast_mb))),
    )


def recovery_as_json(folder: Path, recovery: RecoverySettings) -> dict[str, object]:
    """Return what stands in `settings.json` under `recovery`."""
    return {
        "second_place": as_written(folder, recovery.second_place),
        "state": as_written(folder, recovery.state),
        "snapshot_hours": recovery.snapshot_hours,
        "snapshot_days": recovery.snapshot_days,
        "ballast_mb": recovery.ballast_mb,
    }


def as_written(folder: Path, path: Path | None) -> str:
    """Write a path as it was written: from the counter's own folder where it was named so."""
    if path is None:
        return ""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
