"""A figure with its name over it: "Dải số cấp trước" – "còn 37 số hôm nay"."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Tone
from ui.widgets.label import label, set_tone


class Stat(QWidget):
    """`title` in small letters, the value in strong ones under it."""

    def __init__(self, title: str, value: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._value = label(role="strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(title, "small"))
        column.addWidget(self._value)
        self.say(value)

    @property
    def value(self) -> str:
        """What it shows now."""
        return self._value.text()

    def say(self, value: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Show another value."""
        self._value.setText(value)
        set_tone(self._value, tone)
        self.setAccessibleName(f"{self._title}: {value}")
