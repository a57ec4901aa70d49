"""What crosses the pipes between the program and the readers' process: a few words of JSON, and bytes as they are.

A frame is two lengths (four bytes each, big endian), the JSON, the bytes. Never pickle.
"""

import json
from collections.abc import Mapping
from typing import IO

_WORDS_LIMIT = 1 << 16  # bytes of JSON
_BYTES_LIMIT = 1 << 28  # of a file, or of a picture

Words = dict[str, object]


class Garbled(Exception):
    """A frame that does not fit."""


def write_frame(pipe: IO[bytes], words: Mapping[str, object], data: bytes | bytearray = b"") -> None:
    """Write one frame; raises `OSError` when nobody reads any more."""
    told = json.dumps(words, separators=(",", ":")).encode()
    pipe.write(len(told).to_bytes(4, "big") + len(data).to_bytes(4, "big") + told)
    pipe.write(data)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[Words, bytes] | None:
    """Read one frame; `None` at the end of the pipe. Raises `Garbled` when cut, too long or no JSON object."""
    head = pipe.read(8)
    if not head:
        return None
    lengths = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")
    if len(head) < 8 or lengths[0] > _WORDS_LIMIT or lengths[1] > _BYTES_LIMIT:
        raise Garbled("length")
    told, data = pipe.read(lengths[0]), pipe.read(lengths[1])
    if (len(told), len(data)) != lengths:
        raise Garbled("cut")
    try:
        words = json.loads(told)
    except (ValueError, RecursionError):
        raise Garbled("json") from None
    if not isinstance(words, dict):
        raise Garbled("object")
    return words, data
