"""A counter that works for a while and notes each thing as soon as it is promised. Run as a program by the power cut test.

    counter_to_cut.py ROOT WHAT_IS_LEFT_OUT LIFE

`WHAT_IS_LEFT_OUT`: "nothing", or a care that a counter must take, which this one does not: the test has to see it.
`LIFE`: 1, or 2 for one that follows a killed one. Its dossiers are named by it, so that the same life takes the same steps.
"""

import itertools
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sync import durable, files, second_place
from sync.body import write_body
from sync.clock import Clock, SystemClock
from sync.contract.messages import Answer, Carried, FeedItem, Lease, LeaseRequest, Page, Signed, Verdict
from sync.entry import NO_HASH, Entry, Fields, new_id, seal
from sync.errors import JournalDamaged
from sync.files import FileStore
from sync.journal import (
    Journal,
    Safety,
    aside,
    connection,
    deliveries,
    drafts,
    feed,
    numbers,
    open_journal,
    revisions,
    schema,
    snapshots,
)
from sync.journal import open as opening
from sync.journal.journal import Holder
from sync.journal.mark import MarkFile
from sync.journal.rebuild import Place, rebuild
from sync.journal.revisions import Revision, RevisionKind
from sync.journal.snapshots import Snapshots
from sync.keys import Ed25519Signer
from sync.sealed import public_half
from sync.second_place import SecondPlace
from tests.disk.recorded import note

KEY, SECRET, RECOVERY = bytes(range(32)), bytes([7]) * 32, bytes([8]) * 32
UNIT = "01938f4e-0000-7000-8000-00000000b001"
DEVICE, OFFICER = Ed25519Signer("device:q3", bytes([1]) * 32), Ed25519Signer("officer:an", bytes([2]) * 32)
ELSEWHERE = Ed25519Signer("officer:binh", bytes([3]) * 32)
DAY, SERIES = date(2026, 7, 1), "H26.99.01"
VISITS = 3  # of citizens, between two openings
_RANGE = 100  # numbers lent to one chain
_PAGES = 40  # of the log, until it is written into the file: soon, so that it happens here
_AS_IT_IS = schema.SCHEMA_VERSION
_SETTLES = (durable, files, second_place, aside, opening, snapshots)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where everything of one counter lies."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "counter"

    @property
    def files(self) -> FileStore:
        return FileStore(self.folder / "files", KEY)

    @property
    def snapshots(self) -> Snapshots:
        return Snapshots(self.folder / "snapshots", KEY)

    @property
    def second(self) -> SecondPlace:
        return SecondPlace(self.root / "second", "q3", public_half(RECOVERY))

    @property
    def safety(self) -> Safety:
        return Safety(MarkFile(self.root / "state", SECRET, "this computer"))

    def open(self) -> Journal:
        return open_journal(self.folder, KEY, UNIT, DEVICE, safety=self.safety)

    def open_or_recover(self) -> Journal:
        """Open; where a salvage was stopped, do it again."""
        try:
            return self.open()
        except JournalDamaged:
            self.recover()
            return self.open()

    def recover(self) -> None:
        holder = Holder(DEVICE, SystemClock(), self.safety)
        taken = [each.path for each in self.snapshots.every()]
        rebuild(Place(self.folder, KEY, UNIT), holder, taken, lambda _: keys_of, even_if_sound=True)


def keys_of(author: str) -> tuple[bytes, ...]:
    return tuple(each.public_bytes for each in (DEVICE, OFFICER, ELSEWHERE) if each.author == author)


def work(counter: Counter, subjects: Iterator[str]) -> None:
    """A day: open, receive, sign, print, hear from central, look after itself; again after an update; then be salvaged."""
    foreign = _written_elsewhere()
    for life in range(3):
        if life == 1:
            update()
        with counter.open_or_recover() as journal:
            note(what="opened")
            lend(journal, first=1 + life * _RANGE)
            told = [visit(counter, journal, next(subjects)) for _ in range(VISITS)]
            _hear(journal, told[:-1], next(foreign), place=1 + life * _RANGE)
            snapshot = counter.snapshots.take(journal, datetime(2026, 7, 1, 1 + life, tzinfo=UTC))
            note(what="snapshot", name=snapshot.path.name)
            counter.second.follow(journal, counter.files)
            note(what="second place", entry=told[-1].hash)
        if life == 1:
            note(what="salvage begins")
            counter.recover()
            note(what="salvage ends")


def update() -> None:
    """Be the next version of the program, whose tables are one more; the journal is brought up to date at its opening."""
    now = schema.SCHEMA_VERSION
    if now == _AS_IT_IS:
        schema.STEPS[now] = lambda tx: tx.exec_driver_sql("CREATE TABLE of_tomorrow AS SELECT * FROM entries")
        schema.SCHEMA_VERSION = now + 1


def work_and_die(counter: Counter, subjects: Iterator[str]) -> None:
    """A morning with a snapshot in its middle; then the program is gone, with acts in the log."""
    journal = counter.open()
    lend(journal, first=1)
    received = []
    for number in range(10):
        received.append(visit(counter, journal, next(subjects)))
        if number == 4:
            counter.snapshots.take(journal, datetime(2026, 7, 1, 1, tzinfo=UTC))
    with journal.writing() as tx:
        deliveries.acknowledge(tx, [Answer(each.id, each.hash, Verdict.ACCEPTED) for each in received[:3]])
    os._exit(9)


def visit(counter: Counter, journal: Journal, draft: str) -> Entry:
    """One citizen: a draft with a scan, received under a number, the slip signed and printed."""
    store = counter.files
    scan = store.put(f"scan of {draft}".encode() * 60)
    note(what="filed", file=scan)
    with journal.writing() as tx:
        drafts.save(tx, draft, b"typed " * 500, [scan])
    note(what="draft", draft=draft)
    entry = receive(journal, draft, scan)
    slip = store.put(b"%PDF slip of " + draft.encode())
    signed = store.put(b"%PDF slip of " + draft.encode() + b" signed")
    with journal.act(OFFICER) as act:
        revisions.begin(act.tx, f"slip {draft}", slip)
        revisions.append(act.tx, Revision(f"slip {draft}", signed, slip, RevisionKind.SIGNATURE, "officer"))
        issued = act.add(draft, "slip_signed", {"files": [slip, signed]})
    note(what="signed", entry=issued.id, draft=draft, file=signed)
    for kind in ("print_started", "print_ended"):
        with journal.act(OFFICER) as act:
            printed = act.add(draft, kind, {"document": f"slip {draft}"})
        note(what="entry", entry=printed.id)
    return entry


def receive(journal: Journal, draft: str, scan: str) -> Entry:
    with journal.act(OFFICER) as act:
        value = numbers.take(act.tx, SERIES, DAY, act.chain)
        if value is None:
            value, series = numbers.provisional(act.tx, "TAM", DAY, act.chain), "TAM"
        else:
            series = SERIES
        number = {"series": series, "value": value, "code": f"{series}-{value}"}
        body = {"move": {"from": None, "to": "received"}, "files": [scan], "number": number}
        entry = act.add(draft, "received", body)
        revisions.begin(act.tx, draft, scan)
        drafts.drop(act.tx, draft)
    note(what="received", entry=entry.id, draft=draft, number=f"{series}-{value}")
    return entry


def lend(journal: Journal, first: int) -> None:
    request = LeaseRequest(new_id(), journal.chain, SERIES, DAY.isoformat(), _RANGE)
    with journal.writing() as tx:
        numbers.ask(tx, request)
    note(what="asked", request=request.request_id)
    lease = Lease(request.request_id, request.chain, SERIES, request.day, first, first + _RANGE - 1, "")
    with journal.writing() as tx:
        numbers.hold(tx, lease, Signed(b"", b""))


def _hear(journal: Journal, sent: list[Entry], foreign: Entry, place: int) -> None:
    """Central answers, and tells of somebody else's work."""
    for entry in sent:
        with journal.writing() as tx:
            deliveries.acknowledge(tx, [Answer(entry.id, entry.hash, Verdict.ACCEPTED)])
        note(what="answered", entry=entry.id)
    carried = Carried(foreign.header, foreign.sig, foreign.salt, foreign.body)
    answer = Answer(foreign.id, foreign.hash, Verdict.ACCEPTED)
    with journal.writing() as tx:
        feed.apply_page(tx, Page((FeedItem(place, answer, carried),), str(place + 1), False, "e1", 0, ""))
    note(what="entry", entry=foreign.id)


def _written_elsewhere() -> Iterator[Entry]:
    chain, prev = new_id(), NO_HASH
    for seq in range(1, 9):
        now = datetime.now(UTC)
        at = now.replace(microsecond=now.microsecond // 1000 * 1000)
        clock = Clock(at, "boot", seq)
        fields = Fields(new_id(), chain, seq, new_id(), "received", None, ELSEWHERE.author, at, clock, prev)
        entry = seal(fields, write_body({"note": "x"}), ELSEWHERE)
        prev = entry.hash
        yield entry


def leave_out(what: str) -> None:
    """Work without one of the cares."""
    if what == "synced commits":
        _set_at_connect("PRAGMA synchronous = NORMAL")
    elif what == "synced folders":
        for room in _SETTLES:
            if hasattr(room, "settle_folder"):
                room.settle_folder = lambda _: None
    elif what == "synced files":
        os.fsync = lambda _: None
    elif what not in {"nothing", "its end"}:
        raise ValueError(what)


def _set_at_connect(pragma: str) -> None:
    whole = connection._connect

    def connected(path: Path, key: bytes, *more: str) -> Any:
        return whole(path, key, *more, pragma)

    connection._connect = connected


if __name__ == "__main__":
    _set_at_connect(f"PRAGMA wal_autocheckpoint = {_PAGES}")
    leave_out(sys.argv[2])
    if sys.argv[3] == "2":
        update()
    named = (f"01938f4e-0000-7000-800{sys.argv[3]}-{number:012d}" for number in itertools.count())
    (work_and_die if sys.argv[2] == "its end" else work)(Counter(Path(sys.argv[1])), named)
