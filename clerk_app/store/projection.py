"""From entries to rows: what the journal has come to know since last time is folded anew and put in place.

Doing it twice changes nothing, and a stop in the middle is caught up at the next opening: rows and
the mark of how far they reach are one transaction.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier, SendState
from clerk_app.domain.dossier_body import dossier_from_fields
from clerk_app.domain.issuing import documents_of
from clerk_app.domain.kinds import Kind
from clerk_app.domain.legal_code import CODE
from clerk_app.domain.record import RecordDamaged
from clerk_app.domain.retention import redacted_line, retired_line
from clerk_app.domain.turn import TURNS, turn_of
from clerk_app.progress import Progress
from clerk_app.store import dossiers, schema
from clerk_app.store.archive import Archive, ArchiveDamaged, ArchiveOutOfReach
from sync.entry import Entry
from sync.fold import Subject, Why, fold
from sync.journal import Journal, deliveries, entries, gone
from sync.rules import Rules

REBUILDING = "Đang dựng lại sổ tra cứu"
BATCH = 200  # changes of the journal applied in one transaction
_APPLIED = "applied_to"
_CHAIN = "chain"
_OPENING = (
    Kind.RECEIVED,
    Kind.SUPPLEMENT_ASKED,
    Kind.REFUSED,
)  # the first of these that there is stands for it
# What a body of somebody else's may hold and no row can: half letters, times without end, a document of two dossiers.
_NOT_SHOWN = (RecordDamaged, ValueError, ArithmeticError, IntegrityError)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Applied:
    """One batch: how many subjects changed, and how far the rows now reach of what the journal knows."""

    subjects: int
    applied: int
    known: int


@dataclass(frozen=True, slots=True)
class Projection:
    """Keeps one archive in step with one journal."""

    archive: Archive
    journal: Journal
    rules: Rules
    batch: int = BATCH

    def catch_up(self, progress: Progress | None = None) -> int:
        """Apply everything the journal has learnt since last time; return how many subjects changed."""
        watched = progress or Progress()
        changed = 0
        while True:
            # The archive's writers wait for each other here, so two lanes never apply an old state last.
            with self.archive.writing() as view, self.journal.reading() as tx:
                done = self._apply(view, tx)
            if done is None:
                return changed
            changed += done.subjects
            watched.step(done.applied, done.known, REBUILDING)

    def dossier(self, id: str) -> Dossier:
        """Return a dossier as the journal itself tells it now; raises `NoSuchDossier`."""
        with self.journal.reading() as tx:
            return self.dossier_in(tx, id)

    def dossier_in(self, tx: Connection, id: str) -> Dossier:
        """The same inside a transaction of the journal."""
        folded = self.counted(tx, id)
        received = _acceptance(folded)
        sending = SendState(deliveries.state_of_subject(tx, id))
        if (line := _line(tx, folded)) is not None:
            return replace(line, sending=sending)
        if received is None:
            raise dossiers.NoSuchDossier(id=id)
        return replace(dossier_of(folded, received), sending=sending)

    def document(self, id: str) -> tuple[Dossier, Document]:
        """Return a document and its dossier as the journal tells them; raises `NoSuchDocument`."""
        with self.archive.reading() as view:
            owner = dossiers.document(view, id).dossier
        try:
            dossier = self.dossier(owner)
        except dossiers.NoSuchDossier as gone_since:  # the row was not brought up to date yet
            raise dossiers.NoSuchDocument(id=id) from gone_since
        return dossier, document_in(dossier, id)

    def promised(self, tx: Connection, id: str) -> Subject:
        """Return a dossier as it will stand: without the requests that central, or our hub, has not answered yet."""
        asked = {entry.id for entry in entries.open_of_kinds(tx, id, [Kind.TURN_TAKEN])}
        return fold((each for each in entries.of_subject(tx, id) if each.id not in asked), self.rules)

    def after_act(self, id: str) -> Dossier:
        """Bring the rows up to date and return the dossier; what is committed is not taken back by a bad view."""
        self.refresh()
        return self.dossier(id)

    def refresh(self) -> None:
        """Catch up as far as the archive's file allows; a damaged one is built anew at the next opening."""
        try:
            self.catch_up()
        except (ArchiveDamaged, ArchiveOutOfReach) as failed:
            log.warning("archive_behind", why=type(failed).__name__)

    def counted(self, tx: Connection, subject: str) -> Subject:
        """Fold what counts; a dossier whose very acceptance is parked stays in sight with all its entries."""
        folded = fold(entries.of_subject(tx, subject), self.rules)
        if folded.state is None and entries.marks(tx, subject):
            return fold(entries.history(tx, subject), self.rules)
        return folded

    def _apply(self, view: Connection, tx: Connection) -> _Applied | None:
        since = self._applied_to(view, tx)
        changes = entries.changes_since(tx, since, self.batch)
        if not changes:
            return None
        subjects = dict.fromkeys(subject for _, subject in changes)
        for subject in subjects:
            self._project(view, tx, subject)
        _mark(view, _APPLIED, str(changes[-1][0]))
        _mark(view, _CHAIN, self.journal.chain)
        return _Applied(len(subjects), changes[-1][0], entries.last_change(tx))

    def _applied_to(self, view: Connection, tx: Connection) -> int:
        """How far the rows reach; 0, and no rows, when they are those of another journal."""
        applied = int(_marked(view, _APPLIED) or 0)
        known = _marked(view, _CHAIN)
        if known not in (None, self.journal.chain) or applied > entries.last_change(tx):
            schema.empty(view)
            return 0
        return applied

    def _project(self, view: Connection, tx: Connection, subject: str) -> None:
        """Put one subject in place; one that cannot be shown is named in the log and hides no other."""
        view.exec_driver_sql("SAVEPOINT subject")
        try:
            self._put(view, tx, subject)
        except _NOT_SHOWN as damaged:
            view.exec_driver_sql("ROLLBACK TO subject")
            if _redaction(tx, self.counted(tx, subject)) is not None:  # its line cannot be read
                dossiers.remove(view, subject)  # what stood here has to go all the same
            where = damaged.facts["where"] if isinstance(damaged, RecordDamaged) else type(damaged).__name__
            log.warning("dossier_not_shown", subject=subject, where=where)
        view.exec_driver_sql("RELEASE subject")

    def _put(self, view: Connection, tx: Connection, subject: str) -> None:
        folded = self.counted(tx, subject)
        received = _acceptance(folded)
        sending = SendState(deliveries.state_of_subject(tx, subject))
        if (line := _line(tx, folded)) is not None:
            dossiers.save(view, replace(line, sending=sending), read_only=folded.read_only)
            return
        if received is None:  # not a dossier: the unit itself, or one whose acceptance has not come yet
            dossiers.remove(view, subject)  # or has gone
            return
        problems = [f"{problem.why}:{problem.about}" for problem in folded.problems]
        shown = replace(dossier_of(folded, received), sending=sending)
        dossiers.save(view, shown, problems, read_only=folded.read_only)


def dossier_of(folded: Subject, received: Entry) -> Dossier:
    """Return the dossier, with its documents, that a folded subject describes; raises `RecordDamaged`."""
    dossier = dossier_from_fields(folded.id, folded.state or "", folded.fields, received.hash)
    documents = documents_of(folded.id, acts_of(folded), stale_acts(folded))
    turned = tuple(replace(each, turn=turn_of(folded.fields, each.id)) for each in documents)
    done_by = dict.fromkeys((entry.kind, entry.author) for entry in folded.entries)
    return replace(dossier, documents=turned, done_by=tuple(done_by))


def whole_dossier(folded: Subject) -> Dossier:
    """Return the dossier that a subject describes whose bodies are all there; raises `NoSuchDossier`."""
    received = _acceptance(folded)
    if received is None:
        raise dossiers.NoSuchDossier(id=folded.id)
    return dossier_of(folded, received)


def acts_of(folded: Subject) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return what was done with a subject: kind and body of each entry, in order."""
    return tuple((entry.kind, body_of(entry)) for entry in folded.entries)


def stale_acts(folded: Subject) -> frozenset[int]:
    """Return the places of the acts that came when their turn was another's, or the code was given, already."""
    late = (TURNS, CODE)
    stale = {each.entry for each in folded.problems if each.why is Why.GUARD and each.about in late}
    return frozenset(place for place, entry in enumerate(folded.entries) if entry.id in stale)


def body_of(entry: Entry) -> Mapping[str, Any]:
    """Return an entry's body as plain JSON; empty when it is retired or not an object."""
    if entry.body is None:
        return {}
    try:
        told = json.loads(entry.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def document_in(dossier: Dossier, id: str) -> Document:
    """Return one document of a dossier; raises `NoSuchDocument`."""
    for document in dossier.documents:
        if document.id == id:
            return document
    raise dossiers.NoSuchDocument(id=id)


def _line(tx: Connection, folded: Subject) -> Dossier | None:
    """Return what is left of a dossier whose content is gone, None for one that is here; raises `RecordDamaged`."""
    if (order := _redaction(tx, folded)) is not None:
        return redacted_line(body_of(order), order.occurred_at)
    kept = gone.line(tx, folded.id)
    return None if kept is None else retired_line(json.loads(kept))


def _redaction(tx: Connection, folded: Subject) -> Entry | None:
    """Return the last order by which content of a dossier is gone here."""
    orders = (each for each in reversed(folded.entries) if each.kind == Kind.REDACTED)
    return next((each for each in orders if gone.took_effect(tx, each.id)), None)


def _acceptance(folded: Subject) -> Entry | None:
    """Return the entry that accepted the dossier, else the first that answered it; None for what is no dossier."""
    if folded.state is None:
        return None
    by_kind = {entry.kind: entry for entry in reversed(folded.entries)}
    return next((by_kind[kind] for kind in _OPENING if kind in by_kind), None)


def _marked(view: Connection, name: str) -> str | None:
    return view.execute(select(schema.marks.c.value).where(schema.marks.c.name == name)).scalar()


def _mark(view: Connection, name: str, value: str) -> None:
    row = {"name": name, "value": value}
    view.execute(insert(schema.marks).values(row).on_conflict_do_update(["name"], set_=row))
