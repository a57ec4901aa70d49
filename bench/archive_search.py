"""`archive.search_p95_100k`: the register's search over 100,000 dossiers, while somebody types.

Ours: `FindDossiers` as the window calls it, a page of dossiers read whole. The yardstick: the very statements that it
sends, with the same values, on a bare cursor of sqlcipher3 with the same key, rows fetched and thrown away.

The archive is filled in bulk, through its own tables and by its own functions, without a journal: a counter fills it
one act at a time, over years.
"""

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, insert, text

from bench.figure import Figure
from bench.vietnamese_names import a_name
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Dossier, ReturnChannel, SendState, Status
from clerk_app.domain.finding import plain
from clerk_app.services.find_dossiers import CountDossiers, FindDossiers
from clerk_app.store import dossiers, finds, schema
from clerk_app.store.archive import Archive, open_archive

DOSSIERS, BATCH = 100_000, 5_000
ROUNDS, QUESTIONS, PAGE = 15, 80, 50
SEED = 20261123
KEY = bytes(range(32))
FIRST = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PROCEDURES = (
    ("2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", 40),
    ("1.001193", "Đăng ký khai sinh", 15),
    ("2.000635", "Cấp bản sao trích lục hộ tịch", 15),
    ("1.004222", "Đăng ký thường trú", 12),
    ("1.004194", "Đăng ký tạm trú", 8),
    ("1.000894", "Đăng ký kết hôn", 6),
    ("1.001612", "Đăng ký thành lập hộ kinh doanh", 4),
)
OFFICERS = ("Nguyễn Thị Hạnh", "Lê Văn Sơn", "Phạm Thu Trang")
_FIND = text("INSERT INTO finds (rowid, tokens) VALUES (:place, :tokens)")


def search_p95_100k() -> Figure:
    """Measure round by round; times by the clock, the count and the depth of the list are printed beside."""
    with tempfile.TemporaryDirectory() as name, open_archive(Path(name), KEY) as archive:
        begun = time.perf_counter()
        people = fill(archive, DOSSIERS)
        size = archive.path.stat().st_size / 2**20
        print(f"archive of {DOSSIERS}: {time.perf_counter() - begun:.0f} s in bulk, {size:.0f} MiB")
        return _measured(archive, people)


def fill(archive: Archive, count: int) -> list[Person]:
    """Put `count` dossiers of the last two years into an empty archive; return some of their people."""
    chance = random.Random(SEED)  # noqa: S311 - the same archive each time, no secret
    people: list[Person] = []
    for first in range(0, count, BATCH):
        some = [a_dossier(number, count, chance) for number in range(first, min(first + BATCH, count))]
        people += (each.applicant.owner for each in some[::50])
        with archive.writing() as tx:
            _put(tx, some)
    return people


def a_dossier(number: int, count: int, chance: random.Random) -> Dossier:
    """Make the `number`-th of `count` dossiers."""
    received = FIRST + (NOW - FIRST) * number / count
    code, title = chance.choices([each[:2] for each in PROCEDURES], [each[2] for each in PROCEDURES])[0]
    owner = Person(
        name=a_name(chance),
        id_number=f"0{chance.randrange(10**11):011}",
        phone=f"09{chance.randrange(10**8):08}",
    )
    helper = Person(name=a_name(chance), phone=f"03{chance.randrange(10**8):08}")
    return Dossier(
        id=f"0199b000-0000-7000-8000-{number:012}",
        code=f"H26.99.01-{received:%y%m%d}-{number % 400 + 1:04}",
        provisional=False,
        procedure=code,
        procedure_version="2026-07-01",
        procedure_title=title,
        applicant=Applicant(owner, helper if chance.random() < 0.1 else None),
        papers=(),
        sets=1,
        return_channel=ReturnChannel(),
        received_at=received,
        due_at=received + timedelta(days=chance.choice((0, 1, 5, 7))),
        received_by=chance.choice(OFFICERS),
        status=Status.RECEIVED if number > count - 30 else Status.SLIP_ISSUED,
        entry_hash=f"{number:064x}",
        sending=SendState.WAITING if number > count - 100 else SendState.SENT,
    )


def _put(tx: Connection, some: Sequence[Dossier]) -> None:
    rows = []
    for dossier in some:
        place = dossiers.first_place(dossier.received_at) + len(rows) + 1
        rows.append(
            (dossiers.row_of(dossier, place, words := finds.tokens(dossier, _labels(dossier))), words)
        )
    tx.execute(insert(schema.dossiers), [row for row, _ in rows])
    tx.execute(_FIND, [{"place": row["place"], "tokens": words} for row, words in rows])
    for number, (code, title, _) in enumerate(PROCEDURES, 1):
        tx.execute(
            insert(schema.procedures).prefix_with("OR IGNORE").values(number=number, code=code, title=title)
        )
    for number, name in enumerate(OFFICERS, 1):
        tx.execute(insert(schema.officers).prefix_with("OR IGNORE").values(number=number, name=name))


def _labels(dossier: Dossier) -> finds.Labels:
    codes = [code for code, _, _ in PROCEDURES]
    return finds.Labels(codes.index(dossier.procedure) + 1, OFFICERS.index(dossier.received_by) + 1)


def typed_texts(people: Sequence[Person], chance: random.Random) -> Iterator[str]:
    """Yield what stands in the search field, key by key, while names, codes and numbers are typed."""
    while True:
        person = chance.choice(people)
        day = FIRST + timedelta(days=chance.randrange(690))
        whole = chance.choice(
            (
                plain_words(person.name),
                plain_words(person.name),
                plain_words(person.name) + " khai sinh",
                f"{day:%y%m%d}-{chance.randrange(400):04}",
                f"{chance.randrange(400):04}",
                person.id_number,
                person.id_number[-4:],
                person.phone,
            )
        )
        yield whole[: chance.randint(1, len(whole))]


def plain_words(name: str) -> str:
    """Return a name as it is typed in a hurry."""
    return " ".join(plain(word) for word in name.split())


def _measured(archive: Archive, people: Sequence[Person]) -> Figure:
    find = FindDossiers(archive, lambda: NOW)
    chance = random.Random(SEED + 1)  # noqa: S311 - the same questions each time
    texts = typed_texts(people, chance)
    with closing(_bare(archive)) as bare:
        _round(find, bare, [next(texts) for _ in range(QUESTIONS)])  # both sides warm
        rounds = [_round(find, bare, [next(texts) for _ in range(QUESTIONS)]) for _ in range(ROUNDS)]
    ours, theirs, by_the_clock = (tuple(map(_p95, each)) for each in zip(*rounds, strict=True))
    print(f"archive.search_p95_100k by the clock: {_p95(by_the_clock):.1f} ms")
    _print_depth(find)
    _print_count(archive)
    yardstick = "the same statements on a bare sqlcipher3 cursor, rows fetched and thrown away"
    return Figure("ms CPU", yardstick, ours, theirs, ("sqlcipher3", "SQLAlchemy"))


def _round(
    find: FindDossiers, bare: Any, texts: Sequence[str]
) -> tuple[list[float], list[float], list[float]]:
    ours, theirs, clock = [], [], []
    for typed in texts:
        statements = _statements(find, typed)
        cpu, wall = time.process_time(), time.perf_counter()
        found = find(typed, PAGE)
        ours.append((time.process_time() - cpu) * 1e3)
        clock.append((time.perf_counter() - wall) * 1e3)
        cpu = time.process_time()
        rows = [bare.execute(each).fetchall() for each in statements]
        theirs.append((time.process_time() - cpu) * 1e3)
        assert len(rows[-1]) == len(found)
    return ours, theirs, clock


def _statements(find: FindDossiers, typed: str) -> list[str]:
    """Return what `find` sends for this text, with its values."""
    sent: list[str] = []
    with find.archive.reading() as tx:
        connection: Any = tx.connection.driver_connection
    connection.set_trace_callback(sent.append)
    find(typed, PAGE)
    connection.set_trace_callback(None)
    return [each for each in sent if each.startswith("SELECT")]


def _bare(archive: Archive) -> Any:
    connection = sqlcipher.connect(str(archive.path))
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    return connection


def _print_depth(find: FindDossiers) -> None:
    """A page at the top and one at the bottom cost the same."""
    costs = []
    for after in ("", f"0199b000-0000-7000-8000-{DOSSIERS // 50:012}"):
        begun = time.process_time()
        for _ in range(10):
            find("", PAGE, after=after)
        costs.append((time.process_time() - begun) * 100)
    print(f"a page of {PAGE}: the first {costs[0]:.1f} ms CPU, one 98,000 deep {costs[1]:.1f} ms CPU")


def _print_count(archive: Archive) -> None:
    count = CountDossiers(archive, lambda: NOW)
    begun = time.process_time()
    number = count("nguyen")
    print(f"counting {number}: {(time.process_time() - begun) * 1e3:.1f} ms CPU")


def _p95(costs: Sequence[float]) -> float:
    return quantiles(costs, n=20)[-1]
