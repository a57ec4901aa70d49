"""The rail on the left: one button a screen, with its key and, where something waits, a number."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.icon import pixmap
from ui.theme import SMALL, UNIT, current, font
from ui.widgets.card import Line

WIDTH = 82
_LETTERS = 11  # of a line at the rail's width
_ROOMY, _CLOSE = (
    (22, 5, 14),
    (18, 1, 4),
)  # icon, gap under it, room around: where ten share a small screen, closer


class Navigation(QFrame):
    """Add screens with `add`; `chosen(number)` tells which one is wanted. After `divide` they stand at the foot."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "side")
        self.setFixedWidth(WIDTH)
        self._buttons: list[RailButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, UNIT, 5, UNIT)
        self._column.setSpacing(2)
        self._column.addStretch()
        self._line: Line | None = None

    def add(self, words: str, icon: str, key: str) -> "RailButton":
        """Put one more screen below the others."""
        number = len(self._buttons)
        button = RailButton(words, icon, key)
        button.clicked.connect(lambda: self.chosen.emit(number))
        self._buttons.append(button)
        self._column.insertWidget(number if self._line is None else -1, button)
        return button

    def divide(self) -> None:
        """Put what comes from now on at the foot of the rail, under a line where there is no room between."""
        self._line = Line()
        self._column.addSpacing(UNIT // 2)
        self._column.addWidget(self._line)
        self._column.addSpacing(UNIT // 2)

    @property
    def buttons(self) -> tuple["RailButton", ...]:
        """All of them, by number of the screen."""
        return tuple(self._buttons)

    def choose(self, number: int) -> None:
        """Mark the screen that is shown."""
        for place, button in enumerate(self._buttons):
            button.set_shown(place == number)


def two_lines(words: str) -> str:
    """Break words that are too long for one line: at the first space of the second half that the line has room for."""
    spaces = [place for place, sign in enumerate(words) if sign == " " and place <= _LETTERS]
    if len(words) <= _LETTERS or not spaces:
        return words
    middle = next((place for place in spaces if place >= len(words) / 2), spaces[-1])
    return words[:middle] + "\n" + words[middle + 1 :]


class RailButton(QAbstractButton):
    """Icon over words; `set_count` hangs a number on it."""

    def __init__(self, words: str, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.key = key
        QShortcut(QKeySequence(key), self).activated.connect(self.click)
        self.setToolTip(f"{words} ({key})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # closer when many
        self._icon, self._count, self._shown = icon, 0, False
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how much waits there; nothing for 0."""
        self._count = count
        waiting = self.tr("{words}, {count} đang chờ").format(words=self.text(), count=count)
        self.setAccessibleName(waiting if count else self.text())
        self.update()

    def set_shown(self, shown: bool) -> None:
        """Mark the screen that is shown. No check mark: a screen reader would toggle that, and lead nowhere."""
        self._shown = shown
        self.setAccessibleDescription(self.tr("đang mở") if shown else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Icon and one or two lines of words."""
        return QSize(WIDTH - 9, self._needed(_ROOMY))

    def minimumSizeHint(self) -> QSize:
        """The same closer together."""
        return QSize(WIDTH - 9, self._needed(_CLOSE))

    def _needed(self, shape: tuple[int, int, int]) -> int:
        return sum(shape) + self._words_height()

    def _words_height(self) -> int:
        return QFontMetrics(self._face()).lineSpacing() * (two_lines(self.text()).count("\n") + 1)

    def _face(self) -> QFont:
        return font(SMALL, QFont.Weight.DemiBold if self._shown else QFont.Weight.Medium)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, words and number."""
        now = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shown or self.underMouse() or self.hasFocus():
            painter.setBrush(QColor(now.primary_soft if self._shown else now.sunken))
            painter.setPen(QColor(now.primary) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        ink = now.primary if self._shown else now.muted
        words = self._words_height()
        close = self.height() < self._needed(_ROOMY) - _ROOMY[2] + _CLOSE[2]
        icon, gap, _ = _CLOSE if close else _ROOMY
        above = (self.height() - icon - gap - words) // 2
        painter.drawPixmap((self.width() - icon) // 2, above, pixmap(self._icon, ink, icon))
        painter.setFont(self._face())
        painter.setPen(QColor(ink))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(
            QRect(2, above + icon + gap, self.width() - 4, self.height()), flags, two_lines(self.text())
        )
        self._paint_count(painter, above)

    def _paint_count(self, painter: QPainter, above: int) -> None:
        if not self._count:
            return
        now = current()
        words = str(self._count) if self._count < 100 else "99+"
        painter.setFont(font(11, QFont.Weight.Bold))
        width = max(18, painter.fontMetrics().horizontalAdvance(words) + 10)
        pill = QRect(self.width() // 2 + 6, max(1, above - 5), width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.warn))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(QColor(now.surface))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
