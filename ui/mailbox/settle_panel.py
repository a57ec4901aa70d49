"""The chosen line of what has to be mended: why, who, what to do next, and the act that settles it."""

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clerk_app.domain.conflict import Choice
from clerk_app.domain.kinds import Kind
from clerk_app.domain.sending import Waiting
from ui.act_words import act
from ui.language import told
from ui.mailbox import words
from ui.mailbox.conflict_grid import ConflictGrid, ConflictScroll
from ui.theme import GUTTER, UNIT
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


class SettlePanel(QFrame):
    """`asked(entry, how)`; an act is given up only with a word of how, a flag is looked at without.

    `chosen(Choice, dossier id)`: of a correction that came second something is to be as this counter wrote it.
    """

    asked = Signal(str, str)
    chosen = Signal(object, str)
    dossier_asked = Signal(str)  # code

    def __init__(self, lines: QWidget) -> None:
        super().__init__()
        self._lines = lines  # the list whose chosen line is shown: Tab comes from there
        self.setProperty("panel", True)
        self._each: Waiting | None = None  # as it may be settled here
        self._title, self._reason = label(role="strong", wrap=True), label(wrap=True)
        self._owner, self._step = label(role="small", wrap=True), label(wrap=True)
        self.conflicts = ConflictGrid()
        self._sides = ConflictScroll(self.conflicts)
        self.how = QLineEdit()
        self.settle = KeyButton("", "Ctrl+Return", "check")
        self.open = KeyButton(self.tr("Mở hồ sơ"), "", "book-open", "quiet")
        self.settle.clicked.connect(self._ask)
        self.how.returnPressed.connect(self._ask)
        self.conflicts.picked.connect(self._name_act)
        self.open.clicked.connect(lambda: self.dossier_asked.emit(self._each.code if self._each else ""))
        self._lay_out()

    def show_line(self, each: Waiting | None, *, busy: bool, acts: frozenset[Kind] = frozenset(Kind)) -> None:
        """Show one line, or nothing; sides are chosen, and lines settled, by whose `acts` these are."""
        self.setVisible(each is not None)
        if each is None:
            return
        step = words.step(each, acts)
        if Kind.CORRECTED not in acts:
            each = replace(each, to_choose=())
        if self._each is None or self._each.entry != each.entry:
            self.how.clear()
        self._each = each
        self._title.setText(act(each.kind) if each.kind else self.tr("Dữ liệu nhận về không khớp"))
        self._reason.setText(told(each.reason))
        self._owner.setText(words.owner(each))
        self.conflicts.show_conflicts(each.conflicts, () if each.settled else each.to_choose)
        self._sides.setVisible(self.conflicts.shows)
        self._sides.updateGeometry()
        self._put_in_tab_order()
        self._step.setText(step)
        drops = each.droppable and Kind.SETTLED in acts
        self.how.setVisible(drops)
        can_settle = drops or (each.flagged and Kind.LOOKED_AT in acts)
        self.settle.setVisible(can_settle)
        self.how.setPlaceholderText(self.tr("Lý do chọn") if each.to_choose else self.tr("Đã xử lý thế nào"))
        self.how.setAccessibleName(self.how.placeholderText())
        self._name_act()
        self.settle.setEnabled(not busy)
        self.open.setVisible(bool(each.code))

    def _put_in_tab_order(self) -> None:
        """Let Tab go from the line to its sides and on to the reason: they are made anew for each line, and would come last."""
        tabs = [button for sides in self.conflicts.sides.values() for button in sides.buttons()]
        for before, after in pairwise((self._lines, *tabs, self.how, self.settle, self.open)):
            self.setTabOrder(before, after)

    def _name_act(self) -> None:
        """Say what the button does with what is picked."""
        each = self._each
        if each is None:
            return
        if each.to_choose and not self.conflicts.all_picked:
            self.settle.set_words(self.tr("Chọn bên cho từng mục"), "list-checks")
        elif each.to_choose and self.conflicts.ours:
            self.settle.set_words(self.tr("Cấp giấy theo bên đã chọn"), "pen-line")
        elif each.to_choose:
            self.settle.set_words(self.tr("Giữ dữ liệu đang có hiệu lực"), "check")
        else:
            self.settle.set_words(self.tr("Đã xử lý") if each.parked else self.tr("Đã xem"), "check")

    def _ask(self) -> None:
        """Settle it; a side of each group and a word are asked for first where they are needed."""
        each, how = self._each, self.how.text().strip()
        if each is None or not self.settle.isEnabled() or self.conflicts.go_to_unpicked():
            return
        if each.droppable and not how:
            self.how.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.conflicts.ours:
            self.chosen.emit(Choice(each.entry, self.conflicts.ours, how, each.conflicts), each.dossier)
        else:
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
        for widget in (self._title, self._reason, self._owner, self._sides, self._step, self.how):
            column.addWidget(widget)
        column.addSpacing(UNIT // 2)
        column.addLayout(buttons)
