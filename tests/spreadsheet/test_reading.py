"""A catalogue as a spreadsheet: what is exported comes back unchanged, what is wrong names sheet, row, column."""

from dataclasses import replace
from datetime import date, datetime, time
from unicodedata import normalize

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from clerk_app.domain.catalogue import Catalogue
from clerk_app.domain.procedure import Procedure
from clerk_app.spreadsheet import cells, reading, workbook
from clerk_app.spreadsheet.layout import CALENDAR, CATALOGUE, OUTAGES, Content
from clerk_app.spreadsheet.reading import SheetRead, read_spreadsheet
from clerk_app.spreadsheet.writing import write_spreadsheet
from tests.spreadsheet.sheets import cell, changed, put


def told(read: SheetRead) -> list[tuple[str, int, str, str]]:
    return [(f.place.sheet, f.place.row, f.place.column, type(f.notice).__name__) for f in read.faults]


def test_what_is_exported_comes_back_unchanged(known: Catalogue) -> None:
    read = read_spreadsheet(write_spreadsheet(known.procedures))

    assert read.faults == ()
    assert read.procedures == known.procedures


def test_text_that_looks_like_a_formula_stays_text(residence: Procedure) -> None:
    odd = replace(residence, title="=1+1", source='=HYPERLINK("x")')

    assert read_spreadsheet(write_spreadsheet([odd])).procedures == (odd,)


def test_the_template_holds_every_column_and_reads_as_nothing() -> None:
    read = read_spreadsheet(write_spreadsheet(()))

    assert (read.procedures, read.faults) == ((), ())
    assert not any(
        "," in words
        for sheet in (*CATALOGUE, *CALENDAR)
        for each in sheet.columns
        for words in each.choices or {}
    )


@pytest.mark.parametrize(
    ("sheet", "column", "typed", "member"),
    [
        ("Thủ tục", "Hiệu lực từ", "01/07/2025", ("valid_from", date(2025, 7, 1))),
        ("Thủ tục", "Hiệu lực từ", datetime(2025, 7, 1), ("valid_from", date(2025, 7, 1))),  # noqa: DTZ001 - as Excel
        ("Thủ tục", "Hiệu lực từ", "1-7-2025", ("valid_from", date(2025, 7, 1))),
        ("Thủ tục", "Bản", datetime(2026, 11, 25), ("version", "2026-11-25")),  # noqa: DTZ001 - as Excel
        ("Thủ tục", "Mã thủ tục", 1.004194, ("code", "1.004194")),
        ("Thủ tục", "Tên thủ tục", "  Đăng ký \n tạm trú ", ("title", "Đăng ký tạm trú")),
        ("Thủ tục", "Tên thủ tục", normalize("NFD", "Đăng ký tạm trú"), ("title", "Đăng ký tạm trú")),
        ("Thủ tục", "Chỉ nhận trực tuyến", True, ("online_only", True)),
        ("Thủ tục", "Chỉ nhận trực tuyến", "CÓ", ("online_only", True)),
        ("Thủ tục", "Cách trả", " Trả  ngay ", ("return_mode", "at_once")),
        ("Thủ tục", "Cách trả", None, ("return_mode", "by_appointment")),
    ],
)
def test_a_cell_is_understood_however_it_was_typed(
    one: bytes, residence: Procedure, sheet: str, column: str, typed: object, member: tuple[str, object]
) -> None:
    read = read_spreadsheet(changed(one, put(sheet, 2, column, typed)))

    assert told(read) == []
    assert read.procedures == (replace(residence, **{member[0]: member[1]}),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        (20_000, 20_000),
        ("20000", 20_000),
        ("20.000", 20_000),
        ("20 000", 20_000),
        (15000.0, 15_000),
        ("0", 0),
        (None, None),
    ],
)
def test_money_may_be_typed_as_text(one: bytes, typed: object, amount: int | None) -> None:
    read = read_spreadsheet(changed(one, put("Lệ phí", 2, "Mức thu (đồng)", typed)))

    assert read.procedures[0].fees[0].amount == amount


@pytest.mark.parametrize("typed", ["15:00", "15h", "15h00", "15 giờ 00", time(15), "15g"])
def test_a_cut_off_may_be_typed_in_many_ways(one: bytes, typed: object) -> None:
    read = read_spreadsheet(changed(one, put("Thủ tục", 2, "Giờ chốt", typed)))

    assert read.procedures[0].time_limit.cut_off == time(15)


@pytest.mark.parametrize(
    ("sheet", "row", "column", "typed", "fault"),
    [
        ("Thủ tục", 2, "Thời hạn", "ba ngày", cells.NumberUnclear),
        ("Thủ tục", 2, "Thời hạn", 2.5, cells.NumberUnclear),
        ("Thủ tục", 2, "Hiệu lực từ", "31/02/2027", cells.DayUnclear),
        ("Thủ tục", 2, "Hiệu lực từ", "45000", cells.DayUnclear),
        ("Thủ tục", 2, "Giờ chốt", "25:00", cells.HourUnclear),
        ("Thủ tục", 2, "Đơn vị thời hạn", "tuần", cells.ChoiceUnknown),
        ("Thủ tục", 2, "Tên thủ tục", None, cells.CellMissing),
        ("Thủ tục", 2, "Nguồn", " ", cells.CellMissing),
        ("Thủ tục", 2, "Tên thủ tục", "x" * 1001, cells.CellTooLong),
        ("Giấy tờ", 3, "Cách biết điều kiện", "thầy bói", cells.ChoiceUnknown),
        ("Giấy tờ", 2, "Bắt buộc", "có lẽ", cells.ChoiceUnknown),
        ("Giấy tờ", 4, "Khóa", None, cells.CellMissing),
        ("Lệ phí", 2, "Mức thu (đồng)", "=10000*2", workbook.CellIsFormula),
        ("Lệ phí", 3, "Nguồn", ArrayFormula("I3", "=A1"), workbook.CellIsFormula),
        ("Lệ phí", 2, "Mức thu (đồng)", "#REF!", workbook.CellIsError),
        ("Giấy tờ", 2, "Mã thủ tục", "1.999999", reading.ProcedureRowMissing),
    ],
)
def test_a_wrong_cell_is_named_and_its_procedure_left_out(
    one: bytes, sheet: str, row: int, column: str, typed: object, fault: type
) -> None:
    read = read_spreadsheet(changed(one, put(sheet, row, column, typed)))

    assert (sheet, row, column, fault.__name__) in told(read)
    assert "1.999999" in str(typed) or read.procedures == ()


def test_every_wrong_row_is_told_at_once(one: bytes) -> None:
    def change(book: Workbook) -> None:
        cell(book, "Thủ tục", 2, "Thời hạn").value = "?"
        cell(book, "Giấy tờ", 2, "Số bản").value = "?"
        cell(book, "Lệ phí", 4, "Kênh nộp").value = "?"

    assert [(sheet, row) for sheet, row, _, _ in told(read_spreadsheet(changed(one, change)))] == [
        ("Thủ tục", 2),
        ("Giấy tờ", 2),
        ("Lệ phí", 4),
    ]


def test_a_procedure_told_twice_is_refused(one: bytes) -> None:
    def change(book: Workbook) -> None:
        page = book["Thủ tục"]
        page.append([each.value for each in page[2]])

    read = read_spreadsheet(changed(one, change))

    assert told(read) == [("Thủ tục", 3, "Mã thủ tục", "ProcedureRowDoubled")]
    assert read.procedures == ()


def test_an_exemption_of_no_fee_is_refused(known: Catalogue) -> None:
    birth = next(each for each in known.procedures if each.code == "1.001193")
    data = changed(write_spreadsheet([birth]), put("Miễn thu", 2, "Tên khoản thu", "Lệ phí khác"))

    assert told(read_spreadsheet(data)) == [("Miễn thu", 2, "Tên khoản thu", "FeeRowMissing")]


def test_merged_cells_are_refused_with_their_place(one: bytes) -> None:
    read = read_spreadsheet(changed(one, lambda book: book["Giấy tờ"].merge_cells("A2:A4")))

    assert ("Giấy tờ", 0, "", "CellsMerged") in told(read)
    assert "A2:A4" in str(read.faults[0].notice)
    assert read.procedures == ()


def test_a_title_that_was_changed_is_named(one: bytes) -> None:
    read = read_spreadsheet(changed(one, lambda book: setattr(book["Lệ phí"]["D1"], "value", "Giá")))

    assert told(read)[:2] == [
        ("Lệ phí", 1, "Giá", "ColumnUnknown"),
        ("Lệ phí", 1, "Mức thu (đồng)", "ColumnMissing"),
    ]
    assert read.procedures == ()


def test_a_sheet_that_is_gone_is_named(one: bytes) -> None:
    read = read_spreadsheet(changed(one, lambda book: book.remove(book["Miễn thu"])))

    assert told(read) == [("Miễn thu", 0, "", "SheetMissing")]


def test_columns_may_stand_in_another_order_and_rows_may_be_empty(one: bytes, residence: Procedure) -> None:
    def change(book: Workbook) -> None:
        page = book["Lệ phí"]
        page.move_range("C1:C9", cols=20)
        page.insert_rows(3)
        page["B40"] = "   "

    assert read_spreadsheet(changed(one, change)).procedures == (residence,)


def test_every_kind_of_content_has_a_column() -> None:
    sheets = (*CATALOGUE, *CALENDAR, OUTAGES)
    assert {column.content for sheet in sheets for column in sheet.columns} == set(Content)


def test_what_is_filled_in_by_people_has_no_column_of_a_moment() -> None:
    """A moment is only written: how one would have to be typed is nowhere said."""
    read = {column.content for sheet in (*CATALOGUE, *CALENDAR) for column in sheet.columns}
    assert Content.MOMENT not in read
