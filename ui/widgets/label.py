"""Text on the window in one of the theme's roles."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Tone

_TONES = {Tone.BAD: "bad", Tone.WARN: "warn", Tone.OK: "ok"}


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """Return plain text in a role: "title", "heading", "strong", "muted", "small" or none."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Colour a label's text, or take the colour back with `Tone.NEUTRAL`."""
    restyle(widget, "tone", _TONES.get(tone, ""))


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and dress the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
