"""`archive.search_p95_100k`, `archive.search_p95_1m`: the register's search while somebody types, and how it grows.

Ours: the first step of `SeekDossiers` as the window calls it, its dossiers read whole: what stands there within a frame.
The yardstick: the very statements that it sends, with the same values, on a bare cursor of sqlcipher3 with the same key,
rows fetched and thrown away. For `archive.growth_search` the yardstick is our own search over 10,000 dossiers; for
`archive.growth_search_whole` the same, with all steps until the page is full or nothing is left to look through.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from statistics import quantiles
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from bench.archives import FIRST, KEY, NOW, SEED, Filled, archive_of
from bench.figure import Figure
from clerk_app.domain.applicant import Person
from clerk_app.domain.finding import plain
from clerk_app.services.find_dossiers import CountDossiers, SeekDossiers
from clerk_app.store.archive import Archive
from clerk_app.store.search import place_of

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
    """The same questions over a million dossiers and over ten thousand, round by round: the first step of each."""
    return _growth(_cost, "the same search over 10,000 dossiers")


def growth_search_whole() -> Figure:
    """The same with every step until a page is full, or nothing is left to look through."""
    return _growth(_cost_of_all, "the same search over 10,000 dossiers, to its end as well")


def _growth(cost: Callable[[SeekDossiers, str], float], yardstick: str) -> Figure:
    seeks = [SeekDossiers(archive_of(count).archive, lambda: NOW) for count in (MOST, FEW)]
    texts = typed_texts(archive_of(FEW).people, random.Random(SEED + 2))  # noqa: S311 - the same questions each time
    costs: list[tuple[float, ...]] = []
    for number in range(ROUNDS + 1):
        asked = [next(texts) for _ in range(QUESTIONS)]
        costs += [tuple(_p95([cost(seek, typed) for typed in asked]) for seek in seeks)] if number else []
    ours, theirs = zip(*costs, strict=True)
    return Figure("ms CPU", yardstick, ours, theirs, LIBRARIES)


def _cost(seek: SeekDossiers, typed: str) -> float:
    begun = time.process_time()
    seek(typed, PAGE)
    return (time.process_time() - begun) * 1e3


def _cost_of_all(seek: SeekDossiers, typed: str) -> float:
    begun = time.process_time()
    found = seek(typed, PAGE)
    there = len(found.dossiers)
    while found.goes_on and there < PAGE:
        found = seek(typed, PAGE - there, goes_on=found.goes_on)
        there += len(found.dossiers)
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
    seek = SeekDossiers(archive, lambda: NOW, patience=0)  # as many statements each time
    chance = random.Random(SEED + 1)  # noqa: S311 - the same questions each time
    texts = typed_texts(people, chance)
    with closing(_bare(archive)) as bare:
        _round(seek, bare, [next(texts) for _ in range(QUESTIONS)])  # both sides warm
        rounds = [_round(seek, bare, [next(texts) for _ in range(QUESTIONS)]) for _ in range(ROUNDS)]
    ours, theirs, by_the_clock = (tuple(map(_p95, each)) for each in zip(*rounds, strict=True))
    print(f"a search over {filled.count} by the clock, p95: {_p95(by_the_clock):.1f} ms (a frame: 16.7 ms)")
    _print_depth(seek, filled.count)
    _print_whole(seek, texts)
    _print_count(archive)
    yardstick = "the same statements on a bare sqlcipher3 cursor, rows fetched and thrown away"
    return Figure("ms CPU", yardstick, ours, theirs, LIBRARIES)


def _round(
    seek: SeekDossiers, bare: Any, texts: Sequence[str]
) -> tuple[list[float], list[float], list[float]]:
    ours, theirs, clock = [], [], []
    for typed in texts:
        statements = _statements(seek, typed)
        cpu, wall = time.process_time(), time.perf_counter()
        found = seek(typed, PAGE)
        ours.append((time.process_time() - cpu) * 1e3)
        clock.append((time.perf_counter() - wall) * 1e3)
        cpu = time.process_time()
        rows = [bare.execute(each).fetchall() for each in statements]
        theirs.append((time.process_time() - cpu) * 1e3)
        assert sum(len(each) for each in rows) >= len(found.dossiers)
    return ours, theirs, clock


def _statements(seek: SeekDossiers, typed: str) -> list[str]:
    """Return what the first step sends for this text, with its values."""
    sent: list[str] = []
    with seek.archive.reading() as tx:
        connection: Any = tx.connection.driver_connection
    connection.set_trace_callback(sent.append)
    seek(typed, PAGE)
    connection.set_trace_callback(None)
    return [each for each in sent if each.startswith("SELECT")]


def _bare(archive: Archive) -> Any:
    connection = sqlcipher.connect(str(archive.path))
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    return connection


def _print_depth(seek: SeekDossiers, count: int) -> None:
    """A page at the top and one at the bottom cost the same."""
    costs = []
    with seek.archive.reading() as tx:
        deep = place_of(tx, f"0199b000-0000-7000-8000-{count // 50:012}")
    for goes_on in ("", f"{deep} 0 1"):
        begun = time.process_time()
        for _ in range(10):
            seek("", PAGE, goes_on=goes_on)
        costs.append((time.process_time() - begun) * 100)
    print(
        f"a page of {PAGE}: the first {costs[0]:.1f} ms CPU, one {count * 49 // 50} deep {costs[1]:.1f} ms CPU"
    )


def _print_whole(seek: SeekDossiers, texts: Iterator[str]) -> None:
    """What it costs until everything is looked through, or a page is full."""
    costs = [_cost_of_all(seek, next(texts)) for _ in range(5 * QUESTIONS)]
    print(f"to the end of a search: p95 {_p95(costs):.1f} ms CPU, at most {max(costs):.1f}")


def _print_count(archive: Archive) -> None:
    count = CountDossiers(archive, lambda: NOW)
    begun = time.process_time()
    number = count("nguyen")
    print(f"counting {number}: {(time.process_time() - begun) * 1e3:.1f} ms CPU")


def _p95(costs: Sequence[float]) -> float:
    return quantiles(costs, n=20)[-1]
