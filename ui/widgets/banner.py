"""A strip across the window for what everybody must know, with at most one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.icon import pixmap
from ui.theme import GUTTER, UNIT, Tone, tone_colours
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


class Banner(QFrame):
    """Hidden until `say`. Never a dialog: work goes on under it. `rounded`: inside a form, remedy below."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None, rounded: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._rounded = rounded
        self._icon, self._bold, self._text = QLabel(), label(role="strong", wrap=rounded), label(wrap=rounded)
        self._button = KeyButton("", kind="slim")
        self._button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(GUTTER, 10, GUTTER, 10) if rounded else row.setContentsMargins(
            20, 4, GUTTER, 4
        )
        row.setSpacing(UNIT)
        words = QVBoxLayout() if rounded else QHBoxLayout()
        words.setSpacing(2 if rounded else UNIT)
        words.addWidget(self._bold)
        words.addWidget(self._text, 1)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop if rounded else Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._button)
        self.hide()

    @property
    def words(self) -> str:
        """All that it says now."""
        return f"{self._bold.text()} {self._text.text()}".strip()

    def say(self, bold: str, text: str, tone: Tone, icon: str = "", button: str = "") -> None:
        """Show a sentence and what goes with it; without `button` there is none."""
        ink, ground = tone_colours(tone)
        self._icon.setPixmap(pixmap(icon or tone.icon, ink, 18))
        self._bold.setText(bold)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setVisible(bool(button))
        self._button.set_words(button, "refresh-cw" if icon == "wifi-off" else "")
        self._dress(ink, ground)
        self.setAccessibleName(self.words)
        self.show()

    def set_busy(self, busy: bool) -> None:
        """While what the button asked for is under way, it can't be pressed again."""
        self._button.setEnabled(not busy)

    def _dress(self, ink: str, ground: str) -> None:
        shape = "border-radius: 8px;" if self._rounded else ""
        self.setStyleSheet(
            f"#banner {{ background: {ground}; border: none; {shape} }}#banner QLabel {{ color: {ink}; }}"
        )
