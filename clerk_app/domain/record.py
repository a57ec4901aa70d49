"""Values to JSON and back: strict about types when reading, forgiving about members it does not know.

Text is written and read as NFC, moments as RFC 3339 in UTC, days as YYYY-MM-DD, enums as their word, bytes as Base64.
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache, partial
from itertools import repeat
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError

T = TypeVar("T")
_PLAIN = (str, int, bool)


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
    try:
        return cast("T", _reader(cast("Any", kind))(data))
    except _Damage as damage:
        place = damage.inside(where).place if where else damage.place
        raise RecordDamaged(where=place or kind.__name__) from None


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


class _Damage(Exception):
    """What does not fit, and where: the place is put together on the way out."""

    def __init__(self, place: str = "") -> None:
        self.place = place
        super().__init__(place)

    def inside(self, of: str) -> "_Damage":
        """Say of what the place is a part."""
        between = "." if self.place and not self.place.startswith("[") else ""
        return _Damage(f"{of}{between}{self.place}")


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return what reads one kind of value; each kind is looked at once, and a list of dossiers has thousands of values."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        (kind,) = (choice for choice in get_args(hint) if choice is not NoneType)
        return partial(_read_optional, _reader(kind))
    if origin is frozenset or (origin is tuple and get_args(hint)[-1] is Ellipsis):
        return partial(_read_items, origin, _reader(get_args(hint)[0]))
    if origin is tuple:
        return partial(_read_row, tuple(map(_reader, get_args(hint))))
    if is_dataclass(hint):
        return partial(_read_record, hint)  # whose members are looked at when the first one is read
    return _reader_of_one(hint)


def _reader_of_one(kind: Any) -> Callable[[Any], Any]:
    if kind is str:
        return _read_text
    if kind in _PLAIN:
        return partial(_read_plain, kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return partial(_read_enum, {each.value: each for each in kind})
    return partial(_read_word, kind)


def _read_text(data: Any) -> str:
    if type(data) is not str:
        raise _Damage
    return data if data.isascii() else nfc(data)


def _read_plain(kind: type, data: Any) -> Any:
    if type(data) is not kind:
        raise _Damage
    return data


def _read_optional(read: Callable[[Any], Any], data: Any) -> Any:
    return None if data is None else read(data)


def _read_items(origin: Any, read: Callable[[Any], Any], data: Any) -> Any:
    if not isinstance(data, list):
        raise _Damage
    try:
        return origin(map(read, data))
    except _Damage:
        return origin(_one_by_one(repeat(read), data))


def _read_row(readers: tuple[Callable[[Any], Any], ...], data: Any) -> Any:
    if not isinstance(data, list) or len(data) != len(readers):
        raise _Damage
    return tuple(_one_by_one(readers, data))


def _one_by_one(readers: Iterable[Callable[[Any], Any]], data: list[Any]) -> Iterator[Any]:
    for place, (read, item) in enumerate(zip(readers, data, strict=False)):
        try:
            yield read(item)
        except _Damage as damage:
            raise damage.inside(f"[{place}]") from None


def _read_record(kind: Any, data: Any) -> Any:
    """Read what fits in one go; only where something does not, the place of it is looked for."""
    if type(data) is not dict and not isinstance(data, Mapping):
        raise _Damage
    try:
        return kind(**{name: read(data[name]) for name, read, _ in _members(kind) if name in data})
    except (_Damage, TypeError):
        _look_for_damage(kind, data)
        raise


def _look_for_damage(kind: Any, data: Mapping[str, Any]) -> None:
    for name, read, needed in _members(kind):
        if name not in data:
            if needed:
                raise _Damage(name)
            continue
        try:
            read(data[name])
        except _Damage as damage:
            raise damage.inside(name) from None


@cache
def _members(kind: Any) -> tuple[tuple[str, Callable[[Any], Any], bool], ...]:
    """Return the fields of a record: name, what reads it, and whether it has no default."""
    hints = get_type_hints(kind)
    return tuple(
        (f.name, _reader(hints[f.name]), f.default is MISSING and f.default_factory is MISSING)
        for f in fields(kind)
        if f.init
    )


def _read_enum(words: Mapping[str, StrEnum], data: Any) -> StrEnum:
    if not isinstance(data, str) or data not in words:
        raise _Damage
    return words[data]


def _read_word(kind: Any, data: Any) -> Any:
    if not isinstance(data, str):
        raise _Damage
    try:
        if kind is datetime:
            moment = datetime.fromisoformat(data)
            if moment.tzinfo is None:
                raise _Damage
            return moment.astimezone(UTC)
        if kind in (date, time):
            return kind.fromisoformat(data)
        if kind is bytes:
            return base64.b64decode(data, validate=True)
    except ValueError:
        raise _Damage from None  # whose words hold what was written
    raise _Damage
