"""One field of a form: its label above, the input, and under it what is wrong with it, in words."""

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.theme import Tone
from ui.widgets.label import label, restyle, set_tone


class FormField(QWidget):
    """`title` may hold a mnemonic ("&Họ và tên"); `required` adds the star. The words line shows while needed."""

    def __init__(
        self, title: str, field: QWidget, required: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._title = QLabel(f"{title} *" if required else title)
        self._title.setProperty("role", "small")
        self._title.setBuddy(field)
        self._words = label(role="small", wrap=True)
        self._words.hide()
        self.tone = Tone.NEUTRAL
        field.setAccessibleName(title.replace("&", ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._title, field, self._words):
            column.addWidget(widget)
        column.addStretch()

    @property
    def words(self) -> str:
        """What stands under the input now."""
        return self._words.text()

    def say(self, words: str, tone: Tone = Tone.BAD) -> None:
        """Show what is wrong (BAD), unlikely (WARN) or worth knowing (NEUTRAL) under the input; "" clears it."""
        self.tone = tone if words else Tone.NEUTRAL
        self._words.setText(words)
        self._words.setVisible(bool(words))
        set_tone(self._words, self.tone)
        self.field.setAccessibleDescription(words)
        if isinstance(self.field, QLineEdit | QComboBox):
            restyle(self.field, "wrong", self.tone is Tone.BAD)
