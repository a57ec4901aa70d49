"""Which files somebody refers to, and which of them central already has."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, case, delete, func, literal, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from sync.journal.schema import drafts, file_owners, files

OF_DOCUMENT = "document:"
"""How a document is named as an owner of files."""

OF_DRAFT = "draft:"


def add(tx: Connection, sha256: str, owner: str, size: int = 0) -> None:
    """Note that `owner` (a subject, a document) refers to a file of `size` bytes (0: not known). Harmless to repeat."""
    row = insert(files).values(sha256=sha256, size=size)
    better = {"size": func.max(files.c.size, row.excluded.size)}
    tx.execute(row.on_conflict_do_update(index_elements=["sha256"], set_=better))
    tx.execute(insert(file_owners).values(sha256=sha256, owner=owner).on_conflict_do_nothing())


def referenced(tx: Connection) -> frozenset[str]:
    """Return every file that anybody refers to, drafts included: what a sweep must leave."""
    return frozenset(tx.execute(select(file_owners.c.sha256).distinct()).scalars())


def not_uploaded(tx: Connection) -> tuple[str, ...]:
    """Return the files of entries and documents that central does not have yet, small ones first, drafts' not."""
    return tuple(owners_of_waiting(tx))


def owners_of_waiting(tx: Connection) -> Mapping[str, frozenset[str]]:
    """Return the same files, each with the subjects and documents that refer to it."""
    rows = select(files.c.sha256, file_owners.c.owner).join(file_owners)
    waiting = rows.where(
        files.c.uploaded == literal_column("0"), file_owners.c.owner.not_like(OF_DRAFT + "%")
    )
    unknown_last = case((files.c.size == 0, 1), else_=0)
    owners: dict[str, set[str]] = {}
    for row in tx.execute(waiting.order_by(unknown_last, files.c.size, files.c.sha256)):
        owners.setdefault(row.sha256, set()).add(row.owner)
    return {sha256: frozenset(those) for sha256, those in owners.items()}


def uploaded_ones(tx: Connection) -> frozenset[str]:
    """Return the files that central has."""
    return frozenset(tx.execute(select(files.c.sha256).where(files.c.uploaded == 1)).scalars())


def uploaded(tx: Connection, sha256: str) -> None:
    """Note that central has the file."""
    tx.execute(update(files).where(files.c.sha256 == sha256).values(uploaded=1))


def of_draft(tx: Connection, draft: str, sha256s: Iterable[str]) -> None:
    """Make these the files of a draft, instead of those before. For the rooms of this folder."""
    drop_draft(tx, draft)
    for sha256 in sha256s:
        add(tx, sha256, OF_DRAFT + draft)


def drop_draft(tx: Connection, draft: str) -> None:
    """Forget what a draft referred to. For the rooms of this folder."""
    tx.execute(delete(file_owners).where(file_owners.c.owner == OF_DRAFT + draft))


def forget_lost_drafts(tx: Connection) -> None:
    """Forget the files of drafts that are not there. For the rooms of this folder."""
    there = select(literal(OF_DRAFT) + drafts.c.id)
    owner = file_owners.c.owner
    tx.execute(delete(file_owners).where(owner.like(OF_DRAFT + "%"), owner.not_in(there)))


def files_of_draft(tx: Connection, draft: str) -> tuple[str, ...]:
    """Return the files of a draft. For the rooms of this folder."""
    found = select(file_owners.c.sha256).where(file_owners.c.owner == OF_DRAFT + draft)
    return tuple(tx.execute(found.order_by(file_owners.c.sha256)).scalars())
