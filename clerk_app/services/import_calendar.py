"""Bring the calendar up to date from a spreadsheet: whole years at a time, all rows right or nothing."""

from dataclasses import dataclass
from datetime import date

from clerk_app.domain.calendar import Calendar
from clerk_app.domain.calendar_update import with_years
from clerk_app.spreadsheet.calendar_sheet import read_calendar_sheet
from clerk_app.spreadsheet.workbook import RowFault


@dataclass(frozen=True, slots=True)
class ImportedCalendar:
    """The calendar after an import, the years it speaks of, and what is wrong with its rows."""

    calendar: Calendar
    years: tuple[int, ...]
    faults: tuple[RowFault, ...]


def import_calendar(data: bytes, current: Calendar, today: date) -> ImportedCalendar:
    """Return the calendar with the spreadsheet's years in it; with faults the current one. Raises `NotASpreadsheet`."""
    read = read_calendar_sheet(data)
    told = read.calendar
    years = {special.day.year for special in (*told.days_off, *told.worked_days)} | told.confirmed_years
    after = current if read.faults else with_years(current, told, today)
    return ImportedCalendar(after, tuple(sorted(years)), read.faults)
