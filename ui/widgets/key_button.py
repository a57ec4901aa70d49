"""A button that shows its key: icon, words, and the key drawn as a cap.

The words stay the button's text, so that a screen reader says them without the key.
"""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from ui.icon import pixmap
from ui.theme import SMALL, UNIT, current, font
from ui.widgets.label import restyle

_ICON = 18
_CAP_PADDING = 7
_CAP_HEIGHT = 22
_SHAPES = {"quiet": (10, 32), "slim": (12, 30), "link": (6, 26)}  # kind: padding at each side, height; pixels


class KeyButton(QPushButton):
    """`kind`: "primary" (one a screen), "" (outlined), "slim" (outlined, for strips), "quiet" (no outline), "link". `key` as in "F9" or "Ctrl+S"."""

    def __init__(
        self, text: str, key: str = "", icon: str = "", kind: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._kind, self._cap = icon, kind, ""
        # A shortcut of its own: the button's would press it a tenth of a second late, to show it going down.
        self._shortcut = QShortcut(self)
        self._shortcut.activated.connect(self.click)
        if kind:
            self.setProperty("kind", kind)
        self.setAccessibleName(text.replace("&", ""))
        self.setAutoDefault(False)
        if key:
            self.set_key(key)

    @property
    def words(self) -> str:
        """What the button says, without its mnemonic."""
        return self.text().replace("&", "")

    @property
    def cap(self) -> str:
        """The key that presses it, as shown; "" for none."""
        return self._cap

    def set_key(self, key: str) -> None:
        """Let `key` press this button while it can be seen, and show it on the cap."""
        self._shortcut.setKey(QKeySequence(key))
        self._cap = key.replace("Return", "Enter").replace("Space", self.tr("Dấu cách"))
        self.setAccessibleDescription(self.tr("Phím {key}").format(key=self._cap))
        self.updateGeometry()

    def set_words(self, text: str, icon: str = "") -> None:
        """Change what the button says; its key stays."""
        self.setText(text)
        self._icon = icon or self._icon
        self.setAccessibleName(text.replace("&", ""))
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Dress it as another kind: of two ways on, the usual one is the primary."""
        self._kind = kind
        restyle(self, "kind", kind)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for icon, words and cap beside each other."""
        padding, height = _SHAPES.get(self._kind, (16, 40))
        return QSize(self._content_width() + 2 * padding, height)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the style draw the button, then lay the three parts on it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        left = (self.width() - self._content_width()) // 2
        left = self._paint_icon(painter, left)
        left = self._paint_words(painter, left)
        self._paint_cap(painter, left)

    def _content_width(self) -> int:
        icon = _ICON + UNIT if self._icon else 0
        cap = UNIT + 2 + self._cap_width() if self._cap else 0
        return icon + self._words_width() + cap

    def _words_font(self) -> QFont:
        return font(weight=QFont.Weight.DemiBold if self._kind == "primary" else QFont.Weight.Medium)

    def _words_width(self) -> int:
        return QFontMetrics(self._words_font()).horizontalAdvance(self.text().replace("&", "")) + 1

    def _cap_width(self) -> int:
        return QFontMetrics(font(SMALL, QFont.Weight.Medium)).horizontalAdvance(self._cap) + 2 * _CAP_PADDING

    def _ink(self) -> str:
        now = current()
        if not self.isEnabled():
            return now.disabled
        return now.on_primary if self._kind == "primary" else now.text

    def _paint_icon(self, painter: QPainter, left: int) -> int:
        if not self._icon:
            return left
        ink = current().primary if self._kind == "quiet" and self.isEnabled() else self._ink()
        painter.drawPixmap(left, (self.height() - _ICON) // 2, pixmap(self._icon, ink, _ICON))
        return left + _ICON + UNIT

    def _paint_words(self, painter: QPainter, left: int) -> int:
        width = self._words_width()
        painter.setFont(self._words_font())
        painter.setPen(QColor(self._ink()))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(QRect(left, 0, width, self.height()), flags, self.text())
        return left + width + UNIT + 2

    def _paint_cap(self, painter: QPainter, left: int) -> None:
        if not self._cap:
            return
        now = current()
        cap = QRect(left, (self.height() - _CAP_HEIGHT) // 2, self._cap_width(), _CAP_HEIGHT)
        if self._kind != "quiet":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            on_colour = self._kind == "primary" and self.isEnabled()
            painter.setBrush(QColor(now.primary_hover if on_colour else now.sunken))
            painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(font(SMALL, QFont.Weight.Medium))
        painter.setPen(QColor(self._ink() if self._kind != "quiet" else now.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._cap)
