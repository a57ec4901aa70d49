"""A list of things to tick off: a sign of the state, a title, a line under it, a badge. Keys do everything.

Up and Down walk, Space steps to the next state, a letter sets one at once, Enter opens.
"""
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
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.icon import pixmap
from ui.theme import BODY, SMALL, Tone, current, font, tone_colours
from ui.widgets.page_drag import dragged
from ui.widgets.status_badge import HEIGHT, badge_width, paint_badge

ROW_HEIGHT = 48
_ICON, _LEFT, _TEXT = 20, 14, 46
_TITLE = 28  # how far down a row its title reaches
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `icon` is the tone's own unless named."""

    key: str
    title: str
    detail: str = ""
    badge: str = ""
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


class Checklist(QListView):
    """Show rows with `set_rows`; the line with the focus stays on the same key."""

    cycled = Signal(str)  # key: on to the next state
    state_asked = Signal(str, str)  # key, letter (lower case)
    opened = Signal(str)  # key
    pages_dropped = Signal(str, object)  # key of the line, keys of the dragged pages
    current_changed = Signal(str)  # key, "" for none

    def __init__(self, name: str, letters: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters.lower()
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAcceptDrops(True)
        self._drop_row = -1
        self.doubleClicked.connect(lambda index: self.opened.emit(self._key(index)))
        self.selectionModel().currentChanged.connect(lambda now, _: self.current_changed.emit(self._key(now)))

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it shows now."""
        return self._rows.rows

    @property
    def current_key(self) -> str:
        """The key of the line with the focus, or ""."""
        return self._key(self.currentIndex())

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; safe to call as often as something changes."""
        key = self.current_key
        self._rows.show(tuple(rows))
        if self.current_key != key or not key:
            self.choose(key)
        self._show_whole_rows()

    def choose(self, key: str) -> None:
        """Put the focus's line on `key`, or on the first line."""
        keys = [row.key for row in self.rows]
        if keys:
            self.setCurrentIndex(self._rows.index(keys.index(key) if key in keys else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit as many rows as can be read."""
        super().resizeEvent(event)
        self._show_whole_rows()

    def _show_whole_rows(self) -> None:
        """Begin no row at the lower edge of which not even the title can be read."""
        height = self.height()
        scrolls = len(self.rows) * ROW_HEIGHT > height > ROW_HEIGHT
        left = height % ROW_HEIGHT if scrolls and height % ROW_HEIGHT < _TITLE else 0
        if left != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, Enter and the letters act on the line; the rest walks."""
        key, letter = self.current_key, event.text().lower()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if not key or not plain:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.cycled.emit(key)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(key)
        elif letter and letter in self._letters:
            self.state_asked.emit(key, letter)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the sign steps on, like Space."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < self.visualRect(index).left() + _TEXT:
            self.cycled.emit(self._key(index))

    def is_under_drag(self, row: int) -> bool:
        """Whether pages that the mouse holds would be laid on this line."""
        return row == self._drop_row

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pages of this program may be laid on a line; files go to whoever is below."""
        if dragged(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._show_drop(index.row())
        event.setAccepted(index.isValid())

    def dragLeaveEvent(self, _: QDragLeaveEvent) -> None:
        self._show_drop(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which line the pages were laid on."""
        index = self.indexAt(event.position().toPoint())
        self._show_drop(-1)
        if index.isValid():
            event.acceptProposedAction()
            self.pages_dropped.emit(self._key(index), dragged(event))

    def _show_drop(self, row: int) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _key(self, index: _Index) -> str:
        return self.rows[index.row()].key if index.isValid() else ""


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        same = [row.key for row in rows] == [row.key for row in self.rows]
        if same:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (row.title, row.badge, row.detail) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return row.detail
            case Qt.ItemDataRole.UserRole:
                return row
        return None


class _RowPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        place: QRect = option.rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, place, index.row())
        ink, _ = tone_colours(row.tone)
        sign = pixmap(row.icon or row.tone.icon, ink, _ICON)
        painter.drawPixmap(place.left() + _LEFT, place.center().y() - _ICON // 2 + 1, sign)
        right = self._badge(painter, place, row, bool(option.state & QStyle.StateFlag.State_Selected))
        self._words(painter, place.adjusted(_TEXT, 0, right - place.right(), 0), row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, number: int) -> None:
        now = current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        has_keys = option.widget is not None and option.widget.hasFocus()
        if isinstance(option.widget, Checklist) and option.widget.is_under_drag(number):
            painter.setBrush(QColor(now.primary_soft))
            painter.setPen(QPen(QColor(now.primary), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(place, 6, 6)
        elif chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(now.primary_soft if chosen and has_keys else now.sunken))
            painter.setPen(QColor(now.primary) if chosen and has_keys else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(place, 6, 6)
            if (
                chosen and not has_keys
            ):  # what a key of the screen would act on, muted: the arrows are elsewhere
                painter.setBrush(QColor(now.border))
                painter.drawRoundedRect(
                    QRect(place.left(), place.top() + 9, 3, place.height() - 18), 1.5, 1.5
                )
        elif number:
            painter.setPen(QColor(now.hairline))
            painter.drawLine(place.left() + _TEXT, option.rect.top(), place.right() - 8, option.rect.top())

    def _badge(self, painter: QPainter, place: QRect, row: Row, selected: bool) -> int:
        if not row.badge:
            return place.right() - 8
        width = badge_width(row.badge)
        pill = QRect(place.right() - 10 - width, place.center().y() - HEIGHT // 2 + 1, width, HEIGHT)
        paint_badge(painter, pill, row.badge, row.tone, selected=selected)
        return pill.left() - 12

    def _words(self, painter: QPainter, place: QRect, row: Row) -> None:
        title = place.adjusted(0, 4, 0, 0)
        if not row.detail:
            title = place
        self._line(painter, title, row.title, font(BODY, QFont.Weight.Medium), current().text, not row.detail)
        self._line(painter, place.adjusted(0, 25, 0, 0), row.detail, font(SMALL), current().muted, False)

    def _line(self, painter: QPainter, place: QRect, words: str, face: QFont, ink: str, middle: bool) -> None:
        painter.setFont(face)
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        flag = Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop
        painter.drawText(place, flag, shown)
