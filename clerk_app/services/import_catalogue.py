"""Bring a catalogue up to date from a spreadsheet: every row judged, nothing taken unless all is right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clerk_app.domain.calendar import Calendar
from clerk_app.domain.catalogue import Catalogue
from clerk_app.domain.catalogue_check import faults_of
from clerk_app.domain.catalogue_update import check_unchanged, updated
from clerk_app.domain.procedure import Procedure
from clerk_app.errors import OfficeError
from clerk_app.spreadsheet.layout import PROCEDURES
from clerk_app.spreadsheet.reading import SheetRead, read_spreadsheet
from clerk_app.spreadsheet.workbook import Place, RowFault

Key = tuple[str, str]  # code and version


class NothingToImport(OfficeError):
    message = "Bảng tính không có thủ tục nào."
    remedy = "Ghi ít nhất một dòng ở trang Thủ tục; xuất mẫu bằng lệnh catalogue template."


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import comes to: the catalogue after it, what it took, and what it left with its reasons."""

    catalogue: Catalogue
    added: tuple[Key, ...]
    changed: tuple[Key, ...]
    left: tuple[str, ...]  # codes of which nothing was taken
    faults: tuple[RowFault, ...]
    instead_of: str  # label of the catalogue that it was made from


def import_catalogue(
    data: bytes, current: Catalogue, calendar: Calendar, today: date, *, skip_bad: bool = False
) -> Imported:
    """Return the catalogue with the spreadsheet's versions in it; see `catalogue_update` for what may change.

    With faults and without `skip_bad` nothing is taken. A fault in one version leaves its whole procedure out:
    versions follow each other day by day. A row of which nobody knows the procedure lets nothing be skipped: it
    may be a paper that another one lacks. Raises `NotASpreadsheet` or `NothingToImport`.
    """
    sheet = read_spreadsheet(data)
    if not sheet.procedures and not sheet.faults:
        raise NothingToImport
    faults = [*sheet.faults, *_published_changed(sheet, current), *_impossible(sheet, current, calendar)]
    bad = {code for code, _ in sheet.spoiled} | {sheet.code_at(fault.place) for fault in faults}
    if faults and (not skip_bad or sheet.adrift):
        return Imported(current, (), (), tuple(sorted(bad - {""})), tuple(faults), current.version)
    taken = [each for each in sheet.procedures if each.code not in bad]
    after = updated(current, taken, today)
    before = {(each.code, each.version): each for each in current.procedures}
    keys = [(each.code, each.version) for each in taken]
    added = tuple(key for key in keys if key not in before)
    changed = tuple(
        key for key, each in zip(keys, taken, strict=True) if key in before and before[key] != each
    )
    return Imported(after, added, changed, tuple(sorted(bad - {""})), tuple(faults), current.version)


def _published_changed(sheet: SheetRead, current: Catalogue) -> Iterable[RowFault]:
    for each in sheet.procedures:
        try:
            check_unchanged(current, each)
        except OfficeError as notice:
            row = sheet.row_of((each.code, each.version))
            yield RowFault(Place(PROCEDURES.title, row, PROCEDURES.column_of("version").title), notice)


def _impossible(sheet: SheetRead, current: Catalogue, calendar: Calendar) -> Iterable[RowFault]:
    """Judge each procedure of the sheet together with the versions of it that are published."""
    merged = updated(current, sheet.procedures, date.min).procedures
    codes = {each.code for each in sheet.procedures}
    concerned: list[Procedure] = [each for each in merged if each.code in codes]
    return (RowFault(sheet.place_of(fault), fault.notice) for fault in faults_of(concerned, calendar))
