"""The tiles of a page strip: what is known of each page, and how it is painted."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

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
    picture: str = ""  # name of its picture; empty: the key
    turned: int = 0  # degrees clockwise

    @property
    def picture_name(self) -> str:
        """By what its picture is asked for and given."""
        return self.picture or self.key


class Pages(QAbstractListModel):
    """The pages in their order, and the pictures that have come."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pages: tuple[Page, ...] = ()
        self.pictures: dict[str, QPixmap] = {}

    def show(self, pages: tuple[Page, ...]) -> None:
        """Show these; pages that only look different stay chosen."""
        names = {page.picture_name for page in pages}
        self.pictures = {name: picture for name, picture in self.pictures.items() if name in names}
        if [page.key for page in pages] == [page.key for page in self.pages]:
            self.pages = pages
            self.dataChanged.emit(self.index(0), self.index(len(pages) - 1))
            return
        self.beginResetModel()
        self.pages = pages
        self.endResetModel()

    def take_picture(self, name: str, picture: QPixmap) -> None:
        """Show a picture on every page that it is of."""
        for number, page in enumerate(self.pages):
            if page.picture_name == name:
                self.pictures[name] = picture
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.pages)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        page = self.pages[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return page.label
            case Qt.ItemDataRole.AccessibleTextRole:
                number = self.tr("Trang {number}").format(number=index.row() + 1)
                turned = self.tr("đã xoay {n}°").format(n=page.turned) if page.turned else ""
                return ", ".join(part for part in (number, page.label, turned, page.warning) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return page.warning or page.label
            case Qt.ItemDataRole.DecorationRole:
                picture = self.pictures.get(page.picture_name)
                return picture and as_turned(picture, page.turned)
            case Qt.ItemDataRole.UserRole:
                return page
        return None


def as_turned(picture: QPixmap, degrees: int) -> QPixmap:
    """Return the picture turned clockwise."""
    return picture.transformed(QTransform().rotate(degrees)) if degrees else picture


class PagePainter(QStyledItemDelegate):
    """Paints a sheet of paper, its number and what it belongs to."""

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
            painter.setPen(QColor(current().primary))
            painter.setBrush(QColor(current().primary_soft))
            painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), 8, 8)
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
