"""How this counter reaches central, as its settings say it: through which proxy, by which roots, how much a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SYSTEM = "system"
_NONE = "none"


@dataclass(frozen=True, slots=True)
class LineSettings:
    """The proxy's address may hold a password: it is not shown."""

    proxy: str = field(default=SYSTEM, repr=False)  # "system": as the system says; "": none; else an address
    ca_file: Path | None = (
        None  # PEM, further roots beside the system's own; may be named from the counter's folder
    )
    file_mb_a_day: int = 0  # of files that may be sent on one day; 0: no limit
    large_file_kb: int = 256  # above it a file waits while large ones are paused
    hold_when_metered: bool = True  # and while the system says that the network is paid for by the byte


def read_line(folder: Path, data: Mapping[str, Any]) -> LineSettings:
    """Read what `settings.json` says under `line`; raises `ValueError` and the like for what cannot be meant."""
    usual = LineSettings()
    proxy, ca_file = str(data.get("proxy", usual.proxy)).strip(), data.get("ca_file")
    proxy = "" if proxy == _NONE else proxy
    if proxy not in ("", SYSTEM) and not proxy.lower().startswith(("http://", "https://")):
        raise ValueError("proxy")
    return LineSettings(
        proxy=proxy,
        ca_file=folder / str(ca_file) if ca_file else None,
        file_mb_a_day=max(0, int(data.get("file_mb_a_day", usual.file_mb_a_day))),
        large_file_kb=max(0, int(data.get("large_file_kb", usual.large_file_kb))),
        hold_when_metered=data.get("hold_when_metered", usual.hold_when_metered) is True,
    )


def line_as_json(folder: Path, line: LineSettings) -> dict[str, object]:
    """Return what stands in `settings.json` under `line`."""
    return {
        "proxy": line.proxy or _NONE,
        "ca_file": _as_written(folder, line.ca_file),
        "file_mb_a_day": line.file_mb_a_day,
        "large_file_kb": line.large_file_kb,
        "hold_when_metered": line.hold_when_metered,
    }


def _as_written(folder: Path, path: Path | None) -> str:
    if path is None:
        return ""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
