"""The register's window: the list on the left, the chosen dossier on the right."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.register.detail import DossierDetail
from ui.register.slip_preview import PAGE_WIDTH, SlipPreview
from ui.register.table import DossierTable
from ui.register.view_model import LIMIT, RegisterViewModel
from ui.theme import GUTTER
from ui.widgets.card import Card
from ui.widgets.label import label


def _now() -> datetime:
    return datetime.now(UTC)


class RegisterView(QWidget):
    """`sign_asked(Dossier)` and `correct_asked(Dossier)` are for the counter: it signs, it corrects."""

    sign_asked = Signal(object)
    correct_asked = Signal(object)

    def __init__(self, model: RegisterViewModel, now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._model = model
        self.table = DossierTable(now)
        self.setFocusProxy(self.table)
        self.detail = DossierDetail(model, now)
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self._preview = SlipPreview(self)
        self._summary = label(role="heading")
        self._nothing = label(wrap=True, role="muted")
        card = Card(padding=0)
        head = QHBoxLayout()
        head.setContentsMargins(GUTTER, 14, GUTTER, 6)
        head.addWidget(self._summary, 1)
        card.column.addLayout(head)
        card.column.addWidget(self._nothing)
        card.column.addWidget(self.table, 1)
        card.column.addStretch(0)
        self._nothing.setContentsMargins(GUTTER, 0, GUTTER, GUTTER)
        row = QHBoxLayout(self)
        row.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        row.setSpacing(GUTTER)
        row.addWidget(card, 1)
        row.addWidget(self.detail)

    def _bind(self) -> None:
        model = self._model
        self.table.chosen.connect(model.choose)
        self.table.opened.connect(self._go_on)
        self.detail.sign_asked.connect(lambda: self.sign_asked.emit(model.chosen))
        self.detail.correct_asked.connect(lambda: self.correct_asked.emit(model.chosen))
        self.detail.slip_asked.connect(self._open_slip)
        self.detail.print_asked.connect(model.print_again)
        self.detail.settled.connect(model.settle)
        self._preview.print_asked.connect(model.print_again)
        model.pages_read.connect(self._show_pages)
        model.changed.connect(self._render)

    def _render(self) -> None:
        model = self._model
        chosen = model.chosen.id if model.chosen else ""
        self.table.show_dossiers(model.found, chosen)
        self.table.setVisible(bool(model.found))
        self._nothing.setVisible(not model.found)
        self._summary.setText(self._summary_text())
        self._nothing.setText(self._nothing_text())
        self.detail.render_model()

    def _summary_text(self) -> str:
        model = self._model
        if model.text and model.more:
            return self.tr("Hơn {count} hồ sơ khớp “{text}”, gõ thêm để thu hẹp").format(
                count=LIMIT, text=model.text
            )
        if model.text:
            return self.tr("{count} hồ sơ khớp “{text}”").format(count=len(model.found), text=model.text)
        if model.more:
            return self.tr("{count} hồ sơ mới nhất").format(count=LIMIT)
        return self.tr("{count} hồ sơ").format(count=len(model.found))

    def _nothing_text(self) -> str:
        if self._model.text:
            return self.tr(
                "Thử một phần họ tên không dấu, vài số cuối của mã hồ sơ, số định danh hoặc số điện thoại."
            )
        return self.tr("Chưa có hồ sơ nào trên máy này. Hồ sơ vừa tiếp nhận sẽ hiện ở đây.")

    def _go_on(self, id: str) -> None:
        """Enter: the next step of this dossier."""
        self._model.choose(id)
        if self._model.can_sign:
            self.sign_asked.emit(self._model.chosen)
        else:
            self._open_slip()

    def _open_slip(self) -> None:
        self._model.open_slip(round(PAGE_WIDTH * self.devicePixelRatioF()))

    def _show_pages(self, pages: tuple[bytes, ...]) -> None:
        chosen = self._model.chosen
        self._preview.show_pages(chosen.code if chosen else "", pages)
