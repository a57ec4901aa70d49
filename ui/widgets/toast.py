"""News at the foot of the window that nobody has to answer, and that can be read again later."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from clerk_app.clock import now as utc_now
from ui.icon import pixmap
from ui.theme import Tone, tone_colours
from ui.widgets.label import label

_SHOWN = 6000  # milliseconds
_KEPT = 30  # pieces of news that can be read again
_ABOVE_FOOT = 88  # pixels over the window's lower edge: clear of the action bar


@dataclass(frozen=True, slots=True)
class News:
    """What was said, and when (UTC)."""

    words: str
    tone: Tone
    at: datetime


class Toast(QFrame):
    """Lies over `window`; `say` shows one piece of news, `recent` gives them back, newest first."""

    said = Signal()

    def __init__(self, window: QWidget, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__(window)
        self._window, self._now = window, now
        self._news: deque[News] = deque(maxlen=_KEPT)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon, self._words = QLabel(), label(wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 18, 10)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    @property
    def recent(self) -> tuple[News, ...]:
        """What was said lately, newest first."""
        return tuple(self._news)

    def note(self, words: str, tone: Tone = Tone.OK) -> None:
        """Keep `words` without showing them: the screen says so itself. Screen readers hear them."""
        self._news.appendleft(News(words, tone, self._now()))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, words))
        self.said.emit()

    def say(self, words: str, tone: Tone = Tone.OK) -> None:
        """Show `words` for a while; bad news stays twice as long. Screen readers hear it too."""
        ink, ground = tone_colours(tone)
        self._icon.setPixmap(pixmap(tone.icon, ink, 18))
        self._words.setText(words)
        self.setStyleSheet(
            f"#toast {{ background: {ground}; border: 1px solid {ink}; border-radius: 8px; }}"
            f"#toast QLabel {{ color: {ink}; font-weight: 500; }}"
        )
        self._settle()
        self.show()
        self.raise_()
        self._timer.start(2 * _SHOWN if tone is Tone.BAD else _SHOWN)
        self.note(words, tone)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def _settle(self) -> None:
        room = self._window.width() - 48
        self._words.setWordWrap(False)
        self.adjustSize()
        if self.width() > room:
            self._words.setWordWrap(True)
            self.resize(room, self.heightForWidth(room))
        left = (self._window.width() - self.width()) // 2
        self.move(left, self._window.height() - self.height() - _ABOVE_FOOT)
