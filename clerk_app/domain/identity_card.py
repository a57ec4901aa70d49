"""What an identity card tells: its QR text and the 12-digit personal number."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """The fields of a card's QR code; `rest` keeps fields 8+ of the 2024 card unparsed."""

    number: str
    old_number: str
    name: str
    birth_date: date
    sex: str
    address: str
    issued_on: date | None
    rest: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()  # Vietnamese sentences: unlikely, not impossible
