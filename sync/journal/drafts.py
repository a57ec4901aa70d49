"""Drafts: opaque, changeable rows outside the chain. Acceptance adds an entry and drops the draft in one act."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from sync.journal import references
from sync.journal.schema import drafts


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as its owner wrote it; its id becomes the subject's id."""

    id: str
    data: bytes
    files: tuple[str, ...]  # sha256, sorted


def save(tx: Connection, id: str, data: bytes, files: Iterable[str] = ()) -> None:
    """Write a draft over the one before; its files count as referenced."""
    row = insert(drafts).values(id=id, data=data)
    tx.execute(row.on_conflict_do_update(index_elements=["id"], set_={"data": data}))
    references.of_draft(tx, id, files)


def get(tx: Connection, id: str) -> StoredDraft | None:
    """Return a draft, or None."""
    row = tx.execute(select(drafts).where(drafts.c.id == id)).one_or_none()
    return None if row is None else StoredDraft(row.id, row.data, references.files_of_draft(tx, id))


def all(tx: Connection) -> tuple[StoredDraft, ...]:  # noqa: A001 -- read as `drafts.all(tx)`
    """Return every draft, oldest id first."""
    rows = tx.execute(select(drafts).order_by(drafts.c.id)).all()
    return tuple(StoredDraft(row.id, row.data, references.files_of_draft(tx, row.id)) for row in rows)


def drop(tx: Connection, id: str) -> None:
    """Forget a draft; harmless when there is none."""
    references.drop_draft(tx, id)
    tx.execute(delete(drafts).where(drafts.c.id == id))
