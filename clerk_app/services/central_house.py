"""The reference central system with the office's own rules: what it is told, and the key that signs its word."""

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from clerk_app import catalogue as packaged
from clerk_app.domain.calendar import CalendarDamaged, read_calendar
from clerk_app.domain.catalogue import CatalogueDamaged, read_catalogue
from clerk_app.domain.catalogue_update import follows, next_label
from clerk_app.domain.trust_list import Anchor, TrustList, read_trust_list, write_trust_list
from clerk_app.errors import OfficeError
from clerk_app.settings import replace_file
from clerk_app.store.entry_rules import entry_rules
from sync.central import new_life
from sync.central.backup import BackupFailed, back_up
from sync.central.house import Central, open_central

_KEY, _DATABASE = "central.key", "central.db"
HUB_FILE = "hub.json"  # makes a folder that of a ward's hub
CATALOGUE, CALENDAR, TRUST = "catalogue", "calendar", "trust"
_PACKAGED = {CATALOGUE: packaged.PROCEDURES, CALENDAR: packaged.CALENDAR}


class NoCentralThere(OfficeError):
    message = "Chưa có máy chủ trung tâm nào trong thư mục {folder}."
    remedy = "Kiểm tra thư mục ghi sau --into; máy chủ mới thì chạy lệnh central một lần trước."


class CopyThere(OfficeError):
    message = "Đã có tệp {path}."
    remedy = "Chọn tên tệp khác; bản sao lưu cũ không bị ghi đè."


class CentralNotCopied(OfficeError):
    message = "Chưa sao lưu được máy chủ trung tâm vào {path} ({reason})."
    remedy = "Kiểm tra thư mục, chỗ trống; với PostgreSQL thì cài pg_dump cùng bản với máy chủ. Chạy lại."


class CentralNotPutBack(OfficeError):
    message = "Chưa đặt được bản sao lưu {path} vào chỗ của máy chủ."
    remedy = (
        "Tắt máy chủ, kiểm tra tệp và thư mục (phải còn central.key) rồi chạy lại. Với PostgreSQL: phục hồi bằng "
        "pg_restore rồi chạy lệnh này không kèm --from."
    )


class NotThisRole(OfficeError):
    message = "Thư mục {folder} không dùng được cho việc này: một thư mục là của máy chủ phường hoặc của máy chủ thành phố."
    remedy = (
        "Máy chủ phường (có tệp hub.json): chạy central kèm --upstream; danh mục, lịch, danh sách tin cậy và tài khoản chỉ sửa "
        "trên máy chủ thành phố. Máy chủ thành phố: không ghi --upstream."
    )


class Overtaken(OfficeError):
    message = "Máy chủ trung tâm đã có bản {theirs}, không thay bằng {ours}."
    remedy = "Nhập lại từ đầu: vừa có người khác cập nhật."


def central_signing_key(folder: Path) -> bytes:
    """Return central's Ed25519 private key (32 bytes), made on the first call; its owner alone may read it."""
    path = folder / _KEY
    if not path.exists():
        replace_file(path, secrets.token_bytes(32))
    return path.read_bytes()


@contextmanager
def open_office_central(folder: Path, database: str = "") -> Iterator[Central]:
    """Open central in `folder`; `database` is an SQLAlchemy URL, by default an SQLite file there.

    Publishes the packaged catalogue and calendar, unless the office imported its own or newer ones are
    published. Units, devices and officers are enrolled with `sync.central.accounts` in
    `central.database.writing()`. Raises `NotThisRole` for the folder of a hub.
    """
    if is_a_hub(folder):
        raise NotThisRole(folder=folder)
    folder.mkdir(parents=True, exist_ok=True)
    url = database or sqlite_in(folder)
    with open_central(url, folder / "files", entry_rules(), {}, central_signing_key(folder)) as central:
        for name in _PACKAGED:
            central.publish_if(name, partial(_chosen, name))
        yield central


@dataclass(frozen=True, slots=True)
class Published:
    """One document of one central: the catalogue or the calendar that the central in `folder` serves."""

    folder: Path
    name: str
    database: str = ""


def published_content(document: Published) -> bytes:
    """Return what central serves; raises `NoCentralThere`."""
    with _publishing(document.folder, document.database) as central:
        return central.content_of(document.name) or packaged.load(_PACKAGED[document.name])


def publish_content(document: Published, content: bytes, instead_of: str) -> int:
    """Let central, running or not, serve `content` from now on; returns the number under which it is signed.

    `instead_of` is the label that it was made from. Counters get it at their next exchange. Raises
    `NoCentralThere`, or `Overtaken` when central serves something else by now, or `content` is no newer.
    """
    label, _ = _told(document.name, content)

    def chosen(served: bytes | None) -> bytes:
        known = "" if served is None else _told(document.name, served)[0]
        if known != instead_of or not follows(label, known):
            raise Overtaken(ours=label, theirs=known)
        return content

    with _publishing(document.folder, document.database) as central:
        return central.publish_if(document.name, chosen)


def publish_trust(
    folder: Path, anchors: Sequence[Anchor], today: date, database: str = ""
) -> tuple[int, str]:
    """Let central, running or not, serve this trust list; returns the number under which it is signed, and its label.

    Counters take it at their next exchange. The same anchors as served now are no new version. Raises `NoCentralThere`.
    """

    def chosen(served: bytes | None) -> bytes:
        known = read_trust_list(served) if served is not None else None
        if known is not None and known.anchors == tuple(anchors):
            return served or b""
        return write_trust_list(TrustList(next_label(known.label if known else "", today), tuple(anchors)))

    with _publishing(folder, database) as central:
        number = central.publish_if(TRUST, chosen)
        return number, read_trust_list(central.content_of(TRUST) or b"").label


def back_up_central(folder: Path, copy: Path, database: str = "") -> int:
    """Write central's database, running or not, to a new file; returns how many entries it holds.

    Raises `NoCentralThere`, `CopyThere` or `CentralNotCopied`.
    """
    with existing_central(folder, database) as central:
        try:
            return back_up(central.database, database or sqlite_in(folder), copy)
        except FileExistsError as there:
            raise CopyThere(path=copy) from there
        except (BackupFailed, OSError) as failed:
            reason = failed.reason if isinstance(failed, BackupFailed) else type(failed).__name__
            raise CentralNotCopied(path=copy, reason=reason) from failed


def begin_new_life(folder: Path, database: str = "", backup: Path | None = None) -> str:
    """Tell central, while it stands still, that a backup took its place; returns the name of its new life.

    `backup`: put this copy of an SQLite database there first; what lies there is moved aside, with its log: a log that
    stayed would write pages of the lost database into the copy. Raises `NoCentralThere` or `CentralNotPutBack`.
    """
    if backup is not None:
        _put_back(folder, database, backup)
    with existing_central(folder, database) as central, central.database.writing() as tx:
        return new_life.begin(tx, central.files, datetime.now(UTC))


def _put_back(folder: Path, database: str, backup: Path) -> None:
    if database or not (is_central(folder) or is_a_hub(folder)):
        raise CentralNotPutBack(path=backup)
    aside = f".before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    try:
        new = folder / f"{_DATABASE}.new"
        shutil.copy(backup, new)
        for part in ("", "-wal", "-shm"):
            there = folder / f"{_DATABASE}{part}"
            if there.exists():
                there.replace(folder / f"{_DATABASE}{aside}{part}")
        new.replace(folder / _DATABASE)
    except OSError as failed:
        raise CentralNotPutBack(path=backup) from failed


def is_central(folder: Path) -> bool:
    """Whether somebody set up a central of its own in a folder."""
    return (folder / _KEY).exists()


def is_a_hub(folder: Path) -> bool:
    """Whether a folder is that of a ward's hub."""
    return (folder / HUB_FILE).exists()


def sqlite_in(folder: Path) -> str:
    """Return the address of the database in a folder."""
    return f"sqlite:///{(folder / _DATABASE).as_posix()}"


@contextmanager
def existing_central(folder: Path, database: str) -> Iterator[Central]:
    """Open a central that somebody set up before: a mistyped folder must not become a new one.

    Of a hub: its database alone, it serves nobody so. Raises `NoCentralThere`.
    """
    if is_a_hub(folder):
        url = database or sqlite_in(folder)
        with open_central(url, folder / "files", entry_rules(), {}, bytes(32)) as central:
            yield central
        return
    if not is_central(folder):
        raise NoCentralThere(folder=folder)
    with open_office_central(folder, database) as central:
        yield central


@contextmanager
def _publishing(folder: Path, database: str) -> Iterator[Central]:
    """Open a central that publishes; a hub hands on what the city does."""
    if is_a_hub(folder):
        raise NotThisRole(folder=folder)
    with existing_central(folder, database) as central:
        yield central


def _chosen(name: str, served: bytes | None) -> bytes:
    """Return what to serve: what the office imported stays, whatever came with the program."""
    ours = packaged.load(_PACKAGED[name])
    if served is None:
        return ours
    try:
        label, origin = _told(name, served)
    except (CatalogueDamaged, CalendarDamaged):
        return ours
    newer = not origin and follows(_told(name, ours)[0], label)
    return ours if newer else served


def _told(name: str, content: bytes) -> tuple[str, str]:
    """Return the label of a catalogue or calendar, and who made it."""
    known = read_catalogue(content) if name == CATALOGUE else read_calendar(content)
    return known.version, known.origin
