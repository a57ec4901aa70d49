"""The commands of the catalogue: an empty spreadsheet, the one in force, a check, an import."""

import argparse
from typing import TYPE_CHECKING, Any

from clerk_app.cli.commands import read_file
from clerk_app.cli.outcome import Outcome
from clerk_app.cli.sheets import NO, REFUSED, publish, served, today, told_refusal, told_rows, write_new
from clerk_app.domain.calendar import read_calendar
from clerk_app.domain.catalogue import read_catalogue, write_catalogue

if TYPE_CHECKING:
    from clerk_app.services.import_catalogue import Imported

# Deferred below: no other command waits until spreadsheets are loaded.


def template(options: argparse.Namespace) -> Outcome:
    """Write an empty spreadsheet with a page that explains every column."""
    from clerk_app.spreadsheet.writing import write_spreadsheet  # noqa: PLC0415 - see above

    write_new(options.file, write_spreadsheet(()))
    return {"file": str(options.file)}, 0


def export(options: argparse.Namespace) -> Outcome:
    """Write the catalogue that central serves, to be changed and imported again."""
    from clerk_app.spreadsheet.writing import write_spreadsheet  # noqa: PLC0415 - see above

    known = read_catalogue(served(options, "catalogue"))
    write_new(options.file, write_spreadsheet(known.procedures))
    return {"file": str(options.file), "procedures": len(known.procedures)}, 0


def check(options: argparse.Namespace) -> Outcome:
    """Judge a spreadsheet and publish nothing: 0 all right, 1 not."""
    done = _imported(options, skip_bad=False)
    return _told(done) | {"valid": not done.faults}, NO if done.faults else 0


def import_sheet(options: argparse.Namespace) -> Outcome:
    """Publish a spreadsheet: all of it, or with --skip-bad what is right; 3 when nothing was taken."""
    done = _imported(options, skip_bad=options.skip_bad)
    taken = bool(done.added or done.changed)
    if done.faults and not taken:
        return told_refusal(done.faults) | _told(done), REFUSED
    if not taken:
        return _told(done) | {"published": None}, 0
    content = write_catalogue(done.catalogue)
    return _told(done) | {"published": publish(options, "catalogue", content, done.instead_of)}, 0


def _imported(options: argparse.Namespace, *, skip_bad: bool) -> "Imported":
    from clerk_app.services.import_catalogue import import_catalogue  # noqa: PLC0415 - see above

    data = read_file(options.file)
    current = read_catalogue(served(options, "catalogue"))
    calendar = read_calendar(served(options, "calendar"))
    return import_catalogue(data, current, calendar, today(), skip_bad=skip_bad)


def _told(done: "Imported") -> dict[str, Any]:
    return {
        "catalogue": done.catalogue.version,
        "added": [" ".join(key) for key in done.added],
        "changed": [" ".join(key) for key in done.changed],
        "left": list(done.left),
        **told_rows(done.faults),
    }
