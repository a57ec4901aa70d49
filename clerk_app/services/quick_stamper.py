"""The time-stamp service while a citizen waits: it answers at once, or it is left alone for a while."""

from collections.abc import Callable
from time import monotonic

from clerk_app.settings import Settings
from signing.errors import TimeStampError, TimeStampUnavailable
from signing.time_stamp import HttpTimeStamper, TimeStamper
from signing.trust import Trust

_REST = 300.0  # seconds without asking after a failure: in an outage one signature waits, not each


class QuickStamper:
    """A time-stamper (`signing.time_stamp.TimeStamper`) that several threads may ask."""

    def __init__(self, stamper: TimeStamper, clock: Callable[[], float] = monotonic) -> None:
        self._stamper = stamper
        self._clock = clock
        self._again = float("-inf")

    def stamp(self, digest: bytes) -> bytes:
        """Return a token over a SHA-256 digest. Raises a `TimeStampError`, at once after one a moment ago."""
        if self._clock() < self._again:
            raise TimeStampUnavailable(reason="vừa không trả lời")
        try:
            return self._stamper.stamp(digest)
        except TimeStampError:
            self._again = self._clock() + _REST
            raise


def quick_stamper(settings: Settings, trust: Trust) -> QuickStamper | None:
    """Return the service that the settings name; None where no signature is to wait for any."""
    proof = settings.proof
    if not proof.time_stamp or not proof.while_signing:
        return None
    return QuickStamper(HttpTimeStamper(proof.time_stamp, trust, proof.while_signing))
