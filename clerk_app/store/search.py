"""Find dossiers as one types, page by page, newest first; what was typed and what is filtered are one question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Row, select, text

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.finding import begins_in_title, typed_words, words_in_title
from clerk_app.domain.register_filter import RegisterChoices, RegisterFilter, day_begins, day_ends
from clerk_app.store import finds, parts
from clerk_app.store.dossiers import first_place
from clerk_app.store.parts import Part
from clerk_app.store.schema import dossiers, officers, procedures
from clerk_app.store.texts import dossier_of

_BELOW = 1 << 62  # before every place
_PROCEDURES = select(procedures)
_IN_ORDER = text(
    "SELECT place, data FROM dossiers WHERE place >= :first AND place < :before ORDER BY place DESC LIMIT :limit"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A search made ready. `match` is empty where only the time of receipt counts."""

    match: str
    first: int = -_BELOW
    before: int = _BELOW


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a search stands: before which place, at which of its questions, and whether that one had an answer."""

    before: int = _BELOW
    question: int = 0
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one step found; `mark` is None at the end of everything."""

    dossiers: tuple[Dossier, ...]
    mark: Mark | None


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
            found = _rows(tx, question, limit, after)
            if found or (after < _BELOW and _rows(tx, question, 1, _BELOW)):
                return _dossiers(found)
        return ()

    def step(self, tx: Connection, limit: int, mark: Mark, patience: float) -> Step:
        """Look for up to `limit` dossiers from a mark on, in one part of the index, and more while there is `patience`.

        The steps one after another give what `page` gives; `patience` is in seconds.
        """
        end = perf_counter() + patience
        questions = islice(self._questions(tx), mark.question, None)
        question = next(questions, None)
        found: list[Row[Any]] = []
        while question is not None:
            part, older = _newest_part(tx, question, mark.before)
            found += _rows_of(tx, part, question, limit + 1 - len(found), mark.before)
            answered = mark.answered or bool(found)
            if len(found) > limit:
                return Step(_dossiers(found[:limit]), Mark(found[limit - 1].place, mark.question, True))
            if older and part is not None:
                mark = Mark(part.first, mark.question, answered)
            elif answered:
                break
            else:  # only now is the next one put together
                mark, question = Mark(question=mark.question + 1), next(questions, None)
            if perf_counter() > end:
                return Step(_dossiers(found), mark if question is not None else None)
        return Step(_dossiers(found), None)

    def count(self, tx: Connection) -> int:
        """Count everything that fits."""
        return next(filter(None, (_count(tx, each) for each in self._questions(tx))), 0)

    def _questions(self, tx: Connection) -> Iterator[Question]:
        """Yield what is asked, and what is asked if nothing answers to that; nothing when nothing can fit."""
        words = typed_words(self.typed)
        filtered = _filters(tx, self.wanted, self.now)
        if filtered is None or (self.typed.strip() and not words):
            return
        known = tx.execute(_PROCEDURES).all() if words else []
        yield self._question(words, _named(known, words), filtered)
        if words:
            yield self._question(words, _begun(known, words), filtered)

    def _question(self, words: tuple[str, ...], named: list[list[int]], filtered: list[str]) -> Question:
        wanted = self.wanted
        asked = [finds.word(word, numbers) for word, numbers in zip(words, named, strict=True)] + filtered
        first = first_place(day_begins(wanted.received_from)) if wanted.received_from else -_BELOW
        before = first_place(day_ends(wanted.received_to)) if wanted.received_to else _BELOW
        return Question(finds.all_of(asked), first, before)


def place_of(tx: Connection, id: str) -> int | None:
    """Return where a dossier stands, to go on after it."""
    return tx.execute(select(dossiers.c.place).where(dossiers.c.id == id)).scalar()


def choices(tx: Connection) -> RegisterChoices:
    """Return what the dossiers here can be filtered by."""
    titled = tx.execute(select(procedures.c.code, procedures.c.title).order_by(procedures.c.number))
    by_code = {row.code: row.title for row in titled}  # the newest title of each
    names = tx.execute(select(officers.c.name)).scalars()
    return RegisterChoices(tuple(sorted(by_code.items(), key=lambda each: each[1])), tuple(sorted(names)))


def _dossiers(rows: Sequence[Row[Any]]) -> tuple[Dossier, ...]:
    return tuple(dossier_of(row.data) for row in rows)


def _newest_part(tx: Connection, question: Question, before: int) -> tuple[Part | None, bool]:
    """Return the first part that is looked through before a place, and whether older ones are left.

    None where only the time of receipt counts: the dossiers themselves are in its order.
    """
    if not question.match:
        return None, False
    some = parts.between(tx, question.first, min(before, question.before), 2)
    return (some[0], len(some) > 1) if some else (None, False)


def _rows(tx: Connection, question: Question, limit: int, after: int) -> Sequence[Row[Any]]:
    if not question.match:
        return _rows_of(tx, None, question, limit, after)
    found: list[Row[Any]] = []
    for part in parts.between(tx, question.first, min(after, question.before)):
        found += _rows_of(tx, part, question, limit - len(found), after)
        if len(found) == limit:
            break
    return found


def _rows_of(
    tx: Connection, part: Part | None, question: Question, limit: int, after: int
) -> Sequence[Row[Any]]:
    asked: dict[str, object] = {
        "first": question.first,
        "before": min(question.before, after),
        "limit": limit,
    }
    if not question.match:
        return tx.execute(_IN_ORDER, asked).all()
    return (
        [] if part is None else tx.execute(parts.found(part.number), asked | {"match": question.match}).all()
    )


def _count(tx: Connection, question: Question) -> int:
    asked = {
        "match": question.match or finds.everything(),
        "first": question.first,
        "before": question.before,
    }
    some = parts.between(tx, question.first, question.before)
    return sum(int(tx.execute(parts.counted(part.number), asked).scalar_one()) for part in some)


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
