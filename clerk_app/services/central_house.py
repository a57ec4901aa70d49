"""The reference central system with the office's own rules: what it is told, and the key that signs its word."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_app import catalogue
from clerk_app.settings import replace_file
from clerk_app.store.entry_rules import entry_rules
from sync.central.house import Central, open_central

_KEY = "central.key"


def central_signing_key(folder: Path) -> bytes:
    """Return central's Ed25519 private key (32 bytes), made on the first call; its owner alone may read it."""
    path = folder / _KEY
    if not path.exists():
        replace_file(path, secrets.token_bytes(32))
    return path.read_bytes()


@contextmanager
def open_office_central(folder: Path, database: str = "") -> Iterator[Central]:
    """Open central in `folder`; `database` is an SQLAlchemy URL, by default an SQLite file there.

    Publishes the packaged catalogue and calendar. Units, devices and officers are enrolled with
    `sync.central.accounts` in `central.database.writing()`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    url = database or f"sqlite:///{(folder / 'central.db').as_posix()}"
    published = {
        "catalogue": catalogue.load(catalogue.PROCEDURES),
        "calendar": catalogue.load(catalogue.CALENDAR),
    }
    with open_central(
        url, folder / "files", entry_rules(), published, central_signing_key(folder)
    ) as central:
        yield central
