"""How long the content of a closed dossier stays at the counter, as its settings say it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """The law names no figure that this program knows of: the office decides."""

    closed_days: int | None = None  # days after the last act on a closed dossier; None: everything stays


def read_retention(data: Mapping[str, Any]) -> RetentionSettings:
    """Read what `settings.json` says under `retention`; raises `ValueError` for what cannot be meant."""
    days = data.get("closed_days")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or days < 1):
        raise ValueError(days)
    return RetentionSettings(days)


def retention_as_json(retention: RetentionSettings) -> dict[str, object]:
    """Return what stands in `settings.json` under `retention`."""
    return asdict(retention)
