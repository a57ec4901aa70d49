"""Pages of paper as small pictures, side by side, walked and chosen with the arrow keys."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.icon import pixmap
from ui.theme import SMALL, current, font

TILE = QSize(140, 214)
PICTURE_WIDTH = 124  # logical pixels; ask for it times the screen's device pixel ratio
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `key` is unique in the strip, `warning` puts a sign on it and is said by screen readers."""

    key: str
    label: str
    warning: str = ""


class PageStrip(QListView):
    """Asks for pictures it lacks by `wanted(key)`; answer with `set_picture(key, png)` whenever it is there."""

    wanted = Signal(str)
    opened = Signal(str)  # Enter or a double click
    current_changed = Signal(str)
    removed = Signal(str)  # Delete

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages(self)
        self.setModel(self._pages)
        self.setItemDelegate(_PagePainter(self))
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key(index)))
        self.selectionModel().currentChanged.connect(lambda now, _: self.current_changed.emit(self._key(now)))

    @property
    def pages(self) -> tuple[Page, ...]:
        """What it shows now."""
        return self._pages.pages

    @property
    def current_key(self) -> str:
        """The page with the focus, or ""."""
        return self._key(self.currentIndex())

    def set_pages(self, pages: Sequence[Page]) -> None:
        """Show these pages in this order; pictures already here stay with their keys."""
        if tuple(pages) == self.pages:
            return
        key = self.current_key
        self._pages.show(tuple(pages))
        self.choose(key)
        for page in pages:
            if page.key not in self._pages.pictures:
                self.wanted.emit(page.key)

    def set_picture(self, key: str, png: bytes) -> None:
        """Show the picture of one page: PNG, PICTURE_WIDTH times the device pixel ratio wide."""
        picture = QPixmap()
        if picture.loadFromData(png):
            self._pages.take_picture(key, picture)

    def choose(self, key: str) -> None:
        """Put the focus on a page, if it is here."""
        keys = [page.key for page in self.pages]
        if key in keys:
            self.setCurrentIndex(self._pages.index(keys.index(key)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a page, Delete asks for its removal, the rest walks."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.current_key:
                self.opened.emit(self.current_key)
            case Qt.Key.Key_Delete if self.current_key:
                self.removed.emit(self.current_key)
            case _:
                super().keyPressEvent(event)

    def _key(self, index: _Index) -> str:
        return self.pages[index.row()].key if index.isValid() else ""


class _Pages(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pages: tuple[Page, ...] = ()
        self.pictures: dict[str, QPixmap] = {}

    def show(self, pages: tuple[Page, ...]) -> None:
        self.beginResetModel()
        self.pages = pages
        kept = {page.key for page in pages}
        self.pictures = {key: picture for key, picture in self.pictures.items() if key in kept}
        self.endResetModel()

    def take_picture(self, key: str, picture: QPixmap) -> None:
        for number, page in enumerate(self.pages):
            if page.key == key:
                self.pictures[key] = picture
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.pages)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        page = self.pages[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return page.label
            case Qt.ItemDataRole.AccessibleTextRole:
                number = self.tr("Trang {number}").format(number=index.row() + 1)
                return ", ".join(part for part in (number, page.label, page.warning) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return page.warning or page.label
            case Qt.ItemDataRole.DecorationRole:
                return self.pictures.get(page.key)
            case Qt.ItemDataRole.UserRole:
                return page
        return None


class _PagePainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return TILE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        page: Page = index.data(Qt.ItemDataRole.UserRole)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        place: QRect = option.rect
        sheet = QRect(place.left() + 8, place.top() + 4, PICTURE_WIDTH, place.height() - 38)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(current().primary_soft))
            painter.drawRoundedRect(place, 8, 8)
        self._sheet(painter, sheet, index.data(Qt.ItemDataRole.DecorationRole), chosen)
        if page.warning:
            painter.drawPixmap(
                sheet.right() - 22, sheet.top() + 6, pixmap("triangle-alert", current().warn, 16)
            )
        self._caption(painter, place, index.row() + 1, page.label, chosen)
        painter.restore()

    def _sheet(self, painter: QPainter, sheet: QRect, picture: QPixmap | None, chosen: bool) -> None:
        now = current()
        painter.fillRect(sheet, QColor("#FFFFFF"))  # paper is white in every theme
        if picture is not None:
            fitted = picture.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            inside = QRect(sheet.topLeft(), fitted)
            inside.moveCenter(sheet.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(inside, picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(now.primary if chosen else now.hairline), 2 if chosen else 1))
        painter.drawRoundedRect(sheet, 4, 4)

    def _caption(self, painter: QPainter, place: QRect, number: int, words: str, chosen: bool) -> None:
        now = current()
        chip = QRect(place.left() + 8, place.bottom() - 28, 22, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.primary if chosen else now.sunken))
        painter.drawRoundedRect(chip, 5, 5)
        painter.setPen(QColor(now.on_primary if chosen else now.muted))
        painter.setFont(font(SMALL, QFont.Weight.DemiBold))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.setPen(QColor(now.text))
        painter.setFont(font(SMALL))
        line = QRect(chip.right() + 7, chip.top(), place.right() - chip.right() - 9, chip.height())
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
