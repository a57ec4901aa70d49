"""A card: a white surface with a hairline around what belongs together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import GUTTER, UNIT


class Card(QFrame):
    """Holds widgets in a column, `column`; add to it, or give it rows of your own."""

    def __init__(self, parent: QWidget | None = None, padding: int = GUTTER) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(UNIT)


class Line(QFrame):
    """A hairline between two things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", True)
