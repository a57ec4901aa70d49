"""Gửi, nhận dữ liệu: the connection, the figures, what waits and what has to be mended."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.domain.sending import Sending, Waiting
from ui import local_time
from ui.act_words import act
from ui.mailbox.view_model import MailboxViewModel
from ui.notices import in_words
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.stat import Stat

_FEW_NUMBERS = 10  # left today: worth a warning colour


def _now() -> datetime:
    return datetime.now(UTC)


class MailboxView(QWidget):
    """`dossier_asked(code)`: the clerk wants to see the dossier of a line."""

    dossier_asked = Signal(str)

    def __init__(self, model: MailboxViewModel, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._model, self._now = model, now
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self.send = KeyButton(self.tr("Gửi ngay"), "F5", "send", "primary")
        self.trouble = Banner(rounded=True)
        self.waiting = Checklist(self.tr("Đang chờ gửi"))
        self.parked = Checklist(self.tr("Hồ sơ gửi lỗi, cần xử lý"))
        self.setFocusProxy(self.waiting)
        lists = QHBoxLayout()
        lists.setSpacing(GUTTER)
        self._no_waiting = label(
            self.tr("Không có gì chờ gửi: máy chủ trung tâm đã nhận đủ."), "muted", wrap=True
        )
        self._no_parked = label(self.tr("Không có hồ sơ nào gửi lỗi."), "muted", wrap=True)
        lists.addWidget(self._list_card(self.waiting, self._no_waiting), 1)
        lists.addWidget(self._list_card(self.parked, self._no_parked), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(GUTTER)
        column.addWidget(self._figures())
        column.addWidget(self.trouble)
        column.addLayout(lists, 1)

    def _figures(self) -> Card:
        self.connection = Stat(self.tr("Kết nối máy chủ trung tâm"))
        self.last_round = Stat(self.tr("Lần gửi, nhận gần nhất"))
        self.amount = Stat(self.tr("Chờ gửi"))
        self.numbers = Stat(self.tr("Dải số cấp trước"))
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(40)
        for stat in (self.connection, self.last_round, self.amount, self.numbers):
            row.addWidget(stat)
        row.addStretch()
        row.addWidget(self.send)
        card.column.addLayout(row)
        return card

    def _list_card(self, checklist: Checklist, empty: QWidget) -> Card:
        card = Card(padding=GUTTER)
        card.column.addWidget(label(checklist.accessibleName(), "heading"))
        card.column.addSpacing(UNIT // 2)
        card.column.addWidget(empty)
        card.column.addWidget(checklist, 1)
        card.column.addStretch(0)
        return card

    def _bind(self) -> None:
        self.send.clicked.connect(self._model.send_now)
        self.waiting.opened.connect(self._open)
        self.parked.opened.connect(self._open)
        self._model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        self.send.setEnabled(not model.busy)
        self.send.set_words(self.tr("Đang gửi, nhận…") if model.busy else self.tr("Gửi ngay"))
        if model.trouble is not None:
            words = in_words(model.trouble)
            self.trouble.say(words.message, words.remedy, Tone.BAD)
        else:
            self.trouble.hide()
        if model.sending is not None:
            self._render_figures(model.sending)
        self._fill(self.waiting, self._no_waiting, [self._waiting_row(each) for each in model.waiting])
        self._fill(self.parked, self._no_parked, [self._parked_row(each) for each in model.parked])

    def _render_figures(self, sending: Sending) -> None:
        if sending.alone_since is None:
            self.connection.say(self.tr("Đang thông suốt"), Tone.OK)
        else:
            since = local_time.short(sending.alone_since, self._now())
            self.connection.say(self.tr("Mất kết nối từ {since}").format(since=since), Tone.WARN)
        last = sending.last_round
        self.last_round.say(local_time.short(last, self._now()) if last else self.tr("chưa lần nào"))
        amount = self.tr("{dossiers} hồ sơ · {entries} việc · {files} tệp")
        self.amount.say(
            amount.format(
                dossiers=sending.dossiers_waiting,
                entries=sending.entries_waiting,
                files=sending.files_waiting,
            )
        )
        few = sending.numbers_left < _FEW_NUMBERS
        left = self.tr("còn {count} số hôm nay").format(count=sending.numbers_left)
        left = left if sending.numbers_left else self.tr("hết, cấp số tạm")
        self.numbers.say(left, Tone.WARN if few else Tone.NEUTRAL)

    def _fill(self, checklist: Checklist, empty: QWidget, rows: list[Row]) -> None:
        checklist.set_rows(rows)
        checklist.setVisible(bool(rows))
        empty.setVisible(not rows)

    def _waiting_row(self, each: Waiting) -> Row:
        since = local_time.short(each.occurred_at, self._now())
        if each.code:
            title, detail = each.code, self.tr("{act} · từ {since}").format(act=act(each.kind), since=since)
        else:  # an act of the counter itself, on no dossier
            title, detail = act(each.kind), self.tr("từ {since}").format(since=since)
        return Row(each.entry, title, detail, self.tr("Chờ gửi"), Tone.INFO, "clock")

    def _parked_row(self, each: Waiting) -> Row:
        title = " · ".join(part for part in (each.code, act(each.kind)) if part)
        owner = self.tr("{owner} xử lý").format(owner=each.owner) if each.owner else ""
        detail = " · ".join(part for part in (owner, each.reason) if part)
        return Row(each.entry, title, detail, self.tr("Cần xử lý"), Tone.BAD)

    def _open(self, entry: str) -> None:
        for each in (*self._model.waiting, *self._model.parked):
            if each.entry == entry and each.code:
                self.dossier_asked.emit(each.code)
