"""How papers come into the counter, as its settings say it: the scanner, its ways, the scan folder."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from clerk_app.domain.text import nfc


@dataclass(frozen=True, slots=True)
class ScanWay:
    """One way of scanning (cách quét), chosen by one key.

    Its options come on top of the scanner's own; with a device of its own they stand alone.
    """

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    feeder: bool = False  # go on until the feeder is empty
    device: str = ""  # empty: the counter's scanner
    as_of: str = ""  # day on which the options were last looked up or tried, YYYY-MM-DD


_A4 = {"resolution": "300", "x": "210", "y": "297"}
DEFAULT_WAYS = (  # names as most devices of SANE call them; another device's stand in its own settings
    ScanWay("Giấy tờ A4 đen trắng 300", {**_A4, "mode": "Gray"}, as_of="2026-11-25"),
    ScanWay("Màu 300", {**_A4, "mode": "Color"}, as_of="2026-11-25"),
    ScanWay("Khay nạp nhiều tờ", {**_A4, "mode": "Gray", "source": "ADF"}, feeder=True, as_of="2026-11-25"),
)


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """The scanner's name (empty: none), the environment of the scanning child, the device's own options."""

    device: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)  # e.g. {"mode": "Color", "resolution": "300"}
    feeder: bool = False  # go on until the feeder is empty
    ways: tuple[ScanWay, ...] = ()

    @property
    def offered(self) -> tuple[ScanWay, ...]:
        """Return the ways of scanning that the counter offers, the usual one first."""
        if self.ways:
            return self.ways
        return (ScanWay("Quét", feeder=self.feeder),) if self.options or self.feeder else DEFAULT_WAYS


@dataclass(frozen=True, slots=True)
class ScanFolder:
    """The folder that a network scanner drops files into; None: none. One counter, one folder."""

    path: Path | None = None
    keep: bool = False  # put files that were taken aside, readable as they are; else they are deleted


def read_scanner(data: Mapping[str, Any]) -> ScannerSettings:
    """Read what `settings.json` says under `scanner`; raises `KeyError` and the like for what cannot be meant."""
    return ScannerSettings(
        device=str(data.get("device", "")),
        environment=_words(data.get("environment", {})),
        options=_words(data.get("options", {})),
        feeder=data.get("feeder") is True,
        ways=tuple(_way(item) for item in data.get("ways", [])),
    )


def scanner_as_json(scanner: ScannerSettings) -> dict[str, object]:
    """Return what stands in `settings.json` under `scanner`."""
    return {
        "device": scanner.device,
        "environment": dict(scanner.environment),
        "options": dict(scanner.options),
        "feeder": scanner.feeder,
        "ways": [asdict(way) for way in scanner.offered],
    }


def read_scan_folder(data: Mapping[str, Any]) -> ScanFolder:
    """Read what `settings.json` says under `scan_folder`."""
    path = str(data.get("path", ""))
    return ScanFolder(Path(path) if path else None, data.get("keep") is True)


def scan_folder_as_json(folder: ScanFolder) -> dict[str, object]:
    """Return what stands in `settings.json` under `scan_folder`."""
    return {"path": str(folder.path or ""), "keep": folder.keep}


def _way(data: Mapping[str, Any]) -> ScanWay:
    words = {name: str(data.get(name, "")) for name in ("device", "as_of")}
    options, feeder = _words(data.get("options", {})), data.get("feeder") is True
    return ScanWay(nfc(str(data["name"])), options, feeder, **words)


def _words(data: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in data.items()}
