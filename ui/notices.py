"""How the window says what went wrong: a notice in words with its remedy, a bug as a report without personal data."""

import sys
import threading
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, qVersion

from clerk_app.clock import in_vietnam
from clerk_app.errors import Notice
from ui.language import told

_HOUSE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Words:
    """What happened, and what to do next."""

    message: str
    remedy: str = ""


def in_words(notice: Notice) -> Words:
    """Return the notice translated and filled with its facts; a fact that is missing leaves its braces out."""
    facts = _Facts({name: _fact(value) for name, value in notice.facts.items()})
    return Words(
        told(notice.message).format_map(facts).strip(),
        told(notice.remedy).format_map(facts).strip(),
    )


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _fact(value: object) -> str:
    match value:
        case str():
            return told(value)
        case datetime():
            return in_vietnam(value).strftime("%H:%M %d/%m/%Y")
        case Mapping():
            return ", ".join(_fact(each) for each in value.values())
        case Iterable():
            return ", ".join(_fact(each) for each in value)
        case other:
            return str(other)


def crash_report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return type and places of a bug, never its values: an exception's own text may hold a citizen's data."""
    lines = [
        f"{kind.__module__}.{kind.__qualname__}",
        f"Python {sys.version.split()[0]} · Qt {qVersion()} · {sys.platform}",
    ]
    places = (
        f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    )
    return "\n".join([*lines, *places])


def _place(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(_HOUSE).as_posix() if path.is_relative_to(_HOUSE) else path.name


class Crashes(QObject):
    """Hears of every bug, in any thread, and tells the window's thread once with a report."""

    reported = Signal(str)
    _seen = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen.connect(self.reported, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Take over the interpreter's hooks for errors that nobody caught."""
        sys.excepthook = self._on_main
        threading.excepthook = self._on_thread

    def _on_main(self, kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
        else:
            self._tell(kind, trace)

    def _on_thread(self, hook: threading.ExceptHookArgs) -> None:
        self._tell(hook.exc_type, hook.exc_traceback)

    def _tell(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        report = crash_report(kind, trace)
        sys.stderr.write(report + "\n")
        self._seen.emit(report)
