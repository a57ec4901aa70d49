"""What people, programs and attackers do to a spreadsheet after it left us."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

Change = Callable[[Workbook], None]


def put(sheet: str, row: int, column: str, value: object) -> Change:
    """Return the change that writes one cell."""

    def change(book: Workbook) -> None:
        cell(book, sheet, row, column).value = value

    return change


def cell(book: Workbook, sheet: str, row: int, column: str):
    """Return a cell by the title of its column."""
    page = book[sheet]
    titles = [each.value for each in page[1]]
    return page.cell(row, titles.index(column) + 1)


def changed(data: bytes, change: Change) -> bytes:
    """Return a spreadsheet after somebody worked on it."""
    book = load_workbook(BytesIO(data))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a package with some of its parts replaced or added."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()
