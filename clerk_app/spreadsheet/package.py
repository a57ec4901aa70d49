"""An .xlsx file as the zip package that it is: judged before anything in it is unpacked or parsed.

NotASpreadsheet   cannot be opened at all; says what it seems to be
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

from clerk_app.errors import UnreadableFile

MOST_BYTES = 10 * 1024 * 1024  # of the file itself
MOST_UNPACKED = 48 * 1024 * 1024  # of all its parts; the whole catalogue of a province takes about 5
MOST_PARTS = 200
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)\"")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class NotASpreadsheet(UnreadableFile):
    message = "Tệp không phải bảng tính .xlsx đọc được ({why})."
    remedy = "Mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx không mật khẩu, không macro, rồi nhập lại."


def checked_package(data: bytes) -> ZipFile:
    """Return the package of an .xlsx file within our bounds; raises `NotASpreadsheet`.

    Sizes are those that the directory declares: the zip reader never hands out more than declared.
    """
    if len(data) > MOST_BYTES:
        raise NotASpreadsheet(why=f"lớn hơn {MOST_BYTES // 1024 // 1024} MB")
    if data.startswith(_OLE):
        raise NotASpreadsheet(why="dạng .xls cũ hoặc có mật khẩu")
    if not data.startswith(_ZIP):
        raise NotASpreadsheet(why="không đúng dạng")
    try:
        package = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, RuntimeError, OSError) as error:
        raise NotASpreadsheet(why="tệp hỏng") from error
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotASpreadsheet(why="bung ra quá lớn")
    _refuse_kinds({part.filename for part in parts})
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _refuse_declarations(package, part)
    return package


def merged_ranges(package: ZipFile) -> dict[str, tuple[str, ...]]:
    """Return the merged ranges of each sheet by its title; a checked package that holds no workbook has none."""
    return {
        title: tuple(ref.decode("ascii") for ref in _MERGED.findall(package.read(path)))
        for title, path in _sheet_paths(package)
        if path in package.namelist()
    }


def _refuse_kinds(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotASpreadsheet(why="có macro")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise NotASpreadsheet(why="không có trang tính")


def _refuse_declarations(package: ZipFile, part: ZipInfo) -> None:
    """No part of a spreadsheet declares entities; one that does means to blow up whoever parses it."""
    try:
        data = package.read(part)
    except (BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error) as error:
        raise NotASpreadsheet(why="tệp hỏng") from error
    if b"\x00" in data[:200] or _DECLARES.search(data):
        raise NotASpreadsheet(why="chứa khai báo XML lạ")


def _sheet_paths(package: ZipFile) -> Iterator[tuple[str, str]]:
    try:
        workbook = ElementTree.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - no declarations: checked
        links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - same
    except (ElementTree.ParseError, KeyError) as error:
        raise NotASpreadsheet(why="tệp hỏng") from error
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{_LINKS}Relationship")}
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_LINK_ID), "")
        yield sheet.get("name", ""), normpath(join("/xl", target)).removeprefix("/")
