"""Dossier codes: `{agency}-{YYMMDD}-{sequence}` (TT 03/2025/TT-VPCP Điều 13), and numbers given while alone.

A provisional number `TAM-{counter}-{YYMMDD}-{sequence}` stays valid on its paper for ever.
"""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from clerk_app.domain.text import fold
from clerk_app.errors import OfficeError

PROVISIONAL = "TAM"
_AGENCY = r"(?:[A-Z]\d{2}|\d{3})(?:\.[0-9A-Z]{1,3}){0,4}"
_OFFICIAL = re.compile(rf"(?P<place>{_AGENCY})-(?P<day>\d{{6}}|\d{{8}})-(?P<sequence>\d{{4,7}})", re.ASCII)
_TEMPORARY = re.compile(
    rf"{PROVISIONAL}-(?P<place>[0-9A-Z]{{1,12}})-(?P<day>\d{{6}})-(?P<sequence>\d{{4,7}})", re.ASCII
)
_NOT_PLAIN = re.compile(r"[^0-9A-Z]")
_NAMELESS = "Q"
_LONGEST_MARK = 12  # letters and digits of a counter's name
_HIGHEST = 9_999_999


class NotACode(OfficeError):
    message = "Không phải mã hồ sơ."
    remedy = "Xem lại mã trên giấy hẹn, ví dụ H26.99.01-261123-0001 hoặc TAM-Q3-261123-0001."


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code taken apart. `place`: the agency's identification code, or the counter of a provisional one."""

    place: str
    day: date
    sequence: str  # as written: 4 to 7 digits
    provisional: bool = False


def dossier_code(agency: str, day: date, sequence: int) -> str:
    """Return the code of the `sequence`-th dossier that `agency` numbers on `day`."""
    return _checked(f"{agency}-{day:%y%m%d}-{_digits(sequence)}")


def provisional_code(counter: str, day: date, sequence: int) -> str:
    """Return the number that `counter` gives by itself while no leased number is left.

    Never fails for the counter's name: "Quầy 3" is written QUAY3, since an acceptance must not fail by it.
    """
    return _checked(f"{PROVISIONAL}-{counter_mark(counter)}-{day:%y%m%d}-{_digits(sequence)}")


def counter_mark(counter: str) -> str:
    """Return how a counter is named in its provisional numbers; what is cut off still tells two counters apart."""
    plain = _NOT_PLAIN.sub("", fold(counter).upper())
    if len(plain) <= _LONGEST_MARK and (plain or not counter.strip()):
        return plain or _NAMELESS
    told_apart = sha256(fold(counter).upper().encode("utf-8")).hexdigest()[:6].upper()
    return (plain or _NAMELESS)[: _LONGEST_MARK - len(told_apart)] + told_apart


def parse_code(text: str) -> DossierCode:
    """Take a code apart, as typed or read from a QR; raises `NotACode`, also for a day not in the calendar.

    Days of two and of four year digits, and sequences of four to seven digits, exist in the country.
    """
    plain = text.strip().upper()
    temporary = _TEMPORARY.fullmatch(plain)
    found = temporary or _OFFICIAL.fullmatch(plain)
    if found is None:
        raise NotACode
    return DossierCode(found["place"], _day(found["day"]), found["sequence"], temporary is not None)


def sequence_of(code: str) -> str:
    """Return what the slip's `Số` repeats: "0975", or "TAM-0001" for a provisional number."""
    parsed = parse_code(code)
    return f"{PROVISIONAL}-{parsed.sequence}" if parsed.provisional else parsed.sequence


def _day(digits: str) -> date:
    year, rest = (digits[:4], digits[4:]) if len(digits) > 6 else (f"20{digits[:2]}", digits[2:])
    try:
        return date(int(year), int(rest[:2]), int(rest[2:]))
    except ValueError as error:
        raise NotACode from error


def _digits(sequence: int) -> str:
    if not 1 <= sequence <= _HIGHEST:
        raise ValueError("a sequence runs from 1 to 9999999")
    return f"{sequence:04d}"


def _checked(code: str) -> str:
    """Return a code that can be read again, or fail: an agency or counter with a wrong name is a bug of set-up."""
    try:
        parse_code(code)
    except NotACode as error:
        raise ValueError("agency or counter does not fit into a dossier code") from error
    return code
