"""Files that are no spreadsheet, or mean harm, are refused before anything in them is unpacked or parsed."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from clerk_app.spreadsheet import package
from clerk_app.spreadsheet.package import NotASpreadsheet
from clerk_app.spreadsheet.reading import read_spreadsheet
from tests.spreadsheet.sheets import with_parts

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>"""


def refused(data: bytes, why: str) -> None:
    with pytest.raises(NotASpreadsheet, match=why):
        read_spreadsheet(data)


def test_other_files_are_named_for_what_they_are() -> None:
    refused(b"", "không đúng dạng")
    refused(b"Ma;Ten\n1;2\n", "không đúng dạng")
    refused(b"\xd0\xcf\x11\xe0" + bytes(600), "dạng .xls cũ hoặc có mật khẩu")
    refused(b"PK\x03\x04" + bytes(600), "tệp hỏng")


def test_a_large_file_is_refused_by_its_size() -> None:
    refused(b"PK\x03\x04" + bytes(package.MOST_BYTES), "lớn hơn 10 MB")


def test_a_bomb_is_refused_before_it_is_unpacked(one: bytes) -> None:
    bomb = with_parts(one, {"xl/media/image1.png": bytes(100 * 1024 * 1024)})
    assert len(bomb) < 300_000
    refused(bomb, "bung ra quá lớn")


def test_many_parts_are_refused(one: bytes) -> None:
    refused(with_parts(one, {f"xl/media/{n}.png": b"x" for n in range(300)}), "bung ra quá lớn")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"])
def test_entities_are_refused_wherever_they_stand(one: bytes, part: str) -> None:
    refused(with_parts(one, {part: LAUGHS}), "khai báo XML lạ")
    refused(with_parts(one, {part: LAUGHS.decode().encode("utf-16")}), "khai báo XML lạ")


def test_macros_are_refused(one: bytes) -> None:
    refused(with_parts(one, {"xl/vbaProject.bin": b"x"}), "có macro")


def test_another_office_file_is_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "<x/>")
    refused(out.getvalue(), "không có trang tính")


@pytest.mark.parametrize("broken", [b"", b"<a>", b"\xff\xfe"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"])
def test_broken_xml_is_refused_in_words(one: bytes, part: str, broken: bytes) -> None:
    with pytest.raises(NotASpreadsheet):
        read_spreadsheet(with_parts(one, {part: broken}))


def test_rows_with_impossible_numbers_are_refused(one: bytes) -> None:
    odd = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    odd += b"<row r='x'><c r='??'><v>1</v></c></row></sheetData></worksheet>"
    refused(with_parts(one, {"xl/worksheets/sheet2.xml": odd}), "tệp hỏng")


def test_a_damaged_part_is_refused(one: bytes) -> None:
    with ZipFile(BytesIO(one)) as old:
        place = old.getinfo("xl/worksheets/sheet2.xml").header_offset
    hurt = bytearray(one)
    hurt[place + 80 : place + 120] = bytes(40)
    with pytest.raises(NotASpreadsheet):
        read_spreadsheet(bytes(hurt))


def test_a_row_far_down_costs_no_million_rows(one: bytes) -> None:
    with ZipFile(BytesIO(one)) as old:
        sheet = old.read("xl/worksheets/sheet4.xml")
    far = sheet.replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
    )
    assert far != sheet

    read = read_spreadsheet(with_parts(one, {"xl/worksheets/sheet4.xml": far}))

    assert read.procedures or [type(fault.notice).__name__ for fault in read.faults] == ["RowsTooMany"]


def test_a_part_that_lies_about_its_size_is_refused(one: bytes) -> None:
    lying = bytearray(one)
    size = lying.rindex(b"xl/worksheets/sheet2.xml") - 46 + 24  # in its line of the directory
    lying[size : size + 4] = (7).to_bytes(4, "little")
    refused(bytes(lying), "tệp hỏng")
