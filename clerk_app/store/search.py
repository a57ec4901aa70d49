"""Find dossiers as one types, page by page, newest first; what was typed and what is filtered are one question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Row, select, text

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.finding import begins_in_title, typed_words, words_in_title
from clerk_app.domain.register_filter import RegisterChoices, RegisterFilter, day_begins, day_ends
from clerk_app.store import finds
from clerk_app.store.dossiers import first_place, read, week_begins, week_of
from clerk_app.store.schema import dossiers, officers, procedures, weeks

LOOKED_THROUGH = 1 << 15  # dossiers at most, from which words are looked for at once
_WEEKS = 60  # in one question at most
_BELOW = 1 << 62  # before every place
# The row id is the place: the newest stream first without being sorted, and a page begins where the last one ended.
FOUND = text(
    "SELECT d.place, d.data FROM finds CROSS JOIN dossiers AS d ON d.place = finds.rowid "
    "WHERE finds MATCH :match AND finds.rowid >= :first AND finds.rowid < :before "
    "ORDER BY finds.rowid DESC LIMIT :limit"
)
_COUNTED = text("SELECT count(*) FROM finds WHERE finds MATCH :match AND rowid >= :first AND rowid < :before")
_IN_ORDER = text(
    "SELECT place, data FROM dossiers WHERE place >= :first AND place < :before ORDER BY place DESC LIMIT :limit"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A search made ready. `match` is empty where only the time of receipt counts."""

    match: str
    first: int = -_BELOW
    before: int = _BELOW
    parts: int = 0  # how many expressions have to hold; one alone is answered from the top of its list


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
            if found or (after < _BELOW and _rows(tx, question, 1)):
                return _dossiers(found)
        return ()

    def step(self, tx: Connection, limit: int, mark: Mark, patience: float) -> Step:
        """Look for up to `limit` dossiers from a mark on, through some weeks, and more while there is `patience` (seconds).

        The steps one after another give what `page` gives. Words that are each in many dossiers and together in
        few are looked for through all that were ever received; a step ends before that.
        """
        end = perf_counter() + patience
        questions = tuple(self._questions(tx))
        found: list[Row[Any]] = []
        while mark.question < len(questions):
            question = questions[mark.question]
            some = _some_weeks(tx, question, mark.before)
            found += _rows(tx, some.narrowed(question), limit + 1 - len(found), mark.before)
            answered = mark.answered or bool(found)
            if len(found) > limit:
                return Step(_dossiers(found[:limit]), Mark(found[limit - 1].place, mark.question, True))
            if some.numbers:
                mark = Mark(some.first, mark.question, answered)
            elif answered:
                break
            else:
                mark = Mark(question=mark.question + 1)
            if perf_counter() > end:
                return Step(_dossiers(found), mark)
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
        known = tx.execute(select(procedures)).all() if words else []
        yield self._question(words, _named(known, words), filtered)
        if words:
            yield self._question(words, _begun(known, words), filtered)

    def _question(self, words: tuple[str, ...], named: list[list[int]], filtered: list[str]) -> Question:
        wanted = self.wanted
        asked = [finds.word(word, numbers) for word, numbers in zip(words, named, strict=True)] + filtered
        first = first_place(day_begins(wanted.received_from)) if wanted.received_from else -_BELOW
        before = first_place(day_ends(wanted.received_to)) if wanted.received_to else _BELOW
        return Question(finds.all_of(asked), first, before, len(asked))


@dataclass(frozen=True, slots=True)
class _Weeks:
    """The weeks of one step; no numbers: all that are left."""

    numbers: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        """The place before which the next step looks."""
        return week_begins(self.numbers[-1])

    def narrowed(self, question: Question) -> Question:
        """Return the question put to these weeks alone."""
        if not self.numbers:
            return question
        # First, because then the end of these weeks is the end of the question.
        match = finds.all_of([finds.weeks(self.numbers), question.match])
        return replace(question, match=match, first=max(question.first, self.first))


def _some_weeks(tx: Connection, question: Question, before: int) -> _Weeks:
    """Return as many of the newest weeks before a place as one step looks through, the newest first."""
    if question.parts < 2:
        return _Weeks()
    newest = week_of(min(before, question.before) - 1)
    span = weeks.c.week.between(week_of(question.first), newest) & (weeks.c.dossiers > 0)
    rows = tx.execute(select(weeks).where(span).order_by(weeks.c.week.desc()).limit(_WEEKS + 1))
    some: list[int] = []
    dossiers_there = 0
    for week, there in rows:
        if some and (dossiers_there + there > LOOKED_THROUGH or len(some) == _WEEKS):
            return _Weeks(tuple(some))
        some.append(week)
        dossiers_there += there
    return _Weeks()


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
    return tuple(read(row.data) for row in rows)


def _rows(tx: Connection, question: Question, limit: int, after: int = _BELOW) -> Sequence[Row[Any]]:
    asked: dict[str, object] = {
        "first": question.first,
        "before": min(question.before, after),
        "limit": limit,
    }
    sql = FOUND if question.match else _IN_ORDER
    if question.match:
        asked["match"] = question.match
    return tx.execute(sql, asked).all()


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
