"""Versions of procedures as a spreadsheet: what is exported can be imported again, unchanged."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from clerk_app.domain.procedure import Procedure
from clerk_app.spreadsheet.layout import (
    CATALOGUE,
    EXEMPTIONS,
    FEES,
    GUIDE,
    PAPERS,
    PROCEDURES,
    Column,
    Content,
    Sheet,
)

_HEAD = PatternFill("solid", start_color="1F5FAD")
_HEAD_FONT = Font(bold=True, color="FFFFFF")
_LAST_CHECKED_ROW = 5000  # down to which a drop-down list helps
_FORMATS = {Content.DAY: "dd/mm/yyyy", Content.HOUR: "hh:mm", Content.MOMENT: "dd/mm/yyyy hh:mm"}

Member = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class _Of:
    """A record with the key of the procedure that it belongs to."""

    procedure: Procedure
    record: object
    fee: str = ""

    def member(self, name: str) -> Any:
        """Return the value of a member, "time_limit.amount" and the like."""
        if name in {"code", "version"}:
            return getattr(self.procedure, name)
        if name == "fee":
            return self.fee
        value: Any = self.record
        for part in name.split("."):
            value = getattr(value, part)
        return value


def write_spreadsheet(procedures: Iterable[Procedure]) -> bytes:
    """Return an .xlsx file with a row for every version; without any it is the template to fill in."""
    given = tuple(procedures)
    return write_workbook([(sheet, [row.member for row in _rows(sheet, given)]) for sheet in CATALOGUE])


def write_workbook(sheets: Sequence[tuple[Sheet, Iterable[Member]]], *, to_fill_in: bool = True) -> bytes:
    """Return an .xlsx file with these sheets; a row tells its members by name.

    One that is `to_fill_in` begins with a page that says what belongs in which column.
    """
    workbook = Workbook()
    guide = workbook.active
    if isinstance(guide, Worksheet):
        if to_fill_in:
            _write_guide(guide, [sheet for sheet, _ in sheets])
        else:
            workbook.remove(guide)
    for sheet, rows in sheets:
        _write_sheet(workbook.create_sheet(sheet.title), sheet, rows)
    workbook.active = 1 if to_fill_in else 0
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _rows(sheet: Sheet, procedures: tuple[Procedure, ...]) -> Iterator[_Of]:
    for each in procedures:
        if sheet is PROCEDURES:
            yield _Of(each, each)
        elif sheet is PAPERS:
            yield from (_Of(each, paper) for paper in each.papers)
        elif sheet is FEES:
            yield from (_Of(each, fee) for fee in each.fees)
        elif sheet is EXEMPTIONS:
            yield from (_Of(each, exempt, fee.title) for fee in each.fees for exempt in fee.exemptions)


def _write_sheet(page: Worksheet, sheet: Sheet, rows: Iterable[Member]) -> None:
    for at, column in enumerate(sheet.columns, start=1):
        head = page.cell(1, at, column.title)
        head.font, head.fill = _HEAD_FONT, _HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center")
        page.column_dimensions[get_column_letter(at)].width = column.width
        _help_choosing(page, at, column)
    page.row_dimensions[1].height = 32
    page.freeze_panes = "C2"
    for number, row in enumerate(rows, start=2):
        for at, column in enumerate(sheet.columns, start=1):
            _write_cell(page, number, at, (column, row(column.member)))
    page.auto_filter.ref = page.dimensions


def _write_cell(page: Worksheet, row: int, at: int, told: tuple[Column, Any]) -> None:
    column, value = told
    written = _written(column, value)
    if written is None:
        return
    cell = page.cell(row, at)
    cell.value = written
    if isinstance(written, str):
        cell.data_type = "s"  # text that begins with "=" is text, not a formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if column.content in {Content.CODE, Content.LABEL}:
        cell.number_format = "@"  # 2.000720 stays as it is typed
    elif column.content in _FORMATS:
        cell.number_format = _FORMATS[column.content]


def _written(column: Column, value: Any) -> str | int | date | time | None:
    match column.content:
        case Content.YES_NO:
            return "Có" if value else "Không"
        case Content.CHOICE:
            return next(words for words, choice in (column.choices or {}).items() if choice is value)
        case Content.LIST:
            return "; ".join(value) or None
    if value is None or value == "":
        return None
    return value if isinstance(value, str | int | date | time) else str(value)


def _help_choosing(page: Worksheet, at: int, column: Column) -> None:
    choices = ["Có", "Không"] if column.content is Content.YES_NO else list(column.choices or {})
    if not choices:
        return
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    letter = get_column_letter(at)
    rule.add(f"{letter}2:{letter}{_LAST_CHECKED_ROW}")
    page.add_data_validation(rule)


def _write_guide(page: Worksheet, sheets: Iterable[Sheet]) -> None:
    page.title = GUIDE
    page.append(["Trang", "Cột", "Bắt buộc", "Nội dung", "Ghi chú"])
    for sheet in sheets:
        page.append([sheet.title, "", "", "", sheet.what])
        for column in sheet.columns:
            choices = "; ".join(column.choices or {})
            content = choices or column.content.value
            page.append([sheet.title, column.title, "Có" if column.required else "", content, column.help])
    for cell in page[1]:
        cell.font, cell.fill = _HEAD_FONT, _HEAD
    for letter, width in zip("ABCDE", (12, 24, 10, 56, 80), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
