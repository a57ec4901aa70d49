"""Ủy quyền ký duyệt: who approves for a leader, from which day to which, on what ground; a new one, and one taken back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clerk_app.domain.delegation import Delegation, DelegationOrder, State
from ui.approval.delegations_model import DelegationsModel
from ui.approval.view import ApprovalView
from ui.notices import in_words
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.date_field import DateField, show_date
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.pages import Pages


class DelegationsView(QWidget):
    """F9 delegates as written, F7 takes the line with the focus back, Esc leads to what waits."""

    back_asked = Signal()

    def __init__(self, model: DelegationsModel) -> None:
        super().__init__()
        self._model = model
        self._shown: tuple[str, ...] = ()  # ids in the list of people
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Read anew; the new one is meant for today unless said otherwise."""
        for field in (self.since, self.until):
            field.set_date(self._model.today())
        self._model.begin()

    def _build(self) -> None:
        self.list = Checklist(self.tr("Ủy quyền ký duyệt"))
        self.setFocusProxy(self.list)
        self._nothing = label(self.tr("Chưa có ủy quyền nào."), "muted", wrap=True)
        self.news = Banner(rounded=True)
        self.to, self.ground = QComboBox(), QLineEdit()
        self.since, self.until = DateField(), DateField()
        self.ground.setPlaceholderText(self.tr("số, ngày của văn bản ủy quyền"))
        self.back = KeyButton(self.tr("Ký duyệt"), "Esc", "pen-line")
        self.end = KeyButton(self.tr("Chấm dứt"), "F7", "undo-2")
        self.add = KeyButton(self.tr("Lập ủy quyền"), "F9", "users", "primary")
        row = QHBoxLayout()
        row.setSpacing(GUTTER)
        row.addWidget(self._list_card(), 6)
        row.addWidget(self._form_card(), 5, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self.news)
        column.addLayout(row, 1)
        column.addWidget(self._foot())

    def _list_card(self) -> Card:
        card = Card(padding=GUTTER)
        card.column.addWidget(label(self.list.accessibleName(), "heading"))
        card.column.addSpacing(UNIT // 2)
        card.column.addWidget(self._nothing)
        card.column.addWidget(self.list, 1)
        card.column.addStretch(0)
        return card

    def _form_card(self) -> Card:
        card = Card(padding=GUTTER)
        card.column.addWidget(label(self.tr("Ủy quyền mới"), "heading"))
        told = self.tr(
            "Người được ủy quyền ký duyệt thay lãnh đạo trong những ngày này, bằng thẻ của mình. Không ủy quyền lại được; "
            "việc của chính mình vẫn không tự ký duyệt."
        )
        card.column.addWidget(label(told, "small", wrap=True))
        card.column.addSpacing(UNIT // 2)
        card.column.addWidget(FormField(self.tr("Ủy quyền cho"), self.to, required=True))
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addWidget(FormField(self.tr("Từ ngày"), self.since, required=True))
        days.addWidget(FormField(self.tr("Đến hết ngày"), self.until, required=True))
        card.column.addLayout(days)
        card.column.addWidget(FormField(self.tr("Căn cứ"), self.ground, required=True))
        return card

    def _foot(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.end)
        row.addWidget(self.add)
        card.column.addLayout(row)
        return card

    def _bind(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.end.clicked.connect(lambda: self._model.end(self.list.current_key))
        self.add.clicked.connect(self._delegate)
        self.list.current_changed.connect(lambda _: self._render_keys())
        self._model.changed.connect(self._render)
        self._model.made.connect(lambda _: self.ground.clear())

    def _delegate(self) -> None:
        """Hand the form on; a day that is none, nobody chosen, or no ground gets the focus."""
        since, until = self.since.day, self.until.day
        if not self._shown:
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)
        elif since is None or until is None:
            (self.until if since else self.since).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            if not self.ground.text().strip():
                self.ground.setFocus(Qt.FocusReason.OtherFocusReason)
            to = self._shown[self.to.currentIndex()]
            self._model.delegate(DelegationOrder(to, since, until, self.ground.text()))

    def _render(self) -> None:
        model = self._model
        self.list.set_rows([self._row(each) for each in model.delegations])
        self.list.setVisible(bool(model.delegations))
        self._nothing.setVisible(not model.delegations)
        shown = tuple(each.id for each in model.candidates)
        if shown != self._shown:
            self._shown = shown
            self.to.clear()
            self.to.addItems([f"{each.name} · {each.position}" for each in model.candidates])
        if model.notice is None:
            self.news.hide()
        else:
            said = in_words(model.notice)
            self.news.say(said.message, said.remedy, Tone.BAD)
        self._render_keys()

    def _render_keys(self) -> None:
        self.end.setEnabled(self._model.can_end(self.list.current_key))
        self.add.setEnabled(not self._model.busy)

    def _row(self, each: Delegation) -> Row:
        words, tone, icon = {
            State.COMING: (self.tr("Chưa tới ngày"), Tone.INFO, "calendar"),
            State.HOLDS: (self.tr("Đang hiệu lực"), Tone.OK, "circle-check"),
            State.OVER: (self.tr("Đã hết hạn"), Tone.NEUTRAL, "circle-minus"),
            State.ENDED: (self.tr("Đã chấm dứt"), Tone.NEUTRAL, "circle-x"),
        }[each.state(self._model.today())]
        days = f"{show_date(each.since)} – {show_date(each.until)}"
        return Row(each.id, each.to, f"{days} · {each.ground} · {each.by}", words, tone, icon)


class ApprovalPages(Pages):
    """What waits for the leader, and by F5 who approves for them."""

    def __init__(self, approval: ApprovalView, delegations: DelegationsView) -> None:
        super().__init__(approval, delegations)
        self.approval, self.delegations = approval, delegations
        approval.delegations_asked.connect(self._to_delegations)
        delegations.back_asked.connect(lambda: self.turn_to(approval))

    def _to_delegations(self) -> None:
        self.turn_to(self.delegations)
        self.delegations.begin()
