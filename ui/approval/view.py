"""Ký duyệt, Ký số cơ quan: the list with its exceptions first, the document that lies open, one key to sign them all."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.document import SignatureField
from ui.approval import words
from ui.approval.send_back_row import SendBackRow
from ui.approval.view_model import PAGE_WIDTH, ApprovalViewModel, Step
from ui.notices import in_words
from ui.pin_turn import asked_of
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import ROW_HEIGHT, Checklist
from ui.widgets.key_button import KeyButton
from ui.widgets.keyed_scroll import KeyedScroll
from ui.widgets.label import label
from ui.widgets.pin_dialog import PinDialog
from ui.widgets.stat import Stat
from ui.widgets.under_way import UnderWay

_MOST_HELD = 3  # rows at once of what cannot be signed here
_SHOWN_WIDTH = 620  # logical pixels of a page


class ApprovalView(QWidget):
    """`bundles_asked`: the officer wants what another counter sends by hand. Up and Down walk and open, Space leaves an item out, F4 goes to the next that has to be opened, F7 gives it back, F8 asks for what waits elsewhere, F9 signs."""

    bundles_asked = Signal()

    delegations_asked = Signal()

    def __init__(
        self,
        model: ApprovalViewModel,
        field: SignatureField,
        now: Callable[[], datetime] = utc_now,
        *,
        delegates: bool = False,
    ) -> None:
        super().__init__()
        self._delegates = delegates  # who sits here may let another approve
        self._model, self.field, self._now = model, field, now
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self.list = Checklist(self.tr("Văn bản chờ ký"))
        self.setFocusProxy(self.list)
        self._nothing = label(self.tr("Không có văn bản nào chờ ký ở quầy này."), "muted", wrap=True)
        self.news = Banner(rounded=True)
        self.pin = PinDialog(self, pen=False)
        row = QHBoxLayout()
        row.setSpacing(GUTTER)
        row.addWidget(self._list_card(), 5)
        row.addWidget(self._page_card(), 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self.news)
        column.addLayout(row, 1)
        column.addWidget(self._foot())

    def _list_card(self) -> Card:
        card = Card(padding=GUTTER)
        card.column.addWidget(label(self.list.accessibleName(), "heading"))
        card.column.addWidget(
            label(
                self.tr("Lên, xuống: xem từng văn bản. Dấu cách: để lại, không ký lần này."),
                "small",
                wrap=True,
            )
        )
        card.column.addSpacing(UNIT // 2)
        card.column.addWidget(self._nothing)
        card.column.addWidget(self.list, 1)
        card.column.addStretch(0)
        card.column.addWidget(self._elsewhere_row())
        return card

    def _elsewhere_row(self) -> QFrame:
        self.elsewhere = QFrame()
        self.elsewhere.setProperty("panel", True)
        self._elsewhere_words = label(wrap=True)
        self.held = Checklist(self.tr("Chưa ký được ở máy này"))
        self.take = KeyButton(self.tr("Nhận về ký"), "F8", "inbox", "slim")
        self.bundles = KeyButton(self.tr("Gói chuyển tay…"), "F6", "usb", "slim")
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self._elsewhere_words, 1)
        row.addWidget(self.take)
        row.addWidget(self.bundles)
        column = QVBoxLayout(self.elsewhere)
        column.setContentsMargins(GUTTER, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT)
        column.addLayout(row)
        column.addWidget(self.held)
        return self.elsewhere

    def _page_card(self) -> Card:
        inside = QWidget()
        self._pages = QVBoxLayout(inside)
        self._pages.setSpacing(GUTTER)
        self._pages.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.page = KeyedScroll(inside, self.tr("Văn bản đang xem"))
        self.page.setProperty("desk", True)
        card = Card(padding=UNIT)
        card.column.addWidget(self.page, 1)
        self.reason = SendBackRow()
        card.column.addWidget(self.reason)
        return card

    def _foot(self) -> Card:
        self.count = Stat(self.tr("Sẽ ký"))
        self.to_open = Stat(self.tr("Còn phải xem"))
        self.under_way = UnderWay(self.tr("Tiến độ ký"), self.tr("Dừng ký"))
        self.delegations = KeyButton(self.tr("Ủy quyền"), "F5", "users")
        self.next = KeyButton(self.tr("Văn bản phải xem kế tiếp"), "F4", "eye")
        self.back = KeyButton(self.tr("Trả lại"), "F7", "undo-2")
        sign = self.tr("Ký số cơ quan") if self.field is SignatureField.SEAL else self.tr("Ký duyệt")
        self.sign = KeyButton(sign, "F9", "pen-line", "primary")
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addWidget(self.count)
        row.addWidget(self.to_open)
        row.addWidget(self.under_way, 1)
        row.addStretch(0)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self.delegations, self.next, self.back, self.sign):
            buttons.addWidget(button)
        row.addLayout(buttons)
        card.column.addLayout(row)
        return card

    def _bind(self) -> None:
        model = self._model
        self.list.current_changed.connect(model.look)
        self.list.cycled.connect(model.leave_out)
        self.list.opened.connect(lambda _: self.page.setFocus(Qt.FocusReason.OtherFocusReason))
        self.next.clicked.connect(self._to_next)
        self.sign.clicked.connect(model.sign)
        self.under_way.stop.clicked.connect(model.stop)
        self.back.clicked.connect(self._ask_reason)
        self.take.clicked.connect(model.take)
        self.bundles.clicked.connect(self.bundles_asked)
        self.delegations.clicked.connect(self.delegations_asked)
        self.reason.agreed.connect(self._send_back)
        self.reason.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.pin.entered.connect(model.enter_pin)
        self.pin.cancelled.connect(model.cancel)
        model.changed.connect(self._render)
        model.seen.connect(self._render_pages)

    def _to_next(self) -> None:
        if self._model.unopened:
            self.list.choose(self._model.unopened[0].id)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_reason(self) -> None:
        item = self._model.open_item
        if item is not None and self._model.can_send_back:
            self.reason.ask(item.code, item.person)

    def _send_back(self, reason: str) -> None:
        self._model.send_back(reason)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self) -> None:
        model = self._model
        self.list.set_rows(
            [
                words.row(
                    item,
                    self._now(),
                    opened=model.is_opened(item),
                    left_out=model.is_left_out(item),
                    refused=model.refused.get(item.id),
                )
                for item in model.items
            ]
        )
        self.list.setVisible(bool(model.items))
        self._nothing.setVisible(not model.items)
        self._elsewhere_words.setText(words.elsewhere(model.elsewhere, alone=model.alone))
        self.elsewhere.setVisible(bool(model.elsewhere) or model.alone)
        held = [words.held_row(each) for each in model.elsewhere] if model.alone else []
        self.held.set_rows(held)
        self.held.setVisible(bool(held))
        self.held.setFixedHeight(ROW_HEIGHT * min(len(held), _MOST_HELD))
        self.bundles.setVisible(model.alone)
        self.take.setVisible(bool(model.free) and not model.alone)
        self.take.setEnabled(not model.busy)
        self._render_news()
        self._render_foot()
        self._follow_pin()

    def _render_news(self) -> None:
        model = self._model
        if model.outcome is not None and not model.busy:
            self.news.say(*words.outcome(model.outcome))
        elif model.notice is not None:
            said = in_words(model.notice)
            self.news.say(said.message, said.remedy, Tone.BAD)
        else:
            self.news.hide()

    def _render_foot(self) -> None:
        model, signing = self._model, self._model.step is Step.SIGNING
        done, total = model.doing
        if signing:
            self.count.say(self.tr("{done}/{total} văn bản").format(done=done, total=total))
        else:
            self.count.say(self.tr("{count} văn bản").format(count=len(model.chosen)))
        left = len(model.unopened)
        self.to_open.say(self.tr("{count} văn bản").format(count=left), Tone.WARN if left else Tone.OK)
        self.under_way.show_work(busy=signing, done=done, total=total)
        self.delegations.setVisible(self._delegates and not signing)
        self.next.setVisible(not signing)
        self.next.setEnabled(bool(left) and not model.busy)
        self.back.setVisible(not signing)
        self.back.setEnabled(model.can_send_back)
        self.sign.setVisible(not signing)
        self.sign.setEnabled(model.can_sign)

    def _follow_pin(self) -> None:
        model = self._model
        asked = asked_of(model, self._what_is_signed()) if model.step is Step.ASKING_PIN else None
        self.pin.follow(asked, over=model.step in {Step.CHOOSING, Step.SIGNING}, back=self.list)

    def _what_is_signed(self) -> str:
        count = len(self._model.chosen)
        if self.field is SignatureField.SEAL:
            return self.tr("Ký số của cơ quan lên {count} văn bản").format(count=count)
        return self.tr("Ký duyệt {count} văn bản").format(count=count)

    def _render_pages(self) -> None:
        while (item := self._pages.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, png in enumerate(self._model.pages, 1):
            self._pages.addWidget(self._page(number, png))
        self.page.verticalScrollBar().setValue(0)
        self.reason.hide()  # it was about another one

    def _page(self, number: int, png: bytes) -> QLabel:
        picture = QPixmap()
        picture.loadFromData(png)
        picture.setDevicePixelRatio(PAGE_WIDTH / _SHOWN_WIDTH)
        page = QLabel()
        page.setPixmap(picture)
        page.setAccessibleName(self.tr("Trang {number}").format(number=number))
        return page
