"""Bodies that are no more: retired by age, or redacted by an order. Their headers stay, and the chain verifies.

What is redacted stays known for ever: whatever brings such a body back, it is not kept.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Text, case, cast, delete, func, literal_column, select, true, update
from sqlalchemy.dialects.sqlite import insert

from sync.body import resolved_by
from sync.entry import Entry
from sync.journal import drafts, meta
from sync.journal.entries import FINAL, OPEN, as_entry, changed, entry_rows
from sync.journal.references import OF_DOCUMENT, OF_DRAFT
from sync.journal.schema import (
    alarms,
    bodies,
    deliveries,
    entries,
    file_owners,
    files,
    gone,
    gone_files,
    lines,
)
from sync.redaction import REDACTED, SPARED, Redaction, has_effect, redaction_in

RETIRED = "retired"
"""`REDACTED` is the other state of a body that is not `here`."""

_BY_ORDER = gone.c.by != literal_column("''")  # in the words of the index
_AN_OLDER_COPY = "older copy"
_AT_ONCE = 500  # values in one question to the database


@dataclass(frozen=True, slots=True)
class GoneCounts:
    """How many bodies are gone, and by what."""

    retired: int
    redacted: int


def follow(tx: Connection, entry: Entry) -> None:
    """Do what a redaction orders, once; any other entry orders nothing."""
    order = redaction_in(entry)
    if order is not None and not took_effect(tx, order.id):
        _redact(tx, order)


def follow_all(tx: Connection) -> None:
    """Do what every redaction here orders that has effect: after a salvage."""
    counted = (entries.c.kind == REDACTED) & deliveries.c.verdict.in_(OPEN + FINAL)
    orders = tx.execute(entry_rows().add_columns(deliveries.c.answer).where(counted)).all()
    for row in orders:
        order = redaction_in(as_entry(row))
        if order is not None and has_effect(json.loads(row.answer).get("flags", ())):
            _redact(tx, order)


def took_effect(tx: Connection, order: str) -> bool:
    """Whether something is gone here by this order."""
    entries_gone = select(gone.c.by).where(gone.c.by == order, _BY_ORDER).limit(1)
    files_gone = select(gone_files.c.by).where(gone_files.c.by == order).limit(1)
    return any(tx.execute(question).first() is not None for question in (entries_gone, files_gone))


def stripped(tx: Connection, entry: Entry) -> Entry:
    """Return an entry as it may be kept: without its body, where that is redacted."""
    if entry.body is None or entry.kind in SPARED or not is_redacted(tx, entry.id, entry.subject):
        return entry
    return replace(entry, salt=None, body=None)


def is_redacted(tx: Connection, id: str, subject: str) -> bool:
    """Whether an order names this entry; it may not be here."""
    mine = (gone.c.entry == id) & (gone.c.subject == subject) & (gone.c.state == REDACTED)
    return tx.execute(select(gone.c.entry).where(mine)).first() is not None


def drop_settled(tx: Connection, id: str) -> None:
    """Let go the body of a redacted entry that waited for its answer. For the rooms of this folder."""
    if (
        tx.execute(select(gone.c.entry).where(gone.c.entry == id, gone.c.state == REDACTED)).first()
        is not None
    ):
        _drop(tx, [id])


def drop_all(tx: Connection) -> None:
    """Let go every redacted body that is here: in a copy that knows the orders and was made before them."""
    ids = tx.execute(select(gone.c.entry).where(gone.c.state == REDACTED)).scalars().all()
    unwanted = redacted_files(tx)
    if not ids and not unwanted:
        return
    _drop(tx, ids)
    meta.put(tx, meta.UNCLEAN, _AN_OLDER_COPY)
    subjects = select(gone.c.subject).where(gone.c.state == REDACTED).distinct()
    for subject in tx.execute(subjects).scalars().all():
        _forget_files(tx, unwanted, subject)
        drafts.drop(tx, subject)
        changed(tx, subject)


def redacted_files(tx: Connection) -> frozenset[str]:
    """Return every file that an order names."""
    return frozenset(tx.execute(select(gone_files.c.sha256)).scalars())


def is_unwanted(tx: Connection, sha256: str) -> bool:
    """Whether an order names a file that nobody here refers to: it is not kept when it comes from outside."""
    ordered = select(gone_files.c.sha256).where(gone_files.c.sha256 == sha256)
    owned = select(file_owners.c.sha256).where(file_owners.c.sha256 == sha256).limit(1)
    return tx.execute(ordered).first() is not None and tx.execute(owned).first() is None


def without_body(tx: Connection) -> frozenset[str]:
    """Return the hashes of the entries here whose body went by an order."""
    mine = (gone.c.entry == entries.c.id) & (gone.c.subject == entries.c.subject) & (gone.c.state == REDACTED)
    found = select(entries.c.hash).join(gone, mine).outerjoin(bodies)
    found = found.where(bodies.c.entry.is_(None), _BY_ORDER)
    return frozenset(tx.execute(found).scalars())


def counts(tx: Connection) -> GoneCounts:
    """Return how many entries here have lost their body, and by what."""
    mine = (gone.c.entry == entries.c.id) & (gone.c.subject == entries.c.subject)
    states = select(gone.c.state, func.count()).select_from(gone.join(entries, mine)).group_by(gone.c.state)
    found = {row[0]: int(row[1]) for row in tx.execute(states)}
    return GoneCounts(found.get(RETIRED, 0), found.get(REDACTED, 0))


def may_retire(tx: Connection, subject: str, documents: Iterable[str] = ()) -> bool:
    """Whether central has settled all of a subject, its backup reaches beyond that, and it has every file."""
    durable = meta.durable_to(tx)
    mine = select(entries.c.id).join(deliveries).where(entries.c.subject == subject)
    beyond = deliveries.c.place.is_(None) | (deliveries.c.place > durable)
    loose = tx.execute(mine.where(deliveries.c.verdict.not_in(FINAL) | beyond).limit(1)).first()
    unsent = (
        select(files.c.sha256)
        .join(file_owners)
        .where(files.c.uploaded == 0, file_owners.c.owner.in_(_owners(subject, documents)))
    )
    known = tx.execute(mine.limit(1)).first() is not None
    return durable > 0 and known and loose is None and tx.execute(unsent.limit(1)).first() is None


def retire(tx: Connection, subject: str, line: bytes, documents: Iterable[str] = ()) -> frozenset[str]:
    """Delete the bodies of a subject by age; return the files to which nobody refers any more.

    `line` is what stays to be shown of it. Bodies that say what became of other entries stay. The caller has asked
    `may_retire` in this transaction.
    """
    here = select(entries.c.id, bodies.c.body).join(bodies).where(entries.c.subject == subject)
    rows = tx.execute(here.where(entries.c.kind.not_in(SPARED))).all()
    ids = [row.id for row in rows if not resolved_by(row.body)]
    for entry in ids:
        row = insert(gone).values(entry=entry, subject=subject, state=RETIRED, by="")
        tx.execute(row.on_conflict_do_nothing())
    for some in _by_hundreds(ids):
        tx.execute(delete(bodies).where(bodies.c.entry.in_(some)))
    tx.execute(insert(lines).values(subject=subject, line=line).on_conflict_do_nothing())
    owners = file_owners.c.owner.in_(_owners(subject, documents))
    its_files = frozenset(tx.execute(select(file_owners.c.sha256).where(owners)).scalars())
    tx.execute(delete(file_owners).where(owners))
    others = select(file_owners.c.sha256).where(file_owners.c.sha256.in_(its_files))
    changed(tx, subject)
    return its_files - set(tx.execute(others).scalars())


def line(tx: Connection, subject: str) -> bytes | None:
    """Return what stays to be shown of a subject whose bodies were retired, None for any other."""
    return tx.execute(select(lines.c.line).where(lines.c.subject == subject)).scalar()


def files_of(tx: Connection, subject: str) -> frozenset[str]:
    """Return the files that the entries of a subject name, as far as their bodies are here."""
    named = _named()
    found = select(named.c.value).select_from(entries.join(bodies).join(named, true()))
    return frozenset(tx.execute(found.where(entries.c.subject == subject)).scalars())


def named_elsewhere(
    tx: Connection, subject: str, documents: Iterable[str], sha256s: Iterable[str]
) -> frozenset[str]:
    """Return which of these files others than a subject and its documents name as well. Reads every body."""
    wanted = frozenset(sha256s)
    named = _named()
    found = select(named.c.value).distinct().select_from(entries.join(bodies).join(named, true()))
    told = set(tx.execute(found.where(entries.c.subject != subject)).scalars())
    others = file_owners.c.owner.not_in((*_owners(subject, documents), OF_DRAFT + subject))
    told.update(tx.execute(select(file_owners.c.sha256).where(others)).scalars())
    return wanted & told


def _named() -> Any:
    """Say in SQL which files a body names."""
    body = cast(bodies.c.body, Text)
    readable = case((func.json_valid(body) == 1, body), else_="{}")
    return func.json_each(readable, "$.files").table_valued("value")


def _owners(subject: str, documents: Iterable[str]) -> tuple[str, ...]:
    return (subject, *(OF_DOCUMENT + document for document in documents))


def unclean(tx: Connection) -> str:
    """Return the last order whose traces outside the tables were not removed yet, "" when there is none."""
    return meta.get(tx, meta.UNCLEAN) or ""


def cleaned(tx: Connection, order: str) -> None:
    """Note that nothing is left of what was ordered up to this; a later order stays."""
    if unclean(tx) == order:
        meta.put(tx, meta.UNCLEAN, "")


def note_shadows(tx: Connection, *, left: bool) -> None:
    """Note whether a large file still has to be written anew, once nobody works on it."""
    meta.put(tx, meta.SHADOWS, "1" if left else "")


def shadows_left(tx: Connection) -> bool:
    """Whether that is still to be done."""
    return bool(meta.get(tx, meta.SHADOWS))


def note_aside(tx: Connection, names: Iterable[str]) -> None:
    """Note which files that were moved aside may hold what was redacted."""
    meta.put(tx, meta.ASIDE, json.dumps(sorted({*names, *noted_aside(tx)})))


def noted_aside(tx: Connection) -> frozenset[str]:
    """Return the names of such files; some may have been deleted since."""
    return frozenset(json.loads(meta.get(tx, meta.ASIDE) or "[]"))


def _redact(tx: Connection, order: Redaction) -> None:
    foreign = _not_its_business(tx, order)
    ids = [entry for entry in order.entries if entry not in foreign]
    for entry in ids:
        row = insert(gone).values(entry=entry, subject=order.subject, state=REDACTED, by=order.id)
        was_retired = {"state": REDACTED, "by": order.id}
        key = ["entry", "subject"]
        tx.execute(row.on_conflict_do_update(key, set_=was_retired, where=gone.c.state == RETIRED))
    for sha256 in order.files:
        tx.execute(insert(gone_files).values(sha256=sha256, by=order.id).on_conflict_do_nothing())
    _drop(tx, ids)
    _forget_files(tx, order.files, order.subject)
    drafts.drop(tx, order.subject)
    meta.put(tx, meta.UNCLEAN, order.id)
    changed(tx, order.subject)


def _not_its_business(tx: Connection, order: Redaction) -> frozenset[str]:
    """Return which of the named entries, as far as they are here, are another subject's or must stay."""
    spared = (entries.c.subject != order.subject) | entries.c.kind.in_(SPARED)
    return frozenset(
        entry
        for some in _by_hundreds(order.entries)
        for entry in tx.execute(select(entries.c.id).where(entries.c.id.in_(some), spared)).scalars()
    )


def _drop(tx: Connection, ids: Iterable[str]) -> None:
    """Delete bodies and salts. An open one goes when central has answered: without it, it could not be sent."""
    mine = (gone.c.entry == entries.c.id) & (gone.c.subject == entries.c.subject) & (gone.c.state == REDACTED)
    ordered = select(entries.c.id).join(gone, mine).join(deliveries, deliveries.c.entry == entries.c.id)
    settled = ordered.where(deliveries.c.verdict.not_in(OPEN), entries.c.kind.not_in(SPARED))
    for some in _by_hundreds(ids):
        tx.execute(delete(bodies).where(bodies.c.entry.in_(some), bodies.c.entry.in_(settled)))
        kept = alarms.c.entry.in_(some) & alarms.c.body.is_not(None)
        tx.execute(update(alarms).where(kept).values(salt=None, body=None))


def _forget_files(tx: Connection, sha256s: Iterable[str], subject: str) -> None:
    """Let a subject and documents refer to these files no more; another subject or draft that names one keeps it."""
    owner = file_owners.c.owner
    its_own = owner.in_((subject, OF_DRAFT + subject)) | owner.like(OF_DOCUMENT + "%")
    for some in _by_hundreds(sha256s):
        tx.execute(delete(file_owners).where(file_owners.c.sha256.in_(some), its_own))


def _by_hundreds(ids: Iterable[str]) -> Iterable[list[str]]:
    every = list(ids)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))
