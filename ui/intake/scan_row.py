"""One line under the checklist's head while the scanner has left something to settle: words, and the key that settles it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from ui.icon import pixmap
from ui.intake.elided import ElidedLabel
from ui.theme import Tone, tone_colours
from ui.widgets.key_button import KeyButton


class ScanRow(QFrame):
    """Hidden while there is nothing to say."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scan_row")
        self._tone: Tone | None = None
        self.sign, self.line = QLabel(), ElidedLabel()
        self.button = KeyButton("", "Ctrl+F6", kind="slim")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 4, 3)
        row.setSpacing(10)
        row.addWidget(self.sign)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, words: str, act: str, tone: Tone) -> None:
        """Say something and what Ctrl+F6 does about it; no words hide the line."""
        if words:
            self.line.set_words(words)
            self.button.set_words(act)
            self._dress(tone)
        self.setVisible(bool(words))

    def _dress(self, tone: Tone) -> None:
        if tone is self._tone:
            return
        self._tone = tone
        ink, ground = tone_colours(tone)
        self.sign.setPixmap(pixmap(tone.icon, ink, 18))
        self.setStyleSheet(f"#scan_row {{ background: {ground}; border: none; border-radius: 8px; }}")
