"""A unit for the random model: two counters and a leader before a central system, and everything they were promised."""

import itertools
import json
import shutil
import tempfile
import uuid
from collections import Counter as Tally
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from sync import keys
from sync.body import read_body, resolved_by
from sync.central import accounts
from sync.central.files import FileRoom
from sync.clock import SystemClock, office_day
from sync.engine import NumbersAhead
from sync.entry import Entry, Signer, parse
from sync.errors import JournalHeld, Offline
from sync.fold import Subject, fold
from sync.journal import Safety, deliveries, entries, numbers, references, retelling
from sync.journal.verify import verify_chain
from sync.leases import Want
from sync.redaction import REDACTED, SPARED, has_effect, redaction_in, redacts
from tests.sync.central.town import Town
from tests.sync.central.world import Counter, Enrolment, an_officer, open_counter
from tests.sync.fake_mark import FakeMarks

ROLES = {"two": "officer leader registrar", "three": "leader registrar"}
AHEAD = 2  # numbers a counter holds; few, so that they run out
NEWS = frozenset(
    {"chain_closed", "author_revoked", "received_after_revocation", "state", "guard", "clock_ahead"}
)
"""What may come to a person's eyes in such a life. Everything else would be a broken promise."""


class WrongClock(SystemClock):
    """A clock that somebody puts forward and back."""

    def __init__(self) -> None:
        super().__init__()
        self.off = timedelta()

    def wall(self) -> datetime:
        return super().wall() + self.off


@dataclass
class Desk:
    """One counter of the hall, through all its restarts."""

    name: str
    enrolment: Enrolment
    officer: Signer
    roles: str = "officer"  # of whoever sits there
    marks: FakeMarks = field(default_factory=FakeMarks)
    clock: WrongClock = field(default_factory=WrongClock)
    copy: Path | None = None
    _open: ExitStack = field(default_factory=ExitStack)
    counter: Counter | None = None

    @property
    def at_work(self) -> Counter:
        assert self.counter is not None
        return self.counter

    def open(self) -> None:
        self._open = ExitStack()
        opened = open_counter(self.enrolment, Safety(self.marks), self.clock)
        self.counter = self._open.enter_context(opened)

    def close(self) -> None:
        self._open.close()
        self.counter = None


@dataclass
class Staff:
    """An officer whose key was certified, and when it was taken back."""

    officer: accounts.Officer
    revoked_at: datetime | None = None


class Hall:
    """What happens in the unit, one step at a time, and what must hold after it."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town, self.folder = town, folder
        first = town.enrol(folder / "one")
        self.unit = first.unit
        self.rules = town.setting.rules
        self.series = f"dossier-{self.unit}"
        enrolled = [first, *(town.enrol(folder / name, self.unit, roles) for name, roles in ROLES.items())]
        self.desks = [
            self.new_desk(f"quay-{n}", each, each.officer_signer, roles)
            for n, (each, roles) in enumerate(zip(enrolled, ("officer", *ROLES.values()), strict=True), 1)
        ]
        self.made: dict[str, Entry] = {}  # every entry that an act kept, by id
        self.excused: set[str] = set()  # entries that lay on one disk alone, and that disk was lost
        self.printed: Tally[tuple[str, int]] = Tally()  # numbers in citizens' hands
        self.subjects: list[str] = []
        self.done: Tally[str] = Tally()  # what came of the steps
        self.backup = town.back_up()
        self.staff: dict[str, Staff] = {}  # everybody who was hired after the first day
        self._names = (f"Người {n}" for n in itertools.count(1))
        for desk in self.desks:
            desk.open()

    def new_desk(self, name: str, enrolment: Enrolment, officer: Signer, roles: str) -> Desk:
        return Desk(name, enrolment, officer, roles)

    # what people do

    def receive(self, desk: Desk, *, with_file: bool) -> str:
        counter, subject = desk.at_work, str(uuid.uuid4())
        files = [counter.files.put(uuid.uuid4().bytes)] if with_file else []
        with counter.journal.act(desk.officer) as act:
            day = office_day(act.now)
            series = self.series
            value = numbers.take(act.tx, series, day, act.chain)
            if value is None:
                series = f"TAM-{desk.name}-{day:%y%m%d}"
                value = numbers.provisional(act.tx, series, day, act.chain)
            code = f"{series}-{day:%y%m%d}-{value}-{self.unit}".upper()
            number = {"series": series, "value": value, "code": code}
            fields = {"applicant": {"name": next(self._names)}, **self.registered(code, act.now)}
            body = {"set": fields, "files": files, "number": number}
            entry = act.add(subject, "received", {**body, "move": {"from": None, "to": "received"}})
        self._keep(entry)
        self.printed[series, value] += 1
        self.subjects.append(subject)
        return subject

    def registered(self, code: str, now: datetime) -> dict[str, dict[str, object]]:
        """What else the register is told of a dossier."""
        del code, now
        return {}

    def move(self, desk: Desk, subject: str, kind: str, to: str) -> None:
        """Move a dossier on from where this desk believes it to be."""
        now, rule = self._seen(desk, subject), self.rules.get(kind)
        if rule is not None and (now.state, to) in rule.moves:
            self._act(desk, subject, kind, {"move": {"from": now.state, "to": to}})

    def change(self, desk: Desk, subject: str) -> None:
        """Correct the applicant, against what this desk sees."""
        seen = dict(self._seen(desk, subject).fields.get("applicant", {}))
        if seen:
            body = {"set": {"applicant": {"name": next(self._names)}}, "base_values": {"applicant": seen}}
            self._act(desk, subject, "applicant_changed", body)

    def note(self, desk: Desk, subject: str) -> None:
        self._act(desk, subject, "noted", {"text": next(self._names)})

    def redact(self, subject: str) -> None:
        """Let the leader order that everything settled of a dossier is deleted."""
        desk = self.desks[2]
        with desk.at_work.journal.reading() as tx:
            seen = [deliveries.of_entry(tx, entry.id) for entry in entries.history(tx, subject)]
        named = [each.entry for each in seen if each and each.verdict not in entries.OPEN and each.entry.body]
        named = [entry for entry in named if entry.kind not in SPARED]
        if not named:
            return
        files = {sha256 for entry in named for sha256 in read_body(entry.body or b"{}").files}
        ended = {each for entry in named for each in (entry.id, *resolved_by(entry.body))}
        body = {**redacts([entry.id for entry in named], files), "resolves": sorted(ended)}
        self._act(desk, subject, REDACTED, {**body, "ground": "Quyết định số 1", "ordered_by": "Lãnh đạo"})

    def settle(self, desk: Desk) -> None:
        """Settle what central did not take."""
        with desk.at_work.journal.reading() as tx:
            parked = [each.entry for each in deliveries.unsettled(tx) if each.verdict in entries.PARKED]
            done = deliveries.being_resolved(tx, {entry.subject for entry in parked})
        for entry in parked:
            if entry.id not in done:
                self.settle_one(desk, entry)

    def settle_one(self, desk: Desk, entry: Entry) -> None:
        self._act(desk, entry.subject, "noted", {"resolves": [entry.id]})

    # what goes wrong

    def exchange(
        self, desk: Desk, *, down: bool = False, lost_answers: int = 0, up: int | None = None
    ) -> None:
        """Do a round on a line with faults; a round that fails is tried again another time."""
        network = self.town.network
        network.down, network.lost_answers, network.up_left = down, lost_answers, up
        try:
            self.round(desk)
        except Offline:
            assert down or lost_answers or up is not None
        finally:
            network.down, network.lost_answers, network.up_left = False, 0, None

    def round(self, desk: Desk) -> None:
        """What a desk does while it has a line; raises `Offline`."""
        desk.at_work.central.close()  # each round has connections of its own: an idle one may be hung up at any time
        desk.at_work.exchange(self._ahead())

    def restart(self, desk: Desk) -> None:
        desk.close()
        desk.open()

    def second_process(self, desk: Desk) -> None:
        try:
            with open_counter(desk.enrolment, Safety(desk.marks)):
                raise AssertionError("two programs hold one journal")
        except JournalHeld:
            return

    def copy(self, desk: Desk) -> None:
        desk.close()
        desk.copy = Path(tempfile.mkdtemp(dir=self.folder)) / "copy"
        shutil.copytree(desk.enrolment.folder, desk.copy)
        desk.open()

    def put_back(self, desk: Desk) -> None:
        """Lose the folder; an older copy takes its place."""
        if desk.copy is None:
            return
        self._excuse(desk, desk.copy)
        desk.close()
        shutil.rmtree(desk.enrolment.folder)
        shutil.copytree(desk.copy, desk.enrolment.folder)
        desk.open()

    def clone(self, desk: Desk) -> None:
        """Copy the folder to another computer, which works a little and tells central of it."""
        desk.close()
        elsewhere = replace(desk.enrolment, folder=Path(tempfile.mkdtemp(dir=self.folder)) / "clone")
        shutil.copytree(desk.enrolment.folder, elsewhere.folder)
        desk.open()
        twin = self.new_desk(desk.name, elsewhere, desk.officer, desk.roles)
        twin.open()
        try:
            if desk is self.desks[2]:
                self.note(twin, self.unit)
            else:
                self.receive(twin, with_file=False)
            self.exchange(twin)
            self.exchange(twin)  # what it made of the answers
        finally:
            twin.close()

    def wind(self, desk: Desk, days: int) -> None:
        desk.clock.off = timedelta(days=days)

    def revoke(self, desk: Desk) -> None:
        """Take an officer's key back in mid-day; a colleague takes the chair."""
        now = datetime.now(UTC)
        with self.town.registry.database.writing() as tx:
            accounts.revoke(tx, desk.officer.author, now)
        if (known := self.staff.get(desk.officer.author)) is not None:
            known.revoked_at = now
        self._hire(desk)

    def back_up(self) -> None:
        self.backup = self.town.back_up()

    def restore_central(self) -> None:
        """Lose central; a backup takes its place, and its administrator enrols again who is missing."""
        ours = {row.id for row in self.town.registry.entries(self.unit)}
        kept = set().union(*(self._ids(desk) for desk in self.desks)) | self._at_the_hub()
        self.town.put_back(self.backup)
        there = {row.id for row in self.town.registry.entries(self.unit)}
        self.excused |= ours - there - kept
        with self.town.registry.database.writing() as tx:
            known = {key.author for key in accounts.authors_of(tx, self.unit)}
            for author in self.staff.keys() - known:
                accounts.enrol_officer(tx, self.staff[author].officer)
            for author, staff in self.staff.items():
                if staff.revoked_at is not None:
                    accounts.revoke(tx, author, staff.revoked_at)

    # what was promised

    def make_peace(self) -> None:
        """Let everybody settle and exchange on a good line until nothing moves any more."""
        for desk in self.desks:
            desk.clock.off = timedelta()
        for _ in range(12):
            for desk in self.desks:
                self.settle(desk)
                self.exchange(desk)
            if not any(self._waits(desk) for desk in self.desks):
                break
        for desk in self.desks:
            self.exchange(desk)

    def check(self) -> None:
        """Hold every promise; call `make_peace` before."""
        self._nothing_waits()
        self._nothing_lost_doubled_or_invented()
        self._all_see_the_same()
        self._numbers_once()
        self._chains_are_sound()
        self._nothing_redacted_is_kept()
        news = {alarm.reason for alarm in self.town.registry.alarms(self.unit)}
        assert news <= NEWS, f"alarms at central: {sorted(news - NEWS)}"

    def close(self) -> None:
        for desk in self.desks:
            desk.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _nothing_waits(self) -> None:
        for desk in self.desks:
            waits = self._waits(desk)
            assert waits == [], f"{desk.name} still waits for {waits}"

    def _nothing_lost_doubled_or_invented(self) -> None:
        rows = [row for row in self.town.registry.entries(self.unit) if row.placed]
        ids = Tally(row.id for row in rows)
        assert [each for each, count in ids.items() if count > 1] == []
        there = {row.id: row.hash for row in rows}
        lost = {each for each in self.made if each not in there} - self.excused
        assert lost == set(), f"lost: {[self.made[each].kind for each in lost]}"
        known = {entry.id: entry.hash for entry in self.made.values()}
        invented = [row.kind for row in rows if known.get(row.id) != row.hash and row.kind != "chain_opened"]
        assert invented == []
        positions = sorted(row.position for row in self.town.registry.entries(self.unit) if row.position)
        assert positions == list(range(1, len(positions) + 1))

    def _all_see_the_same(self) -> None:
        feed = sorted(
            (row for row in self.town.registry.entries(self.unit) if row.verdict == "accepted"),
            key=lambda row: row.position,
        )
        for subject in {row.subject for row in feed} - {self.unit}:
            told = [row.id for row in feed if row.subject == subject]
            seen = [self._seen(desk, subject) for desk in self.desks]
            for desk, each in zip(self.desks, seen, strict=True):
                assert [entry.id for entry in each.entries] == told, f"{desk.name} sees another course"
            if any(row.kind == REDACTED and not has_effect(json.loads(row.flags)) for row in feed):
                continue  # its author had no right to it any more: what went went at that desk alone
            seen = [each for each in seen if not each.retired]
            parsed = [
                parse(row.header, row.sig, row.salt, row.body) for row in feed if row.subject == subject
            ]
            seen.append(fold(parsed, self.rules))
            assert len({(each.state, str(sorted(each.fields.items()))) for each in seen}) == 1

    def _nothing_redacted_is_kept(self) -> None:
        rows = self.town.registry.entries(self.unit)
        bodies = {row.id: row.body for row in rows if row.kind not in SPARED}
        orders = [redaction_in(entry) for entry in map(self._ordered, rows) if entry]
        for order in filter(None, orders):
            assert [each for each in order.entries if bodies.get(each)] == [], "central kept a body"
            assert not any(FileRoom(self.town.setting.folder).holds(each) for each in order.files)
            for desk in self.desks:
                with desk.at_work.journal.reading() as tx:
                    kept = [each for each in order.entries if (found := entries.get(tx, each)) and found.body]
                    assert kept == [], f"{desk.name} kept a body"
                    assert not references.referenced(tx).intersection(order.files)

    def _ordered(self, row: Row[Any]) -> Entry | None:
        """Return an order that took effect."""
        taken = row.kind == REDACTED and row.verdict == "accepted" and has_effect(json.loads(row.flags))
        return parse(row.header, row.sig, row.salt, row.body) if taken else None

    def _numbers_once(self) -> None:
        twice = [number for number, count in self.printed.items() if count > 1]
        assert twice == [], f"numbers given twice: {twice}"

    def _chains_are_sound(self) -> None:
        with self.town.registry.database.reading() as tx:
            known = accounts.authors_of(tx, self.unit)
        keys_of = {key.author: tuple(k.public_key for k in known if k.author == key.author) for key in known}
        for desk in self.desks:
            with desk.at_work.journal.reading() as tx:
                report = verify_chain(tx, lambda author: keys_of.get(author, ()))
            assert report.sound, [found for found in report.found if found.flaw != "lost"]

    # the hall's own

    def _act(self, desk: Desk, subject: str, kind: str, body: dict[str, object]) -> None:
        with desk.at_work.journal.act(desk.officer) as act:
            entry = act.add(subject, kind, body)
        self._keep(entry)

    def _keep(self, entry: Entry) -> None:
        self.made[entry.id] = entry

    def _seen(self, desk: Desk, subject: str) -> Subject:
        with desk.at_work.journal.reading() as tx:
            return fold(entries.of_subject(tx, subject), self.rules)

    def _ids(self, desk: Desk) -> set[str]:
        with desk.at_work.journal.reading() as tx:
            subjects = {subject for _, subject in entries.changes_since(tx, 0)}
            return {entry.id for subject in subjects for entry in entries.history(tx, subject)}

    def _excuse(self, desk: Desk, older: Path) -> None:
        """What is in this journal alone is lost with its disk."""
        there = {row.id for row in self.town.registry.entries(self.unit)}
        others = (
            set().union(*(self._ids(each) for each in self.desks if each is not desk)) | self._at_the_hub()
        )
        del older  # what it holds as well is offered again, and excused for nothing
        self.excused |= self._ids(desk) - there - others

    def _at_the_hub(self) -> set[str]:
        """What lies between the desks and central."""
        return set()

    def _waits(self, desk: Desk) -> list[str]:
        with desk.at_work.journal.reading() as tx:
            waiting = [f"{entry.kind} {entry.id}" for entry in deliveries.pending(tx, 100)]
            parked = [each.entry.id for each in deliveries.unsettled(tx) if each.verdict in entries.PARKED]
            return [*waiting, *parked, *retelling.lost(tx)]

    def _ahead(self) -> NumbersAhead:
        return NumbersAhead([Want(self.series, AHEAD)], [office_day(datetime.now(UTC))])

    def _hire(self, desk: Desk) -> None:
        """Enrol a new officer at a desk."""
        key = keys.generate(f"officer:can-bo-{uuid.uuid4().hex[:8]}")
        role = frozenset(desk.roles.split())
        new = replace(
            desk.enrolment, officer=key.author.removeprefix("officer:"), officer_key=key.private_bytes
        )
        self.staff[key.author] = Staff(an_officer(new, role))
        with self.town.registry.database.writing() as tx:
            accounts.enrol_officer(tx, self.staff[key.author].officer)
        desk.officer = key
