"""The parts of a round that trust nobody: leases, documents, authors, files; and when to try again."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest

from sync import authors, documents, keys
from sync.authors import Authors
from sync.clock import rfc3339
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import (
    Answer,
    AuthorKey,
    Carried,
    CentralTime,
    FeedItem,
    Head,
    Lease,
    LeaseRequest,
    News,
    Offered,
    Page,
    Published,
    Signed,
    Verdict,
)
from sync.contract.wire import author_as_json, head_as_json, lease_as_json
from sync.engine import NumbersAhead, Parts, exchange
from sync.entry import Entry, Signer, read_header
from sync.errors import (
    CentralBusy,
    CentralFailed,
    ContractBroken,
    DiskFailed,
    EntryForged,
    FileMissing,
    FileNotTaken,
    Offline,
    StatementForged,
    VersionWentBack,
)
from sync.files import FileStore
from sync.journal import Journal, alarms, entries, feed, meta, numbers, open_journal, references, traffic
from sync.leases import Leases, Want
from sync.pull import pull
from sync.push import carried
from sync.transfer import Quota, Transferred, transferring
from tests.sync.central.chain_writer import ChainWriter
from tests.sync.central.unwatched import Unwatched

KEY = keys.generate("central")
DAY = date(2026, 11, 20)
WANTS = [Want("dossier", 10)]


class FakeCentral:
    """Says what it is told to say; changes what it signs when asked to."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.signer = KEY
        self.asked: list[LeaseRequest] = []
        self.shift = 0  # of the range's end
        self.refuses: int | None = None
        self.online = True
        self.published: dict[str, Published] = {}
        self.authors_known: list[AuthorKey] = []
        self.put: list[str] = []
        self.file_bytes = 0
        self.refused_files: set[str] = set()
        self.failing_files: set[str] = set()
        self.asks_to_wait = 0.0  # seconds
        self.epoch = "one"
        self.clock: datetime | None = None  # None: it goes right
        self.pages: list[Page] = []
        self.enrolled_meanwhile: list[AuthorKey] = []  # known from the moment that the feed is asked

    def time(self) -> CentralTime:
        return CentralTime(rfc3339(self.clock or datetime.now(UTC)), self.epoch)

    def news(self) -> News:
        told = self.time()
        documents = {name: document.etag for name, document in self.published.items()}
        return News(told.server_time, told.epoch, "unknown", 0, "", documents)

    def offer(self, entries: Sequence[Carried], epoch: str | None = None) -> Offered:
        if not self.online:
            raise Offline
        answers = tuple(
            Answer("", hashlib.sha256(entry.header).hexdigest(), Verdict.ACCEPTED) for entry in entries
        )
        return Offered(answers, tuple(map(self.head, entries)), "")

    def head(self, last: Carried) -> Signed:
        fields, _ = read_header(last.header)
        digest = hashlib.sha256(last.header).hexdigest()
        head = Head(fields.chain, fields.seq, digest, rfc3339(datetime.now(UTC)), self.epoch)
        return seals.seal(as_json(head_as_json(head)), seals.HEAD, self.signer)

    def feed(self, since: str) -> Page:
        self.authors_known += self.enrolled_meanwhile
        if self.pages:
            return self.pages.pop(0)
        return Page((), "one.0", False, self.epoch, 0, rfc3339(datetime.now(UTC)))

    def lease(self, request: LeaseRequest) -> Signed:
        self.asked.append(request)
        if not self.online:
            raise Offline
        if self.refuses is not None:
            raise CentralFailed(status=self.refuses)
        told = (request.request_id, request.chain, request.series, request.day)
        lease = Lease(*told, first=1, last=request.count + self.shift, granted_at=rfc3339(datetime.now(UTC)))
        return seals.seal(as_json(lease_as_json(lease)), seals.LEASE, self.signer)

    def show_leases(self, held: Sequence[Signed], epoch: str, *, more: bool = False) -> int:
        return 0

    def authors(self, etag: str) -> tuple[Signed, str] | None:
        told = {
            "v": 1,
            "unit": self.unit,
            "issued_at": "",
            "authors": list(map(author_as_json, self.authors_known)),
        }
        return seals.seal(as_json(told), seals.AUTHORS, self.signer), '"1"'

    def have(self, sha256s: Sequence[str]) -> tuple[str, ...]:
        return tuple(sha256s)

    def put_file(self, sha256: str, data: bytes) -> None:
        if sha256 in self.failing_files:
            raise CentralBusy(status=500, retry_after=self.asks_to_wait)
        if sha256 in self.refused_files:
            raise CentralFailed(status=422)
        self.put.append(sha256)
        self.file_bytes += len(data)

    def document(self, name: str, etag: str) -> Published | None:
        return self.published.get(name)

    def publish(self, name: str, version: int, content: bytes) -> None:
        said = {"v": 1, "name": name, "version": version, "issued_at": "", "sha256": _sha256(content)}
        signed = seals.seal(json.dumps(said).encode(), seals.PUBLISHED, self.signer)
        self.published[name] = Published(name, version, "", content, signed, f'"{version}"')

    def another(self) -> "FakeCentral":
        return self

    def close(self) -> None:
        """Nothing is open."""


def transfer(journal: Journal, files: FileStore, central: FakeCentral) -> Transferred:
    with transferring(journal, files, central) as under_way:
        return under_way.wait(Unwatched())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    device: Signer = keys.generate("device:quay-1")
    with open_journal(tmp_path / "counter", bytes(32), str(uuid.uuid4()), device) as journal:
        yield journal


@pytest.fixture
def central(journal: Journal) -> FakeCentral:
    return FakeCentral(journal.unit)


@pytest.fixture
def leases(journal: Journal, central: FakeCentral) -> Leases:
    return Leases(journal, central, KEY.public_bytes)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", bytes(32))


def left(journal: Journal) -> int:
    with journal.reading() as tx:
        return numbers.left(tx, "dossier", DAY, journal.chain)


def test_enough_numbers_are_not_asked_for_again(
    journal: Journal, central: FakeCentral, leases: Leases
) -> None:
    assert leases.ensure(WANTS, [DAY, date(2026, 11, 21)]).ranges == 2
    assert leases.ensure(WANTS, [DAY, date(2026, 11, 21)]).ranges == 0

    assert left(journal) == 10
    assert len(central.asked) == 2


def test_a_request_is_kept_before_it_is_asked(journal: Journal, central: FakeCentral, leases: Leases) -> None:
    central.online = False
    with pytest.raises(Offline):
        leases.ensure(WANTS, [DAY])
    central.online = True
    leases.ensure(WANTS, [DAY])

    first, second = central.asked
    assert first == second
    assert left(journal) == 10


@pytest.mark.parametrize("lie", ["key", "range"])
def test_a_range_that_central_did_not_sign_is_not_used(
    journal: Journal, central: FakeCentral, leases: Leases, lie: str
) -> None:
    central.signer = keys.generate("central") if lie == "key" else KEY
    central.shift = 1 if lie == "range" else 0

    granted = leases.ensure(WANTS, [DAY])

    assert [type(problem).__name__ for problem in granted.problems] == ["LeaseForged"]
    assert left(journal) == 0


def test_a_refused_request_is_given_up(central: FakeCentral, leases: Leases) -> None:
    central.refuses = 409
    assert len(leases.ensure(WANTS, [DAY]).problems) == 1
    central.refuses = None
    assert leases.ensure(WANTS, [DAY]).ranges == 1

    first, second = central.asked
    assert first.request_id != second.request_id


def test_a_request_for_a_past_day_is_given_up(central: FakeCentral, leases: Leases) -> None:
    central.online = False
    with pytest.raises(Offline):
        leases.ensure(WANTS, [DAY])
    central.online = True

    leases.ensure(WANTS, [date(2026, 11, 21)])

    assert [request.day for request in central.asked] == ["2026-11-20", "2026-11-21"]


def test_a_published_document_is_kept_once(journal: Journal, central: FakeCentral, files: FileStore) -> None:
    central.publish("catalogue", 1, b"one")

    assert documents.refresh(journal, files, central, KEY.public_bytes, "catalogue")
    assert not documents.refresh(journal, files, central, KEY.public_bytes, "catalogue")
    assert files.get(_sha256(b"one")) == b"one"


def test_a_document_never_goes_back(journal: Journal, central: FakeCentral, files: FileStore) -> None:
    central.publish("catalogue", 2, b"two")
    documents.refresh(journal, files, central, KEY.public_bytes, "catalogue")
    central.publish("catalogue", 1, b"one")

    with pytest.raises(VersionWentBack):
        documents.refresh(journal, files, central, KEY.public_bytes, "catalogue")


def test_a_document_under_another_key_name_or_content_is_refused(
    journal: Journal, central: FakeCentral, files: FileStore
) -> None:
    central.publish("calendar", 1, b"one")
    honest = central.published["calendar"]
    lies = {
        "content": replace(honest, content=b"two"),
        "key": replace(honest, signed=Signed(honest.signed.data, bytes(64))),
    }
    for lie in lies.values():
        central.published["calendar"] = lie
        with pytest.raises(StatementForged):
            documents.refresh(journal, files, central, KEY.public_bytes, "calendar")
    central.published["catalogue"] = honest
    with pytest.raises(StatementForged):
        documents.refresh(journal, files, central, KEY.public_bytes, "catalogue")


def test_authors_are_kept_for_hours_without_a_network(journal: Journal, central: FakeCentral) -> None:
    pen = ChainWriter()
    central.authors_known = [AuthorKey("officer:an", pen.signer.public_bytes, ("officer",), "", "", None)]
    authors.refresh(journal, central, KEY.public_bytes)

    known = authors.known(journal)

    known.check(pen.write(journal.unit, "noted"))
    assert known.keys_of("officer:an") == (pen.signer.public_bytes,)
    assert known.keys_of("officer:binh") == ()
    with pytest.raises(EntryForged):
        known.check(ChainWriter().write(journal.unit, "noted"))


def test_an_older_key_of_an_author_still_counts(journal: Journal, central: FakeCentral) -> None:
    old, new = ChainWriter(), ChainWriter()
    central.authors_known = [
        AuthorKey("officer:an", pen.signer.public_bytes, ("officer",), since, "", None)
        for pen, since in ((old, "2025"), (new, "2026"))
    ]

    known = authors.refresh(journal, central, KEY.public_bytes)

    known.check(old.write(journal.unit, "noted"))
    assert set(known.keys_of("officer:an")) == {old.signer.public_bytes, new.signer.public_bytes}


def test_a_device_is_called_by_its_name_and_two_of_one_name_are_told_apart(
    journal: Journal, central: FakeCentral
) -> None:
    def device(id_: str, name: str, revoked: str | None = None) -> AuthorKey:
        return AuthorKey(f"device:{id_}", bytes(32), ("device",), "", "", revoked, name)

    central.authors_known = [
        device("quay-05", "Quầy 5"),
        device("quay-06", "Hộ tịch"),
        device("may-moi", "Hộ tịch"),
        device("may-cu", "Quầy 5", revoked="2026"),
        device("quay-07", ""),
    ]

    known = authors.refresh(journal, central, KEY.public_bytes)

    names = [
        known.called(f"device:{each}") for each in ("quay-05", "quay-06", "may-cu", "quay-07", "quay-08")
    ]
    assert names == ["Quầy 5", "Hộ tịch (quay-06)", "Quầy 5 (may-cu)", "quay-07", "quay-08"]


@pytest.mark.parametrize("lie", ["key", "unit"])
def test_authors_that_central_did_not_certify_for_us_are_refused(
    journal: Journal, central: FakeCentral, lie: str
) -> None:
    central.signer = keys.generate("central") if lie == "key" else KEY
    central.unit = "another" if lie == "unit" else central.unit

    with pytest.raises(StatementForged):
        authors.refresh(journal, central, KEY.public_bytes)


def test_an_author_enrolled_in_the_middle_of_a_round_is_believed(
    journal: Journal, central: FakeCentral, files: FileStore
) -> None:
    pen = ChainWriter()
    entry = pen.write(str(uuid.uuid4()), "noted")
    central.pages = [page_of(entry)]
    central.enrolled_meanwhile = [author(pen)]

    done = exchange(Parts(journal, files, central, KEY.public_bytes), NumbersAhead(), Unwatched())

    assert (done.received, done.problems) == (1, ())
    with journal.reading() as tx:
        assert [each.id for each in entries.of_subject(tx, entry.subject)] == [entry.id]
        assert alarms.every(tx) == []


def test_no_page_is_judged_by_a_list_of_authors_that_is_not_central_s(
    journal: Journal, central: FakeCentral, files: FileStore
) -> None:
    pen = ChainWriter()
    entry = pen.write(str(uuid.uuid4()), "noted")
    parts = Parts(journal, files, central, KEY.public_bytes)
    central.authors_known = [author(pen)]

    central.pages, central.signer = [page_of(entry)], keys.generate("central")
    done = exchange(parts, NumbersAhead(), Unwatched())
    assert StatementForged in {type(problem) for problem in done.problems}
    with journal.reading() as tx:
        assert (feed.cursor(tx), alarms.every(tx)) == ("0", [])
    central.pages, central.signer = [page_of(entry)], KEY
    assert exchange(parts, NumbersAhead(), Unwatched()).received == 1


def test_a_feed_that_never_ends_is_left(journal: Journal, central: FakeCentral) -> None:
    central.pages = [replace(page_of(), next=f"one.{n}", more=True) for n in range(1000)]

    with pytest.raises(ContractBroken):
        pull(journal, central, lambda: Authors().check, Unwatched())

    assert len(central.pages) == 999


def author(pen: ChainWriter) -> AuthorKey:
    return AuthorKey(pen.signer.author, pen.signer.public_bytes, ("officer",), "", "", None)


def page_of(*entries: Entry) -> Page:
    items = tuple(
        FeedItem(place, Answer(entry.id, entry.hash, Verdict.ACCEPTED), carried(entry))
        for place, entry in enumerate(entries, 1)
    )
    return Page(items, f"one.{len(items)}", False, "one", 0, "")


def test_one_bad_file_does_not_hold_the_others_back(
    journal: Journal, central: FakeCentral, files: FileStore
) -> None:
    good, refused = files.put(b"good"), files.put(b"refused")
    lost = _sha256(b"lost")
    central.refused_files = {refused}
    with journal.writing() as tx:
        for sha256 in (good, refused, lost):
            references.add(tx, sha256, "document", 4)

    done = transfer(journal, files, central)

    assert (done.sent, central.put) == (1, [good])
    assert {type(problem) for problem in done.problems} == {CentralFailed, FileMissing}
    with journal.reading() as tx:
        assert set(references.not_uploaded(tx)) == {refused, lost}


def test_a_file_that_the_disk_does_not_give_holds_no_other_back(
    journal: Journal, central: FakeCentral, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = files.put(b"good"), files.put(b"bad")
    get = FileStore.get

    def bad_sector(store: FileStore, sha256: str) -> bytes:
        if sha256 == bad:
            raise DiskFailed(code=5)
        return get(store, sha256)

    monkeypatch.setattr(FileStore, "get", bad_sector)
    with journal.writing() as tx:
        for sha256 in (good, bad):
            references.add(tx, sha256, "document", 4)

    done = transfer(journal, files, central)

    assert (done.sent, central.put) == (1, [good])
    assert [type(problem) for problem in done.problems] == [DiskFailed]


def _referred(journal: Journal, files: FileStore, names: Sequence[str], owner: str) -> list[str]:
    """Put files into the store that one subject refers to, in the order in which they are sent."""
    sha256s = [files.put(f"{owner} {name}".encode()) for name in names]
    with journal.writing() as tx:
        for size, sha256 in enumerate(sha256s, 1):
            references.add(tx, sha256, owner, size)
    return sha256s


def test_a_small_scan_goes_before_a_large_one_though_its_entry_does_not_say_how_large_it_is(
    journal: Journal, central: FakeCentral, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.transfer.AT_ONCE", 1)  # the first connection begins with the small ones
    by_size = [files.put(bytes(size)) for size in (10, 200, 3_000, 40_000, 500_000)]
    with journal.writing() as tx:
        for sha256 in by_size:
            references.add(tx, sha256, "document")

    transfer(journal, files, central)

    assert central.put == by_size


def test_a_file_at_which_central_fails_holds_back_only_those_of_its_own_subject(
    journal: Journal, central: FakeCentral, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.transfer.AT_ONCE", 1)  # so that the order is certain
    stuck = _referred(journal, files, ["first", "second", "third"], "stuck")
    free = _referred(journal, files, ["first", "second", "third"], "free")
    central.failing_files = {stuck[0]}

    done = transfer(journal, files, central)

    assert sorted(central.put) == sorted(free)
    assert (done.sent, [type(problem) for problem in done.problems]) == (3, [FileNotTaken])
    with journal.reading() as tx:
        assert set(references.not_uploaded(tx)) == set(stuck)
    central.failing_files = set()
    assert transfer(journal, files, central).sent == 3


def test_a_central_that_fails_at_every_file_is_not_asked_on_and_on(
    journal: Journal, central: FakeCentral, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.transfer.AT_ONCE", 1)
    for number in range(20):
        central.failing_files |= set(_referred(journal, files, ["one"], f"subject {number}"))

    done = transfer(journal, files, central)

    assert (done.sent, len(done.problems)) == (0, 8)


def test_a_central_that_asks_to_wait_ends_the_round_at_the_first_file(
    journal: Journal, central: FakeCentral, files: FileStore
) -> None:
    [busy] = _referred(journal, files, ["one"], "subject")
    central.failing_files, central.asks_to_wait = {busy}, 30.0

    with pytest.raises(CentralBusy):
        transfer(journal, files, central)


def test_numbers_do_not_wait_for_the_files_of_an_outage(
    journal: Journal, central: FakeCentral, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    [scan] = _referred(journal, files, ["large"], "subject")
    given = Event()
    lease, put_file = FakeCentral.lease, FakeCentral.put_file

    def telling(central: FakeCentral, request: LeaseRequest) -> Signed:
        given.set()
        return lease(central, request)

    def slow(central: FakeCentral, sha256: str, data: bytes) -> None:
        assert given.wait(30), "the file went first"
        put_file(central, sha256, data)

    monkeypatch.setattr(FakeCentral, "lease", telling)
    monkeypatch.setattr(FakeCentral, "put_file", slow)

    done = exchange(Parts(journal, files, central, KEY.public_bytes), NumbersAhead(WANTS, [DAY]), Unwatched())

    assert (done.leases, done.files_sent, central.put) == (1, 1, [scan])


def test_a_round_that_breaks_off_notes_which_files_had_arrived(
    journal: Journal, central: FakeCentral, files: FileStore
) -> None:
    _referred(journal, files, ["one", "two"], "subject")

    with pytest.raises(Offline), transferring(journal, files, central):
        raise Offline

    with journal.reading() as tx:
        assert {*central.put} == references.uploaded_ones(tx)


def test_a_day_s_limit_lets_files_wait_and_counts_what_went(
    journal: Journal, central: FakeCentral, files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.transfer.AT_ONCE", 1)
    with journal.writing() as tx:
        for size in (100, 300, 500):
            references.add(tx, files.put(bytes(size)), "subject", size)

    def sent_on(day: str, quota: Quota) -> tuple[int, int]:
        with transferring(journal, files, central, quota=quota) as under_way:
            under_way.wait(Unwatched())
        with journal.reading() as tx:
            return len(references.not_uploaded(tx)), traffic.sent_on(tx, day)

    assert sent_on("2026-11-20", Quota("2026-11-20", a_day=450)) == (1, 400)
    assert sent_on("2026-11-20", Quota("2026-11-20", a_day=450)) == (1, 400)
    assert sent_on("2026-11-21", Quota("2026-11-21", largest=499)) == (1, 0)
    assert sent_on("2026-11-21", Quota("2026-11-21", a_day=500, largest=500)) == (0, 500)
    with journal.reading() as tx:
        assert traffic.sent_on(tx, "2026-11-20") == 400


def test_two_months_of_days_are_kept(journal: Journal) -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 29)]
    with journal.writing() as tx:
        for day in days:
            traffic.note(tx, day, 7)
        assert [traffic.sent_on(tx, day) for day in (days[0], days[-62], days[-1])] == [0, 7, 7]


def test_a_round_without_central_is_offline(journal: Journal, central: FakeCentral, files: FileStore) -> None:
    central.online = False
    with pytest.raises(Offline):
        exchange(Parts(journal, files, central, KEY.public_bytes), NumbersAhead(), Unwatched())


@pytest.mark.parametrize("year", [1, 1970, 2019, 2201, 9999])
def test_a_clock_beyond_sanity_is_not_believed_and_the_round_goes_on(
    journal: Journal, central: FakeCentral, files: FileStore, year: int
) -> None:
    central.clock = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)

    done = exchange(Parts(journal, files, central, KEY.public_bytes), NumbersAhead(WANTS, [DAY]), Unwatched())

    assert [type(problem).__name__ for problem in done.problems] == ["TimeNotBelieved"]
    assert (done.sent, done.leases) == (1, 1)
    with journal.reading() as tx:
        assert meta.server_time(tx) is None


def test_a_clock_of_any_sane_year_is_followed(journal: Journal) -> None:
    for year in (2020, 2200):
        journal.note_server_time(datetime(year, 1, 1, tzinfo=UTC))
        with journal.reading() as tx:
            noted = meta.server_time(tx)
        assert noted is not None
        assert noted.time.year == year
