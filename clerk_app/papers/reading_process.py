"""The readers' process: a child program that opens foreign bytes, so that what explodes in there is not ours.

Started as `python -m clerk_app.papers.reading_process`, never imported. It answers frames on its own pipe, one
after another, in one thread; it writes no file, and it ends with its pipe, at its memory limit, or when one
answer takes too long, even if nobody is left to end it.
"""

import faulthandler
import os
import signal
import sys
from collections.abc import Callable
from typing import IO

from clerk_app.papers.card_reader import texts_on_page
from clerk_app.papers.frames import Garbled, Words, read_frame, write_frame
from clerk_app.papers.imports import read_paper
from clerk_app.papers.media import Limits
from clerk_app.papers.memory_limit import limit_own_memory
from clerk_app.papers.page_bytes import as_picture
from clerk_app.papers.pictures import thumbnail
from clerk_app.papers.refusals import PaperBroken, PaperRefused, PaperTooHeavy

MEMORY = 768 << 20  # bytes: a picture of 100 megapixels takes 400 million when it lies open
_Answer = tuple[Words, bytes]


def _read(asked: Words, data: bytes) -> _Answer:
    numbers = {name: _number(asked, name) for name in ("megabytes", "megapixels", "pages")}
    paper = read_paper(data, limits=Limits(**numbers))
    return {"media_type": paper.media_type, "pages": paper.pages}, b""


def _picture(asked: Words, data: bytes) -> _Answer:
    page, width = _number(asked, "page"), _number(asked, "width")
    return {}, thumbnail(data, str(asked["media_type"]), page, width)


def _codes(asked: Words, data: bytes) -> _Answer:
    return {"codes": list(texts_on_page(data, str(asked["media_type"]), _number(asked, "page")))}, b""


def _pack(asked: Words, data: bytes) -> _Answer:
    page = as_picture(data, _number(asked, "dpi"))
    return {"whole": page is not None}, page or b""


_WAYS: dict[object, Callable[[Words, bytes], _Answer]] = {
    "hello": lambda _, __: ({}, b""),
    "read": _read,
    "picture": _picture,
    "codes": _codes,
    "pack": _pack,
}


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the pipe ends or the memory was too little for a file: then nothing here is worth keeping."""
    while (frame := read_frame(requests)) is not None:
        asked, data = frame
        faulthandler.dump_traceback_later(_number(asked, "seconds"), exit=True, file=sys.stderr)
        words, answer = _answered(asked, data)
        faulthandler.cancel_dump_traceback_later()
        write_frame(answers, words, answer)
        if words.get("refused") == PaperTooHeavy.__name__:
            return


def _answered(asked: Words, data: bytes) -> _Answer:
    """Do what is asked. Whatever bad bytes make a library raise comes back as a refusal."""
    try:
        return _WAYS[asked["op"]](asked, data)
    except PaperRefused as refusal:
        facts = {name: fact for name, fact in refusal.facts.items() if name != "name"}
        return {"refused": type(refusal).__name__, "facts": facts}, b""
    except MemoryError:
        return {"refused": PaperTooHeavy.__name__, "facts": {}}, b""
    except IndexError:
        return {"no_page": True}, b""
    except Exception:  # noqa: BLE001 - decoders meet bad bytes with any error; its text may hold what is in them
        return {"refused": PaperBroken.__name__, "facts": {}}, b""


def _number(asked: Words, name: str) -> int:
    number = asked[name]
    if not isinstance(number, int):
        raise Garbled(name)
    return number


def main() -> int:
    """Run the child. Exit codes: 0 the pipe ended or a file was too heavy, 1 the other side made no sense."""
    limit_own_memory(MEMORY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends us by the pipe
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    try:
        serve(sys.stdin.buffer, answers)
    except (Garbled, OSError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
