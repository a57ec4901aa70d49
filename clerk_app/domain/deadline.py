"""When the result is due: working hours, days off, cut-off hours.

The rules, as the office takes them (each limit is data of its procedure):
- A dossier received outside working hours counts from the next opening; on its day nothing is counted.
- "Sau 15 giờ" means after the minute that the slip prints: 15:00 still counts, 15:01 is the next working day's.
- A term in days ends when the office closes on its last day; one in calendar days that ends on a day off
  ends on the next working day (Bộ luật Dân sự 2015 Điều 147-148).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clerk_app.domain.calendar import VIETNAM, Calendar
from clerk_app.domain.procedure import TimeLimit, TimeUnit


@dataclass(frozen=True, slots=True)
class DueTime:
    """A promised time of return and whether the calendar of that year is confirmed."""

    received_at: datetime  # UTC
    due_at: datetime  # UTC
    after_cut_off: bool
    calendar_confirmed: bool


def due_time(limit: TimeLimit, received_at: datetime, calendar: Calendar) -> DueTime:
    """Return when a dossier received at `received_at` (aware) is due.

    `calendar_confirmed` is False when a year that the term touches has no announced list of days off.
    """
    late = _is_after_cut_off(limit, received_at, calendar)
    start = calendar.next_opening(received_at)
    if late and _day(start) == _day(received_at):
        start = calendar.opening_of(calendar.next_working_day(_day(start)))
    due_at = _due(limit, start, calendar)
    years = range(_day(received_at).year, _day(due_at).year + 1)
    confirmed = all(year in calendar.confirmed_years for year in years)
    return DueTime(received_at, due_at, late, confirmed)


def _due(limit: TimeLimit, start: datetime, calendar: Calendar) -> datetime:
    match limit.unit:
        case TimeUnit.SAME_DAY:
            return calendar.closing_of(_day(start))
        case TimeUnit.WORKING_HOURS:
            return calendar.add_working_hours(start, limit.amount)
        case TimeUnit.WORKING_DAYS:
            return calendar.closing_of(calendar.add_working_days(_day(start), limit.amount))
        case TimeUnit.DAYS:
            last = _day(start) + timedelta(days=limit.amount)
            return calendar.closing_of(calendar.roll_forward(last))


def _is_after_cut_off(limit: TimeLimit, received_at: datetime, calendar: Calendar) -> bool:
    local = received_at.astimezone(VIETNAM)
    if limit.cut_off is None or not calendar.is_working_day(local.date()):
        return False
    return local.time().replace(second=0, microsecond=0) > limit.cut_off


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()
