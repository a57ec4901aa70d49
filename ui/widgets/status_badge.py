"""A status in a pill: words and colour, with an icon where the words stand alone."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icon import pixmap
from ui.theme import SMALL, Tone, current, font, tone_colours

HEIGHT = 22
_PADDING, _ICON, _GAP = 10, 14, 5


class StatusBadge(QWidget):
    """Says one status. `show_icon` for places where no other sign stands beside it."""

    def __init__(
        self,
        words: str = "",
        tone: Tone = Tone.NEUTRAL,
        show_icon: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._show_icon = show_icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_status(words, tone)

    def set_status(self, words: str, tone: Tone) -> None:
        """Show other words in another tone; without words nothing is drawn."""
        self.words, self.tone = words, tone
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return QSize(badge_width(self.words, self._show_icon) if self.words else 0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        if self.words:
            paint_badge(QPainter(self), self.rect(), self.words, self.tone, self._show_icon)


def badge_width(words: str, show_icon: bool = False) -> int:
    """Return how wide `paint_badge` will draw these words."""
    text = QFontMetrics(_font()).horizontalAdvance(words) + 1
    return text + 2 * _PADDING + (_ICON + _GAP if show_icon else 0)


def paint_badge(
    painter: QPainter, place: QRect, words: str, tone: Tone, show_icon: bool = False, selected: bool = False
) -> None:
    """Draw a badge into `place`; delegates of lists use it too. On a selected row it stands on white."""
    ink, ground = tone_colours(tone)
    ground = current().surface if selected else ground
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    left = place.left() + _PADDING
    if show_icon:
        painter.drawPixmap(left, place.center().y() - _ICON // 2 + 1, pixmap(tone.icon, ink, _ICON))
        left += _ICON + _GAP
    painter.setFont(_font())
    painter.setPen(QColor(ink))
    painter.drawText(place.adjusted(left - place.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()


def _font() -> QFont:
    return font(SMALL, QFont.Weight.DemiBold)
