"""What time it is, and how the office writes it. UTC is stored, the hour of Việt Nam is shown."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def _vietnam() -> tzinfo:
    try:
        return ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:  # a computer without a time zone table
        return timezone(timedelta(hours=7), "+07")


VIETNAM = _vietnam()


def now() -> datetime:
    """Return the computer's time in UTC. What is journaled takes the journal's legal time instead."""
    return datetime.now(UTC)


def in_vietnam(moment: datetime) -> datetime:
    """Return an aware moment on the clock of Việt Nam."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(VIETNAM)


def format_day(day: date) -> str:
    """Return a day, or the day of a moment in Việt Nam, as dd/MM/yyyy."""
    return f"{in_vietnam(day) if isinstance(day, datetime) else day:%d/%m/%Y}"


def format_moment(moment: datetime) -> str:
    """Return a moment in Việt Nam as dd/MM/yyyy HH:mm."""
    return f"{in_vietnam(moment):%d/%m/%Y %H:%M}"
