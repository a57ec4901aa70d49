"""The calendar as a spreadsheet: hours, days off, worked weekend days, and the years that are announced."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from clerk_app.domain.calendar import Calendar, SpecialDay, in_order
from clerk_app.domain.calendar_update import HoursDisordered, fault_of
from clerk_app.spreadsheet.cells import read_line
from clerk_app.spreadsheet.layout import CALENDAR, DAYS_OFF, HOURS, WORKED_DAYS, Sheet
from clerk_app.spreadsheet.workbook import Lines, Place, RowFault, read_lines
from clerk_app.spreadsheet.writing import write_workbook

Rows = list[tuple[int, dict[str, Any]]]  # row number and members


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What a spreadsheet says of working time; with faults the calendar is not whole."""

    calendar: Calendar
    faults: tuple[RowFault, ...]


def write_calendar_sheet(calendar: Calendar) -> bytes:
    """Return an .xlsx file with everything the calendar holds."""
    source, confirmed = calendar.hours_source, calendar.hours_confirmed
    hours = [
        {"opens": opens, "closes": closes, "source": source, "confirmed": confirmed}
        for opens, closes in calendar.hours
    ]
    off, worked = (
        [
            {"day": each.day, "title": each.title, "source": each.source, "confirmed": each.confirmed}
            for each in days
        ]
        for days in (calendar.days_off, calendar.worked_days)
    )
    years = [{"year": year} for year in sorted(calendar.confirmed_years)]
    tables: tuple[list[dict[str, Any]], ...] = (hours, off, worked, years)
    told = zip(CALENDAR, tables, strict=True)
    return write_workbook([(sheet, [row.__getitem__ for row in rows]) for sheet, rows in told])


def read_calendar_sheet(data: bytes) -> CalendarRead:
    """Return the calendar of an .xlsx file with every fault in its rows; raises `NotASpreadsheet`."""
    found = read_lines(data, CALENDAR)
    faults = [fault for lines in found.values() for fault in lines.faults]
    hours, off, worked, years = (_rows(sheet, found[sheet.title], faults) for sheet in CALENDAR)
    seen: set[date] = set()
    calendar = Calendar(
        hours=tuple((row["opens"], row["closes"]) for _, row in hours),
        days_off=_days(DAYS_OFF, off, seen, faults),
        worked_days=_days(WORKED_DAYS, worked, seen, faults),
        confirmed_years=frozenset(row["year"] for _, row in years),
        hours_source=hours[0][1]["source"] if hours else "",
        hours_confirmed=bool(hours) and all(row.get("confirmed", False) for _, row in hours),
    )
    if hours and not in_order(calendar.hours):
        faults.append(RowFault(Place(HOURS.title, hours[0][0], HOURS.columns[0].title), HoursDisordered()))
    return CalendarRead(calendar, tuple(faults))


def _rows(sheet: Sheet, lines: Lines, faults: list[RowFault]) -> Rows:
    rows = []
    for line in lines.lines:
        values, wrong = read_line(sheet, line)
        faults += wrong
        if not wrong:
            rows.append((line.number, values))
    return rows


def _days(sheet: Sheet, rows: Rows, seen: set[date], faults: list[RowFault]) -> tuple[SpecialDay, ...]:
    days = []
    for number, values in rows:
        special = SpecialDay(**values)
        wrong = fault_of(special, seen, worked=sheet is WORKED_DAYS)
        if wrong is not None:
            faults.append(RowFault(Place(sheet.title, number, sheet.columns[0].title), wrong))
        days.append(special)
    return tuple(days)
