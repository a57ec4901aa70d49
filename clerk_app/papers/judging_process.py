"""The judging process: a child program that looks at signed files from anywhere, so that what explodes is not ours.

Started as `python -m clerk_app.papers.judging_process`, never imported; see `serving` for how it lives. It holds no key
and asks no network: the anchors come with the question, before the file.
"""

import json
import sys
from collections.abc import Callable

from clerk_app.domain.record import as_json
from clerk_app.papers.frames import Garbled, Words
from clerk_app.papers.judgement import judge
from clerk_app.papers.serving import Answer, Ways, live
from signing.errors import Unreadable
from signing.trust import Trust
from signing.validation import validate

MEMORY = 1536 << 20  # bytes: a file of 100 MB, its copies, and one unpacked stream


def _judge(asked: Words, data: bytes) -> Answer:
    return _told(judge, asked, data)


def _check(asked: Words, data: bytes) -> Answer:
    return _told(validate, asked, data)


def _told(look: Callable[[bytes, Trust], object], asked: Words, data: bytes) -> Answer:
    roots, rest = _parted(data, asked.get("roots"))
    others, rest = _parted(rest, asked.get("others"))
    times, pdf = (None, rest) if asked.get("times") is None else _parted(rest, asked["times"])
    try:
        told = look(pdf, Trust(roots, others, times))
    except Unreadable as refusal:
        return {"refused": Unreadable.__name__, "facts": dict(refusal.facts)}, b""
    return {}, json.dumps(as_json(told), ensure_ascii=False).encode()


def _parted(data: bytes, lengths: object) -> tuple[tuple[bytes, ...], bytes]:
    """Cut pieces of these lengths off the front."""
    if not isinstance(lengths, list):
        raise Garbled("lengths")
    pieces: list[bytes] = []
    at = 0
    for length in lengths:
        pieces.append(data[at : at + length])
        at += length
    return tuple(pieces), data[at:]


_WAYS: Ways = {"judge": _judge, "check": _check, "hello": lambda _, __: ({}, b"")}


if __name__ == "__main__":
    sys.exit(live(_WAYS, MEMORY))
