"""Central with everything it stands on: database, files, rules, and the key that signs its word."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.central import redactions
from sync.central.above import Above
from sync.central.database import Database, open_database
from sync.central.files import FileRoom
from sync.central.published import content_of, hold_document, newest, publish
from sync.central.upstream import House, Upstream
from sync.keys import Ed25519Signer
from sync.rules import Rules


@dataclass(frozen=True, slots=True)
class Central:
    """A central system that is open."""

    database: Database
    files: FileRoom
    rules: Rules
    signer: Ed25519Signer
    upstream: Upstream | None = None  # of a hub: its line to the system above it

    @property
    def public_key(self) -> bytes:
        """The key by which counters check its word (32 bytes)."""
        return self.signer.public_bytes

    def clear_redacted(self) -> None:
        """Remove the files that were redacted, and what the database's log still holds; harmless to repeat."""
        redactions.clear_at_work(self.database, self.files)
        self.database.shorten_log()

    def content_of(self, name: str) -> bytes | None:
        """Return what central serves under a name now, None before the first version."""
        with self.database.reading() as tx:
            return content_of(tx, name)

    def publish_if(self, name: str, chosen: Callable[[bytes | None], bytes]) -> int:
        """Serve what `chosen` makes of what is served now, in one transaction; returns the version's number.

        What `chosen` raises stops it; the same content under the same key is no new version.
        """
        with self.database.writing() as tx:
            hold_document(tx, name)
            publish(tx, name, chosen(content_of(tx, name)), self.signer, datetime.now(UTC))
            return newest(tx, name).version


@contextmanager
def open_central(
    database_url: str,
    folder: Path,
    rules: Rules,
    published: Mapping[str, bytes],
    signing_key: bytes,
    above: Above | None = None,
) -> Iterator[Central]:
    """Open the database (made and brought up to date as needed) and publish what is new.

    `published` maps catalogue, calendar, trust to their bytes; `signing_key` is a raw Ed25519 key (32 bytes).
    `above`: it is the hub of a ward, under this system, and the key is that of its device; it publishes nothing of its own.
    Raises `CentralError` when a hub that knows nobody yet does not reach the system above it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database, room = open_database(database_url), FileRoom(folder)
    signer = Ed25519Signer("central", signing_key)
    upstream = None if above is None else Upstream(above, House(database, room, rules, signer))
    central = Central(database, room, rules, signer, upstream)
    try:
        if upstream is not None:
            upstream.begin()
        with central.database.writing() as tx:
            for name, content in published.items():
                publish(tx, name, content, central.signer, datetime.now(UTC))
        central.clear_redacted()
        room.sweep(datetime.now(UTC))
        yield central
    finally:
        central.database.close()
