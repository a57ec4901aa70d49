"""Change what an office may set at its own counter: the header of its papers, its tools, where central answers.

Written whole or not at all; a counter that is open goes on with what it read, and takes the rest when it opens next.
Who may write the file is the computer's own matter: its administrator gives or keeps the right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.text import nfc
from clerk_app.errors import Notice, OfficeError
from clerk_app.scanner_settings import ScanFolder
from clerk_app.services.named_settings import NamedSetting, named, with_named
from clerk_app.settings import Settings, TokenLibrary, read_settings, write_settings
from signing.errors import SigningError
from signing.libraries import check_library

_LONGEST = 120  # letters of a line in a paper's header: two printed lines of it at most
_MUST = ("name", "place", "address", "phone", "counter")


class SettingEmpty(OfficeError):
    message = "Ô này không được để trống."
    remedy = "Nội dung này in trên giấy hẹn; ghi vào rồi lưu lại."


class SettingTooLong(OfficeError):
    message = "Dài {letters} ký tự, quá {limit} ký tự."
    remedy = "Viết gọn lại để vừa phần đầu giấy hẹn."


class CentralAddressWrong(OfficeError):
    message = "Địa chỉ máy chủ trung tâm chưa đúng."
    remedy = "Ghi dạng https://ten-may-chu; để trống nếu chưa có máy chủ."


class CentralInTheClear(OfficeError):
    message = "Địa chỉ http:// không mã hóa đường truyền."
    remedy = "Chỉ dùng trong mạng nội bộ của đơn vị; hỏi người quản trị địa chỉ https://."


class ScanFolderUnknown(OfficeError):
    message = "Không có thư mục {path}."
    remedy = "Bấm Chọn thư mục để chỉ đúng thư mục máy quét ghi vào; để trống nếu không dùng."


class ScanFolderOurs(OfficeError):
    message = "Thư mục này chứa dữ liệu của quầy."
    remedy = "Chọn một thư mục riêng, nơi chỉ máy quét ghi vào: tệp đã nhận sẽ được lấy khỏi đó."


class SettingsRefused(OfficeError):
    message = "Chưa lưu: còn {count} ô cần sửa."
    remedy = "Sửa các ô được đánh dấu rồi lưu lại."


class SettingsNotWritten(OfficeError):
    message = "Không ghi được tệp cài đặt {path}."
    remedy = "Cần quyền của người quản trị máy này, và ổ đĩa còn chỗ trống."


@dataclass(frozen=True, slots=True)
class Choices:
    """What the screen of settings shows and changes. `agency_code` is given by enrolment and only shown."""

    superior: str
    name: str
    place: str
    address: str
    phone: str
    counter: str
    central: str
    scanner: str
    tokens: tuple[str, ...]  # absolute paths of PKCS#11 drivers
    scan_folder: str = ""  # absolute path; empty: none
    keep_scans: bool = False  # put taken files aside instead of deleting them
    printer_slip: str = ""  # printer's name; empty: the system's default one; the same below
    printer_supplement: str = ""
    printer_refusal: str = ""
    language: str = ""  # "vi" | "en"; empty: as the computer says
    agency_code: str = ""


Remarks = Mapping[str, Notice]  # by the name of a choice; a driver is named "tokens:{path}"


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    folder: Path

    def read(self) -> Choices:
        """Return what stands in the file now; raises what `read_settings` raises."""
        settings = read_settings(self.folder)
        unit = settings.unit
        return Choices(
            unit.superior,
            unit.name,
            unit.place,
            unit.address,
            unit.phone,
            unit.counter,
            settings.central,
            settings.scanner.device,
            tuple(str(library.path) for library in settings.tokens),
            scan_folder=str(settings.scan_folder.path or ""),
            keep_scans=settings.scan_folder.keep,
            printer_slip=settings.printers.get(DocumentKind.SLIP, ""),
            printer_supplement=settings.printers.get(DocumentKind.SUPPLEMENT, ""),
            printer_refusal=settings.printers.get(DocumentKind.REFUSAL, ""),
            language=settings.language,
            agency_code=unit.agency_code,
        )

    def __call__(self, choices: Choices) -> Choices:
        """Write the choices and return them as they now stand; raises `SettingsRefused` or `SettingsNotWritten`."""
        tidy = tidied(choices)
        wrong = mistakes(tidy)
        if wrong:
            raise SettingsRefused(count=len(wrong))
        before = read_settings(self.folder)
        settings = _changed(before, tidy)
        if settings.scan_folder.path != before.scan_folder.path:
            self._look_at(settings.scan_folder.path)
        self._write(settings)
        return self.read()

    def named(self) -> tuple[NamedSetting, ...]:
        """Return what no screen shows, by its name in the file; raises what `read_settings` raises."""
        return named(read_settings(self.folder))

    def put_named(self, name: str, text: str) -> NamedSetting:
        """Change one of them as it was typed; raises `NoSuchSetting`, `SettingUnfit` or `SettingsNotWritten`."""
        self._write(with_named(read_settings(self.folder), name, text))
        return next(each for each in self.named() if each.name == name)

    def _write(self, settings: Settings) -> None:
        try:
            write_settings(settings)
        except OSError as failed:
            raise SettingsNotWritten(path=str(self.folder)) from failed

    def _look_at(self, scans: Path | None) -> None:
        """Raise `ScanFolderUnknown` or `ScanFolderOurs`. Blocks as long as a folder on the network does."""
        if scans is None:
            return
        if not scans.is_dir():
            raise ScanFolderUnknown(path=str(scans))
        ours, theirs = self.folder.resolve(), scans.resolve()
        if theirs.is_relative_to(ours) or ours.is_relative_to(theirs):
            raise ScanFolderOurs


def tidied(choices: Choices) -> Choices:
    """Return the choices without blanks at their ends, each text composed."""
    texts: dict[str, Any] = {
        name: nfc(" ".join(getattr(choices, name).split()))
        for name in ("superior", *_MUST, "central", "scanner")
    }
    texts["central"] = texts["central"].rstrip("/")
    return replace(choices, **texts, scan_folder=nfc(choices.scan_folder.strip()))


def mistakes(choices: Choices) -> Remarks:
    """Return what keeps the choices from being saved."""
    found: dict[str, Notice] = {name: SettingEmpty() for name in _MUST if not getattr(choices, name)}
    for name in ("superior", *_MUST):
        letters = len(getattr(choices, name))
        if letters > _LONGEST:
            found[name] = SettingTooLong(letters=letters, limit=_LONGEST)
    if choices.central and not _is_address(choices.central):
        found["central"] = CentralAddressWrong()
    if choices.scan_folder and not Path(choices.scan_folder).is_absolute():
        found["scan_folder"] = ScanFolderUnknown(path=choices.scan_folder)
    for path in choices.tokens:
        try:
            check_library(Path(path))
        except SigningError as wrong:
            found[f"tokens:{path}"] = wrong
    return found


def warnings(choices: Choices) -> Remarks:
    """Return what may stay and is worth a look."""
    return {"central": CentralInTheClear()} if choices.central.lower().startswith("http://") else {}


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none, a bracket left open
        return False


def _changed(settings: Settings, choices: Choices) -> Settings:
    unit = replace(
        settings.unit,
        superior=choices.superior,
        name=choices.name,
        place=choices.place,
        address=choices.address,
        phone=choices.phone,
        counter=choices.counter,
    )
    known = {str(library.path): library for library in settings.tokens}
    tokens = tuple(known.get(path, TokenLibrary(Path(path))) for path in choices.tokens)
    scanner = replace(settings.scanner, device=choices.scanner)
    scans = ScanFolder(Path(choices.scan_folder) if choices.scan_folder else None, choices.keep_scans)
    printers = {
        DocumentKind.SLIP: choices.printer_slip,
        DocumentKind.SUPPLEMENT: choices.printer_supplement,
        DocumentKind.REFUSAL: choices.printer_refusal,
    }
    return replace(
        settings,
        unit=unit,
        central=choices.central,
        scanner=scanner,
        scan_folder=scans,
        tokens=tokens,
        printers={form: name for form, name in printers.items() if name},
        language=choices.language,
    )
