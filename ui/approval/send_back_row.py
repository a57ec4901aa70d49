"""Trả lại: one line for the reason, under the document that lies open."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import GUTTER, UNIT
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


class SendBackRow(QFrame):
    """Enter gives the document back, Esc leaves it where it is. Without a reason nothing happens."""

    agreed = Signal(str)  # the reason
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._title = label(role="strong", wrap=True)
        self.reason = QLineEdit(placeholderText=self.tr("Lý do: cán bộ tiếp nhận phải sửa gì"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.agree = KeyButton(self.tr("Trả lại"), "", "undo-2")
        self.leave = KeyButton(self.tr("Thôi"), "", "x", "quiet")
        self.agree.clicked.connect(self._agree)
        self.reason.returnPressed.connect(self._agree)
        self.reason.textChanged.connect(self._render)
        self.leave.clicked.connect(self._leave)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.reason, 1)
        row.addWidget(self.agree)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, 12, GUTTER, 12)
        column.setSpacing(UNIT)
        column.addWidget(self._title)
        column.addLayout(row)
        self.hide()

    def ask(self, code: str, person: str) -> None:
        """Ask why this one is not signed."""
        self._title.setText(self.tr("Trả lại, không ký: {person} · {code}").format(person=person, code=code))
        self.reason.clear()
        self._render()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _render(self) -> None:
        self.agree.setEnabled(bool(self.reason.text().strip()))

    def _agree(self) -> None:
        if self.agree.isEnabled():
            self.hide()
            self.agreed.emit(self.reason.text().strip())

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
