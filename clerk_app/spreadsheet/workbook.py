"""The rows of a spreadsheet as plain cells: bounded, without formulas, merged cells or invented values."""

import warnings
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Protocol
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from clerk_app.domain.text import search_key
from clerk_app.errors import OfficeError
from clerk_app.spreadsheet.layout import Column, Sheet
from clerk_app.spreadsheet.package import NotASpreadsheet, checked_package, merged_ranges

MOST_ROWS = 20_000  # in one sheet
_MOST_COLUMNS = 60
_BROKEN = (
    *(ArithmeticError, AttributeError, BadZipFile, EOFError, InvalidFileException, LookupError),
    *(OSError, RuntimeError, SyntaxError, TypeError, ValueError, zlib.error),
)  # what openpyxl lets through when the XML is not what it hopes for


class _Cell(Protocol):
    """What we ask of a cell, whichever class openpyxl reads it as."""

    @property
    def value(self) -> object: ...
    @property
    def data_type(self) -> str: ...


Cells = tuple[_Cell, ...]
Value = str | int | float | bool | date | datetime | time | None


class SheetMissing(OfficeError):
    message = "Thiếu trang “{sheet}”."
    remedy = "Xuất mẫu bằng lệnh template hoặc export rồi chép dữ liệu vào đúng trang."


class ColumnMissing(OfficeError):
    message = "Thiếu cột “{column}”."
    remedy = "Giữ nguyên dòng tiêu đề của mẫu; cột không dùng thì để trống."


class ColumnUnknown(OfficeError):
    message = "Không hiểu cột “{column}”."
    remedy = "Sửa tiêu đề cho đúng mẫu, hoặc xóa cột này."


class CellsMerged(OfficeError):
    message = "Các ô {cells} bị gộp."
    remedy = "Bỏ gộp ô rồi ghi lại giá trị ở từng dòng."


class RowsTooMany(OfficeError):
    message = "Trang có hơn {most} dòng."
    remedy = "Xóa các dòng trống ở cuối trang, hoặc chia thành nhiều tệp."


class CellIsFormula(OfficeError):
    message = "Ô chứa công thức."
    remedy = "Chép rồi dán giá trị (Paste Values) thay cho công thức."


class CellIsError(OfficeError):
    message = "Ô chứa lỗi {error}."
    remedy = "Ghi lại giá trị đúng của ô."


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the spreadsheet: row 0 means the whole sheet."""

    sheet: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong on the spreadsheet, and what to do about it."""

    place: Place
    notice: OfficeError


@dataclass(frozen=True, slots=True)
class Line:
    """One row that holds something: its number as Excel counts, and the value of each column by member."""

    number: int
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Lines:
    """What one sheet holds."""

    lines: tuple[Line, ...] = ()
    faults: tuple[RowFault, ...] = ()


def read_lines(data: bytes, sheets: Sequence[Sheet]) -> dict[str, Lines]:
    """Return the rows of each of these sheets by its title; raises `NotASpreadsheet`."""
    package = checked_package(data)
    merged = {search_key(title): ranges for title, ranges in merged_ranges(package).items()}
    try:
        return _read(package, data, sheets, merged)
    except NotASpreadsheet:
        raise
    except _BROKEN as error:
        raise NotASpreadsheet(why="tệp hỏng") from error


def _read(
    package: ZipFile, data: bytes, sheets: Sequence[Sheet], merged: dict[str, tuple[str, ...]]
) -> dict[str, Lines]:
    with package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of colours and rules that it leaves out
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        titles = {search_key(title): title for title in workbook.sheetnames}
        found = {}
        for sheet in sheets:
            title = titles.get(search_key(sheet.title))
            if title is None:
                gone = RowFault(Place(sheet.title), SheetMissing(sheet=sheet.title))
                found[sheet.title] = Lines(faults=(gone,))
                continue
            page = workbook[title]
            page.reset_dimensions()  # what a file says of its own size is not believed
            rows = page.iter_rows(max_row=MOST_ROWS + 2, max_col=_MOST_COLUMNS)
            found[sheet.title] = _lines_of(sheet, rows, merged.get(search_key(sheet.title), ()))
        return found
    finally:
        workbook.close()


def _lines_of(sheet: Sheet, rows: Iterator[Cells], merged: tuple[str, ...]) -> Lines:
    faults = [RowFault(Place(sheet.title), CellsMerged(cells=cells)) for cells in merged]
    columns, wrong = _columns_of(sheet, next(rows, ()))
    faults += wrong
    lines = []
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            faults.append(RowFault(Place(sheet.title), RowsTooMany(most=MOST_ROWS)))
            break
        if all(cell.value is None or str(cell.value).strip() == "" for cell in cells):
            continue
        faults += _formulas(sheet, number, columns, cells)
        values = {column.member: _value(cells[at]) for at, column in columns.items() if at < len(cells)}
        lines.append(Line(number, values))
    return Lines(tuple(lines), tuple(faults))


def _columns_of(sheet: Sheet, head: Cells) -> tuple[dict[int, Column], list[RowFault]]:
    known = {search_key(column.title): column for column in sheet.columns}
    columns: dict[int, Column] = {}
    faults = []
    for at, cell in enumerate(head):
        title = str(cell.value or "").strip()
        column = known.pop(search_key(title), None)
        if column is not None:
            columns[at] = column
        elif title:
            place = Place(sheet.title, 1, title[:60])
            faults.append(RowFault(place, ColumnUnknown(column=title[:60])))
    faults += [
        RowFault(Place(sheet.title, 1, column.title), ColumnMissing(column=column.title))
        for column in known.values()
    ]
    return columns, faults


def _formulas(sheet: Sheet, number: int, columns: dict[int, Column], cells: Cells) -> Iterator[RowFault]:
    for at, column in columns.items():
        kind = cells[at].data_type if at < len(cells) else "n"
        place = Place(sheet.title, number, column.title)
        if kind == "f":
            yield RowFault(place, CellIsFormula())
        elif kind == "e":
            yield RowFault(place, CellIsError(error=str(cells[at].value)[:20]))


def _value(cell: _Cell) -> Value:
    value = cell.value
    if cell.data_type in {"f", "e"} or not isinstance(value, str | int | float | date | time):
        return None  # told as a fault already
    return value
