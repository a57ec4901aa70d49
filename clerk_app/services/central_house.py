"""The reference central system with the office's own rules: what it is told, and the key that signs its word."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_app import catalogue as packaged
from clerk_app.domain.catalogue import CatalogueDamaged, read_catalogue
from clerk_app.domain.catalogue_update import follows
from clerk_app.errors import OfficeError
from clerk_app.settings import replace_file
from clerk_app.store.entry_rules import entry_rules
from sync.central.house import Central, open_central

_KEY = "central.key"


class NoCentralThere(OfficeError):
    message = "Chưa có máy chủ trung tâm nào trong thư mục {folder}."
    remedy = "Kiểm tra thư mục ghi sau --into; máy chủ mới thì chạy lệnh central một lần trước."


class CatalogueOvertaken(OfficeError):
    message = "Máy chủ trung tâm đã có danh mục {theirs}, không thay bằng {ours}."
    remedy = "Nhập lại từ đầu: danh mục vừa được người khác cập nhật."


def central_signing_key(folder: Path) -> bytes:
    """Return central's Ed25519 private key (32 bytes), made on the first call; its owner alone may read it."""
    path = folder / _KEY
    if not path.exists():
        replace_file(path, secrets.token_bytes(32))
    return path.read_bytes()


@contextmanager
def open_office_central(folder: Path, database: str = "") -> Iterator[Central]:
    """Open central in `folder`; `database` is an SQLAlchemy URL, by default an SQLite file there.

    Publishes the packaged calendar, and the packaged catalogue unless the office imported its own or a newer
    one is published. Units, devices and officers are enrolled with `sync.central.accounts` in
    `central.database.writing()`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    url = database or f"sqlite:///{(folder / 'central.db').as_posix()}"
    always = {"calendar": packaged.load(packaged.CALENDAR)}
    with open_central(url, folder / "files", entry_rules(), always, central_signing_key(folder)) as central:
        central.publish_if("catalogue", _chosen)
        yield central


def published_catalogue(folder: Path, database: str = "") -> bytes:
    """Return the catalogue that the central in `folder` serves; raises `NoCentralThere`."""
    with _existing(folder, database) as central:
        return central.content_of("catalogue") or packaged.load(packaged.PROCEDURES)


def publish_catalogue(folder: Path, content: bytes, database: str = "") -> int:
    """Let the central in `folder` serve a catalogue from now on, running or not; returns its number.

    Counters get it at their next exchange. Raises `NoCentralThere`, `CatalogueOvertaken`.
    """
    label = read_catalogue(content).version

    def chosen(served: bytes | None) -> bytes:
        if served is not None and not follows(label, known := read_catalogue(served).version):
            raise CatalogueOvertaken(ours=label, theirs=known)
        return content

    with _existing(folder, database) as central:
        return central.publish_if("catalogue", chosen)


@contextmanager
def _existing(folder: Path, database: str) -> Iterator[Central]:
    """Open a central that somebody set up before: a mistyped folder must not become a new one."""
    if not (folder / _KEY).exists():
        raise NoCentralThere(folder=folder)
    with open_office_central(folder, database) as central:
        yield central


def _chosen(served: bytes | None) -> bytes:
    """Return what to serve: what the office imported stays, whatever came with the program."""
    ours = packaged.load(packaged.PROCEDURES)
    if served is None:
        return ours
    try:
        known = read_catalogue(served)
    except CatalogueDamaged:
        return ours
    newer = not known.origin and follows(read_catalogue(ours).version, known.version)
    return ours if newer else served
