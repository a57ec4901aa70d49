"""Documents as lines of immutable revisions. The head moves by compare-and-set; one turn at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_new

from sync.errors import HeadMoved, TurnElsewhere, TurnWithPerson
from sync.journal import references
from sync.journal.schema import documents, revisions, turns

PERSON = "person"
"""Who holds a turn of which nobody knows whether it was used elsewhere; somebody has to look and say."""


class RevisionKind(StrEnum):
    """What a revision adds to its parent."""

    BASE = "base"
    SIGNATURE = "signature"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a document; `parent` None for the first."""

    document: str
    sha256: str
    parent: str | None
    kind: RevisionKind
    field: str = ""  # the signature field that it fills


@dataclass(frozen=True, slots=True)
class Turn:
    """Which field is next, and who holds it."""

    document: str
    field: str
    holder: str


def begin(tx: Connection, document: str, sha256: str) -> Revision:
    """Begin a document with its base; raises `HeadMoved` when it exists."""
    base = Revision(document, sha256, None, RevisionKind.BASE)
    row = insert_new(documents).values(document=document, head=sha256).on_conflict_do_nothing()
    if tx.execute(row).rowcount != 1:
        raise HeadMoved(document=document)
    _add(tx, base)
    return base


def append(tx: Connection, revision: Revision) -> None:
    """Add a revision whose parent is the head, and move the head to it; raises `HeadMoved` when it is not.

    A signature goes before proof that was added to its parent meanwhile: it becomes head, and the proof is made anew.
    The caller has checked that its bytes begin with the parent's (`FileStore.check_line`).
    """
    at = head(tx, revision.document)
    if revision.kind is RevisionKind.SIGNATURE and is_proof_over(tx, revision.document, at, revision.parent):
        parent = at
    else:
        parent = revision.parent
    head_is_parent = (documents.c.document == revision.document) & (documents.c.head == parent)
    moved = tx.execute(update(documents).where(head_is_parent).values(head=revision.sha256))
    if moved.rowcount != 1:
        raise HeadMoved(document=revision.document)
    _add(tx, revision)


def follow(tx: Connection, document: str, whole: Sequence[Revision]) -> None:
    """Know a document as it is told elsewhere: its line from the base, whose end becomes the head.

    What was added here and is not in that line stays known, as evidence. The caller has checked the line of bytes.
    """
    for revision in whole:
        known = revisions.c.document == document, revisions.c.sha256 == revision.sha256
        if tx.execute(select(revisions.c.sha256).where(*known)).first() is None:
            _add(tx, revision)
    at = {"document": document, "head": whole[-1].sha256}
    tx.execute(insert_new(documents).values(at).on_conflict_do_update(["document"], set_=at))


def head(tx: Connection, document: str) -> str | None:
    """Return the sha256 of the newest revision, or None for an unknown document."""
    return tx.execute(select(documents.c.head).where(documents.c.document == document)).scalar()


def is_proof_over(tx: Connection, document: str, sha256: str | None, signed: str | None) -> bool:
    """Tell whether a revision is `signed`, or adds nothing but proof to it."""
    while sha256 is not None and sha256 != signed:
        mine = (revisions.c.document == document) & (revisions.c.sha256 == sha256)
        row = tx.execute(select(revisions).where(mine)).one_or_none()
        if row is None or row.kind != RevisionKind.PROOF.value:
            return False
        sha256 = row.parent
    return sha256 is not None


def line(tx: Connection, document: str) -> tuple[Revision, ...]:
    """Return the revisions from the base to the head."""
    rows = tx.execute(select(revisions).where(revisions.c.document == document))
    by_id = {row.sha256: row for row in rows}
    found: list[Revision] = []
    at = head(tx, document)
    while at is not None:
        row = by_id.pop(at)
        found.append(Revision(document, row.sha256, row.parent, RevisionKind(row.kind), row.field))
        at = row.parent
    return tuple(reversed(found))


def turn(tx: Connection, document: str) -> Turn | None:
    """Return whose turn it is, or None when nothing is to be signed."""
    row = tx.execute(select(turns).where(turns.c.document == document)).one_or_none()
    return None if row is None else Turn(row.document, row.field, row.holder)


def give_turn(tx: Connection, turn: Turn) -> None:
    """Say which field is next and who holds it; an empty holder: nobody yet."""
    told = {"field": turn.field, "holder": turn.holder}
    row = insert_new(turns).values(document=turn.document, **told)
    tx.execute(row.on_conflict_do_update(index_elements=["document"], set_=told))


def held(tx: Connection, field: str, holder: str) -> tuple[str, ...]:
    """Return the documents in which `holder` has the turn of a field."""
    rows = select(turns.c.document).where(turns.c.field == field, turns.c.holder == holder)
    return tuple(tx.execute(rows.order_by(turns.c.document)).scalars())


def hand_to_person(tx: Connection, holder: str) -> int:
    """Take every turn from its holder until a person has looked; return how many there were."""
    return tx.execute(update(turns).where(turns.c.holder == holder).values(holder=PERSON)).rowcount


def with_person(tx: Connection) -> tuple[Turn, ...]:
    """Return the turns that wait for a person."""
    rows = tx.execute(select(turns).where(turns.c.holder == PERSON).order_by(turns.c.document))
    return tuple(Turn(row.document, row.field, row.holder) for row in rows)


def require_turn(tx: Connection, wanted: Turn) -> None:
    """Raise `TurnElsewhere` unless this field is next and this holder has it."""
    now = turn(tx, wanted.document)
    if now == Turn(wanted.document, wanted.field, PERSON):
        raise TurnWithPerson(document=wanted.document)
    if now != wanted:
        raise TurnElsewhere(holder=(now and now.holder) or "người khác", document=wanted.document)


def _add(tx: Connection, revision: Revision) -> None:
    row = {
        "document": revision.document,
        "sha256": revision.sha256,
        "parent": revision.parent,
        "kind": revision.kind.value,
        "field": revision.field,
    }
    tx.execute(insert(revisions).values(row))
    references.add(tx, revision.sha256, references.OF_DOCUMENT + revision.document)
