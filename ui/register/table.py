"""The rows of the register: painted whole, read out in full. Owner and procedure stand over each other."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from clerk_app.domain.dossier import Dossier
from ui import local_time
from ui.act_words import owner, sending, short_code, status
from ui.theme import BODY, SMALL, Tone, current, font
from ui.widgets.status_badge import HEIGHT, badge_width, paint_badge

_ROW = 52
_PADDING = 12
_CODE, _OWNER, _RECEIVED, _DUE, _STATUS, _SENDING = range(6)
_WIDTHS = {_CODE: 200, _RECEIVED: 96, _DUE: 122, _STATUS: 144, _SENDING: 96}
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TONE = Qt.ItemDataRole.UserRole


class DossierTable(QTableView):
    """`chosen(id)` when the line changes, `opened(id)` on Enter or a double click, `end_near` while scrolling down."""

    chosen = Signal(str)
    opened = Signal(str)
    end_near = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DossierRows(now)
        self.rows.setParent(self)
        self.setModel(self.rows)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName(self.tr("Danh sách hồ sơ"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._lay_out_columns()
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(self.chosen, now))
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        self.doubleClicked.connect(lambda index: self._tell(self.opened, index))

    def show_dossiers(self, dossiers: tuple[Dossier, ...], chosen: str) -> None:
        """Show these rows with `chosen` (an id) as the line."""
        self.rows.show(dossiers)
        ids = [dossier.id for dossier in dossiers]
        row = ids.index(chosen) if chosen in ids else -1
        if row >= 0 and row != self.currentIndex().row():
            self.selectRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Home and End go to the first and the last row; the rest walks."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._tell(self.opened, self.currentIndex())
            case Qt.Key.Key_Home:
                self.selectRow(0)
            case Qt.Key.Key_End:
                self.selectRow(self.rows.rowCount() - 1)
            case _:
                super().keyPressEvent(event)

    def _look_ahead(self, top: int) -> None:
        """Ask for more while a screenful is still below."""
        if top + 2 * self.verticalScrollBar().pageStep() >= self.rows.rowCount():
            self.end_near.emit()

    def _lay_out_columns(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(self.rows.titles)):
            fixed = column in _WIDTHS
            head.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            )
            if fixed:
                self.setColumnWidth(column, _WIDTHS[column])

    def _tell(self, signal: Any, index: _Index) -> None:
        if index.isValid():
            signal.emit(self.rows.dossiers[index.row()].id)


class DossierRows(QAbstractTableModel):
    """Dossiers as cells; texts are made once, when the rows come."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.dossiers: tuple[Dossier, ...] = ()
        self._cells: list[tuple[str, ...]] = []
        self._tones: list[dict[int, Tone]] = []
        self.titles = (
            self.tr("Mã hồ sơ"),
            self.tr("Chủ hồ sơ · Thủ tục"),
            self.tr("Nhận lúc"),
            self.tr("Hẹn trả"),
            self.tr("Trạng thái"),
            self.tr("Gửi"),
        )

    def show(self, dossiers: tuple[Dossier, ...]) -> None:
        """Show these rows; the same dossiers keep the place and the line."""
        if dossiers == self.dossiers:
            return
        before = [each.id for each in self.dossiers]
        longer = bool(before) and [each.id for each in dossiers[: len(before)]] == before
        if not longer:
            self.beginResetModel()
        elif len(dossiers) > len(before):
            self.beginInsertRows(QModelIndex(), len(before), len(dossiers) - 1)
        self._take(dossiers)
        if not longer:
            self.endResetModel()
            return
        if len(dossiers) > len(before):
            self.endInsertRows()
        self.dataChanged.emit(self.index(0, 0), self.index(len(before) - 1, _SENDING))

    def _take(self, dossiers: tuple[Dossier, ...]) -> None:
        """Make the texts of the rows; those of a dossier that is the same stay."""
        known = {id(each): at for at, each in enumerate(self.dossiers)}
        cells, tones = self._cells, self._tones
        places = [known.get(id(each), -1) for each in dossiers]
        self._cells = [
            cells[at] if at >= 0 else self._texts(each) for at, each in zip(places, dossiers, strict=True)
        ]
        self._tones = [
            tones[at] if at >= 0 else {_STATUS: status(each)[1], _SENDING: sending(each.sending)[1]}
            for at, each in zip(places, dossiers, strict=True)
        ]
        self.dossiers = dossiers

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.dossiers)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.titles[section] if wanted else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cells = self._cells[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cells[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return (
                    ", ".join(cells).replace("\n", ", ") if index.column() == _CODE else cells[index.column()]
                )
            case Qt.ItemDataRole.ToolTipRole if index.column() == _OWNER:
                return cells[index.column()]
            case Qt.ItemDataRole.UserRole:
                return self._tones[index.row()].get(index.column())
        return None

    def _texts(self, dossier: Dossier) -> tuple[str, ...]:
        now = self._now()
        return (
            short_code(dossier),
            f"{owner(dossier)}\n{dossier.procedure_title}",
            local_time.short(dossier.received_at, now),
            local_time.due(dossier.due_at, now),
            status(dossier)[0],
            sending(dossier.sending)[0],
        )


class _CellPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        place: QRect = option.rect
        self._ground(painter, option, place, index)
        inside = place.adjusted(_PADDING, 0, -8, 0)
        words, tone = index.data(), index.data(_TONE)
        if isinstance(tone, Tone):
            width = min(badge_width(words), inside.width())
            pill = QRect(inside.left(), inside.center().y() - HEIGHT // 2 + 1, width, HEIGHT)
            paint_badge(
                painter, pill, words, tone, selected=bool(option.state & QStyle.StateFlag.State_Selected)
            )
        else:
            self._words(painter, inside, index.column(), words)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: _Index) -> None:
        now = current()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(now.primary_soft))
            if index.column() == _CODE:
                focused = option.widget is not None and option.widget.hasFocus()
                bar = QRect(place.left(), place.top() + 4, 4 if focused else 2, place.height() - 8)
                painter.fillRect(bar, QColor(now.primary))
        painter.setPen(QColor(now.hairline))
        painter.drawLine(place.bottomLeft(), place.bottomRight())

    def _words(self, painter: QPainter, place: QRect, column: int, words: str) -> None:
        now = current()
        first, _, second = words.partition("\n")
        if second:
            self._line(painter, place.adjusted(0, 27, 0, -6), second, font(SMALL), now.muted)
            place = place.adjusted(0, 5, 0, -24)
        strong = column in {_CODE, _OWNER}
        face = font(BODY, QFont.Weight.Medium if strong else QFont.Weight.Normal)
        self._line(painter, place, first, face, now.muted if column == _RECEIVED else now.text)

    def _line(self, painter: QPainter, place: QRect, words: str, face: QFont, ink: str) -> None:
        painter.setFont(face)
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
