"""Two corrections of the same, side by side: what stood there, what counts now, what this counter wrote; one side is picked."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QScrollArea, QSizePolicy, QWidget

from clerk_app.domain.conflict import Conflict
from ui.field_words import field_name, group_name
from ui.theme import UNIT
from ui.widgets.label import label

_NOTHING = "–"
_THEIRS, _OURS = range(2)
_LEAST_HEIGHT = 64  # pixels: a group and the first of its lines


class ConflictScroll(QScrollArea):
    """As high as the lines of its grid, and scrolls under its heads where there is less room; takes no keys itself."""

    def __init__(self, grid: "ConflictGrid") -> None:
        super().__init__()
        self._grid = grid
        words = (self.tr("Lúc đầu"), self.tr("Đang có hiệu lực"), self.tr("Quầy này ghi"))
        self.heads = [label(each, "small") for each in words]
        for head in self.heads:
            head.setParent(self)
        self._over = self.heads[0].sizeHint().height() + UNIT // 2  # pixels above the lines
        self.setViewportMargins(0, self._over, 0, 0)
        self.setWidget(grid)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(_LEAST_HEIGHT + self._over)
        grid.laid_out.connect(self._place_heads)
        grid.asked.connect(self.ensureWidgetVisible)
        self.hide()

    def sizeHint(self) -> QSize:
        """Return what the lines need at this width."""
        width = self.viewport().width()
        return QSize(width, self._over + max(_LEAST_HEIGHT, self._grid.heightForWidth(width)))

    def _place_heads(self) -> None:
        """Put each over its column; they stay there while the lines scroll."""
        for head, (left, width) in zip(self.heads, self._grid.columns(), strict=True):
            head.setGeometry(self.viewport().x() + left, 0, width, self._over)


class ConflictGrid(QWidget):
    """Shows nothing, and takes no room, without conflicts. Where a side may be chosen, none is picked at first.

    Space picks the side that has the keys, Left and Right change it.
    """

    picked = Signal()
    asked = Signal(QWidget)  # this one has been given the keys
    laid_out = Signal()  # columns may stand elsewhere than before

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Conflict, ...], tuple[str, ...]] = ((), ())
        self.sides: dict[str, QButtonGroup] = {}  # by group
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, UNIT // 2, 0, UNIT // 2)
        self._grid.setHorizontalSpacing(2 * UNIT)
        self._grid.setVerticalSpacing(UNIT // 2)
        for column in (1, 2, 3):
            self._grid.setColumnStretch(column, 1)
        self.hide()

    def show_conflicts(self, conflicts: tuple[Conflict, ...], to_choose: tuple[str, ...] = ()) -> None:
        """Show a line for each field; what was picked stays while the same is shown."""
        if (conflicts, to_choose) == self._shown:
            return
        self._shown = (conflicts, to_choose)
        self._clear()
        groups = dict.fromkeys(each.group for each in conflicts)
        shown = [group for group in groups if group in to_choose or _named(conflicts, group)]
        for group in shown:
            self._show_group(group, _named(conflicts, group), may_choose=group in to_choose)
        self.setVisible(self.shows)

    def columns(self) -> list[tuple[int, int]]:
        """Return where what stood there, what counts and what this counter wrote begin, and how wide they are."""
        places = [self._grid.cellRect(self._grid.rowCount() - 1, column) for column in (1, 2, 3)]
        return [(place.x(), place.width()) for place in places]

    def event(self, event: QEvent) -> bool:
        """Tell when the columns have been laid out: the layout hears of both before this."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.laid_out.emit()
        return super().event(event)

    @property
    def shows(self) -> bool:
        """Whether there is anything to see."""
        return self._grid.count() > 0

    @property
    def all_picked(self) -> bool:
        """Whether a side is picked for every group of which one may be."""
        return all(sides.checkedId() in (_THEIRS, _OURS) for sides in self.sides.values())

    @property
    def ours(self) -> frozenset[str]:
        """The groups for which this counter's side is picked."""
        return frozenset(group for group, sides in self.sides.items() if sides.checkedId() == _OURS)

    def go_to_unpicked(self) -> bool:
        """Give the keys to the first group of which no side is picked; False when there is none."""
        for sides in self.sides.values():
            if sides.checkedId() not in (_THEIRS, _OURS):
                sides.button(_THEIRS).setFocus(Qt.FocusReason.OtherFocusReason)
                self.asked.emit(sides.button(_THEIRS))
                return True
        return False

    def _show_group(self, group: str, fields: Sequence[tuple[str, Conflict]], *, may_choose: bool) -> None:
        row = self._grid.rowCount()
        if may_choose:
            self._add_sides(group, row)
            row += 1
        for name, each in fields:
            values = (each.base, each.theirs, each.ours)
            self._grid.addWidget(label(name[:1].upper() + name[1:], "small"), row, 0)
            for column, value in enumerate(values, start=1):
                strong = column > 1 and not each.agreed
                self._grid.addWidget(
                    label(value or _NOTHING, "strong" if strong else "", wrap=True), row, column
                )
            row += 1
        if not fields:
            self._grid.addWidget(
                label(self.tr("Khác ở phần chi tiết, mở hồ sơ để xem."), wrap=True), row, 1, 1, 3
            )

    def _add_sides(self, group: str, row: int) -> None:
        name = group_name(group)
        sides = self.sides[group] = QButtonGroup(self)
        self._grid.addWidget(label(name, "strong", wrap=True), row, 0, 1, 2)
        for side, words in ((_THEIRS, self.tr("Giữ")), (_OURS, self.tr("Lấy của quầy này"))):
            button = QRadioButton(words)
            button.setAccessibleName(f"{name}: {words}")
            sides.addButton(button, side)
            self._grid.addWidget(button, row, side + 2)
        sides.idToggled.connect(lambda *_: self.picked.emit())

    def _clear(self) -> None:
        self.sides = {}
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # the keys leave it before it goes
                widget.deleteLater()


def _named(conflicts: tuple[Conflict, ...], group: str) -> list[tuple[str, Conflict]]:
    return [(name, each) for each in conflicts if each.group == group and (name := field_name(each.field))]
