"""Which procedure: a line to search in, a list under it, and the chosen title in its place."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from clerk_app.domain.procedure import Procedure
from ui.intake.words import procedure_details, procedure_sources
from ui.theme import BODY, SMALL, UNIT, current, font
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.search_field import SearchField

ROW = 50
MOST_ROWS = 7
Index = QModelIndex | QPersistentModelIndex


class _Found(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Procedure, ...] = ()

    def show(self, rows: tuple[Procedure, ...]) -> None:
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        procedure = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return procedure.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{procedure.title}, {procedure_details(procedure)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return procedure_sources(procedure)
        return None


class _FoundRow(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, now = index.model(), current()
        if not isinstance(model, _Found):
            return
        procedure = model.rows[index.row()]
        place: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(now.primary_soft))
        inner = place.adjusted(12, 6, -12, -6)
        for text, made, colour, top in (
            (procedure.title, font(BODY, QFont.Weight.DemiBold), now.text, 0),
            (procedure_details(procedure), font(SMALL), now.muted, 20),
        ):
            painter.setFont(made)
            painter.setPen(QColor(colour))
            line = QRect(inner.left(), inner.top() + top, inner.width(), 18)
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, cut)


class _Line(SearchField):
    """The search line; arrows and Enter belong to the list under it."""

    stepped = Signal(int)
    taken = Signal()
    escaped = Signal()
    entered = Signal()
    exited = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.taken.emit()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.exited.emit()


class ProcedurePicker(QWidget):
    """Emits `asked(text)` while typing, `chosen(Procedure)` at Enter or a click."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._procedure: Procedure | None = None
        self._build()
        self._bind()

    def _build(self) -> None:
        self.line = _Line(self.tr("Tìm thủ tục: tên, lĩnh vực hoặc mã (không cần dấu)"))
        self.line.setFixedHeight(44)
        self.title = ElidedLabel(role="title")
        self.details = ElidedLabel(role="muted")
        self.change = KeyButton(self.tr("Đổi thủ tục"), "F3", kind="quiet")
        self.change.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.title)
        said.addWidget(self.details)
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(4, 0, 0, 0)
        row.addLayout(said, 1)
        row.addWidget(self.change)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.line)
        self.stack.addWidget(shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.setFixedHeight(48)
        self._build_popup()

    def _build_popup(self) -> None:
        self.popup = QFrame(self)
        self.popup.setProperty("popup", True)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Thủ tục tìm thấy"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_FoundRow(self.list))
        self.found = _Found()
        self.list.setModel(self.found)
        self.nothing = label(self.tr("Không có thủ tục nào khớp. Thử ít chữ hơn, hoặc gõ mã."), role="muted")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        column = QVBoxLayout(self.popup)
        column.setContentsMargins(2, 6, 2, 6)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        self.popup.hide()

    def _bind(self) -> None:
        self.line.asked.connect(self._on_asked)
        self.line.entered.connect(lambda: self.asked.emit(self.line.text().strip()))
        self.line.exited.connect(self._leave)
        self.line.stepped.connect(self._step)
        self.line.taken.connect(self._take)
        self.line.escaped.connect(self._on_escape)
        self.change.clicked.connect(self.search)
        self.list.clicked.connect(lambda _: self._take())

    def show_procedure(
        self, procedure: Procedure | None, found: tuple[Procedure, ...], writable: bool
    ) -> None:
        """Show the chosen procedure, or what was found so far."""
        if procedure is not self._procedure:
            self._procedure = procedure
            self.stack.setCurrentIndex(1 if procedure else 0)
            self.popup.hide()
        if procedure:
            self.title.set_words(procedure.title)
            self.details.set_words(procedure_details(procedure))
            self.details.explain(procedure_sources(procedure))
        self.change.setVisible(writable)
        self.line.setEnabled(writable)
        self._show_found(found)

    def search(self) -> None:
        """Go to the search line, whatever is chosen."""
        self.stack.setCurrentIndex(0)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def clear(self) -> None:
        """Another draft lies on the counter: forget what was looked for."""
        self.line.clear()
        self.popup.hide()

    def _show_found(self, found: tuple[Procedure, ...]) -> None:
        self.found.show(found)
        if found and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.found.index(0))
        wanted = self.line.hasFocus() and self.stack.currentIndex() == 0
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if wanted and (found or self.line.text().strip()):
            self._place_popup(len(found))
        elif not wanted:
            self.popup.hide()

    def _place_popup(self, count: int) -> None:
        over = self.window()
        if self.popup.parent() is not over:
            self.popup.setParent(over)
        corner = self.line.mapTo(over, QPoint(0, self.line.height() + 4))
        height = min(count, MOST_ROWS) * ROW + 2 * UNIT if count else 52
        self.popup.setGeometry(QRect(corner, QSize(self.line.width(), height)))
        self.popup.show()
        self.popup.raise_()

    def _on_asked(self, text: str) -> None:
        if self.line.hasFocus():
            self.asked.emit(text)

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        if 0 <= row < self.found.rowCount():
            self.list.setCurrentIndex(self.found.index(row))

    def _take(self) -> None:
        row = self.list.currentIndex().row()
        if self.popup.isVisible() and 0 <= row < len(self.found.rows):
            self.popup.hide()
            self.chosen.emit(self.found.rows[row])
            self.stack.setCurrentIndex(1 if self._procedure else 0)

    def _on_escape(self) -> None:
        self.popup.hide()
        if self._procedure:
            self.stack.setCurrentIndex(1)
            self.focusNextChild()

    def _leave(self) -> None:
        self.popup.hide()
        if self._procedure:
            self.stack.setCurrentIndex(1)
