"""Documents that central publishes: catalogue, calendar, trust. Each version is dated, numbered and signed."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from sync.central.database import hold
from sync.central.refusal import Refusal
from sync.central.schema import published
from sync.clock import rfc3339
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import Published, Signed
from sync.keys import Ed25519Signer

NAMES = ("catalogue", "calendar", "trust")


def publish(tx: Connection, name: str, content: bytes, signer: Ed25519Signer, now: datetime) -> None:
    """Make a new version, unless the newest one says the same under the same key. Versions only grow."""
    if name not in NAMES:
        raise ValueError(f"central publishes {NAMES}, not {name}")
    hold_document(tx, name)
    digest = hashlib.sha256(content).hexdigest()
    last = _last(tx, name)
    if last is not None and _says(last, digest, signer):
        return
    version = 1 if last is None else last.version + 1
    said = {"v": 1, "name": name, "version": version, "issued_at": rfc3339(now), "sha256": digest}
    signed = seals.seal(as_json(said), seals.PUBLISHED, signer)
    row = {"name": name, "version": version, "issued_at": said["issued_at"], "sha256": digest}
    tx.execute(insert(published).values(content=content, data=signed.data, sig=signed.sig, **row))


def hold_document(tx: Connection, name: str) -> None:
    """Let nobody else publish this document until the transaction ends; harmless to repeat."""
    hold(tx, f"published:{name}")


def newest(tx: Connection, name: str) -> Published:
    """Return the newest version of a document; raises `Refusal` 404."""
    row = _last(tx, name)
    if row is None:
        raise Refusal(404, "not_published")
    signed = Signed(row.data, row.sig)
    etag = _etag(row.version, row.sha256)
    return Published(row.name, row.version, row.issued_at, row.content, signed, etag)


def keep(tx: Connection, document: Published) -> None:
    """Serve what the system above us published, under its signature; versions never go back."""
    hold_document(tx, document.name)
    row = _last(tx, document.name)
    if row is not None and row.version >= document.version:
        return
    digest = hashlib.sha256(document.content).hexdigest()
    told = {
        "name": document.name,
        "version": document.version,
        "issued_at": document.issued_at,
        "sha256": digest,
    }
    signed = {"data": document.signed.data, "sig": document.signed.sig}
    tx.execute(insert(published).values(content=document.content, **told, **signed))


def etags(tx: Connection) -> dict[str, str]:
    """Return the ETag of each document's newest version."""
    versions = select(published.c.name, published.c.version, published.c.sha256)
    return {
        row.name: _etag(row.version, row.sha256) for row in tx.execute(versions.order_by(published.c.version))
    }


def content_of(tx: Connection, name: str) -> bytes | None:
    """Return what the newest version of a document says, or None before the first one."""
    row = _last(tx, name)
    return None if row is None else bytes(row.content)


def _last(tx: Connection, name: str) -> Row[Any] | None:
    versions = select(published).where(published.c.name == name).order_by(published.c.version.desc())
    return tx.execute(versions.limit(1)).one_or_none()


def _etag(version: int, sha256: str) -> str:
    return f'"{version}-{sha256[:16]}"'


def _says(row: Row[Any], digest: str, signer: Ed25519Signer) -> bool:
    known = Signed(row.data, row.sig)
    return bool(row.sha256 == digest) and seals.holds(known, seals.PUBLISHED, signer.public_bytes)
