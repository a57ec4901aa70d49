"""A list under its name on a card of its own, with what is said while it is empty."""

from PySide6.QtWidgets import QWidget

from ui.theme import GUTTER, UNIT
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist
from ui.widgets.label import label


class ListCard(Card):
    """Its heading is what a screen reader calls the list; `empty` and the list take turns, as the screen says."""

    def __init__(self, checklist: Checklist, empty: QWidget) -> None:
        super().__init__(padding=GUTTER)
        self.column.addWidget(label(checklist.accessibleName(), "heading"))
        self.column.addSpacing(UNIT // 2)
        self.column.addWidget(empty)
        self.column.addWidget(checklist, 1)
        self.column.addStretch(0)
