"""The calendar as a spreadsheet: what is exported comes back, and a year that is announced takes its place."""

from datetime import date, time

import pytest

from clerk_app.domain.calendar import Calendar, SpecialDay, read_calendar, write_calendar
from clerk_app.domain.calendar_update import with_years
from clerk_app.services.import_calendar import import_calendar
from clerk_app.spreadsheet.calendar_sheet import read_calendar_sheet, write_calendar_sheet
from tests.spreadsheet.sheets import changed, put

TODAY = date(2026, 12, 15)


def test_what_is_exported_comes_back_and_changes_nothing(calendar: Calendar) -> None:
    done = import_calendar(write_calendar_sheet(calendar), calendar, TODAY)

    assert done.faults == ()
    assert done.calendar is calendar
    assert done.years == (2026, 2027)
    assert read_calendar(write_calendar(calendar)) == calendar


def test_an_announced_year_takes_the_place_of_the_days_of_law(calendar: Calendar) -> None:
    plan = tuple(SpecialDay(date(2027, 2, day), "Tết Đinh Mùi", "Thông báo", True) for day in range(4, 11))
    worked = (SpecialDay(date(2027, 2, 20), "Làm bù", "Thông báo", True),)
    told = Calendar(hours=(), days_off=plan, worked_days=worked, confirmed_years=frozenset({2027}))

    done = import_calendar(write_calendar_sheet(told), calendar, TODAY)

    assert done.years == (2027,)
    after = done.calendar
    assert [each for each in after.days_off if each.day.year == 2027] == list(plan)
    assert [each for each in after.days_off if each.day.year == 2026] == [
        each for each in calendar.days_off if each.day.year == 2026
    ]
    assert after.is_working_day(date(2027, 2, 20))
    assert after.confirmed_years == {2026, 2027}
    assert (after.hours, after.version, after.origin) == (calendar.hours, "2026-12-15", "office")


def test_other_hours_come_with_their_source(calendar: Calendar) -> None:
    hours = ((time(7), time(11, 30)), (time(13, 30), time(17)))
    told = Calendar(hours=hours, hours_source="QĐ của phường", hours_confirmed=True)
    after = import_calendar(write_calendar_sheet(told), calendar, TODAY).calendar

    assert (after.hours, after.hours_source, after.hours_confirmed) == (hours, "QĐ của phường", True)
    assert after.days_off == calendar.days_off


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "fault"),
    [
        ("Ngày nghỉ", 3, "Ngày", "01/01/2026", "DayDoubled"),
        ("Ngày nghỉ", 3, "Ngày", "mùng một", "DayUnclear"),
        ("Ngày nghỉ", 2, "Nguồn", None, "CellMissing"),
        ("Ngày làm bù", 2, "Ngày", "11/01/2027", "WorkedDayOrdinary"),
        ("Ngày làm bù", 2, "Ngày", "26/04/2026", "DayDoubled"),
        ("Giờ làm việc", 2, "Đóng cửa", "07:00", "HoursDisordered"),
        ("Năm đã công bố", 2, "Năm", "năm nay", "NumberUnclear"),
    ],
)
def test_a_wrong_day_is_named_and_nothing_taken(
    calendar: Calendar, sheet: str, row: int, column: str, value: object, fault: str
) -> None:
    done = import_calendar(
        changed(write_calendar_sheet(calendar), put(sheet, row, column, value)), calendar, TODAY
    )

    assert [(f.place.sheet, type(f.notice).__name__) for f in done.faults] == [(sheet, fault)]
    assert done.calendar is calendar


def test_a_catalogue_is_no_calendar(one: bytes) -> None:
    missing = {type(fault.notice).__name__ for fault in read_calendar_sheet(one).faults}
    assert missing == {"SheetMissing"}


def test_years_that_are_not_spoken_of_stay(calendar: Calendar) -> None:
    assert with_years(calendar, Calendar(hours=()), TODAY) is calendar
