"""The outage log written to a file that somebody chose: evidence for a late dossier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clerk_app.domain.outage import Outage
from clerk_app.errors import OfficeError
from clerk_app.services.outage_words import CAUSES
from clerk_app.settings import replace_file


class OutagesNotSaved(OfficeError):
    message = "Không ghi được bảng tính vào {folder}."
    remedy = "Chọn thư mục khác; nếu tệp đang mở trong chương trình bảng tính thì đóng lại."


@dataclass(frozen=True, slots=True)
class OutageSheet:
    outages: Callable[[], tuple[Outage, ...]]
    now: Callable[[], datetime]

    def __call__(self) -> bytes:
        """Return the whole log as an .xlsx file, in Vietnamese whatever the reader's language: it goes to the office."""
        from clerk_app.spreadsheet.outage_sheet import write_outages  # noqa: PLC0415 - nobody else waits for it

        told = [(each, str(CAUSES[each.cause])) for each in self.outages()]
        return write_outages(told, self.now())

    def save(self, path: Path) -> None:
        """Write it over what stands there; raises `OutagesNotSaved`."""
        data = self()
        try:
            replace_file(path, data)
        except OSError as refused:
            raise OutagesNotSaved(folder=path.parent.name or str(path.parent)) from refused
