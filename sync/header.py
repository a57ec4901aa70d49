"""The header of an entry: its members, and the one way in which they are written as bytes."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from sync.clock import Clock, read_time, rfc3339, to_milliseconds
from sync.errors import EntryMalformed, EntryTooNew

VERSION = 1
NO_HASH = "0" * 64
"""`prev_hash` of a chain that follows no other."""
MAX_HEADER = 4096  # bytes; a header has no free text
_MAX_INTEGER = 2**53 - 1  # what every JSON reader keeps exactly
_LAST_YEAR = 9998  # at the end of the next one no calendar could say which day it is here

_MEMBERS = (
    *("v", "id", "chain", "seq", "subject", "kind", "base", "author", "occurred_at", "clock"),
    *("body_commit", "prev_hash"),
)
_CLOCK_MEMBERS = ("wall", "boot", "monotonic", "server", "age")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,63}")
_AUTHOR = re.compile(r"(officer|device):[A-Za-z0-9._@-]{1,128}")
_BOOT = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Fields:
    """What a header says apart from its body's commitment; ids are uuids, hashes 64 hex digits."""

    id: str
    chain: str
    seq: int  # from 1
    subject: str
    kind: str
    base: str | None  # id of the subject's last final entry that the author had seen
    author: str
    occurred_at: datetime  # legal now, UTC, whole milliseconds
    clock: Clock
    prev_hash: str


def is_id(told: object) -> TypeGuard[str]:
    """Tell whether something is the id of an entry, chain or subject: a uuid as we write it."""
    return isinstance(told, str) and _UUID.fullmatch(told) is not None


def is_author(told: str) -> bool:
    """Tell whether a header can hold this as who wrote it: `officer:<id>` or `device:<id>`."""
    return _AUTHOR.fullmatch(told) is not None


def is_hash(told: object) -> TypeGuard[str]:
    """Tell whether something is a SHA-256 as we write it, of an entry or of a file."""
    return isinstance(told, str) and _HASH.fullmatch(told) is not None


def write_header(fields: Fields, body_commit: str) -> bytes:
    """Return the header's bytes: UTF-8 JSON, members in the agreed order, no spaces."""
    clock = fields.clock
    told = {
        "v": VERSION,
        "id": fields.id,
        "chain": fields.chain,
        "seq": fields.seq,
        "subject": fields.subject,
        "kind": fields.kind,
        "base": fields.base,
        "author": fields.author,
        "occurred_at": rfc3339(fields.occurred_at),
        "clock": {
            "wall": rfc3339(clock.wall),
            "boot": clock.boot,
            "monotonic": clock.monotonic,
            "server": None if clock.server is None else rfc3339(clock.server),
            "age": clock.age,
        },
        "body_commit": body_commit,
        "prev_hash": fields.prev_hash,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def read_header(header: bytes) -> tuple[Fields, str]:
    """Read a header and its `body_commit`; raises `EntryMalformed` unless we would write the very same bytes."""
    told = _object(header)
    _same_members(told, _MEMBERS)
    try:
        fields, body_commit = _fields(told), _matching(told, "body_commit", _HASH)
        same = write_header(fields, body_commit) == header
    except ValueError as error:
        raise EntryMalformed(reason="giá trị sai kiểu") from error
    if not same:
        raise EntryMalformed(reason="phần đầu không được viết theo dạng chuẩn")
    return fields, body_commit


def _object(header: bytes) -> dict[str, Any]:
    if len(header) > MAX_HEADER:
        raise EntryMalformed(reason="phần đầu quá dài")
    try:
        told = json.loads(header.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise EntryMalformed(reason="phần đầu không phải JSON") from error
    if not isinstance(told, dict):
        raise EntryMalformed(reason="phần đầu không phải một đối tượng")
    version = told.get("v")
    if type(version) is int and version > VERSION:
        raise EntryTooNew(reason=f"dạng {version}")
    if type(version) is not int or version != VERSION:
        raise EntryMalformed(reason="thiếu số hiệu dạng ghi")
    return told


def _same_members(told: dict[str, Any], members: tuple[str, ...]) -> None:
    if tuple(told) != members:
        raise EntryMalformed(reason="thừa, thiếu hoặc sai thứ tự thành phần")


def _fields(told: dict[str, Any]) -> Fields:
    base = None if told["base"] is None else _matching(told, "base", _UUID)
    return Fields(
        id=_matching(told, "id", _UUID),
        chain=_matching(told, "chain", _UUID),
        seq=_integer(told["seq"], least=1),
        subject=_matching(told, "subject", _UUID),
        kind=_matching(told, "kind", _KIND),
        base=base,
        author=_matching(told, "author", _AUTHOR),
        occurred_at=_time(told["occurred_at"]),
        clock=_clock(told["clock"]),
        prev_hash=_matching(told, "prev_hash", _HASH),
    )


def _clock(told: object) -> Clock:
    if not isinstance(told, dict):
        raise EntryMalformed(reason="thiếu đồng hồ")
    _same_members(told, _CLOCK_MEMBERS)
    server = None if told["server"] is None else _time(told["server"])
    age = None if told["age"] is None else _integer(told["age"], least=0)
    if server is None and age is not None:
        raise EntryMalformed(reason="tuổi của giờ máy chủ không có giờ máy chủ")
    boot, monotonic = _matching(told, "boot", _BOOT), _integer(told["monotonic"], least=0)
    return Clock(_time(told["wall"]), boot, monotonic, server, age)


def _matching(told: dict[str, Any], member: str, pattern: re.Pattern[str]) -> str:
    value = told[member]
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise EntryMalformed(reason=f"thành phần {member} sai")
    return value


def _integer(value: object, least: int) -> int:
    if type(value) is not int or not least <= value <= _MAX_INTEGER:
        raise EntryMalformed(reason="một số nguyên sai")
    return value


def _time(value: object) -> datetime:
    if not isinstance(value, str):
        raise EntryMalformed(reason="một thời điểm sai")
    moment = read_time(value)
    if moment.year > _LAST_YEAR:
        raise EntryMalformed(reason="một thời điểm sai")
    return to_milliseconds(moment)
