"""What the commands for spreadsheets share: central's folder, new files, and faults told row by row."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clerk_app import clock
from clerk_app.cli.outcome import WrongUsage
from clerk_app.cli.words import sentences
from clerk_app.errors import OfficeError
from clerk_app.places import central_folder

if TYPE_CHECKING:
    from clerk_app.spreadsheet.workbook import RowFault

# Deferred below: no other command waits until central's database is loaded.
NO, REFUSED = 1, 3  # exit codes, see `main`


class FileThere(WrongUsage):
    message = "Đã có tệp {path}."
    remedy = "Chọn tên tệp khác; tệp cũ không bị ghi đè."


class FileNotWritten(WrongUsage):
    message = "Không ghi được tệp {path}."
    remedy = "Kiểm tra thư mục và quyền ghi, rồi chạy lại."


class RowsNotRight(OfficeError):
    message = "Còn {count} chỗ chưa đúng trong bảng tính; chưa nhập dòng nào."
    remedy = (
        "Sửa từng chỗ được nêu rồi nhập lại; với danh mục có thể thêm --skip-bad để nhập các thủ tục đúng."
    )


def served(options: argparse.Namespace, name: str) -> bytes:
    """Return the catalogue or calendar that the central named by the options serves."""
    from clerk_app.services.central_house import Published, published_content  # noqa: PLC0415 - see above

    return published_content(Published(central_folder(options.into), name, options.database))


def publish(options: argparse.Namespace, name: str, content: bytes, instead_of: str) -> int:
    """Let that central serve content made from the version of that label; returns the number of the new one."""
    from clerk_app.services.central_house import Published, publish_content  # noqa: PLC0415 - see above

    house = Published(central_folder(options.into), name, options.database)
    return publish_content(house, content, instead_of)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; raises `FileThere` or `FileNotWritten`."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise FileThere(path=path) from error
    except OSError as error:
        raise FileNotWritten(path=path) from error


def told_refusal(faults: "Sequence[RowFault]") -> dict[str, Any]:
    """Return that nothing was imported, as `main` tells a refusal, with every row that is wrong."""
    said = sentences(RowsNotRight(count=len(faults)))
    error = {"kind": RowsNotRight.__name__, "message": said.message, "remedy": said.remedy}
    return {"error": error, **told_rows(faults)}


def told_rows(faults: "Sequence[RowFault]") -> dict[str, Any]:
    """Return every fault with its sheet, row and column, what is wrong and what to do."""
    rows = []
    for fault in faults:
        said = sentences(fault.notice)
        place = {"sheet": fault.place.sheet, "row": fault.place.row or None, "column": fault.place.column}
        kind = type(fault.notice).__name__
        rows.append({**place, "kind": kind, "message": said.message, "remedy": said.remedy})
    return {"rows": rows}


def today() -> date:
    """Return the day in Việt Nam."""
    return clock.in_vietnam(clock.now()).date()
