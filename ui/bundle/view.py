"""Chuyển tay lượt ký: what may go to another counter, what is there, and the two acts: write a bundle, take one in."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from clerk_app.clock import now as utc_now
from clerk_app.domain.handing import HandedOut
from clerk_app.services.pack_bundle import FILES
from ui.bundle import words
from ui.bundle.view_model import BundleViewModel
from ui.notices import in_words
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.list_card import ListCard
from ui.widgets.under_way import UnderWay


class BundleView(QWidget):
    """Up and Down walk, Space leaves a document here, F9 writes a bundle, F6 takes one in. `back_asked` leads to what waits."""

    back_asked = Signal()

    def __init__(self, model: BundleViewModel, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._model, self._now = model, now
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Read the lists anew."""
        self._model.refresh()

    def _build(self) -> None:
        self.back = KeyButton(self.tr("Gửi, nhận dữ liệu"), "Esc", "arrow-left-right")
        self.take_in = KeyButton(self.tr("Nhận gói…"), "F6", "inbox")
        self.news = Banner(rounded=True)
        self.waiting = Checklist(self.tr("Chuyển được từ máy này"))
        self.out = Checklist(self.tr("Đã chuyển, chưa về"))
        self.setFocusProxy(self.waiting)
        self._no_waiting = label(
            self.tr("Không có văn bản nào chờ ký mà lượt ký ở máy này."), "muted", wrap=True
        )
        self._no_out = label(self.tr("Không có lượt ký nào đang ở nơi khác."), "muted", wrap=True)
        lists = QHBoxLayout()
        lists.setSpacing(GUTTER)
        lists.addWidget(self._waiting_card(), 1)
        lists.addWidget(self._out_card(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self._head())
        column.addWidget(self.news)
        column.addLayout(lists, 1)

    def _head(self) -> Card:
        told = self.tr(
            "Dùng khi chưa nối được máy chủ mà lãnh đạo hoặc văn thư ngồi ở máy khác: lượt ký và văn bản đi bằng USB hay "
            "thư mục mạng, trong một gói chỉ máy nhận mở được. Nối lại máy chủ thì hai máy tự gửi, không phải làm gì thêm."
        )
        self.under_way = UnderWay(self.tr("Tiến độ chuyển tay"))
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(label(told, "muted", wrap=True), 1)
        row.addSpacing(GUTTER)
        row.addWidget(self.back)
        row.addWidget(self.take_in)
        card.column.addLayout(row)
        card.column.addWidget(self.under_way)
        return card

    def _waiting_card(self) -> Card:
        self.receiver = QComboBox()
        self.receiver.setMinimumWidth(180)
        self.receiver_field = FormField(self.tr("Máy nhận"), self.receiver)
        self.export = KeyButton(self.tr("Xuất gói chuyển tay…"), "F9", "usb", "primary")
        self._unsure = label(role="small", wrap=True)
        card = ListCard(self.waiting, self._no_waiting)
        card.column.addWidget(self._unsure)
        row = QHBoxLayout()
        row.setSpacing(GUTTER)
        row.addWidget(self.receiver_field)
        row.addStretch()
        row.addWidget(self.export, 0, Qt.AlignmentFlag.AlignBottom)
        card.column.addLayout(row)
        return card

    def _out_card(self) -> Card:
        self.reason = QLineEdit(placeholderText=self.tr("Lý do lấy lại, ví dụ: mất USB trên đường"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.again = KeyButton(self.tr("Ghi lại gói…"), "F3", "save", "slim")
        self.recall = KeyButton(self.tr("Lấy lại lượt ký"), "F7", "undo-2", "slim")
        self.panel = QFrame()
        self.panel.setProperty("panel", True)
        told = label(
            self.tr(
                "Gói mất hoặc hỏng: ghi lại chính gói ấy. Chỉ lấy lại lượt ký khi chắc nơi kia không ký."
            ),
            "small",
            wrap=True,
        )
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.again)
        row.addStretch()
        row.addWidget(self.recall)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(GUTTER, 12, GUTTER, 12)
        column.setSpacing(UNIT)
        column.addWidget(told)
        column.addWidget(self.reason)
        column.addLayout(row)
        card = ListCard(self.out, self._no_out)
        card.column.addWidget(self.panel)
        return card

    def _bind(self) -> None:
        model = self._model
        self.back.clicked.connect(self.back_asked)
        self.take_in.clicked.connect(self._take_in)
        self.export.clicked.connect(self._export)
        self.again.clicked.connect(self._again)
        self.recall.clicked.connect(self._recall)
        self.reason.returnPressed.connect(self._recall)
        self.reason.textChanged.connect(lambda _: self._render_out())
        self.waiting.cycled.connect(model.leave_out)
        self.out.current_changed.connect(lambda _: self._render_out())
        self.receiver.activated.connect(lambda place: model.choose(str(self.receiver.itemData(place))))
        model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        rows = [words.waiting_row(each, left_out=model.is_left_out(each.document)) for each in model.waiting]
        self.waiting.set_rows(rows)
        self.waiting.setVisible(bool(rows))
        self._no_waiting.setVisible(not rows)
        unsure = words.unsure(model.chosen) if model.counters else words.nobody_known()
        self._unsure.setText(unsure)
        self._unsure.setVisible(bool(unsure) and bool(rows))
        self._render_receivers()
        self.export.setEnabled(model.can_export)
        self.take_in.setEnabled(not model.busy)
        self._render_news()
        self.under_way.show_work(busy=model.busy, done=model.done, total=model.total, doing=model.doing)
        self._render_out()

    def _render_receivers(self) -> None:
        model = self._model
        known = tuple(str(self.receiver.itemData(place)) for place in range(self.receiver.count()))
        called = [self.receiver.itemText(place) for place in range(self.receiver.count())]
        if known != model.counters or called != [model.names[each] for each in known]:
            self.receiver.clear()
            for each in model.counters:
                self.receiver.addItem(model.names[each], each)
        self.receiver.setCurrentIndex(self.receiver.findData(model.receiver))
        self.receiver.setEnabled(not model.busy)

    def _render_news(self) -> None:
        model = self._model
        if model.notice is not None:
            said = in_words(model.notice)
            self.news.say(said.message, said.remedy, Tone.BAD)
        elif model.told is not None:
            self.news.say(*words.ended(model.told))
        else:
            self.news.hide()

    def _render_out(self) -> None:
        model = self._model
        rows = [words.out_row(each, model.names[each.receiver], self._now()) for each in model.out]
        if rows != list(self.out.rows):
            self.out.set_rows(rows)
        self.out.setVisible(bool(rows))
        self._no_out.setVisible(not rows)
        self.panel.setVisible(bool(rows))
        chosen = self._chosen_out() is not None and not model.busy
        self.again.setEnabled(chosen)
        self.recall.setEnabled(chosen)

    def _chosen_out(self) -> HandedOut | None:
        key = self.out.current_key
        return next((each for each in self._model.out if each.document == key), None)

    def _export(self) -> None:
        self._model.export(self._folder())

    def _again(self) -> None:
        if (each := self._chosen_out()) is not None:
            self._model.again(each.bundle, self._folder())

    def _recall(self) -> None:
        """Take it back; a reason is asked for first."""
        reason, each = self.reason.text().strip(), self._chosen_out()
        if not reason:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif each is not None and self.recall.isEnabled():
            self.reason.clear()
            self._model.recall(each.document, reason)

    def _take_in(self) -> None:
        title, kinds = self.tr("Chọn gói chuyển tay"), self.tr("Gói chuyển tay ({files})")
        file, _ = QFileDialog.getOpenFileName(self, title, "", kinds.format(files=FILES))
        self._model.take_in(file)

    def _folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, self.tr("Chọn USB hoặc thư mục mạng để đặt gói"))
