"""Two corrections of the same, side by side: what stood there, what counts now, what this counter wrote."""

from PySide6.QtWidgets import QGridLayout, QWidget

from clerk_app.domain.conflict import Conflict
from ui.field_words import field_name
from ui.theme import UNIT
from ui.widgets.label import label

_NOTHING = "–"


class ConflictGrid(QWidget):
    """Shows nothing, and takes no room, without conflicts in fields that people know."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, UNIT // 2, 0, UNIT // 2)
        self._grid.setHorizontalSpacing(2 * UNIT)
        self._grid.setVerticalSpacing(UNIT // 2)
        for column in (1, 2, 3):
            self._grid.setColumnStretch(column, 1)
        self.hide()

    def show_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Show a line for each field."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        known = [(name, each) for each in conflicts if (name := field_name(each.field))]
        heads = ("", self.tr("Lúc đầu"), self.tr("Đang có hiệu lực"), self.tr("Quầy này ghi"))
        for column, head in enumerate(heads if known else ()):
            self._grid.addWidget(label(head, "small"), 0, column)
        for row, (name, each) in enumerate(known, start=1):
            values = (each.base, each.theirs, each.ours)
            self._grid.addWidget(label(name[:1].upper() + name[1:], "small"), row, 0)
            for column, value in enumerate(values, start=1):
                strong = column > 1 and not each.agreed
                self._grid.addWidget(
                    label(value or _NOTHING, "strong" if strong else "", wrap=True), row, column
                )
        self.setVisible(bool(known))
