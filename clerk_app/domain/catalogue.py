"""The catalogue of procedures: dated versions, found by a few typed letters.

CatalogueDamaged   the data cannot be read; names the row
NoSuchProcedure    no version of that code is valid on that day
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clerk_app.domain.procedure import Procedure
from clerk_app.domain.procedure_search import SearchRow, typed_words
from clerk_app.domain.record import RecordDamaged, as_json, from_json
from clerk_app.errors import OfficeError


class CatalogueDamaged(OfficeError):
    message = "Danh mục thủ tục không đọc được, dòng {row}."
    remedy = "Nhận lại danh mục từ máy chủ; bản đang dùng vẫn được giữ."


class NoSuchProcedure(OfficeError):
    message = "Danh mục không có thủ tục {code} còn hiệu lực vào ngày {day}."
    remedy = "Tìm lại theo tên, hoặc nhận danh mục mới từ máy chủ."


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All versions of all procedures this counter knows."""

    version: str
    procedures: tuple[Procedure, ...]
    origin: str = ""  # who made it; empty: it came with the program
    _rows: tuple[SearchRow, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare the words that `search` compares: it runs at every key typed."""
        object.__setattr__(self, "_rows", tuple(SearchRow.of(procedure) for procedure in self.procedures))

    def get(self, code: str, on: date) -> Procedure:
        """Return the version of `code` that is valid on day `on`; raises `NoSuchProcedure`."""
        versions = [p for p in self.versions(code) if is_valid(p, on)]
        if not versions:
            raise NoSuchProcedure(code=code, day=f"{on:%d/%m/%Y}")
        return versions[-1]

    def versions(self, code: str) -> tuple[Procedure, ...]:
        """Return every version of `code`, oldest first."""
        return tuple(sorted((p for p in self.procedures if p.code == code), key=_age))

    def version_of(self, code: str, version: str) -> Procedure | None:
        """Return the very version a dossier was received under, or None if this catalogue lost it."""
        return next((p for p in self.versions(code) if p.version == version), None)

    def search(self, text: str, limit: int = 20, on: date | None = None) -> tuple[Procedure, ...]:
        """Return the best matches, one version of each code, best first, the same each time.

        Every typed word must begin a word of the title, of what people call it or of the field, or be part of
        the code; `procedure_search` says what comes first. Nothing typed lists by field. `on` None takes the
        newest version.
        """
        typed = typed_words(text)
        if not typed:
            return self._listed(on)[:limit]
        ranked = ((row.rank(typed), row.procedure) for row in self._newest(on))
        hits = [(rank, found) for rank, found in ranked if rank is not None]
        hits.sort(key=lambda hit: (hit[0], hit[1].title, hit[1].code))
        return tuple(found for _, found in hits[:limit])

    def _listed(self, on: date | None) -> tuple[Procedure, ...]:
        """Return one version of each code, field by field, in the catalogue's own order."""
        places: dict[str, int] = {}
        for each in self.procedures:
            places.setdefault(each.field, len(places))
            places.setdefault(each.code, len(places))
        found = (row.procedure for row in self._newest(on))
        return tuple(sorted(found, key=lambda each: (places[each.field], places[each.code])))

    def _newest(self, on: date | None) -> Iterable[SearchRow]:
        rows = sorted(self._rows, key=lambda row: _age(row.procedure))
        return {row.procedure.code: row for row in rows if on is None or is_valid(row.procedure, on)}.values()


def is_valid(procedure: Procedure, on: date) -> bool:
    """Return whether this version is in force on day `on`, both ends included."""
    begins, ends = procedure.valid_from or date.min, procedure.valid_to or date.max
    return begins <= on <= ends


def read_catalogue(data: bytes) -> Catalogue:
    """Return the catalogue in JSON `data`; raises `CatalogueDamaged` naming the row."""
    try:
        content = json.loads(data)
        version, rows = content["version"], content["procedures"]
    except (ValueError, KeyError, TypeError) as error:
        raise CatalogueDamaged(row="đầu tệp") from error
    if not isinstance(version, str) or not isinstance(rows, list):
        raise CatalogueDamaged(row="đầu tệp")
    procedures = tuple(_procedure(place, row) for place, row in enumerate(rows, start=1))
    _refuse_doubles(procedures)
    origin = content.get("origin", "")
    return Catalogue(version, procedures, origin if isinstance(origin, str) else "")


def write_catalogue(known: Catalogue) -> bytes:
    """Return a catalogue as the JSON that `read_catalogue` reads."""
    rows = [as_json(procedure) for procedure in known.procedures]
    content = {"schema": 1, "version": known.version, "origin": known.origin, "procedures": rows}
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _procedure(place: int, row: Any) -> Procedure:
    code = row.get("code", "") if isinstance(row, dict) else ""
    try:
        procedure = from_json(Procedure, row)
    except RecordDamaged as error:
        raise CatalogueDamaged(row=f"{place} ({code}): {error.facts['where']}") from error
    if len({paper.key for paper in procedure.papers}) != len(procedure.papers):
        raise CatalogueDamaged(row=f"{place} ({code}): papers")
    return procedure


def _refuse_doubles(procedures: Iterable[Procedure]) -> None:
    seen: set[tuple[str, str]] = set()
    for place, procedure in enumerate(procedures, start=1):
        if (procedure.code, procedure.version) in seen:
            raise CatalogueDamaged(row=f"{place} ({procedure.code}): version")
        seen.add((procedure.code, procedure.version))


def _age(procedure: Procedure) -> tuple[date, str]:
    return procedure.valid_from or date.min, procedure.version
