"""A calendar brought up to date year by year: the years of the new lists take the place of the old ones."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from clerk_app.domain.calendar import Calendar, SpecialDay
from clerk_app.domain.catalogue_update import OFFICE, next_label
from clerk_app.errors import OfficeError

_WEEKEND = 5  # Saturday, as `date.weekday` counts


class DayDoubled(OfficeError):
    message = "Ngày {day} bị ghi hai lần."
    remedy = "Bỏ một dòng; một ngày hoặc nghỉ, hoặc làm bù."


class WorkedDayOrdinary(OfficeError):
    message = "Ngày {day} vốn là ngày làm việc."
    remedy = "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật; sửa lại ngày."


class HoursDisordered(OfficeError):
    message = "Giờ làm việc chưa theo thứ tự."
    remedy = "Ghi từng buổi theo thứ tự trong ngày, giờ đóng cửa sau giờ mở cửa."


def with_years(known: Calendar, told: Calendar, today: date) -> Calendar:
    """Return `known` with the years that `told` speaks of, and its hours if it has any, under a following label."""
    years = {special.day.year for special in (*told.days_off, *told.worked_days)} | told.confirmed_years
    hours = told if told.hours else known
    after = replace(
        known,
        hours=hours.hours,
        hours_source=hours.hours_source,
        hours_confirmed=hours.hours_confirmed,
        days_off=_merged(known.days_off, told.days_off, years),
        worked_days=_merged(known.worked_days, told.worked_days, years),
        confirmed_years=(known.confirmed_years - years) | told.confirmed_years,
    )
    if after == known:
        return known
    return replace(after, version=next_label(known.version, today), origin=OFFICE)


def fault_of(special: SpecialDay, seen: set[date], *, worked: bool) -> OfficeError | None:
    """Return what is wrong with one day of a list, after the days seen before it; it is seen from now on."""
    day = f"{special.day:%d/%m/%Y}"
    if special.day in seen:
        return DayDoubled(day=day)
    seen.add(special.day)
    if worked and special.day.weekday() < _WEEKEND:
        return WorkedDayOrdinary(day=day)
    return None


def _merged(old: Iterable[SpecialDay], new: Iterable[SpecialDay], years: set[int]) -> tuple[SpecialDay, ...]:
    kept = (special for special in old if special.day.year not in years)
    return tuple(sorted((*kept, *new), key=lambda special: special.day))
