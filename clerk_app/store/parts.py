"""The index by which dossiers are found, in parts: each holds some dossiers of neighbouring times.

What words have in common is looked for through all of a list, however little of it there is; so the lists are kept short,
and a search goes from part to part, the newest first, and can stop in between.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sqlalchemy import Connection, Integer, Select, TextClause, bindparam, func, select, text, update

from clerk_app.store.schema import begin_part, dossiers, finds_of
from clerk_app.store.schema import parts as table

FULL = 1 << 16  # dossiers from which on a new part is begun
_MERGED = 16  # pages of an older part with each dossier
_BEGUN_BEFORE = (
    select(table.c.number, table.c.first)
    .where(table.c.first < bindparam("before"))
    .order_by(table.c.first.desc())
    .limit(bindparam("most", type_=Integer))
)
"""Asked at every key: put together once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the number of its table, the place from which on it holds what was received."""

    number: int
    first: int


def put(tx: Connection, tokens: Mapping[int, str]) -> None:
    """Let dossiers, by place, be found by their tokens. They are neighbours: they come into one part."""
    part = _to_write(tx, tokens)
    _count(tx, part, len(tokens))
    rows = [{"place": place, "tokens": row} for place, row in tokens.items()]
    tx.execute(_put(part), rows)
    _merge_older(tx, _MERGED * len(tokens))


def take_out(tx: Connection, place: int) -> None:
    """Let what stands at a place be found no more."""
    part = _of(tx, place)
    _count(tx, part, -1)
    tx.execute(_take_out(part), {"place": place})


def between(tx: Connection, first: int, before: int, most: int = -1) -> tuple[Part, ...]:
    """Return the parts that may hold something from one place up to another, the newest first; at `most` so many."""
    rows = tx.execute(_BEGUN_BEFORE, {"before": before, "most": most}).all()
    newest = [Part(row.number, row.first) for row in rows]
    return tuple(newest[:1] + [part for later, part in pairwise(newest) if later.first > first])


def numbers(tx: Connection) -> tuple[int, ...]:
    """Return the numbers of all parts."""
    return tuple(tx.execute(select(table.c.number)).scalars())


def merge(tx: Connection, part: int, pages: int) -> bool:
    """Bring together some of what a part has of each word, and throw away what it only marks as deleted.

    A negative number of pages begins it. Returns whether something may be left.
    """
    changes = "SELECT total_changes()"
    before = tx.exec_driver_sql(changes).scalar_one()
    name = finds_of(part)
    tx.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608 - a number of ours
    return bool(tx.exec_driver_sql(changes).scalar_one() - before >= 2)  # one is the command itself


def _merge_older(tx: Connection, pages: int) -> None:
    """Go on merging a part that takes nothing new any more, a little with each act: a word is then looked up once."""
    newest = select(func.max(table.c.first)).scalar_subquery()
    older = select(table.c.number, table.c.merged).where(table.c.merged < 2, table.c.first < newest).limit(1)
    row = tx.execute(older).one_or_none()
    if row is not None:
        left = merge(tx, row.number, pages if row.merged else -pages)
        mine = update(table).where(table.c.number == row.number)
        tx.execute(mine.values(merged=1 if left or not row.merged else 2))


def _to_write(tx: Connection, places: Collection[int]) -> int:
    """Return the part to which these places belong; where nothing else is so new they may begin one."""
    first = min(places)
    row = tx.execute(_at(first)).one()
    if row.dossiers >= FULL:
        as_new = select(dossiers.c.place).where(dossiers.c.place >= first).limit(len(places) + 1)
        others = set(tx.execute(as_new).scalars()).difference(places)
        later = select(table.c.number).where(table.c.first > first).limit(1)
        if not others and tx.execute(later).first() is None:
            return begin_part(tx, first)
    return int(row.number)


def _of(tx: Connection, place: int) -> int:
    return int(tx.execute(_at(place)).one().number)


def _at(place: int) -> Select[tuple[int, int, int]]:
    mine = select(table.c.number, table.c.first, table.c.dossiers).where(table.c.first <= place)
    return mine.order_by(table.c.first.desc()).limit(1)


def _count(tx: Connection, part: int, more: int) -> None:
    tx.execute(update(table).where(table.c.number == part).values(dossiers=table.c.dossiers + more))


@cache
def _put(part: int) -> TextClause:
    return text(f"INSERT INTO {finds_of(part)} (rowid, tokens) VALUES (:place, :tokens)")  # noqa: S608 - as above


@cache
def _take_out(part: int) -> TextClause:
    return text(f"DELETE FROM {finds_of(part)} WHERE rowid = :place")  # noqa: S608 - as above


@cache
def found(part: int) -> TextClause:
    """Return the question for a page of one part: `match`, `first` and `before` (places), `limit`.

    The row id is the place: the newest stream first without being sorted, and a page begins where the last one ended.
    """
    name = finds_of(part)
    return text(
        f"SELECT d.place, d.data FROM {name} CROSS JOIN dossiers AS d ON d.place = {name}.rowid "  # noqa: S608 - as above
        f"WHERE {name} MATCH :match AND {name}.rowid >= :first AND {name}.rowid < :before "
        f"ORDER BY {name}.rowid DESC LIMIT :limit"
    )


@cache
def counted(part: int) -> TextClause:
    """Return the question of how many a part holds: `match`, `first` and `before`."""
    name = finds_of(part)
    return text(
        f"SELECT count(*) FROM {name} WHERE {name} MATCH :match AND rowid >= :first AND rowid < :before"  # noqa: S608 - as above
    )
