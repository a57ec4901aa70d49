"""Mẫu 02 or Mẫu 03 as an officer fills it in: ticked from the checklist, a few lines, then the key that signs."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.reply import AskedPaper
from ui.intake.reply_model import ReplyModel
from ui.notices import in_words
from ui.theme import Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.elided import ElidedLabel
from ui.widgets.form_field import FormField
from ui.widgets.label import label

_MORE_HEIGHT = 62  # of the lines for further content, in pixels: two of them


class ReplyPanel(Card):
    """Stands where the form was. `agreed`: Enter, wherever a line ends."""

    agreed = Signal()

    def __init__(self, form: ReplyModel) -> None:
        super().__init__(padding=16)
        self._form = form
        self._kind: DocumentKind | None = None
        self.title, self.whose = label(role="title"), ElidedLabel(role="muted")
        self.notice = Banner(rounded=True)
        self.pages = QStackedWidget()
        self._build_supplement()
        self._build_refusal()
        self.column.setSpacing(10)
        for widget in (self.title, self.whose, self.notice):
            self.column.addWidget(widget)
        self.column.addWidget(self.pages, 1)
        self._bind()

    def _build_supplement(self) -> None:
        self.list = Checklist(self.tr("Giấy tờ yêu cầu bổ sung"))
        self.list.setMinimumHeight(112)
        self.more = QPlainTextEdit()
        self.more.setFixedHeight(_MORE_HEIGHT)
        self.more.setTabChangesFocus(True)
        self.more.setPlaceholderText(self.tr("Mỗi dòng một nội dung, ví dụ: ký lại tờ khai ở trang 2"))
        self.reason, self.again, self.consent = QLineEdit(), QLineEdit(), QLineEdit()
        self._again = QWidget()
        pair = QHBoxLayout(self._again)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(12)
        pair.addWidget(FormField(self.tr("Lý do yêu cầu thêm lần nữa"), self.again, required=True), 1)
        pair.addWidget(FormField(self.tr("Lãnh đạo đã đồng ý"), self.consent, required=True), 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(FormField(self.tr("Nội dung khác cần hoàn thiện"), self.more))
        column.addWidget(FormField(self.tr("Lý do"), self.reason, required=True))
        column.addWidget(self._again)
        self.hint = label(
            self.tr(
                "Dấu cách: yêu cầu hoặc bỏ · Enter: ký và in. Số điện thoại của đơn vị in sẵn trên phiếu."
            ),
            role="small",
        )
        column.addWidget(self.hint)
        self.pages.addWidget(page)

    def _build_refusal(self) -> None:
        self.request, self.ground, self.why = QLineEdit(), QLineEdit(), QComboBox()
        self.why.setEditable(True)
        self.why.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.why.addItems(self._form.reasons())
        if (completer := self.why.completer()) is not None:  # never writes into what is being typed
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.ground.setPlaceholderText(self.tr("Điều, khoản, tên văn bản"))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FormField(self.tr("Nội dung yêu cầu giải quyết"), self.request, required=True))
        column.addWidget(FormField(self.tr("Lý do từ chối"), self.why, required=True))
        column.addWidget(FormField(self.tr("Căn cứ"), self.ground, required=True))
        said = self.tr("Phiếu in xong thì hồ sơ đang nhập được đóng lại; bản quét trên máy này bị xóa.")
        column.addWidget(label(said, role="small", wrap=True))
        column.addStretch(1)
        self.pages.addWidget(page)

    def _bind(self) -> None:
        form = self._form
        self.list.cycled.connect(form.tick)
        self.list.opened.connect(self.agreed)
        self.more.textChanged.connect(lambda: form.write(more=self.more.toPlainText()))
        for name in ("reason", "again", "consent", "request", "ground"):
            line: QLineEdit = getattr(self, name)
            line.textEdited.connect(partial(self._write, name))
            line.returnPressed.connect(self.agreed)
        self.why.currentTextChanged.connect(partial(self._write, "reason"))
        self.why.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list of reasons agrees too, unless the list is open."""
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in enter:
            self.agreed.emit()
            return True
        return super().eventFilter(watched, event)

    def show_reply(self, name: str, procedure: str) -> None:
        """Show the form as it is; a line is filled in as the form opens, then it is the officer's."""
        form = self._form
        opened = form.kind is not self._kind
        self._kind = form.kind
        if form.kind is None:
            return
        self.whose.set_words(" · ".join(part for part in (name, procedure) if part))
        refusal = form.kind is DocumentKind.REFUSAL
        self.title.setText(
            self.tr("Từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03)")
            if refusal
            else self.tr("Yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02)")
        )
        self.pages.setCurrentIndex(1 if refusal else 0)
        self.list.set_rows([self._row(paper) for paper in form.papers])
        self._again.setVisible(form.asked_before > 0)
        if opened:
            self._fill()
        self._show_notice()

    def take_focus(self) -> None:
        """Stand where the officer begins: the checklist, or the reason."""
        if self._kind is DocumentKind.REFUSAL:
            place: QWidget = self.ground if self._form.words.reason else self.why
        else:
            place = self.list if self._form.papers else self.more
            self.list.choose(next((paper.key for paper in self._form.papers if paper.wanted), ""))
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        words = self._form.words
        with QSignalBlocker(self.more), QSignalBlocker(self.why):
            self.more.setPlainText(words.more)
            self.why.setEditText(words.reason)
        for line, text in (
            (self.reason, words.reason),
            (self.again, words.again),
            (self.consent, words.consent),
            (self.request, words.request),
            (self.ground, words.ground),
        ):
            line.setText(text)

    def _show_notice(self) -> None:
        if self._form.notice is None:
            self.notice.hide()
            return
        words = in_words(self._form.notice)
        self.notice.say(words.message, words.remedy, Tone.BAD)

    def _write(self, name: str, text: str) -> None:
        self._form.write(**{name: text})

    def _row(self, paper: AskedPaper) -> Row:
        more = paper.text.removeprefix(paper.title).strip()
        if paper.wanted:
            return Row(paper.key, paper.title, more, self.tr("Yêu cầu"), Tone.WARN, "check")
        return Row(paper.key, paper.title, more, self.tr("Không yêu cầu"), Tone.NEUTRAL, "circle-dashed")
