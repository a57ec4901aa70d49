"""Versions of what central publishes (catalogue, calendar, trust, rules): signed, kept as files, never going back."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from sync.contract.messages import Published, Signed
from sync.errors import VersionWentBack
from sync.journal import references
from sync.journal.schema import published

_OWNER = "published:"


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version that we have: its content lies in the file store."""

    name: str
    version: int
    etag: str
    sha256: str  # of the content
    statement: Signed  # what central signed about it


def keep(tx: Connection, document: Published, sha256: str) -> bool:
    """Note a verified version whose content is filed under `sha256`; False when we have it.

    Raises `VersionWentBack` for one that is older than ours, or the same number with other content.
    """
    ours = latest(tx, document.name)
    if ours is not None and ours.version >= document.version:
        if (ours.version, ours.sha256) == (document.version, sha256):
            return False
        raise VersionWentBack(name=document.name, ours=ours.version, theirs=document.version)
    row = {
        "name": document.name,
        "version": document.version,
        "etag": document.etag,
        "sha256": sha256,
        "statement": document.signed.data,
        "signature": document.signed.sig,
    }
    tx.execute(insert(published).values(row))
    references.add(tx, sha256, _OWNER + document.name, len(document.content))
    references.uploaded(tx, sha256)
    return True


def latest(tx: Connection, name: str) -> KeptVersion | None:
    """Return the newest version that we have of a document, or None."""
    found = select(published).where(published.c.name == name).order_by(published.c.version.desc()).limit(1)
    row = tx.execute(found).one_or_none()
    if row is None:
        return None
    return KeptVersion(row.name, row.version, row.etag, row.sha256, Signed(row.statement, row.signature))


def versions(tx: Connection, name: str) -> tuple[KeptVersion, ...]:
    """Return every version that we have, oldest first: a subject may be pinned to an old one."""
    rows = tx.execute(select(published).where(published.c.name == name).order_by(published.c.version))
    return tuple(
        KeptVersion(r.name, r.version, r.etag, r.sha256, Signed(r.statement, r.signature)) for r in rows
    )
