"""A unit whose dossiers have papers and grow old: further signatures at any desk, by hand too, and retirement by age."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from clerk_app.store.entry_rules import entry_rules
from sync.central.files import FileRoom
from sync.clock import rfc3339
from sync.entry import Entry, Signer
from sync.files import FileStore
from sync.journal import gone, references
from sync.rules import Rules
from tests.sync.central.paper_promises import hold
from tests.sync.central.paper_room import CLOSED_DAYS, PaperRoom, Who, open_room
from tests.sync.central.town import Town
from tests.sync.central.town_hall import Desk, Hall
from tests.sync.central.world import RULES, Enrolment

OFFICE = Rules({**RULES.kinds, **entry_rules().kinds})
"""The kinds of the model, and those of the office, whose acts are done by the counter's own services."""


@dataclass
class PaperDesk(Desk):
    """A desk with a room for its papers."""

    hall: "PaperHall | None" = None
    room: PaperRoom | None = None

    @property
    def papers(self) -> PaperRoom:
        assert self.room is not None
        return self.room

    @property
    def who(self) -> Who:
        return Who(self.officer, frozenset(self.roles.split()))

    def open(self) -> None:
        super().open()
        assert self.hall is not None
        room = open_room(self.at_work, self.hall.rules, self.hall.keep)
        self.room = self._open.enter_context(room)


class PaperHall(Hall):
    """`papered`: dossiers with papers; what is done with them is done by the services of the counter."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.papered: list[str] = []
        self.bundles: list[tuple[Path, str]] = []  # on a stick, and for which device
        self.files_lost: set[str] = set()  # that lay on one disk alone
        self.late = 0  # signatures without effect, at the last look
        self.stick = folder / "stick"
        self.stick.mkdir(parents=True, exist_ok=True)
        super().__init__(town, folder)

    def new_desk(self, name: str, enrolment: Enrolment, officer: Signer, roles: str) -> PaperDesk:
        return PaperDesk(name, enrolment, officer, roles, hall=self)

    def keep(self, entry: Entry) -> None:
        self._keep(entry)

    def paper_desk(self, number: int) -> PaperDesk:
        return cast("PaperDesk", self.desks[number])

    def one_of_the_last(self, pick: int) -> str:
        """Name a dossier with papers; of a few, so that people meet on it."""
        return self.papered[-1 - pick % min(4, len(self.papered))]

    # what people do

    def receive(self, desk: Desk, *, with_file: bool, with_papers: bool = False) -> str:
        subject = super().receive(desk, with_file=with_file)
        if with_papers:
            self.subjects.remove(subject)
            self.papered.append(subject)
            self.done["slip"] += _of(desk).papers.issue(_of(desk).who, subject)
        return subject

    def registered(self, code: str, now: datetime) -> dict[str, dict[str, object]]:
        due = rfc3339(now + timedelta(days=7))
        told = {"dossier_code": code, "provisional": False, "code": "1.0", "version": "1", "title": "Thủ tục"}
        times = {"received_at": rfc3339(now), "due_at": due, "received_by": "Cán bộ"}
        return {"procedure": {**told, **times, "papers": [], "sets": 1}}

    def at_the_counter(self, number: int, pick: int, what: str) -> None:
        desk, subject = self.paper_desk(number), self.one_of_the_last(pick)
        room, who = desk.papers, desk.who
        match what:
            case "issue":
                self.done["slip"] += room.issue(who, subject)
            case "reissue":
                self.done["slip, further"] += room.reissue(who, subject, next(self._names))
            case "return":
                self.done["returned"] += room.returned(who, subject)
            case _:
                self.done["proof"] += room.prove()

    def sign_further(self, number: int, pick: int, what: str, *, online: bool) -> None:
        desk, subject = self.paper_desk(number), self.one_of_the_last(pick)
        room, who = desk.papers, desk.who
        document = room.document(subject, pick)
        if what == "end":
            self.done["signature"] += room.sign(who)
        elif document is None:
            return
        elif what in ("ask", "take over"):
            self.done["turn asked"] += room.take_turn(who, document, from_others=what == "take over")
        elif room.begin(who, document):
            self.done["signature"] += room.sign(who) if what == "sign" else 0
        elif online:
            self.done["turn asked"] += room.take_turn(who, document, from_others=False)
            self.exchange(desk)
            self.sign_further(number, pick, what, online=False)

    def two_sign_one(self, first: int, pick: int, *, told: bool) -> None:
        """Let two desks sign one paper: one takes the turn over from the other, who hears of it too late, or in time."""
        subject = self.one_of_the_last(pick)
        one, two = self.paper_desk(first), self.paper_desk(3 - first)
        for desk in (one, two):
            self.exchange(desk)
            if (document := desk.papers.document(subject, pick)) is None:
                return
            self.done["turn asked"] += desk.papers.take_turn(desk.who, document, from_others=True)
            self.exchange(desk)
        if told:
            self.exchange(one)
        for desk in (one, two):
            document = desk.papers.document(subject, pick)
            if document is not None and desk.papers.begin(desk.who, document):
                self.done["signature"] += desk.papers.sign(desk.who)

    def by_hand(self, number: int, pick: int, what: str) -> None:
        desk = self.paper_desk(number)
        room, who = desk.papers, desk.who
        match what:
            case "hand over":
                self.exchange(desk, down=True)  # while central answers, it gives out the turns
                others = [each for each in self.desks[1:] if each is not desk]
                receiver = others[pick % len(others)].enrolment.device_signer.author
                if (file := room.hand_over(who, self.stick, receiver)) is not None:
                    self.bundles.append((file, receiver))
                    self.done["bundle"] += 1
            case "take in":
                if self.bundles:
                    file, receiver = self.bundles[-1 - pick % min(3, len(self.bundles))]
                    room = next(
                        each.papers for each in map(_of, self.desks) if each.papers.device == receiver
                    )
                    self.done["bundle, taken in"] += room.take_in(file)
            case "recall":
                self.done["turn recalled"] += room.recall(who)
            case _:
                self.done["turn given back"] += room.give_back()

    def a_month_goes_by(self, number: int) -> None:
        """Let a desk retire what is old by then, and in central's backup."""
        desk = self.paper_desk(number)
        self.back_up()
        self.exchange(desk)
        before = self._retired(desk)
        desk.papers.let_go(CLOSED_DAYS + 1)
        self.done["entry retired"] += self._retired(desk) - before

    def redact(self, subject: str) -> None:
        if subject not in self.papered:
            super().redact(subject)
            return
        desk = self.paper_desk(2)
        self.done["papers redacted"] += desk.papers.redact(desk.who, subject)

    def settle_one(self, desk: Desk, entry: Entry) -> None:
        papers = _of(desk).papers
        if entry.subject not in self.papered or not papers.settle(_of(desk).who, entry):
            super().settle_one(desk, entry)

    def round(self, desk: Desk) -> None:
        papers = _of(desk).papers
        papers.alone = True
        super().round(desk)
        papers.bring()
        papers.alone = False

    # what was promised

    def check(self) -> None:
        super().check()
        self.late = sum(hold(self, subject) for subject in self.papered)

    def _excuse(self, desk: Desk, older: Path) -> None:
        """A file is lost with the disk on which alone it lay."""
        super()._excuse(desk, older)
        copy = FileStore(older / "files", desk.enrolment.data_key)
        with desk.at_work.journal.reading() as tx:
            here = {each for each in references.referenced(tx) if desk.at_work.files.has(each)}
        others = [each.at_work.files for each in self.desks if each is not desk]
        self.files_lost |= {
            each
            for each in here
            if not copy.has(each) and not self._has_file(each) and not any(room.has(each) for room in others)
        }

    def _has_file(self, sha256: str) -> bool:
        return FileRoom(self.town.setting.folder).holds(sha256)

    def _retired(self, desk: PaperDesk) -> int:
        with desk.at_work.journal.reading() as tx:
            return gone.counts(tx).retired


def _of(desk: Desk) -> PaperDesk:
    assert isinstance(desk, PaperDesk)
    return desk
