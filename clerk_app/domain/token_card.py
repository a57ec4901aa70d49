"""A signing token as the clerk sees it: whose it is, how long it is valid, how many tries remain."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TokenCard:
    """A token in the reader with the certificate that would sign."""

    serial: str
    label: str
    owner: str  # common name in the certificate
    certificate_sha256: str
    valid_to: datetime  # UTC
    tries_low: bool = False
    final_try: bool = False
    locked: bool = False
    pin_pad: bool = False
    practice_pin: str = ""  # shown by the PIN dialog of a practice token, else empty
