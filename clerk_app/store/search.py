"""Find dossiers as one types, page by page, newest first; what was typed and what is filtered are one question."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, text

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


def ask(tx: Connection, typed: str, wanted: RegisterFilter, now: datetime) -> Question | None:
    """Make a search ready; None when nothing can fit it.

    A word that no person or number answers to may name a procedure by itself; else it takes two of its words.
    """
    words = typed_words(typed)
    filtered = _filters(tx, wanted, now)
    if filtered is None or (typed.strip() and not words):
        return None
    strict = _question(words, _named(tx, words), filtered, wanted)
    if not words or page(tx, strict, 1):
        return strict
    return _question(words, _begun(tx, words), filtered, wanted)


def page(tx: Connection, question: Question, limit: int, after: int = _BELOW) -> tuple[Dossier, ...]:
    """Return up to `limit` dossiers, the newest first, that were received before the one at place `after`."""
    asked: dict[str, object] = {
        "first": question.first,
        "before": min(question.before, after),
        "limit": limit,
    }
    sql = FOUND if question.match else _IN_ORDER
    if question.match:
        asked["match"] = question.match
    return tuple(read(data) for data in tx.execute(sql, asked).scalars())


def count(tx: Connection, question: Question) -> int:
    """Count everything that fits."""
    asked = {"first": question.first, "before": question.before}
    if question.match:
        return int(tx.execute(_COUNTED, {"match": question.match, **asked}).scalar_one())
    inside = (dossiers.c.place >= question.first) & (dossiers.c.place < question.before)
    return tx.execute(select(func.count()).select_from(dossiers).where(inside)).scalar_one()


def place_of(tx: Connection, id: str) -> int | None:
    """Return where a dossier stands, to go on after it."""
    return tx.execute(select(dossiers.c.place).where(dossiers.c.id == id)).scalar()


def choices(tx: Connection) -> RegisterChoices:
    """Return what the dossiers here can be filtered by."""
    titled = tx.execute(select(procedures.c.code, procedures.c.title).order_by(procedures.c.number))
    by_code = {row.code: row.title for row in titled}  # the newest title of each
    names = tx.execute(select(officers.c.name)).scalars()
    return RegisterChoices(tuple(sorted(by_code.items(), key=lambda each: each[1])), tuple(sorted(names)))


def _question(
    words: tuple[str, ...], named: list[list[int]], filtered: list[str], wanted: RegisterFilter
) -> Question:
    typed = [finds.word(word, numbers) for word, numbers in zip(words, named, strict=True)]
    first = first_place(day_begins(wanted.received_from)) if wanted.received_from else -_BELOW
    before = first_place(day_ends(wanted.received_to)) if wanted.received_to else _BELOW
    return Question(finds.all_of([*typed, *filtered]), first, before)


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


def _named(tx: Connection, words: tuple[str, ...]) -> list[list[int]]:
    """Return for each word the procedures that it names together with a neighbour."""
    found: list[list[int]] = [[] for _ in words]
    for row in tx.execute(select(procedures)) if words else ():
        for place in words_in_title(words, row.title, row.code):
            found[place].append(row.number)
    return found


def _begun(tx: Connection, words: tuple[str, ...]) -> list[list[int]]:
    """Return for each word the procedures that it alone names."""
    known = tx.execute(select(procedures)).all()
    return [[row.number for row in known if begins_in_title(word, row.title, row.code)] for word in words]
