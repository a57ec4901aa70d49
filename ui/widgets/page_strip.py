"""Pages of paper as small pictures, side by side: walked, chosen, dragged, and acted upon by keys."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.theme import current
from ui.widgets.page_drag import drag_of, dragged
from ui.widgets.page_tiles import TILE, Page, PagePainter, Pages

_Index = QModelIndex | QPersistentModelIndex
_Action = QAbstractItemView.CursorAction
_WALK = {_Action.MoveLeft: -1, _Action.MovePrevious: -1, _Action.MoveRight: 1, _Action.MoveNext: 1}
_EDGE = 24  # pixels from the upper and lower edge within which a drag scrolls on


class PageStrip(QListView):
    """Asks for pictures it lacks by `wanted(name)`; answer with `set_picture(name, png)` whenever it is there.

    `keys` says what each key stands for, as in {"Shift+R": act}: `asked(act)` when it is pressed.
    """

    wanted = Signal(str)
    opened = Signal(str)  # Enter, Space or a double click
    asked = Signal(object)
    menu_wanted = Signal(QPoint)  # on the screen
    chosen_changed = Signal()
    dropped = Signal(object, str, bool)  # keys of pages, the page they are laid beside, whether behind it

    def __init__(
        self, name: str, keys: Mapping[str, object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = keys or {}
        self._pages = Pages(self)
        self._asked_for: set[str] = set()
        self._spot: tuple[int, bool] | None = None  # where dragged pages would be laid: row, behind it
        self.setModel(self._pages)
        self.setItemDelegate(PagePainter(self))
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAcceptDrops(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key(index)))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    @property
    def pages(self) -> tuple[Page, ...]:
        """What it shows now."""
        return self._pages.pages

    @property
    def current_key(self) -> str:
        """The page with the focus, or ""."""
        return self._key(self.currentIndex())

    @property
    def chosen_keys(self) -> tuple[str, ...]:
        """The pages that an act is meant for, in their order: the chosen ones, else the one with the focus."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self.pages[row].key for row in rows) or tuple(filter(None, (self.current_key,)))

    def let_move(self, movable: bool) -> None:
        """Whether pages can be dragged."""
        self.setDragEnabled(movable)

    def set_pages(self, pages: Sequence[Page]) -> None:
        """Show these pages in this order; what was chosen stays chosen, pictures already here stay."""
        if tuple(pages) != self.pages:
            self._arrange(pages)
        self._asked_for &= {page.picture_name for page in pages}
        for page in pages:
            name = page.picture_name
            if name not in self._pages.pictures and name not in self._asked_for:
                self._asked_for.add(name)
                self.wanted.emit(name)

    def _arrange(self, pages: Sequence[Page]) -> None:
        key, row, chosen = self.current_key, self.currentIndex().row(), self.chosen_keys
        self._pages.show(tuple(pages))
        there = {page.key for page in pages}
        if pages and key not in there and (key or self.hasFocus()):
            key = pages[min(max(row, 0), len(pages) - 1)].key
        self.choose_all([each for each in chosen if each in there] or [key], key)

    def set_picture(self, name: str, png: bytes) -> None:
        """Show the picture of one page: PNG, PICTURE_WIDTH times the device pixel ratio wide."""
        picture = QPixmap()
        if picture.loadFromData(png):
            self._pages.take_picture(name, picture)

    def give_up(self, name: str) -> None:
        """A picture does not come: ask for it once more when pages are shown the next time."""
        self._asked_for.discard(name)

    def choose(self, key: str) -> None:
        """Put the focus on a page, if it is here."""
        self.choose_all([key], key)

    def choose_all(self, keys: Iterable[str], focus: str = "") -> None:
        """Choose these pages; the focus goes to one of them, the first unless named."""
        rows = {page.key: row for row, page in enumerate(self.pages)}
        there = [key for key in keys if key in rows]
        if not there:
            return
        model, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
        at = self._pages.index(rows[focus if focus in rows else there[0]])
        model.setCurrentIndex(at, flag.ClearAndSelect if focus in there else flag.Clear)
        for key in there:
            model.select(self._pages.index(rows[key]), flag.Select)
        self.scrollTo(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open a page, the keys given act, the rest walks and chooses."""
        pressed = QKeySequence(event.keyCombination()).toString().removeprefix("Num+")
        if not self.current_key:
            super().keyPressEvent(event)
        elif pressed in self._keys:
            self.asked.emit(self._keys[pressed])
        elif pressed in {"Return", "Enter", "Space"}:
            self.opened.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Left and Right walk on at the end of a row, too."""
        row = self.currentIndex().row()
        if row < 0 or action not in _WALK:
            return super().moveCursor(action, modifiers)
        return self._pages.index(min(max(row + _WALK[action], 0), len(self.pages) - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody who comes by keys stands on a page at once."""
        super().focusInEvent(event)
        if self.pages and not self.selectionModel().hasSelection():
            self.choose(self.current_key or self.pages[0].key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse the menu opens there, by its key at the page."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        here = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(here) if by_key else event.globalPos())

    # dragging

    def startDrag(self, _: Qt.DropAction) -> None:
        if keys := self.chosen_keys:
            picture = self.currentIndex().data(Qt.ItemDataRole.DecorationRole)
            drag_of(self, keys, picture).exec(Qt.DropAction.MoveAction)
            self._show_spot(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only pages of its own come in; files go to whoever is below."""
        if event.source() is self and dragged(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        at = event.position().toPoint()
        bar = self.verticalScrollBar()
        if at.y() < _EDGE:
            bar.setValue(bar.value() - _EDGE)
        elif at.y() > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + _EDGE)
        self._show_spot(self._spot_at(at))
        event.acceptProposedAction()

    def dragLeaveEvent(self, _: QDragLeaveEvent) -> None:
        self._show_spot(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where the pages were laid; whoever listens puts them there."""
        row, behind = self._spot_at(event.position().toPoint())
        self._show_spot(None)
        event.acceptProposedAction()
        if row >= 0:  # else the last page went while the mouse held it
            self.dropped.emit(dragged(event), self.pages[row].key, behind)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Over the pages, a bar where the dragged ones would be laid."""
        super().paintEvent(event)
        if self._spot is None:
            return
        painter = QPainter(self.viewport())
        painter.fillRect(self._bar(*self._spot), QColor(current().primary))

    def _spot_at(self, at: QPoint) -> tuple[int, bool]:
        index = self.indexAt(at)
        if not index.isValid():
            return len(self.pages) - 1, True
        middle = self.visualRect(index).center()
        return index.row(), at.y() > middle.y() if self._is_one_column() else at.x() > middle.x()

    def _bar(self, row: int, behind: bool) -> QRect:
        tile = self.visualRect(self._pages.index(row))
        if self._is_one_column():
            return QRect(tile.left(), tile.bottom() - 1 if behind else tile.top() - 1, tile.width(), 3)
        return QRect(tile.right() - 1 if behind else tile.left() - 1, tile.top(), 3, tile.height())

    def _is_one_column(self) -> bool:
        return self.viewport().width() < 2 * TILE.width()

    def _show_spot(self, spot: tuple[int, bool] | None) -> None:
        if spot != self._spot:
            self._spot = spot
            self.viewport().update()

    def _key(self, index: _Index) -> str:
        return self.pages[index.row()].key if index.isValid() else ""
