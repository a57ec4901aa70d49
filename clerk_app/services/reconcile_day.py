"""Đối chiếu cuối ngày: hold every number, paper, register row and central record of a day against each other."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.dossier import Dossier, Status
from clerk_app.domain.kinds import Kind
from clerk_app.domain.legal_code import waits_for_code
from clerk_app.domain.reconciling import DayCounts, DayFinding, DayLine, DayReport, in_order
from clerk_app.errors import CentralOffline, Notice
from clerk_app.progress import Progress
from clerk_app.services import reconcile_words as words
from clerk_app.services.books import books_in
from clerk_app.services.numbering import Numbering
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.dossiers import NoSuchDossier
from clerk_app.store.projection import Projection, body_of
from sync.body import read_body
from sync.client import Central
from sync.contract.messages import Day, DayRange
from sync.day import Compared, Found, Odd, ask, compare
from sync.entry import Entry
from sync.errors import CentralError, EntryMalformed, FileMissing, Offline
from sync.files import FileStore
from sync.journal import Journal


@dataclass(frozen=True, slots=True)
class ReconcileDay:
    journal: Journal
    archive: Archive
    files: FileStore
    projection: Projection
    numbering: Numbering
    device: str  # id under which central knows this counter
    connect: Callable[[], Central] | None  # None: no central is set up
    central_key: bytes
    now: Callable[[], datetime]

    def __call__(self, day: date | None = None, progress: Progress | None = None) -> DayReport:
        """Return how an office day stands, today unless another is named. Changes nothing on either side.

        Without central the counter's own books are compared, and the report says so. Raises `Cancelled`.
        """
        day = day or self.now().astimezone(VIETNAM).date()
        watched = progress or Progress()
        self.projection.refresh()
        told, why_not = self._asked(day)
        today = self.now().astimezone(VIETNAM).date()
        compared = compare(self.journal, day, told, self.numbering.series, today)
        looked = _Looked(self, compared, watched)
        lines = looked.lines()
        counts = looked.counts(told)
        return DayReport(day, counts, in_order(lines), compared.asked_at, why_not)

    def _asked(self, day: date) -> tuple[Day | None, Notice | None]:
        if self.connect is None:
            return None, CentralOffline()
        try:
            with closing(self.connect()) as central:
                return ask(central, self.device, day, self.central_key), None
        except Offline:
            return None, CentralOffline()
        except CentralError as failed:
            return None, failed


class _Looked:
    """One day, looked at: the truth in the journal, the row in the register, the files, and what `sync` found."""

    def __init__(self, room: ReconcileDay, compared: Compared, watched: Progress) -> None:
        self._room = room
        self._compared = compared
        self._watched = watched
        self._acts: dict[str, list[Entry]] = defaultdict(list)
        for each in compared.ours:
            self._acts[each.entry.subject].append(each.entry)
        self._found: Mapping[str, list[Found]] = defaultdict(list)
        for found in compared.found:
            self._found[found.subject].append(found)
        accepted = {
            each.entry.id: each.entry.hash for each in compared.ours if each.entry.kind == Kind.RECEIVED
        }
        self._used = [(number, accepted[entry]) for number, entry in compared.numbers if entry in accepted]
        self._dossiers: dict[str, Dossier] = {}
        self._rows: dict[str, Dossier] = {}

    def lines(self) -> list[DayLine]:
        """Return a line for each dossier of the day, and one for the counter where something is wrong with it."""
        lines = []
        for done, subject in enumerate(self._acts):
            self._watched.step(done, len(self._acts), words.COMPARING)
            if (line := self._line(subject)) is not None:
                lines.append(line)
        return [*lines, *self._of_the_counter()]

    def counts(self, told: Day | None) -> DayCounts:
        """Return the day in figures; ask for the lines first."""
        acts = [(each.entry.kind, body_of(each.entry)) for each in self._compared.ours]
        accepted = [self._dossiers[subject] for subject in self._accepted()]
        unslipped = [each for each in accepted if not _slips(each)]
        at_once = sum(each.status is Status.RETURNED for each in unslipped)
        by_pen = sum(any(paper.by_pen for paper in _slips(each)) for each in accepted)
        series = [number.series for number, _ in self._used]
        leased = series.count(self._room.numbering.series)
        ended = [body.get("copy", 1) for kind, body in acts if kind == Kind.PRINT_ENDED]
        return DayCounts(
            numbers=leased,
            provisional=len(series) - leased,
            **self._ranges(told),
            codes_given=sum(kind == Kind.CODE_GIVEN for kind, _ in acts),
            received=len(accepted),
            in_register=sum(_same(each, self._rows.get(each.id)) for each in accepted),
            slips_signed=len(accepted) - len(unslipped) - by_pen,
            slips_by_pen=by_pen,
            returned_at_once=at_once,
            without_slip=len(unslipped) - at_once,
            numbers_at_central=None if told is None else self._numbers_there(told),
            supplements=sum(kind == Kind.SUPPLEMENT_ASKED for kind, _ in acts),
            refusals=sum(kind == Kind.REFUSED for kind, _ in acts),
            replaced=sum(kind == Kind.CORRECTED for kind, _ in acts),
            prints=len(ended),
            reprints=sum(copy != 1 for copy in ended),
            prints_unknown=sum(kind == Kind.PRINT_UNKNOWN for kind, _ in acts),
            extended=sum(kind == Kind.DAYS_EXTENDED for kind, _ in acts),
            entries=len(acts),
            at_central=None if told is None else self._compared.there,
        )

    def _accepted(self) -> list[str]:
        return [
            subject
            for subject, acts in self._acts.items()
            if subject in self._dossiers and any(each.kind == Kind.RECEIVED for each in acts)
        ]

    def _numbers_there(self, told: Day) -> int:
        there = {(each.entry, each.value, each.code) for each in told.numbers}
        return sum((entry, number.value, number.code) in there for number, entry in self._used)

    def _ranges(self, told: Day | None) -> dict[str, Any]:
        """Return what became of the numbers leased for the day, by our books and by central's.

        A range whose answer never came here stands in central's account alone, and is void as a whole. Of a chain that
        has ended central may know more than this journal, so its word counts.
        """
        there = self._compared.ranges_there
        told_there = {each.request_id for each in there}
        here = [
            each for each in self._compared.ranges if not (each.is_apart and each.request_id in told_there)
        ]
        known = {each.request_id for each in here if each.size}
        only_there = [each for each in there if each.request_id not in known]
        beside = _sums(only_there)
        return {
            "leased": sum(each.size for each in here) + beside[0],
            "taken": sum(len(each.used) for each in here) + beside[1],
            "void": sum(each.void for each in here) + beside[2],
            "apart": sum(each.apart for each in here) + beside[3],
            "unused": sum(each.free for each in here)
            + sum(each.size - each.used - each.void - each.apart for each in only_there),
            "leased_at_central": None if told is None else _sums(there),
        }

    def _line(self, subject: str) -> DayLine | None:
        """Return the line of a dossier; None for the unit itself."""
        if subject == self._room.journal.unit:
            return None
        findings = words.of_found(self._found[subject])
        try:
            dossier = self._room.projection.dossier(subject)
        except NoSuchDossier:
            return DayLine(subject, findings=tuple(findings)) if findings else None
        self._dossiers[subject] = dossier
        findings += [*self._of_register(dossier), *self._of_papers(dossier), *self._of_files(subject)]
        return DayLine(subject, dossier.code, dossier.applicant.owner.name, tuple(findings))

    def _of_register(self, dossier: Dossier) -> list[DayFinding]:
        """The row must say what the journal says."""
        try:
            with self._room.archive.reading() as view:
                self._rows[dossier.id] = dossiers.get(view, dossier.id)
        except NoSuchDossier:
            return [words.NOT_IN_REGISTER]
        return [] if _same(dossier, self._rows[dossier.id]) else [words.REGISTER_DIFFERS]

    def _of_papers(self, dossier: Dossier) -> list[DayFinding]:
        """The citizen holds a paper for the number, or it is said what is missing."""
        findings = []
        if dossier.status is Status.RECEIVED:
            findings.append(words.no_slip(dossier.received_by))
        if waits_for_code(dossier):
            findings.append(words.no_code(dossier.received_by))
        for paper in dossier.documents:
            if paper.print_unfinished:
                findings.append(words.print_unfinished(dossier.received_by))
            elif paper.valid and not paper.came_out and dossier.status is not Status.RETURNED:
                findings.append(words.not_printed(paper, dossier.received_by))
            if paper.sent_back:
                findings.append(words.sent_back(paper.sent_back, dossier.received_by))
        return findings

    def _of_files(self, subject: str) -> list[DayFinding]:
        """The files that the day's acts name are on this computer."""
        named = dict.fromkeys(sha256 for each in self._acts[subject] for sha256 in _files(each))
        return [words.FILE_GONE] if any(not self._is_here(sha256) for sha256 in named) else []

    def _is_here(self, sha256: str) -> bool:
        try:
            self._room.files.size(sha256)
        except FileMissing:
            return False
        return True

    def _of_the_counter(self) -> list[DayLine]:
        own = words.of_found(self._found[self._room.journal.unit])
        strangers = sum(each.odd is Odd.NOT_OURS for each in self._found[""])
        if strangers:
            own.append(words.not_ours(strangers))
        with self._room.journal.reading() as tx:
            own += [words.book_not_whole(each) for each in books_in(tx) if each.missing or each.late]
        return [DayLine(findings=tuple(own))] if own else []


def _sums(there: Sequence[DayRange]) -> tuple[int, int, int, int]:
    return (
        sum(each.size for each in there),
        sum(each.used for each in there),
        sum(each.void for each in there),
        sum(each.apart for each in there),
    )


def _slips(dossier: Dossier) -> list[Document]:
    return [each for each in dossier.documents if each.kind is DocumentKind.SLIP and each.valid]


def _same(dossier: Dossier, row: Dossier | None) -> bool:
    """Whether a row says the same of a dossier: its code, its acceptance, its state and its papers."""
    return row is not None and _told(row) == _told(dossier)


def _told(dossier: Dossier) -> tuple[object, ...]:
    papers = tuple((each.id, each.head, each.signed_by, each.valid) for each in dossier.documents)
    return dossier.code, dossier.entry_hash, dossier.status, papers


def _files(entry: Entry) -> tuple[str, ...]:
    try:
        return read_body(entry.body or b"{}").files
    except EntryMalformed:
        return ()
