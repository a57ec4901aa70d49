"""Watches the field with the focus for a scanner: keys faster than fingers that begin as a card's code does.

It only looks on until then: what an officer types, and what an input method composes, goes its way untouched.
"""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from clerk_app.domain.identity_card import looks_like_card
from clerk_app.domain.mrz import looks_like_mrz
from clerk_app.domain.scanner_keys import Keyed, Stroke, read_strokes, shown_by

SLOWEST = (
    80  # milliseconds between two keys of a scanner; twelve digits and a bar at this pace are no fingers'
)
MRZ_BEGINNING = 8  # signs with a filler among them: nobody types that in a breath
SEPARATOR = "|"
GROUP_SEPARATOR = "\x1d"  # what some scanners send in its place: Ctrl+] to a keyboard
_HELD = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class Scan:
    """The beginning of a card, as typed so far into a field that was not meant."""

    strokes: tuple[Stroke, ...]
    field: QWidget
    before: str  # what the field held


class ScanWatch(QObject):
    """Follows the focus; `begun` comes once a scanner is at work, whose next keys go wherever the focus is then."""

    begun = Signal(object)  # Scan

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._field: QWidget | None = None
        self._strokes: list[Stroke] = []
        self._draft = ""  # what the input method composes now
        self._last = 0  # when the last key came
        self._before = ""

    def follow(self, field: QWidget | None) -> None:
        """Watch this field and no other."""
        if field is self._field:
            return
        if self._field is not None:
            self._field.removeEventFilter(self)
        self._field = field
        self._forget()
        if field is not None:
            field.installEventFilter(self)

    def resume(self, strokes: tuple[Stroke, ...]) -> None:
        """The field followed now goes on with these strokes."""
        self._strokes = list(strokes)

    def add(self, text: str) -> None:
        """A sign was put into the field that no key of it wrote."""
        self._strokes.append(Stroke(text))

    def keyed(self, shown: str) -> Keyed:
        """Return what the scanner typed into a line that now shows `shown`; a text pasted is as it is."""
        return read_strokes(self._strokes) if shown_by(self._strokes) == shown else Keyed(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a key or of a step of composition; only the key that gives the scanner away is kept back."""
        if watched is self._field:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
            if isinstance(event, QInputMethodEvent):
                return self._on_composition(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in _HELD:
            return False
        if event.key() == Qt.Key.Key_Backspace and self._strokes:
            self._strokes.append(Stroke(erased=1))
            return False
        text = SEPARATOR if event.text() == GROUP_SEPARATOR and not self._is_meant else event.text()
        if not text.isprintable() or not text or (event.modifiers() & _COMMANDS and text != SEPARATOR):
            if not self._is_meant:
                self._forget()
            return False
        self._note(Stroke(text), event.timestamp())
        return self._has_begun()

    def _on_composition(self, event: QInputMethodEvent) -> bool:
        text = event.commitString() + event.preeditString()
        erased = len(self._draft) + event.replacementLength()
        self._draft = event.preeditString()
        if not text and not erased:
            return False
        self._note(Stroke(text, erased, composed=True), self._last)
        return self._has_begun()

    def _note(self, stroke: Stroke, moment: int) -> None:
        """Add a stroke; a pause before it means that another text begins, except in the line for scanners."""
        pause = moment - self._last if moment and self._last else 0
        self._last = moment
        if not self._is_meant and (pause > SLOWEST or not self._strokes):
            self._strokes = []
            self._before = self._field.text() if isinstance(self._field, QLineEdit) else ""
        self._strokes.append(stroke)

    @property
    def _is_meant(self) -> bool:
        return self._field is not None and bool(self._field.property("scanned"))

    def _has_begun(self) -> bool:
        """Tell of a scanner, and say whether there is one."""
        text = shown_by(self._strokes)
        zone = len(text) >= MRZ_BEGINNING and text.isascii() and looks_like_mrz(text)
        if self._field is None or self._is_meant or not (zone or looks_like_card(text)):
            return False
        self.begun.emit(Scan(tuple(self._strokes), self._field, self._before))
        return True

    def _forget(self) -> None:
        self._strokes, self._draft, self._last, self._before = [], "", 0, ""
