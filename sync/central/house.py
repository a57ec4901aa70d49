"""Central with everything it stands on: database, files, rules, and the key that signs its word."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.central.database import Database, open_database
from sync.central.files import FileRoom
from sync.central.published import publish
from sync.keys import Ed25519Signer
from sync.rules import Rules


@dataclass(frozen=True, slots=True)
class Central:
    """A central system that is open."""

    database: Database
    files: FileRoom
    rules: Rules
    signer: Ed25519Signer

    @property
    def public_key(self) -> bytes:
        """The key by which counters check its word (32 bytes)."""
        return self.signer.public_bytes


@contextmanager
def open_central(
    database_url: str, folder: Path, rules: Rules, published: Mapping[str, bytes], signing_key: bytes
) -> Iterator[Central]:
    """Open the database (made and brought up to date as needed) and publish what is new.

    `published` maps catalogue, calendar, trust to their bytes; `signing_key` is a raw Ed25519 key (32 bytes).
    """
    folder.mkdir(parents=True, exist_ok=True)
    central = Central(
        open_database(database_url), FileRoom(folder), rules, Ed25519Signer("central", signing_key)
    )
    try:
        with central.database.writing() as tx:
            for name, content in published.items():
                publish(tx, name, content, central.signer, datetime.now(UTC))
        yield central
    finally:
        central.database.close()
