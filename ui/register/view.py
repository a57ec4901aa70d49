"""The register's window: the list on the left, the chosen dossier on the right."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.document import Document
from ui.register.detail import DossierDetail
from ui.register.filter_bar import FilterBar
from ui.register.slip_preview import PAGE_WIDTH, SlipPreview
from ui.register.table import DossierTable
from ui.register.view_model import RegisterViewModel
from ui.theme import GUTTER
from ui.widgets.card import Card
from ui.widgets.elided import ElidedLabel
from ui.widgets.label import label


class RegisterView(QWidget):
    """`sign_asked(Dossier)` and `correct_asked(Dossier)` are for the counter: it signs, it corrects."""

    sign_asked = Signal(object)
    correct_asked = Signal(object)
    check_asked = Signal(str, str)  # document id, what it is called: whose signatures are to be checked

    def __init__(self, model: RegisterViewModel, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._model = model
        self._previewed: tuple[str, str] | None = None
        self.table = DossierTable(now)
        self.setFocusProxy(self.table)
        self.detail = DossierDetail(model, now)
        self.filters = FilterBar(now)
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self.preview = SlipPreview(self)
        self._summary = ElidedLabel(role="heading")
        self._nothing = label(wrap=True, role="muted")
        card = Card(padding=0)
        head = QHBoxLayout()
        head.setContentsMargins(GUTTER, 8, 8, 2)
        head.addStrut(32)  # of the button that comes and goes
        head.addWidget(self._summary, 1)
        head.addWidget(self.filters.clear)
        card.column.addLayout(head)
        card.column.addWidget(self._nothing)
        card.column.addWidget(self.table, 1)
        card.column.addStretch(0)
        self._nothing.setContentsMargins(GUTTER, 0, GUTTER, GUTTER)
        row = QHBoxLayout()
        row.setSpacing(GUTTER)
        row.addWidget(card, 1)
        row.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, 12, GUTTER, GUTTER)
        column.setSpacing(12)
        column.addWidget(self.filters)
        column.addLayout(row, 1)

    def _bind(self) -> None:
        model = self._model
        self.table.chosen.connect(model.choose)
        self.table.opened.connect(self._go_on)
        self.table.end_near.connect(model.list.load_more)
        self.filters.asked.connect(model.filter)
        self.detail.sign_asked.connect(lambda: self.sign_asked.emit(model.chosen))
        self.detail.correct_asked.connect(lambda: self.correct_asked.emit(model.chosen))
        self.detail.slip_asked.connect(self._open_slip)
        self.detail.document_asked.connect(self._open_document)
        self.detail.print_asked.connect(model.print_again)
        self.detail.resubmit_asked.connect(model.resubmit)
        self.detail.settled.connect(model.settle)
        self.preview.print_asked.connect(model.print_again)
        self.preview.check_asked.connect(self._check_signatures)
        model.pages_read.connect(self._show_pages)
        model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        chosen = model.chosen.id if model.chosen else ""
        self.table.show_dossiers(model.found, chosen)
        self.table.setVisible(bool(model.found))
        self._nothing.setVisible(not model.found)
        self.filters.show_filter(model.wanted, model.choices)
        self._summary.set_words(self._summary_text())
        self._nothing.setText(self._nothing_text())
        self.detail.render_model()

    def _summary_text(self) -> str:
        model = self._model
        total = model.list.total
        count = self._thousands(len(model.found) if total is None else total)
        if model.list.is_partial:
            return self.tr("{count} hồ sơ khớp, đang tìm tiếp trong hồ sơ cũ hơn…").format(count=count)
        count = self.tr("Hơn {count}").format(count=count) if total is None and model.list.more else count
        if model.text and model.wanted:
            return self.tr("{count} hồ sơ khớp “{text}” và bộ lọc").format(count=count, text=model.text)
        if model.text:
            return self.tr("{count} hồ sơ khớp “{text}”").format(count=count, text=model.text)
        if model.wanted:
            return self.tr("{count} hồ sơ khớp bộ lọc").format(count=count)
        return self.tr("{count} hồ sơ").format(count=count)

    def _nothing_text(self) -> str:
        if self._model.list.busy:
            return self.tr("Đang tìm…")
        if self._model.wanted:
            return self.tr(
                "Không có hồ sơ nào khớp cả bộ lọc lẫn chữ đang tìm. Bấm Alt+0 để bỏ lọc, hoặc chọn lại từng mục."
            )
        if self._model.text:
            return self.tr(
                "Thử một phần họ tên không dấu, một đoạn mã hồ sơ, vài số cuối của số giấy tờ, số điện thoại hoặc tên thủ tục."
            )
        return self.tr("Chưa có hồ sơ nào trên máy này. Hồ sơ vừa tiếp nhận sẽ hiện ở đây.")

    def _thousands(self, number: int) -> str:
        return f"{number:,}".replace(",", ".")

    def _go_on(self, id: str) -> None:
        """Enter: the next step of this dossier."""
        self._model.choose(id)
        if self._model.can_sign:
            self.sign_asked.emit(self._model.chosen)
        else:
            self._open_slip()

    def _open_slip(self) -> None:
        self._model.open_slip(round(PAGE_WIDTH * self.devicePixelRatioF()))

    def _open_document(self, id: str) -> None:
        chosen = self._model.chosen
        for document in chosen.documents if chosen else ():
            if document.id == id:
                self._model.open_slip(round(PAGE_WIDTH * self.devicePixelRatioF()), document)

    def _show_pages(self, document: Document, pages: tuple[bytes, ...]) -> None:
        chosen = self._model.chosen
        code = chosen.code if chosen else ""
        words = code if document.valid else self.tr("{code} · không còn giá trị").format(code=code)
        self._previewed = (document.id, words)
        here = self._model.brought is None
        again = document.valid and self._model.may_print
        self.preview.show_pages(words, pages, again=again, here=here)

    def _check_signatures(self) -> None:
        """Hand the paper that is looked at over to the check of signatures."""
        if self._previewed is not None:
            self.preview.hide()
            self.check_asked.emit(*self._previewed)
