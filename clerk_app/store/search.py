"""Find dossiers as one types: a name without accents, part of a code, last digits, an ID or a phone."""

from collections.abc import Iterator

from sqlalchemy import Column, Connection, Select, select, text

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.text import search_key
from clerk_app.store.dossiers import at, digits, plain_number
from clerk_app.store.schema import dossiers, numbers

# The row id is the place, so that the newest stream first without being sorted.
_MATCH = text("SELECT rowid FROM names WHERE names MATCH :query ORDER BY rowid DESC LIMIT :limit")
_LAST = "\U0010ffff"  # sorts behind every letter: the end of a range of one prefix


def find(tx: Connection, typed: str, limit: int = 50) -> tuple[Dossier, ...]:
    """Return what fits the typed text, newest first; nothing typed gives the newest of all."""
    if not typed.strip():
        return at(tx, list(tx.scalars(_newest(limit))))
    places = {place for found in _ways(tx, typed.strip(), limit) for place in found}
    if not places:
        places = set(tx.scalars(_inside_code(typed.strip(), limit)))
    return at(tx, sorted(places, reverse=True)[:limit])


def _ways(tx: Connection, typed: str, limit: int) -> Iterator[list[int]]:
    words = search_key(typed).split()
    if words:  # each word begins a word of a name or a part of the code; the parts of a code in their order
        yield _matching(tx, _prefixes(words), limit)
        yield _matching(tx, f'code : "{" ".join(words)}" *', limit)
    if len(number := plain_number(typed)) >= 3 and digits(typed):
        yield list(tx.scalars(_beginning(numbers.c.number, numbers.c.place, number, limit)))
    if len(last := digits(typed)) >= 2 and last == typed:
        yield list(tx.scalars(_beginning(dossiers.c.code_reversed, dossiers.c.place, last[::-1], limit)))


def _prefixes(words: list[str]) -> str:
    return " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}" *'])


def _matching(tx: Connection, query: str, limit: int) -> list[int]:
    return list(tx.scalars(_MATCH, {"query": query, "limit": limit}))


def _beginning(column: Column[str], place: Column[int], begin: str, limit: int) -> Select[int]:
    inside = (column >= begin) & (column < begin + _LAST)
    return select(place).where(inside).order_by(place.desc()).limit(limit)


def _inside_code(typed: str, limit: int) -> Select[int]:
    """Look into every code: slow, so only when nothing else fits."""
    fits = dossiers.c.code.contains(typed.upper(), autoescape=True)
    return select(dossiers.c.place).where(fits).order_by(dossiers.c.place.desc()).limit(limit)


def _newest(limit: int) -> Select[int]:
    return select(dossiers.c.place).order_by(dossiers.c.place.desc()).limit(limit)
