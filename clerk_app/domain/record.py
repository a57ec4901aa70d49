"""Values to JSON and back: strict about types when reading, forgiving about members it does not know.

Text is written and read as NFC, moments as RFC 3339 in UTC, days as YYYY-MM-DD, enums as their word, bytes as Base64.
"""

import base64
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError

T = TypeVar("T")
_PLAIN = (str, int, bool)


@dataclass(frozen=True, slots=True)
class _Member:
    """One field of a record as the reader needs it."""

    name: str
    hint: Any
    needed: bool  # without a default


class RecordDamaged(OfficeError):
    """Stored data that is not what it claims to be; names the place, never the content."""

    message = "Dữ liệu không đọc được ở mục {where}."
    remedy = "Nhận lại dữ liệu từ máy chủ; nếu vẫn còn, báo người quản trị."


def as_json(value: Any) -> Any:
    """Return `value` (dataclasses, tuples, enums, days, moments, text, bytes, int, bool, None) as plain JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_json(getattr(value, f.name)) for f in fields(value) if f.init}
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(as_json(item) for item in value)
    return _plain(value)


def from_json(kind: type[T], data: object, where: str = "") -> T:
    """Return the value of type `kind` that `data` describes.

    Unknown members are ignored, absent ones take their default. Raises `RecordDamaged` naming the place.
    """
    return cast("T", _read(kind, data, where))


def moment_text(moment: datetime) -> str:
    """Return an aware moment as RFC 3339 text in UTC."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            return nfc(str(value))
        case bytes():
            return base64.b64encode(value).decode()
        case datetime():
            return moment_text(value)
        case date() | time():
            return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _read(hint: Any, data: object, where: str) -> Any:
    if type(data) is hint and hint in _PLAIN:  # first, because most members are plain
        return nfc(data) if isinstance(data, str) else data
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _read_optional(get_args(hint), data, where)
    if origin in (tuple, frozenset):
        return _read_items(origin, get_args(hint), data, where)
    if is_dataclass(hint):
        return _read_record(hint, data, where)
    if isinstance(data, str) and isinstance(hint, type):
        return _read_word(hint, data, where)
    raise RecordDamaged(where=where)


def _read_optional(choices: tuple[Any, ...], data: object, where: str) -> Any:
    if data is None and NoneType in choices:
        return None
    (kind,) = (choice for choice in choices if choice is not NoneType)
    return _read(kind, data, where)


def _read_items(origin: Any, hints: tuple[Any, ...], data: object, where: str) -> Any:
    if not isinstance(data, list):
        raise RecordDamaged(where=where)
    if origin is frozenset or hints[-1] is Ellipsis:
        hints = (hints[0],) * len(data)
    if len(hints) != len(data):
        raise RecordDamaged(where=where)
    pairs = enumerate(zip(hints, data, strict=True))
    return origin(_read(hint, item, f"{where}[{place}]") for place, (hint, item) in pairs)


def _read_record(kind: Any, data: object, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise RecordDamaged(where=where or kind.__name__)
    given: dict[str, Any] = {}
    for member in _members(kind):
        place = f"{where}.{member.name}" if where else member.name
        if member.name in data:
            given[member.name] = _read(member.hint, data[member.name], place)
        elif member.needed:
            raise RecordDamaged(where=place)
    return kind(**given)


@cache
def _members(kind: Any) -> tuple[_Member, ...]:
    """Look at a record's class once: a list of dossiers reads the same few classes thousands of times."""
    hints = get_type_hints(kind)
    return tuple(
        _Member(f.name, hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(kind)
        if f.init
    )


def _read_word(kind: type, data: str, where: str) -> Any:
    try:
        if kind is datetime:
            moment = datetime.fromisoformat(data)
            moment_text(moment)  # refuses one without its time zone
            return moment.astimezone(UTC)
        if kind in (date, time):
            return kind.fromisoformat(data)
        if kind is bytes:
            return base64.b64decode(data, validate=True)
        if issubclass(kind, StrEnum):
            return kind(data)
    except ValueError as error:
        raise RecordDamaged(where=where) from error
    raise RecordDamaged(where=where)
