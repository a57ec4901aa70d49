"""The life of a child program that opens foreign bytes: one question, one answer, until its pipe ends.

It works in one thread and writes no file. It ends with its pipe, at its memory limit, or when one answer takes too
long, even if nobody is left to end it.
"""

import faulthandler
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import IO

from clerk_app.papers.frames import Garbled, Words, read_frame, write_frame
from clerk_app.papers.memory_limit import limit_own_memory
from clerk_app.papers.refusals import PaperBroken, PaperRefused, PaperTooHeavy

Answer = tuple[Words, bytes]
Ways = Mapping[object, Callable[[Words, bytes], Answer]]


def live(ways: Ways, memory: int) -> int:
    """Be the child, within so many bytes. Exit codes: 0 the pipe ended or a file was too heavy, 1 the other side made no sense."""
    limit_own_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends us by the pipe
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    try:
        serve(ways, sys.stdin.buffer, answers)
    except (Garbled, OSError):
        return 1
    return 0


def serve(ways: Ways, requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the pipe ends or the memory was too little for a file: then nothing here is worth keeping."""
    while (frame := read_frame(requests)) is not None:
        asked, data = frame
        faulthandler.dump_traceback_later(number(asked, "seconds"), exit=True, file=sys.stderr)
        words, answer = _answered(ways, asked, data)
        faulthandler.cancel_dump_traceback_later()
        write_frame(answers, words, answer)
        if words.get("refused") == PaperTooHeavy.__name__:
            return


def number(asked: Words, name: str) -> int:
    """Return a number of the question; raises `Garbled`."""
    found = asked[name]
    if not isinstance(found, int):
        raise Garbled(name)
    return found


def _answered(ways: Ways, asked: Words, data: bytes) -> Answer:
    """Do what is asked. Whatever bad bytes make a library raise comes back as a refusal."""
    try:
        return ways[asked["op"]](asked, data)
    except PaperRefused as refusal:
        facts = {name: fact for name, fact in refusal.facts.items() if name != "name"}
        return {"refused": type(refusal).__name__, "facts": facts}, b""
    except MemoryError:
        return {"refused": PaperTooHeavy.__name__, "facts": {}}, b""
    except IndexError:
        return {"no_page": True}, b""
    except Exception:  # noqa: BLE001 - decoders meet bad bytes with any error; its text may hold what is in them
        return {"refused": PaperBroken.__name__, "facts": {}}, b""
