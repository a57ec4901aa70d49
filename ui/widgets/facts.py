"""Facts about one thing: names on the left, values on the right; and lines of what happened, one under another."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.icon import pixmap
from ui.theme import UNIT, Tone, tone_colours
from ui.widgets.label import label

_NAME_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Line:
    """A sign, words, and small words under them."""

    words: str
    detail: str = ""
    tone: Tone = Tone.NEUTRAL
    icon: str = ""  # the tone's own unless named


class Facts(QWidget):
    """A grid of (name, value); a fact without value is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = _grid(self)
        self._grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these facts."""
        wanted = tuple(fact for fact in facts if fact[1])
        if wanted == self._shown:
            return
        self._shown = wanted
        _clear(self._grid)
        for row, (name, value) in enumerate(wanted):
            shown = label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, 1)


class Lines(QWidget):
    """One line under another, each with its sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = _grid(self)
        self._grid.setVerticalSpacing(UNIT)
        self._shown: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        _clear(self._grid)
        for row, line in enumerate(lines):
            sign = QLabel()
            sign.setPixmap(pixmap(line.icon or line.tone.icon, tone_colours(line.tone)[0], 16))
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_words(line), row, 1)


def _words(line: Line) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(line.words, wrap=True))
    if line.detail:
        column.addWidget(label(line.detail, "small", wrap=True))
    return both


def _grid(parent: QWidget) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(UNIT + 2)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    return grid


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
