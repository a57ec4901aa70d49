"""A new journal out of what can be read of others: every entry that verifies, and all that belongs to it.

Sources are read in order; what an earlier one tells counts. The new journal goes on in a chain of its own,
whose first entry says what is missing. Nothing of a source is changed.
"""

from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import Connection, Table, delete, func, insert, select, text

from sync.body import read_body
from sync.entry import NO_HASH, Entry, KeysOf, commit, parse, verify
from sync.errors import EntryForged, EntryMalformed
from sync.journal import drafts, entries, gone, meta, references, schema
from sync.journal.entries import FINAL, Head, columns_of
from sync.journal.incarnation import Lost
from sync.journal.mark import Mark
from sync.journal.revisions import RevisionKind
from sync.journal.schema import alarms, bodies, chains, deliveries, documents, revisions
from sync.journal.schema import entries as entry_table
from sync.journal.wreck import RawRow, Wreck

_NOT_TAKEN = (meta.FEED_CURSOR, meta.DOUBT, meta.RESTORED)
_KEPT_AS_IT_IS = ("leases", "files", "file_owners", "revisions", "turns", "published")


@dataclass(slots=True)
class Salvaged:
    """What was taken over."""

    kept: int = 0  # entries
    refused: int = 0  # entries that could be read, and are not what their author signed
    drafts: int = 0
    lost: tuple[Lost, ...] = ()
    after: Head = field(default_factory=lambda: Head("", 0, NO_HASH, None))  # where the old life ended

    @property
    def missing(self) -> int:
        """How many entries are known to be missing."""
        return sum(lost.count for lost in self.lost)


@dataclass(slots=True)
class Salvage:
    """One new journal in the making, in one transaction. `device`: author of this computer's own entries."""

    tx: Connection
    device: str
    keys_of: KeysOf
    found: Salvaged = field(default_factory=Salvaged)
    _known: dict[str, str] = field(default_factory=dict)  # entry id -> body_commit
    _subjects: dict[str, str] = field(default_factory=dict)  # of the same
    _gone: set[tuple[str, str]] = field(default_factory=set)  # entry id, subject
    _chains_known: bool = False  # a source has told all of ours
    _drafts_known: bool = False
    _without_dossier: set[str] = field(default_factory=set)  # drafts of which their source had no entry

    def take_orders(self, source: Wreck) -> None:
        """Know what of all this was redacted: of every source, before anything else is taken of any."""
        if not source.is_readable():
            return
        for name in filter(source.has, ("gone", "gone_files", "lines")):
            for row in source.rows(name):
                self._put(schema.table(name), row)
        self._gone = {(row.entry, row.subject) for row in self.tx.execute(select(schema.gone))}

    def take(self, source: Wreck) -> None:
        """Take over everything of a source that is not here yet."""
        if not source.is_readable():
            return
        self._take_chains(source)
        subjects: set[str] = set()
        for row in source.rows("entries"):
            self._take_entry(row)
            subjects.add(row["subject"])
        for row in source.rows("bodies"):
            if self._is_body(row):
                self._put(bodies, row)
        for row in source.rows("deliveries"):
            if row["entry"] in self._known:
                self._put(deliveries, row)
        for row in source.rows("meta"):
            if row["name"] not in _NOT_TAKEN:
                self._put(schema.meta, row)
        self._take_rest(source)
        self._take_drafts(source, subjects)

    def finish(self, mark: Mark | None) -> Salvaged:
        """Make whole what was taken, and say what is missing up to the mark."""
        self._drop_what_cannot_be_sent()
        self._deliver_the_rest()
        self._adopt_chains()
        self._drop_what_was_accepted()
        self._find_heads()
        self._refer()
        gone.follow_all(self.tx)  # an order whose list of names was lost
        gone.drop_all(self.tx)  # and what an older source said of files and drafts
        self.tx.execute(
            text("INSERT INTO changes (subject) SELECT subject FROM entries GROUP BY subject ORDER BY min(n)")
        )
        self.found.kept = len(self._known)
        self.found.after = self._end(mark)
        self.found.lost = tuple(self._gaps(mark))
        return self.found

    def _take_chains(self, source: Wreck) -> None:
        """Know our chains in their order. What a whole list did not name is older than all that it named."""
        rows = list(source.rows("chains"))
        older = [row for row in rows if row["at"] < 1 or self._chains_known]
        for row in rows[len(older) :]:
            self._put(chains, row, "chain", "prev_hash")
        for row in reversed(older):
            first = self.tx.execute(select(func.min(chains.c.n))).scalar()
            told = {"chain": row["chain"], "prev_hash": row["prev_hash"]}
            self._insert(chains, {**told, "n": (1 if first is None else first) - 1})
        self._chains_known |= bool(rows) and source.is_whole("chains")

    def _take_entry(self, row: RawRow) -> None:
        if row["id"] in self._known:
            return
        try:
            entry = parse(row["header"], row["sig"])
            self._check(entry)
        except (EntryMalformed, EntryForged, TypeError):
            self.found.refused += 1
            return
        taken = insert(entry_table).prefix_with("OR IGNORE")
        done = self.tx.execute(taken.values(n=row["at"], **columns_of(entry)))
        if done.rowcount != 1:  # its number in the order is taken: it comes after the others
            done = self.tx.execute(taken.values(columns_of(entry)))
        if done.rowcount == 1:
            self._known[entry.id] = entry.body_commit
            self._subjects[entry.id] = entry.subject
        else:
            self.found.refused += 1  # a second one in one place of a chain

    def _check(self, entry: Entry) -> None:
        """Raise `EntryForged` unless a key of its author signed it; an author whom nobody here knows is believed."""
        keys = self.keys_of(entry.author)
        for key in keys:
            with suppress(EntryForged):
                verify(entry, key)
                return
        if keys:
            raise EntryForged(entry=entry.id, reason="chữ ký không đúng")

    def _is_body(self, row: RawRow) -> bool:
        promised = self._known.get(row["entry"])
        if (row["entry"], self._subjects.get(row["entry"])) in self._gone:
            return False
        try:
            return promised is not None and commit(row["salt"], row["body"]) == promised
        except TypeError:
            return False

    def _take_rest(self, source: Wreck) -> None:
        for name in _KEPT_AS_IT_IS:
            table = schema.table(name)
            for row in source.rows(name):
                self._put(table, row)
        for row in source.rows("number_uses"):
            if row["entry"] in self._known:
                self._put(schema.number_uses, row)
        for row in source.rows("alarms"):
            same = select(alarms.c.n).where(alarms.c.what == row["what"], alarms.c.header == row["header"])
            if self.tx.execute(same).first() is None:
                self._put(alarms, row, "what", "entry", "header", "sig", "salt", "body")

    def _take_drafts(self, source: Wreck, subjects: Set[str]) -> None:
        """Take those of the newest file that knows all of its own: what it lacks was dropped or accepted since.

        A journal that a restore pushed aside may hold some which the one in its place never had.
        """
        if self._drafts_known and not source.was_pushed_aside:
            return
        for row in source.rows("drafts"):
            self.found.drafts += self._put(schema.drafts, row)
            if source.is_whole("entries") and row["id"] not in subjects:
                self._without_dossier.add(row["id"])
        self._drafts_known |= source.is_whole("drafts")

    def _put(self, table: Table, row: RawRow, *only: str) -> int:
        """Insert a row as it was; one that is there, or hangs on something that is not, is left out."""
        return self._insert(
            table, {column.name: row[column.name] for column in table.c if not only or column.name in only}
        )

    def _insert(self, table: Table, values: RawRow) -> int:
        self.tx.exec_driver_sql("SAVEPOINT row")
        try:
            done = self.tx.execute(insert(table).prefix_with("OR IGNORE").values(values)).rowcount
        except schema.DoesNotFit:
            self.tx.exec_driver_sql("ROLLBACK TO row")
            done = 0
        self.tx.exec_driver_sql("RELEASE row")
        return done

    def _drop_what_cannot_be_sent(self) -> None:
        """An open entry without its body counts as lost: central would refuse it for ever."""
        joined = entry_table.outerjoin(bodies).outerjoin(deliveries)
        is_open = deliveries.c.verdict.is_(None) | deliveries.c.verdict.not_in(FINAL)
        by_order = select(schema.gone.c.entry)
        bare = select(entry_table.c.id).select_from(joined).where(bodies.c.entry.is_(None), is_open)
        bare = bare.where(entry_table.c.id.not_in(by_order))
        for entry in self.tx.execute(bare).scalars().all():
            self.tx.execute(delete(schema.number_uses).where(schema.number_uses.c.entry == entry))
            self.tx.execute(delete(deliveries).where(deliveries.c.entry == entry))
            self.tx.execute(delete(entry_table).where(entry_table.c.id == entry))
            del self._known[entry]
            del self._subjects[entry]

    def _drop_what_was_accepted(self) -> None:
        """A draft that is a dossier elsewhere, and was none yet where it lay, was accepted since."""
        for draft in self._without_dossier:
            if entries.history(self.tx, draft):
                self.found.drafts -= 1
                drafts.drop(self.tx, draft)
        references.forget_lost_drafts(self.tx)

    def _deliver_the_rest(self) -> None:
        """What nobody knows to be sent is offered again; central knows it."""
        self.tx.execute(
            text(
                "INSERT INTO deliveries (entry, verdict) SELECT id, 'none' FROM entries"
                " WHERE id NOT IN (SELECT entry FROM deliveries)"
            )
        )

    def _adopt_chains(self) -> None:
        """Know our chains by the device's own entries, where the list of them was not read."""
        first = select(entry_table.c.chain, entry_table.c.prev_hash, entry_table.c.seq).where(
            entry_table.c.author == self.device, entry_table.c.chain.not_in(select(chains.c.chain))
        )
        for row in self.tx.execute(first.order_by(entry_table.c.n)).all():
            begins_after = row.prev_hash if row.seq == 1 else NO_HASH
            self._put(chains, {"chain": row.chain, "prev_hash": begins_after}, "chain", "prev_hash")

    def _find_heads(self) -> None:
        """Let every document end where its line does: an older source may have told a head from before a signature."""
        lines: dict[str, dict[str | None, str]] = {}
        is_proof = revisions.c.kind == RevisionKind.PROOF.value  # a signature goes before it
        for row in self.tx.execute(select(revisions).order_by(is_proof, text("rowid"))):
            lines.setdefault(row.document, {}).setdefault(row.parent, row.sha256)
        self.tx.execute(delete(documents))
        for document, children in lines.items():
            head = children.get(None)
            while head is not None and (further := children.pop(head, None)) is not None:
                head = further
            if head is not None:  # else its beginning is lost; central has it, or the damaged file
                self._insert(documents, {"document": document, "head": head})

    def _refer(self) -> None:
        """Know again which files our entries and documents name: what nobody names is never sent, and removed."""
        ours = select(entry_table.c.subject, bodies.c.body).join_from(bodies, entry_table)
        for row in self.tx.execute(ours.where(entry_table.c.chain.in_(select(chains.c.chain)))).all():
            with suppress(EntryMalformed):
                for sha256 in read_body(row.body).files:
                    references.add(self.tx, sha256, row.subject)
        for row in self.tx.execute(select(revisions.c.document, revisions.c.sha256)).all():
            references.add(self.tx, row.sha256, references.OF_DOCUMENT + row.document)

    def _end(self, mark: Mark | None) -> Head:
        """Return the last that is known of the newest chain."""
        chain = entries.current_chain(self.tx)
        head = Head("", 0, NO_HASH, None) if chain is None else entries.chain_head(self.tx, chain)
        further = mark is not None and (mark.chain != head.chain or mark.seq > head.seq)
        known = mark is not None and entries.hash_at(self.tx, mark.chain, mark.seq) == mark.hash
        return Head(mark.chain, mark.seq, mark.hash, None) if mark and further and not known else head

    def _gaps(self, mark: Mark | None) -> Iterator[Lost]:
        ours = self.tx.execute(select(chains.c.chain).order_by(chains.c.n)).scalars().all()
        ends = {mark.chain: mark.seq} if mark is not None else {}
        for chain in dict.fromkeys((*ours, *ends)):
            places = select(entry_table.c.seq).where(entry_table.c.chain == chain)
            there = [0, *self.tx.execute(places.order_by(entry_table.c.seq)).scalars()]
            there.append(max(there[-1], ends.get(chain, 0)) + 1)
            for before, after in pairwise(there):
                if after > before + 1:
                    yield Lost(chain, before + 1, after - 1)


def begin(tx: Connection, unit: str) -> None:
    """Make an empty journal whose triggers are still missing."""
    schema.create_tables(tx)
    meta.put(tx, meta.UNIT, unit)


def said_of_itself(sources: Sequence[Wreck], name: str) -> Iterator[str]:
    """Return what the sources keep under a name in their facts about themselves."""
    for source in sources:
        if source.is_readable():
            yield from (str(row["value"]) for row in source.rows("meta") if row["name"] == name)
