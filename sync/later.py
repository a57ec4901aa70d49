"""What an answer means that says nothing about the work: who asks may not, or is to ask again, and when."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from sync.contract import members
from sync.contract.messages import UPSTREAM, Malformed
from sync.errors import CentralBusy, DeviceRefused
from sync.line_errors import CityAway

_LATER = frozenset({408, 425, 429})
_LONGEST_WAIT = 3600.0  # seconds that a server may ask for
MOST_SAID = 4096  # bytes of an answer that only has a reason to tell


def raise_for_later(status: int, headers: Mapping[str, str], said: Callable[[], bytes]) -> None:
    """Raise `DeviceRefused`, `CentralBusy`, or `CityAway` where it is one of these; nothing is parked by any of them.

    `said` returns the first `MOST_SAID` bytes of the answer.
    """
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise DeviceRefused(status=status)
    if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        wait = _asked_to_wait(headers.get("Retry-After", ""))
        raise (CityAway if _reason(said()) == UPSTREAM else CentralBusy)(status=status, retry_after=wait)


def _reason(said: bytes) -> str:
    """Return the contract's word for it, "" where none can be read."""
    try:
        return members.text(members.read_object(said), "reason")
    except Malformed:
        return ""


def _asked_to_wait(told: str) -> float:
    """Return the seconds that `Retry-After` asks for, in its two ways of saying so; at most `_LONGEST_WAIT`."""
    if told.isascii() and told.isdigit():
        return min(float(told), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return 0.0
    left = (until - datetime.now(UTC)).total_seconds() if until.tzinfo else 0.0
    return min(max(left, 0.0), _LONGEST_WAIT)
