"""The screen of results: a line to look in, what fits, and the dossier whose result is handed over."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.clock import now as utc_now
from clerk_app.domain.dossier import Dossier
from ui import local_time
from ui.act_words import codes, owner, status
from ui.result.handover_card import HandoverCard
from ui.result.view_model import ResultViewModel
from ui.theme import GUTTER
from ui.widgets.card import Card
from ui.widgets.checklist import Checklist, Row
from ui.widgets.label import label
from ui.widgets.search_field import SearchField


class ResultView(QWidget):
    """From the slip in the citizen's hand to the noted return, by keys: scan or type, Enter, Enter."""

    def __init__(self, model: ResultViewModel, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self._model, self._now = model, now
        self._build()
        self._bind()
        self._render()

    def _build(self) -> None:
        self.line = SearchField(self.tr("Quét mã QR trên giấy hẹn; hoặc gõ mã, họ tên, điện thoại"))
        self.list = Checklist(self.tr("Hồ sơ tìm thấy"))
        self.nothing = label(wrap=True, role="muted")
        self.handover = HandoverCard(self._model)
        self.setFocusProxy(self.line)
        found = Card(padding=GUTTER)
        found.column.addWidget(label(self.tr("Tìm hồ sơ"), "heading"))
        found.column.addWidget(self.line)
        found.column.addWidget(self.nothing)
        found.column.addWidget(self.list, 1)
        found.column.addStretch(0)
        found.setMinimumWidth(380)
        row = QHBoxLayout()
        row.setSpacing(GUTTER)
        row.addWidget(found, 2)
        row.addWidget(self.handover, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.addLayout(row, 1)

    def _bind(self) -> None:
        model = self._model
        self.line.asked.connect(model.look)
        self.line.went_down.connect(self._go)
        self.line.left.connect(model.leave)
        self.list.opened.connect(model.choose)
        self.handover.left.connect(self._begin_again)
        model.changed.connect(self._render)
        model.opened.connect(self._on_opened)
        model.returned.connect(lambda _: self._begin_again())

    def _go(self) -> None:
        """Enter or Down: open what is meant, or go to the list to choose."""
        if len(self._model.meant) > 1 and self.line.text().strip() == self._model.text:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._model.go(self.line.text())

    def _on_opened(self) -> None:
        """On to the receiver; where nothing may be handed over the line waits for the next slip."""
        if self._model.can_confirm:
            self.handover.take_focus()
        else:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.selectAll()

    def _begin_again(self) -> None:
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._model.open is not None:
            self._model.leave()

    def _render(self) -> None:
        model = self._model
        self.list.set_rows([self._row(dossier) for dossier in model.found])
        if model.open is not None and not self.list.hasFocus():
            self.list.choose(model.open.dossier.id)  # the line beside which it is shown
        self.list.setVisible(bool(model.found))
        self.nothing.setText(self._nothing_words())
        self.nothing.setVisible(not model.found)
        self.handover.render_model()

    def _nothing_words(self) -> str:
        if self._model.text:
            return self.tr("Chưa có hồ sơ nào khớp “{text}”.").format(text=self._model.text)
        return self.tr(
            "Mất giấy hẹn: tìm theo tên hoặc số điện thoại, đối chiếu căn cước, đánh dấu Mất giấy hẹn."
        )

    def _row(self, dossier: Dossier) -> Row:
        words, tone = status(dossier)
        promised = self.tr("hẹn {due}").format(due=local_time.due(dossier.due_at, self._now()))
        told = (codes(dossier), promised if dossier.due_at else "", dossier.procedure_title)
        detail = " · ".join(part for part in told if part)
        return Row(dossier.id, owner(dossier), detail, words, tone, "file-text")
