"""The other core: while a list is signed here, a child program of ours checks what it can; nobody waits for it.

Checking three signatures takes about as long as a token takes for one, and Python's threads share one core.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from clerk_app.domain.record import RecordDamaged, from_json
from clerk_app.errors import OfficeError
from clerk_app.papers.frames import Garbled
from clerk_app.papers.reading_child import ChildLost, ChildSilent, ReadingChild
from clerk_app.papers.signature_reader import PROGRAM, asked_of
from clerk_app.progress import Progress
from signing.pades import Check
from signing.report import Report
from signing.trust import Trust
from signing.validation import validate

_WORTH_IT = 8  # items from which the start of a child pays
_SECONDS = 20.0  # for one paper of ours


@contextmanager
def second_core(items: int) -> Iterator[Check]:
    """Give a `validate` for so many papers of our own. Where there is no child, or none ready, it is done here."""
    if items < _WORTH_IT:
        yield validate
        return
    with _Helped() as helped:
        yield helped


class _Helped:
    def __init__(self) -> None:
        self._child: ReadingChild | None = None
        self._over = False
        self._free = threading.Lock()
        self._starting = threading.Thread(target=self._start, name="second core", daemon=True)

    def __enter__(self) -> "_Helped":
        self._free.acquire()  # until it has answered for the first time
        self._starting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def __call__(self, pdf: bytes, trust: Trust) -> Report:
        """Return what `validate` returns; raises `Unreadable`."""
        child = self._child
        if child is None or not self._free.acquire(blocking=False):
            return validate(pdf, trust)
        try:
            words, data = asked_of("check", pdf, trust)
            told, answer = child.ask(words, data, _SECONDS, Progress())
            return validate(pdf, trust) if "refused" in told else from_json(Report, json.loads(answer))
        except (ChildSilent, ChildLost, Garbled, RecordDamaged, ValueError):
            self._child = None
            return validate(pdf, trust)
        finally:
            self._free.release()

    def _start(self) -> None:
        try:
            child = ReadingChild(PROGRAM)
            self._child = child
            if self._over:
                child.kill()
            child.ask({"op": "hello"}, b"", _SECONDS, Progress())
        except (ChildSilent, ChildLost, OfficeError):
            self._child = None
        finally:
            self._free.release()
