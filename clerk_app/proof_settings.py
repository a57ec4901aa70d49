"""Who tells when papers were signed, as one counter's settings say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ProofSettings:
    """No statute found names a level or a limit (see ADR 018): the figures are the office's policy."""

    time_stamp: str = ""  # address of a time-stamp service (RFC 3161); empty: none
    while_signing: float = 3.0  # seconds that a signature may wait for it; 0: the time is proven later
    open_after_hours: int = 24  # a paper whose other signatures do not come is proven all the same
    late_after_days: int = 7  # how long a paper may be without proof before somebody is told


def read_proof(data: Mapping[str, Any]) -> ProofSettings:
    """Read what `settings.json` says under `proof`; raises `ValueError` and the like for what cannot be meant."""
    usual = ProofSettings()
    address = str(data.get("time_stamp", usual.time_stamp)).strip()
    if address and not address.lower().startswith(("http://", "https://")):
        raise ValueError(address)
    return ProofSettings(
        time_stamp=address,
        while_signing=min(max(0.0, float(data.get("while_signing", usual.while_signing))), 30.0),
        open_after_hours=max(1, int(data.get("open_after_hours", usual.open_after_hours))),
        late_after_days=max(1, int(data.get("late_after_days", usual.late_after_days))),
    )
