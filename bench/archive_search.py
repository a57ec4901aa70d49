"""`archive.search_p95_100k`, `archive.search_p95_1m`: the register's search while somebody types, and how it grows.

Ours: `FindDossiers` as the window calls it, a page of dossiers read whole. The yardstick: the very statements that it
sends, with the same values, on a bare cursor of sqlcipher3 with the same key, rows fetched and thrown away. For
`archive.growth_search` the yardstick is our own search over 10,000 dossiers.
"""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from statistics import quantiles
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from bench.archives import FIRST, KEY, NOW, SEED, Filled, archive_of
from bench.figure import Figure
from clerk_app.domain.applicant import Person
from clerk_app.domain.finding import plain
from clerk_app.services.find_dossiers import CountDossiers, FindDossiers
from clerk_app.store.archive import Archive

FEW, MANY, MOST = 10_000, 100_000, 1_000_000
ROUNDS, QUESTIONS, PAGE = 15, 80, 50
LIBRARIES = ("sqlcipher3", "SQLAlchemy")


def search_p95_100k() -> Figure:
    """Measure round by round; times by the clock, the count and the depth of the list are printed beside."""
    return _measured(archive_of(MANY))


def search_p95_1m() -> Figure:
    """The same over a million dossiers."""
    return _measured(archive_of(MOST))


def growth_search() -> Figure:
    """The same questions over a million dossiers and over ten thousand, round by round."""
    finds = [FindDossiers(archive_of(count).archive, lambda: NOW) for count in (MOST, FEW)]
    texts = typed_texts(archive_of(FEW).people, random.Random(SEED + 2))  # noqa: S311 - the same questions each time
    costs: list[tuple[float, ...]] = []
    for number in range(ROUNDS + 1):
        asked = [next(texts) for _ in range(QUESTIONS)]
        costs += [tuple(_p95([_cost(find, typed) for typed in asked]) for find in finds)] if number else []
    ours, theirs = zip(*costs, strict=True)
    return Figure("ms CPU", "the same search over 10,000 dossiers", ours, theirs, LIBRARIES)


def _cost(find: FindDossiers, typed: str) -> float:
    begun = time.process_time()
    find(typed, PAGE)
    return (time.process_time() - begun) * 1e3


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


def _measured(filled: Filled) -> Figure:
    archive, people = filled.archive, filled.people
    find = FindDossiers(archive, lambda: NOW)
    chance = random.Random(SEED + 1)  # noqa: S311 - the same questions each time
    texts = typed_texts(people, chance)
    with closing(_bare(archive)) as bare:
        _round(find, bare, [next(texts) for _ in range(QUESTIONS)])  # both sides warm
        rounds = [_round(find, bare, [next(texts) for _ in range(QUESTIONS)]) for _ in range(ROUNDS)]
    ours, theirs, by_the_clock = (tuple(map(_p95, each)) for each in zip(*rounds, strict=True))
    print(f"a search over {filled.count} by the clock, p95: {_p95(by_the_clock):.1f} ms (a frame: 16.7 ms)")
    _print_depth(find, filled.count)
    _print_count(archive)
    yardstick = "the same statements on a bare sqlcipher3 cursor, rows fetched and thrown away"
    return Figure("ms CPU", yardstick, ours, theirs, LIBRARIES)


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


def _print_depth(find: FindDossiers, count: int) -> None:
    """A page at the top and one at the bottom cost the same."""
    costs = []
    for after in ("", f"0199b000-0000-7000-8000-{count // 50:012}"):
        begun = time.process_time()
        for _ in range(10):
            find("", PAGE, after=after)
        costs.append((time.process_time() - begun) * 100)
    print(
        f"a page of {PAGE}: the first {costs[0]:.1f} ms CPU, one {count * 49 // 50} deep {costs[1]:.1f} ms CPU"
    )


def _print_count(archive: Archive) -> None:
    count = CountDossiers(archive, lambda: NOW)
    begun = time.process_time()
    number = count("nguyen")
    print(f"counting {number}: {(time.process_time() - begun) * 1e3:.1f} ms CPU")


def _p95(costs: Sequence[float]) -> float:
    return quantiles(costs, n=20)[-1]
