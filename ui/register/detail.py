"""One dossier of the register in full: who, what, when, what to do next, its papers and its history."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.kinds import Kind
from ui import local_time
from ui.act_words import codes, sending, status
from ui.notices import in_words
from ui.register.detail_words import act_line, brought_words, document_row, gone_facts, gone_words
from ui.register.papers_part import PapersPart
from ui.register.view_model import RegisterViewModel
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.card import Line as Hairline
from ui.widgets.checklist import ROW_HEIGHT, Checklist
from ui.widgets.facts import Facts, Lines
from ui.widgets.key_button import KeyButton
from ui.widgets.keyed_scroll import KeyedScroll
from ui.widgets.label import label
from ui.widgets.status_badge import StatusBadge

WIDTH = 380


class DossierDetail(Card):
    """Its buttons ask; the register's view answers."""

    sign_asked = Signal()
    slip_asked = Signal()
    document_asked = Signal(str)  # id of one of the documents issued
    print_asked = Signal()
    correct_asked = Signal()
    resubmit_asked = Signal()
    settled = Signal(bool)  # did the paper come out?

    def __init__(self, model: RegisterViewModel, now: Callable[[], datetime]) -> None:
        super().__init__(padding=GUTTER)
        self._model, self._now = model, now
        self.setFixedWidth(WIDTH)
        self._build()
        self._bind()

    def render_model(self) -> None:
        """Show the chosen dossier as it is now."""
        dossier = self._model.chosen
        self._body.setVisible(dossier is not None)
        self._nothing.setVisible(dossier is None)
        if dossier is None:
            return
        self._code.setText(codes(dossier))
        self._status.set_status(*status(dossier))
        self._sending.set_status(*sending(dossier.sending))
        self._facts.show_facts(self._facts_of(dossier))
        self._render_next()
        self._render_documents(dossier)
        self.papers.render_model()
        for widget in (self.papers, self._papers_title):
            widget.setVisible(dossier.gone is None)
        self._history.show_lines([act_line(line, self._now()) for line in reversed(self._model.detail.lines)])

    def _build(self) -> None:
        self._nothing = label(self.tr("Chọn một hồ sơ để xem."), "muted")
        self._code = label(role="title")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._status, self._sending = StatusBadge(show_icon=True), StatusBadge(show_icon=True)
        self._facts, self._history = Facts(), Lines()
        self.documents = Checklist(self.tr("Giấy đã cấp"))
        self.papers = PapersPart(self._model)
        self._notice = Banner(rounded=True)
        self.sign = KeyButton(self.tr("Ký và in giấy hẹn"), "F9", "pen-line", "primary")
        self.slip = KeyButton(self.tr("Mở giấy hẹn"), "Ctrl+O", "eye", "slim")
        self.print = KeyButton(self.tr("In lại"), "Ctrl+P", "printer", "slim")
        self.correct = KeyButton(self.tr("Cấp lại do sai sót"), "F7", "undo-2", "slim")
        self.again = KeyButton(self.tr("Trình ký lại"), "F10", "send", "slim")
        self.bring = KeyButton(self.tr("Xem từ máy chủ"), "F8", "database", "slim")
        self._unsure = self._unsure_panel()
        self._body = self._body_widget()
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._body, 1)
        self.column.addStretch(0)

    def _body_widget(self) -> QWidget:
        badges = QHBoxLayout()
        badges.setSpacing(UNIT)
        badges.addWidget(self._status)
        badges.addWidget(self._sending)
        badges.addStretch()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._code)
        column.addLayout(badges)
        column.addWidget(self._scroll(), 1)
        self._above_acts = Hairline()
        column.addWidget(self._above_acts)
        column.addLayout(self._actions())
        return body

    def _scroll(self) -> KeyedScroll:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, UNIT, 0)
        column.setSpacing(UNIT)
        column.addWidget(self._notice)
        column.addWidget(self._unsure)
        column.addWidget(self._facts)
        self._documents_title = label(self.documents.accessibleName(), "heading")
        self._papers_title = label(self.tr("Giấy tờ"), "heading")
        parts = (
            (self._documents_title, self.documents),
            (self._papers_title, self.papers),
            (label(self.tr("Lịch sử"), "heading"), self._history),
        )
        for title, part in parts:
            column.addSpacing(UNIT)
            column.addWidget(title)
            column.addWidget(part)
        column.addStretch()
        self.whole = KeyedScroll(inside, self.tr("Chi tiết hồ sơ"))
        return self.whole

    def _actions(self) -> QVBoxLayout:
        pair = QHBoxLayout()
        pair.setSpacing(UNIT)
        pair.addWidget(self.slip, 1)
        pair.addWidget(self.print, 1)
        column = QVBoxLayout()
        column.setSpacing(UNIT)
        column.addWidget(self.sign)
        column.addLayout(pair)
        column.addWidget(self.correct)
        column.addWidget(self.again)
        column.addWidget(self.bring)
        return column

    def _unsure_panel(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", True)
        self._came, self._lost = KeyButton(self.tr("Đã ra giấy")), KeyButton(self.tr("Chưa ra"))
        row = QHBoxLayout()
        row.addWidget(self._came)
        row.addWidget(self._lost)
        row.addStretch()
        column = QVBoxLayout(panel)
        column.addWidget(label(self.tr("Lần in trước bị ngắt. Giấy hẹn đã ra khỏi máy in chưa?"), wrap=True))
        column.addLayout(row)
        return panel

    def _bind(self) -> None:
        self.sign.clicked.connect(self.sign_asked)
        self.slip.clicked.connect(self.slip_asked)
        self.documents.opened.connect(self.document_asked)
        self.print.clicked.connect(self.print_asked)
        self.correct.clicked.connect(self.correct_asked)
        self.again.clicked.connect(self.resubmit_asked)
        self.bring.clicked.connect(self._model.bring)
        self._came.clicked.connect(lambda: self.settled.emit(True))
        self._lost.clicked.connect(lambda: self.settled.emit(False))

    def _render_next(self) -> None:
        model = self._model
        has_slip = model.slip is not None
        self.sign.setVisible(model.can_sign)
        self._unsure.setVisible(model.must_settle)
        for button in (self.slip, self.print, self.correct):
            button.setVisible(has_slip)
            button.setEnabled(model.can_print)
        self.print.setVisible(has_slip and model.may_print)
        self.bring.setVisible(model.can_bring)
        self.bring.setEnabled(not model.busy)
        is_slip = model.slip is None or model.slip.kind is DocumentKind.SLIP
        self.slip.set_words(self.tr("Mở giấy hẹn") if is_slip else self.tr("Mở phiếu"))
        self.correct.setVisible(model.can_correct)
        self.again.setVisible(bool(model.sent_back) and model.may(Kind.RESUBMITTED))
        self.again.setEnabled(not model.busy)
        acts = (self.sign, self.slip, self.print, self.correct, self.again, self.bring)
        self._above_acts.setVisible(any(not each.isHidden() for each in acts))
        if model.notice is not None:
            words = in_words(model.notice)
            self._notice.say(words.message, words.remedy, Tone.BAD)
        elif model.sent_back:
            self._notice.say(
                self.tr("Bị trả lại, chưa ký: {reason}").format(reason=model.sent_back),
                self.tr("Sửa bằng Cấp lại do sai sót (F7); giấy đúng rồi thì Trình ký lại (F10)."),
                Tone.WARN,
            )
        elif model.brought is not None:
            self._notice.say(*brought_words(), Tone.INFO)
        elif model.chosen is not None and model.chosen.gone is not None:
            self._notice.say(*gone_words(model.chosen.gone), Tone.INFO)
        elif model.can_sign:
            self._notice.say(
                self.tr("Đã tiếp nhận, chưa ký giấy hẹn."),
                self.tr("Mã hồ sơ giữ nguyên; ký tiếp bằng F9."),
                Tone.WARN,
            )
        else:
            self._notice.hide()

    def _render_documents(self, dossier: Dossier) -> None:
        """Show every document that was issued, the newest first, those replaced too."""
        self.documents.set_rows([document_row(each) for each in reversed(dossier.documents)])
        self.documents.setFixedHeight(ROW_HEIGHT * len(dossier.documents) + 2)
        for widget in (self.documents, self._documents_title):
            widget.setVisible(bool(dossier.documents))

    def _facts_of(self, dossier: Dossier) -> list[tuple[str, str]]:
        applicant = dossier.applicant
        submitter = applicant.submitter.name if applicant.submitter else ""
        return [
            (self.tr("Chủ hồ sơ"), applicant.owner.name),
            (self.tr("Số giấy tờ"), applicant.owner.id_number),
            (self.tr("Người nộp"), submitter),
            (self.tr("Điện thoại"), applicant.at_the_counter.phone),
            (self.tr("Thủ tục"), dossier.procedure_title),
            *self._times_of(dossier),
            *gone_facts(dossier.gone),
            (self.tr("Ghi chú"), dossier.note),
        ]

    def _times_of(self, dossier: Dossier) -> list[tuple[str, str]]:
        if not dossier.status.is_accepted:
            return [
                (self.tr("Lập phiếu lúc"), local_time.full(dossier.received_at)),
                (self.tr("Người lập"), dossier.received_by),
            ]
        times = [
            (self.tr("Nhận lúc"), local_time.full(dossier.received_at)),
            (self.tr("Hẹn trả"), local_time.full(dossier.due_at)),
            (self.tr("Người nhận"), dossier.received_by),
        ]
        if dossier.handed is not None:
            lost = self.tr(" (mất giấy hẹn)") if dossier.handed.lost_slip else ""
            times.append((self.tr("Trả lúc"), local_time.full(dossier.handed.at)))
            times.append((self.tr("Trả cho"), dossier.handed.receiver + lost))
        return times
