"""When the office works: hours, days off, Saturdays worked in exchange. Data, dated and editable.

Days are days of Việt Nam; moments are given and returned in UTC.

    CalendarDamaged   the data cannot be read, or leaves no working hour; names the place
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

from clerk_app.domain.record import RecordDamaged, as_json, from_json
from clerk_app.errors import OfficeError

# One offset all year, since 1975: the domain needs no time zone table.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
_WEEKEND = 5  # Saturday, as `date.weekday` counts
_DAY = timedelta(days=1)


class CalendarDamaged(OfficeError):
    message = "Lịch làm việc không đọc được ở mục {where}."
    remedy = "Nhận lại lịch từ máy chủ, hoặc sửa mục được nêu."


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day off, or a weekend day that is worked in exchange, and where it is written."""

    day: date
    title: str
    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working time of one office. `confirmed_years` are those whose list of days off is announced."""

    hours: tuple[tuple[time, time], ...]  # opening and closing, in order
    days_off: tuple[SpecialDay, ...] = ()
    worked_days: tuple[SpecialDay, ...] = ()
    confirmed_years: frozenset[int] = frozenset()
    version: str = ""
    hours_source: str = ""
    hours_confirmed: bool = False
    origin: str = ""  # who made it; empty: it came with the program
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _worked: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_off", frozenset(special.day for special in self.days_off))
        object.__setattr__(self, "_worked", frozenset(special.day for special in self.worked_days))

    def is_working_day(self, day: date) -> bool:
        """Return whether the office is open on that day; a worked day wins over a weekend and a day off."""
        return day in self._worked or (day.weekday() < _WEEKEND and day not in self._off)

    def is_open(self, moment: datetime) -> bool:
        """Return whether the office is open at that moment."""
        return self.next_opening(moment) == moment

    def next_opening(self, moment: datetime) -> datetime:
        """Return `moment` itself while the office is open, else when it opens next. UTC.

        Closing time itself is outside: a dossier of 17:30:00 is one of the next working day.
        """
        local = moment.astimezone(VIETNAM)
        if self.is_working_day(local.date()):
            for opens, closes in self.hours:
                if local.time() < closes:
                    return _at(local.date(), max(local.time(), opens))
        return self.opening_of(self.next_working_day(local.date()))

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, which itself is not counted."""
        while count > 0:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def roll_forward(self, day: date) -> date:
        """Return `day` if it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_hours(self, moment: datetime, hours: int) -> datetime:
        """Return the moment after `hours` of open office from `moment` on. UTC."""
        left = timedelta(hours=hours)
        start = self.next_opening(moment)
        while left > (room := self._closing_after(start) - start):
            left -= room
            start = self.next_opening(start + room)
        return start + left

    def opening_of(self, day: date) -> datetime:
        """Return when the office opens on a working day. UTC."""
        return _at(day, self.hours[0][0])

    def closing_of(self, day: date) -> datetime:
        """Return when the office closes on a working day. UTC."""
        return _at(day, self.hours[-1][1])

    def _closing_after(self, start: datetime) -> datetime:
        """Return the end of the stretch of open office that holds `start`."""
        local = start.astimezone(VIETNAM)
        return next(_at(local.date(), closes) for _, closes in self.hours if local.time() < closes)


def read_calendar(data: bytes) -> Calendar:
    """Return the calendar in JSON `data`; raises `CalendarDamaged`."""
    try:
        content = json.loads(data)
        years = content.pop("confirmed_years", [])
        if not all(type(year) is int for year in years):
            raise CalendarDamaged(where="confirmed_years")
        calendar = from_json(Calendar, content | {"confirmed_years": years})
    except RecordDamaged as error:
        raise CalendarDamaged(**error.facts) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise CalendarDamaged(where="đầu tệp") from error
    if not in_order(calendar.hours):
        raise CalendarDamaged(where="hours")
    return calendar


def write_calendar(calendar: Calendar) -> bytes:
    """Return a calendar as the JSON that `read_calendar` reads."""
    return json.dumps({"schema": 1} | as_json(calendar), ensure_ascii=False, indent=1).encode() + b"\n"


def in_order(hours: tuple[tuple[time, time], ...]) -> bool:
    """Return whether opening and closing times follow each other, and there is one at all."""
    marks = [mark for stretch in hours for mark in stretch]
    return bool(marks) and all(a < b for a, b in pairwise(marks))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=VIETNAM).astimezone(UTC)
