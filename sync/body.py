"""The members of a body that `sync` reads; everything else in it is somebody else's matter."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from sync import plain_json
from sync.errors import EntryMalformed
from sync.header import is_hash, is_id

Groups = Mapping[str, Mapping[str, Any]]
"""Named groups of flat fields: {group: {field: JSON value}}."""

_ALARM = re.compile(r"alarm:[a-z_]{1,64}:[0-9a-f]{64}")  # see `journal.alarms`
_LONGEST = 200  # characters of a series, a code or a request id: every database can look for them
_MOST_SPANS = 500  # of one range: it has a thousand numbers at most, and no two spans touch


@dataclass(frozen=True, slots=True)
class Move:
    """The transition that an entry asks for; `before` None opens the subject."""

    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the entry uses: its series, the value in it, and the code as printed."""

    series: str
    value: int
    code: str


Span = tuple[int, int]
"""A stretch of numbers, both ends included."""


@dataclass(frozen=True, slots=True)
class Voided:
    """What nobody took of a leased range on its day; `unused` None: all of it, the answer to the request never came."""

    request_id: str
    series: str
    day: str  # YYYY-MM-DD
    unused: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Body:
    """The reserved members of one body, read and checked."""

    set: Groups = field(default_factory=dict)
    base_values: Groups = field(default_factory=dict)  # each group whole, as the author saw it
    move: Move | None = None
    files: tuple[str, ...] = ()
    number: Number | None = None
    opaque: Mapping[str, Any] = field(default_factory=dict)


def write_body(members: Mapping[str, Any]) -> bytes:
    """Return canonical JSON (UTF-8, sorted members, no spaces); raises `EntryMalformed` for wrong reserved members."""
    try:
        text = json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        body = text.encode("utf-8")
    except (TypeError, ValueError) as error:
        raise EntryMalformed(reason="nội dung không viết được thành JSON") from error
    read_body(body)
    return body


def read_body(body: bytes) -> Body:
    """Read a body's reserved members; raises `EntryMalformed`."""
    try:
        told = plain_json.read(body)
    except ValueError as error:
        raise EntryMalformed(reason="nội dung không phải JSON") from error
    if not isinstance(told, dict):
        raise EntryMalformed(reason="nội dung không phải một đối tượng")
    return Body(
        set=_groups(told.pop("set", {})),
        base_values=_groups(told.pop("base_values", {})),
        move=_move(told.pop("move", None)),
        files=_files(told.pop("files", [])),
        number=_number(told.pop("number", None)),
        opaque=told,
    )


def resolved_by(body: bytes | None) -> tuple[str, ...]:
    """Return what a body names under `resolves`: ids of entries, keys of alarms; none where it cannot be read."""
    try:
        named = read_body(body or b"{}").opaque.get("resolves", [])
    except EntryMalformed:
        return ()
    return tuple(dict.fromkeys(filter(_may_be_resolved, named))) if isinstance(named, list) else ()


def voided_by(body: bytes | None) -> tuple[Voided, ...]:
    """Return the ranges of which a body says under `voids` what is void; none where it cannot be read."""
    try:
        told = read_body(body or b"{}").opaque.get("voids", [])
        return tuple(_voided(each) for each in told) if isinstance(told, list) else ()
    except (EntryMalformed, KeyError, TypeError, ValueError):
        return ()


def voids(those: Iterable[Voided]) -> list[dict[str, Any]]:
    """Write ranges as a body's member `voids`."""
    return [
        {
            "request_id": each.request_id,
            "series": each.series,
            "day": each.day,
            "unused": None if each.unused is None else [list(span) for span in each.unused],
        }
        for each in those
    ]


def _voided(told: Mapping[str, Any]) -> Voided:
    request_id, series, day, unused = (told[name] for name in ("request_id", "series", "day", "unused"))
    if not all(map(_is_word, (request_id, series, day))) or (unused and len(unused) > _MOST_SPANS):
        raise TypeError("voids")
    return Voided(request_id, series, day, None if unused is None else tuple(_span(each) for each in unused))


def _span(told: Sequence[Any]) -> Span:
    first, last = told
    if type(first) is not int or type(last) is not int or not 0 < first <= last <= plain_json.MAX_INTEGER:
        raise ValueError("voids")
    return first, last


def _groups(told: object) -> Groups:
    if not isinstance(told, dict) or not all(isinstance(fields, dict) for fields in told.values()):
        raise EntryMalformed(reason="nhóm trường sai")
    return told


def _move(told: object) -> Move | None:
    if told is None:
        return None
    if not isinstance(told, dict) or set(told) != {"from", "to"}:
        raise EntryMalformed(reason="bước chuyển sai")
    before, after = told["from"], told["to"]
    if not (before is None or isinstance(before, str)) or not isinstance(after, str):
        raise EntryMalformed(reason="bước chuyển sai")
    return Move(before, after)


def _files(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(map(is_hash, told)):
        raise EntryMalformed(reason="danh sách tệp sai")
    return tuple(told)


def _may_be_resolved(told: object) -> TypeGuard[str]:
    return is_id(told) or (isinstance(told, str) and _ALARM.fullmatch(told) is not None)


def _is_word(told: object) -> bool:
    return isinstance(told, str) and len(told) <= _LONGEST and "\0" not in told


def _number(told: object) -> Number | None:
    if told is None:
        return None
    if not isinstance(told, dict) or not {"series", "value", "code"} <= set(told):
        raise EntryMalformed(reason="số sai")
    series, value, code = told["series"], told["value"], told["code"]
    if not (_is_word(series) and _is_word(code)) or type(value) is not int:
        raise EntryMalformed(reason="số sai")
    if abs(value) > plain_json.MAX_INTEGER:
        raise EntryMalformed(reason="số sai")
    return Number(series, value, code)
