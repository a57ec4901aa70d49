"""Time as an entry tells it: the wall clock, this boot, and what the central system's clock last said."""

import sys
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

_OFFICE = timezone(timedelta(hours=7))  # Việt Nam, all year
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # where the OS names its boots; others: see `SystemClock`


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clocks said when an entry was written; kept in its header as evidence."""

    wall: datetime  # UTC, this PC's own opinion
    boot: str
    monotonic: int  # ms since an arbitrary point of this boot
    server: datetime | None = None  # UTC, the last server time noted in this or an earlier boot
    age: int | None = None  # ms since `server` was noted; None: noted in another boot


@dataclass(frozen=True, slots=True)
class ServerTime:
    """A server time and the moment of this PC at which it held."""

    time: datetime  # UTC
    boot: str
    monotonic: int  # ms


class TimeSource(Protocol):
    """Where wall, boot and monotonic time come from; tests bring their own."""

    def wall(self) -> datetime: ...

    def boot(self) -> str: ...

    def monotonic(self) -> int: ...


class SystemClock:
    """The clocks of this PC.

    Where the OS does not name its boots, each process counts as one: an old server time is then no
    longer counted on from, and the wall clock is used, which is the safe side.
    """

    def __init__(self) -> None:
        self._boot = _BOOT_ID.read_text("ascii").strip() if _BOOT_ID.exists() else str(uuid.uuid4())

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def boot(self) -> str:
        return self._boot

    def monotonic(self) -> int:
        """Milliseconds since boot, sleep included: a PC that slept over night must not number for yesterday."""
        if sys.platform == "linux":
            return int(time.clock_gettime(time.CLOCK_BOOTTIME) * 1000)
        return int(time.monotonic() * 1000)  # elsewhere it counts sleep of itself


def read_clock(source: TimeSource, server: ServerTime | None) -> Clock:
    """Return what all clocks say now."""
    boot, monotonic = source.boot(), source.monotonic()
    wall = to_milliseconds(source.wall())
    if server is None:
        return Clock(wall, boot, monotonic)
    age = monotonic - server.monotonic if server.boot == boot and monotonic >= server.monotonic else None
    return Clock(wall, boot, monotonic, to_milliseconds(server.time), age)


def legal_now(clock: Clock, chain_time: datetime | None) -> datetime:
    """Return the time that counts (UTC, whole milliseconds).

    It is the last server time plus what has passed since. Without one in this boot it is the wall
    clock, but never before the last server time, nor before the chain's last time.
    """
    if clock.server is not None and clock.age is not None:
        return clock.server + timedelta(milliseconds=clock.age)
    known = (moment for moment in (clock.wall, clock.server, chain_time) if moment is not None)
    return max(known)


def office_day(moment: datetime) -> date:
    """Return the day on which a number is taken: the office's own."""
    return moment.astimezone(_OFFICE).date()


def bounds_of_day(day: date) -> tuple[datetime, datetime]:
    """Return when an office day begins and when the next one does, UTC; raises OverflowError beyond the calendar."""
    first = datetime.combine(day, datetime.min.time(), _OFFICE).astimezone(UTC)
    return first, first + timedelta(days=1)


def office_minute(moment: datetime) -> int:
    """Return how many minutes of the office's day had passed by then."""
    there = moment.astimezone(_OFFICE)
    return there.hour * 60 + there.minute


def to_milliseconds(moment: datetime) -> datetime:
    """Return the same moment in UTC, cut to whole milliseconds; raises ValueError on a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def rfc3339(moment: datetime) -> str:
    """Return e.g. `2026-07-01T01:02:03.004Z`."""
    utc = to_milliseconds(moment)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z".rjust(24, "0")


def read_time(text: str) -> datetime:
    """Read what `rfc3339` writes, and nothing else; raises ValueError."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    if rfc3339(moment) != text:
        raise ValueError("not RFC 3339 in UTC with milliseconds")
    return moment
