"""The commands of the catalogue: an empty spreadsheet, the one in force, a check, an import."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clerk_app import catalogue as packaged
from clerk_app import clock
from clerk_app.cli.commands import Outcome, WrongUsage, read_file
from clerk_app.cli.words import sentences
from clerk_app.domain.calendar import read_calendar
from clerk_app.domain.catalogue import Catalogue, read_catalogue, write_catalogue
from clerk_app.domain.procedure import Procedure
from clerk_app.errors import Notice
from clerk_app.places import central_folder

if TYPE_CHECKING:
    from clerk_app.services.import_catalogue import Imported

# Deferred below: no other command waits until spreadsheets and central's database are loaded.
_NO, _REFUSED = 1, 3


class FileThere(WrongUsage):
    message = "Đã có tệp {path}."
    remedy = "Chọn tên tệp khác; tệp cũ không bị ghi đè."


class FileNotWritten(WrongUsage):
    message = "Không ghi được tệp {path}."
    remedy = "Kiểm tra thư mục và quyền ghi, rồi chạy lại."


def template(options: argparse.Namespace) -> Outcome:
    """Write an empty spreadsheet with a page that explains every column."""
    return _write(options.file, ())


def export(options: argparse.Namespace) -> Outcome:
    """Write the catalogue that central serves, to be changed and imported again."""
    from clerk_app.services.central_house import published_catalogue  # noqa: PLC0415 - see above

    known = read_catalogue(published_catalogue(central_folder(options.into), options.database))
    return _write(options.file, known.procedures)


def check(options: argparse.Namespace) -> Outcome:
    """Judge a spreadsheet and publish nothing: 0 all right, 1 not."""
    done = _imported(options, skip_bad=False)
    return _told(done) | {"valid": not done.faults}, _NO if done.faults else 0


def import_file(options: argparse.Namespace) -> Outcome:
    """Publish a spreadsheet: all of it, or with --skip-bad what is right; 3 when nothing was taken."""
    from clerk_app.services.central_house import publish_catalogue  # noqa: PLC0415 - see above
    from clerk_app.services.import_catalogue import RowsNotRight  # noqa: PLC0415 - see above

    done = _imported(options, skip_bad=options.skip_bad)
    if done.faults and not options.skip_bad:
        refusal = sentences(RowsNotRight(count=len(done.faults)))
        error = {"kind": RowsNotRight.__name__, "message": refusal.message, "remedy": refusal.remedy}
        return {"error": error} | _told(done), _REFUSED
    if not (done.added or done.changed):
        return _told(done) | {"published": None}, _REFUSED if done.faults else 0
    content = write_catalogue(done.catalogue)
    number = publish_catalogue(central_folder(options.into), content, options.database)
    return _told(done) | {"published": number}, 0


def _imported(options: argparse.Namespace, *, skip_bad: bool) -> "Imported":
    from clerk_app.services.central_house import published_catalogue  # noqa: PLC0415 - see above
    from clerk_app.services.import_catalogue import import_catalogue  # noqa: PLC0415 - see above

    data = read_file(options.file)
    current: Catalogue = read_catalogue(published_catalogue(central_folder(options.into), options.database))
    calendar = read_calendar(packaged.load(packaged.CALENDAR))
    today = clock.in_vietnam(clock.now()).date()
    return import_catalogue(data, current, calendar, today, skip_bad=skip_bad)


def _told(done: "Imported") -> dict[str, Any]:
    return {
        "catalogue": done.catalogue.version,
        "added": [" ".join(key) for key in done.added],
        "changed": [" ".join(key) for key in done.changed],
        "left": list(done.left),
        "rows": [
            _row(fault.place.sheet, fault.place.row, fault.place.column, fault.notice)
            for fault in done.faults
        ],
    }


def _row(sheet: str, row: int, column: str, notice: Notice) -> dict[str, Any]:
    said = sentences(notice)
    place = {"sheet": sheet, "row": row or None, "column": column}
    return place | {"kind": type(notice).__name__, "message": said.message, "remedy": said.remedy}


def _write(path: Path, procedures: Iterable[Procedure]) -> Outcome:
    from clerk_app.spreadsheet.writing import write_spreadsheet  # noqa: PLC0415 - see above

    given = tuple(procedures)
    data = write_spreadsheet(given)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise FileThere(path=path) from error
    except OSError as error:
        raise FileNotWritten(path=path) from error
    return {"file": str(path), "procedures": len(given)}, 0
