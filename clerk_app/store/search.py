"""Find dossiers as one types, page by page, newest first; what was typed and what is filtered are one question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, text

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.finding import begins_in_title, typed_words, words_in_title
from clerk_app.domain.register_filter import RegisterChoices, RegisterFilter, day_begins, day_ends
from clerk_app.store import finds
from clerk_app.store.dossiers import first_place, read
from clerk_app.store.schema import dossiers, officers, procedures

_BELOW = 1 << 62  # before every place
# The row id is the place: the newest stream first without being sorted, and a page begins where the last one ended.
FOUND = text(
    "SELECT d.data FROM finds CROSS JOIN dossiers AS d ON d.place = finds.rowid "
    "WHERE finds MATCH :match AND finds.rowid >= :first AND finds.rowid < :before "
    "ORDER BY finds.rowid DESC LIMIT :limit"
)
_COUNTED = text("SELECT count(*) FROM finds WHERE finds MATCH :match AND rowid >= :first AND rowid < :before")
_IN_ORDER = text(
    "SELECT data FROM dossiers WHERE place >= :first AND place < :before ORDER BY place DESC LIMIT :limit"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A search made ready. `match` is empty where only the time of receipt counts."""

    match: str
    first: int = -_BELOW
    before: int = _BELOW


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed and what is filtered, at a moment.

    A word that no person or number answers to may name a procedure by itself; else it takes two words of its title.
    """

    typed: str
    wanted: RegisterFilter
    now: datetime

    def page(self, tx: Connection, limit: int, after: int = _BELOW) -> tuple[Dossier, ...]:
        """Return up to `limit` dossiers, the newest first, that were received before the one at place `after`."""
        for question in self._questions(tx):
            found = tuple(map(read, _rows(tx, question, limit, after)))
            if found or (after < _BELOW and _rows(tx, question, 1)):
                return found
        return ()

    def count(self, tx: Connection) -> int:
        """Count everything that fits."""
        return next(filter(None, (_count(tx, each) for each in self._questions(tx))), 0)

    def _questions(self, tx: Connection) -> Iterator[Question]:
        """Yield what is asked, and what is asked if nothing answers to that; nothing when nothing can fit."""
        words = typed_words(self.typed)
        filtered = _filters(tx, self.wanted, self.now)
        if filtered is None or (self.typed.strip() and not words):
            return
        known = tx.execute(select(procedures)).all() if words else []
        yield self._question(words, _named(known, words), filtered)
        if words:
            yield self._question(words, _begun(known, words), filtered)

    def _question(self, words: tuple[str, ...], named: list[list[int]], filtered: list[str]) -> Question:
        wanted = self.wanted
        typed = [finds.word(word, numbers) for word, numbers in zip(words, named, strict=True)]
        first = first_place(day_begins(wanted.received_from)) if wanted.received_from else -_BELOW
        before = first_place(day_ends(wanted.received_to)) if wanted.received_to else _BELOW
        return Question(finds.all_of([*typed, *filtered]), first, before)


def place_of(tx: Connection, id: str) -> int | None:
    """Return where a dossier stands, to go on after it."""
    return tx.execute(select(dossiers.c.place).where(dossiers.c.id == id)).scalar()


def choices(tx: Connection) -> RegisterChoices:
    """Return what the dossiers here can be filtered by."""
    titled = tx.execute(select(procedures.c.code, procedures.c.title).order_by(procedures.c.number))
    by_code = {row.code: row.title for row in titled}  # the newest title of each
    names = tx.execute(select(officers.c.name)).scalars()
    return RegisterChoices(tuple(sorted(by_code.items(), key=lambda each: each[1])), tuple(sorted(names)))


def _rows(tx: Connection, question: Question, limit: int, after: int = _BELOW) -> Sequence[str]:
    asked: dict[str, object] = {
        "first": question.first,
        "before": min(question.before, after),
        "limit": limit,
    }
    sql = FOUND if question.match else _IN_ORDER
    if question.match:
        asked["match"] = question.match
    return tx.execute(sql, asked).scalars().all()


def _count(tx: Connection, question: Question) -> int:
    match = question.match or finds.everything()
    asked = {"match": match, "first": question.first, "before": question.before}
    return int(tx.execute(_COUNTED, asked).scalar_one())


def _filters(tx: Connection, wanted: RegisterFilter, now: datetime) -> list[str] | None:
    """Return what the filter asks for; None when it names what no dossier here has."""
    asked = finds.filters(wanted, now)
    if wanted.procedure:
        mine = select(procedures.c.number).where(procedures.c.code == wanted.procedure)
        numbers = tx.execute(mine).scalars().all()
        if not numbers:
            return None
        asked.append(finds.procedures(numbers))
    if wanted.officer:
        number = tx.execute(select(officers.c.number).where(officers.c.name == wanted.officer)).scalar()
        if number is None:
            return None
        asked.append(finds.officer(number))
    return asked


def _named(known: Sequence[Row[Any]], words: tuple[str, ...]) -> list[list[int]]:
    """Return for each word the procedures that it names together with a neighbour."""
    found: list[list[int]] = [[] for _ in words]
    for row in known:
        for place in words_in_title(words, row.title, row.code):
            found[place].append(row.number)
    return found


def _begun(known: Sequence[Row[Any]], words: tuple[str, ...]) -> list[list[int]]:
    """Return for each word the procedures that it alone names."""
    return [[row.number for row in known if begins_in_title(word, row.title, row.code)] for word in words]
