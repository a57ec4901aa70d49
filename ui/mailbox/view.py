"""Gửi, nhận dữ liệu: the connection, the figures, what waits and what has to be mended."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.kinds import Kind
from clerk_app.domain.sending import Sending
from ui import local_time
from ui.mailbox import words
from ui.mailbox.settle_panel import SettlePanel
from ui.mailbox.view_model import MailboxViewModel
from ui.notices import in_words
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import ROW_HEIGHT, Checklist, Row
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.list_card import ListCard
from ui.widgets.stat import Stat
from ui.widgets.under_way import UnderWay

_FEW_NUMBERS = 10  # left today: worth a warning colour


class MailboxView(QWidget):
    """`dossier_asked(code)`: the clerk wants to see the dossier of a line; `outages_asked`, `bundles_asked`, `codes_asked`: the other pages."""

    dossier_asked = Signal(str)
    outages_asked = Signal()
    bundles_asked = Signal()
    codes_asked = Signal()

    def __init__(self, model: MailboxViewModel, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._model, self._now = model, now
        self._build()
        self._bind()
        self._render()

    def begin(self) -> None:
        """Read anew what waits."""
        self._model.refresh()

    def _build(self) -> None:
        self.send = KeyButton(self.tr("Gửi ngay"), "F5", "send", "primary")
        self.codes = KeyButton(self.tr("Chờ cấp mã"), "F6", "list-checks", "slim")
        self.outages = KeyButton(self.tr("Lần mất mạng"), "F7", "history", "slim")
        self.bundles = KeyButton(self.tr("Chuyển tay lượt ký"), "F8", "usb", "slim")
        self.pause = KeyButton(self.tr("Tạm dừng tệp lớn"), "F10", "clock", "slim")
        self.held = label("", "small", wrap=True)
        self.trouble = Banner(rounded=True)
        self.waiting = Checklist(self.tr("Đang chờ gửi"))
        self.parked = Checklist(self.tr("Hồ sơ gửi lỗi, cần xử lý"))
        self.panel = SettlePanel(self.parked)
        self.setFocusProxy(self.waiting)
        self._no_waiting = label(
            self.tr("Không có gì chờ gửi: máy chủ trung tâm đã nhận đủ."), "muted", wrap=True
        )
        self._no_parked = label(
            self.tr("Không có hồ sơ nào gửi lỗi, không có cảnh báo nào."), "muted", wrap=True
        )
        lists = QHBoxLayout()
        lists.setSpacing(GUTTER)
        wait = ListCard(self.waiting, self._no_waiting)
        wait.column.addLayout(self._further_pages())
        lists.addWidget(wait, 1)
        mend = ListCard(self.parked, self._no_parked)
        mend.column.addWidget(self.panel)
        lists.addWidget(mend, 1)
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
        self.under_way = UnderWay(self.tr("Tiến độ gửi, nhận"))
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(28)
        for stat in (self.connection, self.last_round, self.amount, self.numbers):
            row.addWidget(stat)
        row.addStretch()
        row.addWidget(self.send)
        card.column.addLayout(row)
        of_files = QHBoxLayout()
        of_files.addWidget(self.held, 1)
        of_files.addWidget(self.pause)
        card.column.addLayout(of_files)
        card.column.addWidget(self.under_way)
        return card

    def _further_pages(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.codes)
        row.addWidget(self.outages)
        row.addWidget(self.bundles)
        row.addStretch()
        return row

    def _bind(self) -> None:
        model = self._model
        self.send.clicked.connect(model.send_now)
        self.outages.clicked.connect(self.outages_asked)
        self.bundles.clicked.connect(self.bundles_asked)
        self.codes.clicked.connect(self.codes_asked)
        self.pause.clicked.connect(model.pause_files)
        self.bundles.setVisible(Kind.TURN_HANDED in model.acts)
        self.codes.setVisible(Kind.CODE_GIVEN in model.acts)
        self.pause.setVisible(Kind.LOOKED_AT in model.acts)
        self.waiting.opened.connect(self._open_group)
        self.parked.opened.connect(self._open_parked)
        self.parked.current_changed.connect(lambda _: self._render_panel())
        self.panel.asked.connect(model.settle)
        self.panel.chosen.connect(model.decide)
        self.panel.dossier_asked.connect(self.dossier_asked)
        model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        self.send.setEnabled(not model.busy)
        self.send.set_words(self.tr("Đang gửi, nhận…") if model.busy else self.tr("Gửi ngay"))
        if model.trouble is not None:
            said = in_words(model.trouble)
            self.trouble.say(said.message, said.remedy, Tone.BAD)
        else:
            self.trouble.hide()
        if model.sending is not None:
            self._render_figures(model.sending)
        self._render_progress()
        self._fill(
            self.waiting, self._no_waiting, [words.group_row(each, self._now()) for each in model.groups]
        )
        self._fill(self.parked, self._no_parked, [words.parked_row(each) for each in model.parked])
        self._render_panel()

    def _render_figures(self, sending: Sending) -> None:
        self.connection.say(*words.connection(sending, self._now()))
        last = sending.last_round
        self.last_round.say(local_time.short(last, self._now()) if last else self.tr("chưa lần nào"))
        amount = self.tr("{dossiers} hồ sơ · {entries} việc · {files} tệp").format(
            dossiers=sending.dossiers_waiting, entries=sending.entries_waiting, files=sending.files_waiting
        )
        size = f" ({words.size(self._model.size)})" if self._model.size else ""
        self.amount.say(f"{amount}{size}")
        paused = sending.files.paused
        self.pause.set_words(self.tr("Gửi tiếp tệp lớn") if paused else self.tr("Tạm dừng tệp lớn"))
        self.held.setText(words.files_on_the_line(sending.files))
        few = sending.numbers_left < _FEW_NUMBERS
        said = words.numbers(sending.numbers_left, sending.numbers_next)
        self.numbers.say(said, Tone.WARN if few else Tone.NEUTRAL)

    def _render_progress(self) -> None:
        """Say how far the round is, while it is under way and there is something to count."""
        done, total, doing = self._model.doing
        counted = total if total > done else 0
        busy = self._model.busy and bool(doing)
        self.under_way.show_work(busy=busy, done=done, total=counted, doing=doing)

    def _render_panel(self) -> None:
        key = self.parked.current_key
        each = next((each for each in self._model.parked if each.entry == key), None)
        self.panel.show_line(each, busy=self._model.settling, acts=self._model.acts)

    def _fill(self, checklist: Checklist, empty: QWidget, rows: list[Row]) -> None:
        """Show the rows; the keys of a list that empties go to the other one."""
        had_keys = checklist.hasFocus() and not rows
        checklist.set_rows(rows)
        checklist.setMinimumHeight(min(len(rows), 2) * ROW_HEIGHT)
        checklist.setVisible(bool(rows))
        empty.setVisible(not rows)
        if had_keys:
            other = self.parked if checklist is self.waiting else self.waiting
            (other if other.rows else self.send).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_group(self, dossier: str) -> None:
        self._ask_for(next((each.code for each in self._model.groups if each.dossier == dossier), ""))

    def _open_parked(self, entry: str) -> None:
        self._ask_for(next((each.code for each in self._model.parked if each.entry == entry), ""))

    def _ask_for(self, code: str) -> None:
        if code:
            self.dossier_asked.emit(code)
