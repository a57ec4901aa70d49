"""The members of a JSON message, read one by one; whatever is not as agreed raises `Malformed`."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sync import plain_json
from sync.contract.messages import Malformed

LONGEST = 200  # characters of a text member, where nothing else is agreed


def encoded(data: bytes) -> str:
    """Return base64 as it travels."""
    return base64.b64encode(data).decode("ascii")


def decoded(text: object) -> bytes:
    """Return the bytes of a base64 member; raises `Malformed`."""
    if not isinstance(text, str):
        raise Malformed("base64 text expected")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("not base64") from error


def as_json(message: Mapping[str, object]) -> bytes:
    """Return compact UTF-8 JSON, members in the order given."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def read_object(data: bytes) -> dict[str, Any]:
    """Return the JSON object in these bytes; raises `Malformed`."""
    try:
        value = plain_json.read(data)
    except ValueError as error:
        raise Malformed("not JSON") from error
    if not isinstance(value, dict):
        raise Malformed("an object expected")
    return cast("dict[str, Any]", value)


def text(message: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    """Return a text member of at most `longest` characters; raises `Malformed`."""
    value = message.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise Malformed(f"{name}: text expected")
    return value


def number(message: Mapping[str, Any], name: str) -> int:
    """Return an integer member that every database keeps; raises `Malformed`."""
    value = message.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > plain_json.MAX_INTEGER:
        raise Malformed(f"{name}: integer expected")
    return value


def objects(message: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    """Return a member that is a list of objects; raises `Malformed`."""
    value = message.get(name)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Malformed(f"{name}: list of objects expected")
    return value


def texts(message: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a member that is a list of texts; raises `Malformed`."""
    value = message.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Malformed(f"{name}: list of texts expected")
    return tuple(value)
