"""Acts under the search: what can be done here, found by a few letters without accents, each with its key.

The field keeps the focus. The first line always stays what the field itself does (to look for a dossier), so that
Enter means what it meant; Down leads to the acts.
"""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from clerk_app.domain.text import search_key
from ui.theme import BODY, SMALL, UNIT, current, font

EVERYTHING = "?"
_LEAST = 2  # letters before acts are offered
_MOST = 8  # rows that are shown at once; more of them scroll
_ROW = 34
_ACT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done now: its words, its key ("" for none), and how it is begun."""

    words: str
    key: str
    run: Callable[[], object]


def matching(acts: Sequence[Act], text: str) -> tuple[Act, ...]:
    """Return the acts of which every word typed begins a word; "?" returns all."""
    if text.strip() == EVERYTHING:
        return tuple(acts)
    typed = search_key(text).split()
    if len("".join(typed)) < _LEAST:
        return ()
    return tuple(
        act for act in acts if all(any(word.startswith(each) for word in _words(act)) for each in typed)
    )


def _words(act: Act) -> list[str]:
    return search_key(act.words).split()


class Palette(QFrame):
    """Hangs below `field` in `window`. `acts` is asked at the first letter."""

    def __init__(self, field: QLineEdit, window: QWidget, acts: Callable[[], Sequence[Act]]) -> None:
        super().__init__(window)
        self._field, self._window, self._ask = field, window, acts
        self._acts: tuple[Act, ...] = ()
        self._typed = ""
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self._build()
        field.textEdited.connect(self._offer)
        field.textChanged.connect(self._forget)
        field.installEventFilter(self)
        self.hide()

    @property
    def rows(self) -> list[str]:
        """What it offers now; the first line is the search itself."""
        if self.isHidden():
            return []
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that walk the list; everything else is the field's."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.isHidden():
            return self._walk(event.key())
        return super().eventFilter(watched, event)

    def _walk(self, key: int) -> bool:
        row = self.list.currentIndex().row()
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if key == Qt.Key.Key_Down else -1
                self._choose((row + step) % self._model.rowCount())
            case Qt.Key.Key_Escape:
                self.hide()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if row > 0:
                self._run(row)
            case _:
                return False
        return True

    def _offer(self, text: str) -> None:
        if (
            not self._typed or len(text) == 1
        ):  # the first letter: soon the search may cover the screen whose acts are meant
            self._acts = tuple(self._ask())
        self._typed = text
        found = matching(self._acts, text)
        self._model.clear()
        if not found:
            self.hide()
            return
        for act in (self._first(text.strip()), *found):
            item = QStandardItem(act.words)
            item.setData(act, _ACT)
            item.setEditable(False)
            item.setAccessibleText(f"{act.words}, {act.key}" if act.key else act.words)
            self._model.appendRow(item)
        self._choose(0)
        self._place()

    def _first(self, text: str) -> Act:
        if text == EVERYTHING:
            return Act(self.tr("Mọi việc làm được ở đây"), "", lambda: None)
        return Act(self.tr("Tìm “{text}” trong sổ theo dõi").format(text=text), "Enter", lambda: None)

    def _forget(self, text: str) -> None:
        """An emptied field begins anew."""
        if not text:
            self._typed = ""
            self.hide()

    def _choose(self, row: int) -> None:
        index = self._model.index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _place(self) -> None:
        rows = min(_MOST, self._model.rowCount())
        corner = self._field.mapTo(self._window, QPoint(0, self._field.height() + 4))
        self.setGeometry(QRect(corner, QSize(self._field.width(), rows * _ROW + 2 * UNIT + 2)))
        self.show()
        self.raise_()

    def _run(self, row: int) -> None:
        act: Act = self._model.item(row).data(_ACT)
        self.hide()
        self._field.clear()
        act.run()

    def _build(self) -> None:
        self.setProperty("popup", True)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_ActPainter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Việc có thể làm"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._run(index.row()) if index.row() else self.hide())
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.addWidget(self.list)


class _ActPainter(QStyledItemDelegate):
    """Draws the words on the left and the key on the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        act: Act = index.data(_ACT)
        view = self.parent()
        chosen = isinstance(view, QListView) and view.currentIndex() == index
        now, place = current(), option.rect.adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.primary_soft))
            painter.drawRoundedRect(place, 6, 6)
        painter.setFont(font(SMALL, QFont.Weight.Medium))
        painter.setPen(QColor(now.muted))
        key_width = painter.fontMetrics().horizontalAdvance(act.key) if act.key else 0
        right = place.adjusted(0, 0, -10, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, act.key)
        painter.setFont(font(BODY, QFont.Weight.Medium))
        painter.setPen(QColor(now.text))
        left = place.adjusted(10, 0, -key_width - 24, 0)
        words = painter.fontMetrics().elidedText(act.words, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
