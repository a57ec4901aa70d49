"""Countries as nationalities: the code of a travel document, the Vietnamese name, and a search as one types.

CountriesDamaged   the list cannot be read
"""

import json
from dataclasses import dataclass, field

from clerk_app.domain.record import RecordDamaged, from_json
from clerk_app.domain.text import search_key
from clerk_app.errors import OfficeError


class CountriesDamaged(OfficeError):
    message = "Danh mục quốc tịch không đọc được."
    remedy = "Cài lại chương trình; trong lúc chờ, gõ quốc tịch như trên hộ chiếu."


@dataclass(frozen=True, slots=True)
class Country:
    """One nationality. `code`: ISO 3166-1 alpha-3, or what ICAO Doc 9303 puts in its place."""

    code: str
    name: str  # in Vietnamese
    also: tuple[str, ...] = ()  # other words by which it is looked for


@dataclass(frozen=True, slots=True)
class Countries:
    """All of them, in the order of their codes; those that only travel documents know come last."""

    rows: tuple[Country, ...]
    _keys: tuple[tuple[tuple[str, ...], Country], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare what `search` compares: it runs at every key typed."""
        keys = tuple((tuple(map(search_key, (row.name, *row.also, row.code))), row) for row in self.rows)
        object.__setattr__(self, "_keys", keys)

    def by_code(self, code: str) -> Country | None:
        """Return the country of a code as in a machine-readable zone, or None."""
        return next((row for row in self.rows if row.code == code), None)

    def named(self, text: str) -> Country | None:
        """Return the one country that is called exactly `text`, accents and case aside, or None."""
        typed = search_key(text)
        found = [row for keys, row in self._keys if typed and typed in keys]
        return found[0] if len({row.name for row in found}) == 1 else None

    def search(self, text: str, limit: int = 6) -> tuple[Country, ...]:
        """Return the best matches: a whole name first, then names that begin so, then words that do."""
        typed = search_key(text)
        if not typed:
            return ()
        ranked = [(_rank(typed, keys), row) for keys, row in self._keys]
        hits = sorted((hit for hit in ranked if hit[0] < _NO_MATCH), key=lambda hit: (hit[0], hit[1].name))
        by_name = {row.name: row for _, row in reversed(hits)}  # Germany has two codes and one name
        return tuple(row for _, row in hits if by_name[row.name] is row)[:limit]


def read_countries(data: bytes) -> Countries:
    """Return the countries of a data file; raises `CountriesDamaged`."""
    try:
        told = json.loads(data)
        rows = [*told["countries"], *told["only_in_travel_documents"]]
        return Countries(tuple(from_json(Country, row) for row in rows))
    except (ValueError, KeyError, TypeError, RecordDamaged) as error:
        raise CountriesDamaged from error


_NO_MATCH = 4


def _rank(typed: str, keys: tuple[str, ...]) -> int:
    if typed in keys:
        return 0
    if keys[0].startswith(typed):
        return 1
    if any(key.startswith(typed) for key in keys):
        return 2
    return 3 if any(f" {typed}" in key for key in keys) else _NO_MATCH
