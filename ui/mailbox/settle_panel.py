"""The chosen line of what has to be mended: why, who, what to do next, and the act that settles it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clerk_app.domain.sending import Waiting
from ui.act_words import act
from ui.language import told
from ui.mailbox import words
from ui.mailbox.conflict_grid import ConflictGrid
from ui.theme import GUTTER, UNIT
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


class SettlePanel(QFrame):
    """`asked(entry, how)`; an act is given up only with a word of how, a flag is looked at without."""

    asked = Signal(str, str)
    dossier_asked = Signal(str)  # code

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._each: Waiting | None = None
        self._title, self._reason = label(role="strong", wrap=True), label(wrap=True)
        self._owner, self._step = label(role="small", wrap=True), label(wrap=True)
        self.conflicts = ConflictGrid()
        self.how = QLineEdit(placeholderText=self.tr("Đã xử lý thế nào"))
        self.how.setAccessibleName(self.how.placeholderText())
        self.settle = KeyButton("", "Ctrl+Return", "check")
        self.open = KeyButton(self.tr("Mở hồ sơ"), "", "book-open", "quiet")
        self.settle.clicked.connect(self._ask)
        self.how.returnPressed.connect(self._ask)
        self.open.clicked.connect(lambda: self.dossier_asked.emit(self._each.code if self._each else ""))
        self._lay_out()

    def show_line(self, each: Waiting | None, *, busy: bool) -> None:
        """Show one line, or nothing."""
        self.setVisible(each is not None)
        if each is None:
            return
        if self._each is None or self._each.entry != each.entry:
            self.how.clear()
        self._each = each
        self._title.setText(act(each.kind) if each.kind else self.tr("Dữ liệu nhận về không khớp"))
        self._reason.setText(told(each.reason))
        self._owner.setText(words.owner(each))
        self.conflicts.show_conflicts(each.conflicts)
        done = self.tr("Đã ghi là xử lý xong, chờ gửi lên máy chủ.")
        self._step.setText(done if each.settled else told(each.next_step))
        can_settle = each.droppable or each.flagged
        self.how.setVisible(each.droppable)
        self.settle.setVisible(can_settle)
        self.settle.set_words(self.tr("Đã xử lý") if each.parked else self.tr("Đã xem"))
        self.settle.setEnabled(not busy)
        self.open.setVisible(bool(each.code))

    def _ask(self) -> None:
        """Settle it; a word is asked for first where one is needed."""
        each, how = self._each, self.how.text().strip()
        if each is None or not self.settle.isEnabled():
            return
        if each.droppable and not how:
            self.how.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.asked.emit(each.entry, how)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.settle)
        buttons.addWidget(self.open)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, 12, GUTTER, 12)
        column.setSpacing(UNIT // 2)
        for widget in (self._title, self._reason, self._owner, self.conflicts, self._step, self.how):
            column.addWidget(widget)
        column.addSpacing(UNIT // 2)
        column.addLayout(buttons)
