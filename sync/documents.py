"""What central publishes (catalogue, calendar, trust): fetched when new, believed when signed, kept as files."""

import hashlib
from collections.abc import Mapping

from sync.client import Central
from sync.contract import seals
from sync.contract.members import read_object, text
from sync.contract.messages import Malformed, Published
from sync.errors import StatementForged
from sync.files import FileStore
from sync.journal import Journal, published

NAMES = ("catalogue", "calendar", "trust")


def are_known(journal: Journal, etags: Mapping[str, str]) -> frozenset[str]:
    """Return the names of which we have the version that central names, and of those that have none."""
    with journal.reading() as tx:
        ours = {name: published.latest(tx, name) for name in NAMES}
    return frozenset(
        name for name, kept in ours.items() if name not in etags or (kept and kept.etag == etags[name])
    )


def refresh(journal: Journal, files: FileStore, central: Central, central_key: bytes, name: str) -> bool:
    """Fetch a document if there is a newer one; return whether there was.

    Raises `StatementForged`, or `VersionWentBack` for one that is older than ours; what we have stays.
    """
    with journal.reading() as tx:
        ours = published.latest(tx, name)
    document = central.document(name, ours.etag if ours else "")
    if document is None:
        return False
    check(document, name, central_key)
    sha256 = files.put(document.content)
    with journal.writing() as tx:
        return published.keep(tx, document, sha256)


def check(document: Published, name: str, central_key: bytes) -> None:
    """Raise `StatementForged` unless central signed exactly this content under exactly this name."""
    if not seals.holds(document.signed, seals.PUBLISHED, central_key):
        raise StatementForged(name=name)
    try:
        said = read_object(document.signed.data)
        digest = text(said, "sha256")
    except Malformed as error:
        raise StatementForged(name=name) from error
    if document.name != name or digest != hashlib.sha256(document.content).hexdigest():
        raise StatementForged(name=name)
