"""The commands of the calendar: the one in force as a spreadsheet, and an import of whole years."""

import argparse

from clerk_app.cli.commands import read_file
from clerk_app.cli.outcome import Outcome
from clerk_app.cli.sheets import REFUSED, publish, served, today, told_refusal, write_new
from clerk_app.domain.calendar import read_calendar, write_calendar

# Deferred below: no other command waits until spreadsheets are loaded.


def export(options: argparse.Namespace) -> Outcome:
    """Write the calendar that central serves, to be completed and imported again."""
    from clerk_app.spreadsheet.calendar_sheet import write_calendar_sheet  # noqa: PLC0415 - see above

    write_new(options.file, write_calendar_sheet(read_calendar(served(options, "calendar"))))
    return {"file": str(options.file)}, 0


def import_sheet(options: argparse.Namespace) -> Outcome:
    """Publish the years of a spreadsheet: all rows right, or nothing and 3."""
    from clerk_app.services.import_calendar import import_calendar  # noqa: PLC0415 - see above

    data = read_file(options.file)
    current = read_calendar(served(options, "calendar"))
    done = import_calendar(data, current, today())
    if done.faults:
        return told_refusal(done.faults), REFUSED
    told = {"calendar": done.calendar.version, "years": list(done.years)}
    if done.calendar == current:
        return told | {"published": None}, 0
    content = write_calendar(done.calendar)
    return told | {"published": publish(options, "calendar", content, current.version)}, 0
