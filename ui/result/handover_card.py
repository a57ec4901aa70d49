"""One dossier's result, and who takes it: owner, submitter, or another with an authorisation."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from clerk_app.domain.applicant import Person
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.handover import Receiver
from ui import local_time
from ui.act_words import codes, status
from ui.notices import in_words
from ui.result.view_model import ResultViewModel
from ui.theme import GUTTER, UNIT, Tone
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.checklist import ROW_HEIGHT, Checklist, Row
from ui.widgets.date_field import DateField
from ui.widgets.facts import Facts
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label
from ui.widgets.status_badge import StatusBadge


class HandoverCard(Card):
    """Enter on the receiver confirms; of another person name, number and paper are asked first."""

    left = Signal()

    def __init__(self, model: ResultViewModel) -> None:
        super().__init__(padding=GUTTER)
        self._model = model
        self._shown = ""  # id of the dossier whose fields are filled in
        self._build()
        self._bind()

    def take_focus(self) -> None:
        """Stand on the receiver that is proposed."""
        self.who.choose(self._model.handover.who.value)
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def render_model(self) -> None:
        """Show the open dossier, or how to begin, or what was handed over just now."""
        model = self._model
        self._body.setVisible(model.open is not None)
        self._idle.setVisible(model.open is None)
        self._render_notice()
        if model.open is None:
            self._shown = ""
            return
        dossier = model.open.dossier
        self._code.setText(codes(dossier))
        self._status.set_status(*status(dossier))
        self._facts.show_facts(self._facts_of(dossier, model.open.originals))
        self.who.set_rows(self._receivers(dossier))
        self.other.setVisible(model.handover.who is Receiver.OTHER)
        for part in (self.who, self.other, self.result, self.lost):
            part.setEnabled(model.can_confirm)
        self.confirm.setEnabled(model.can_confirm)
        if self._shown != dossier.id:
            self._shown = dossier.id
            self._empty()

    def _build(self) -> None:
        self.notice, self._idle = Banner(rounded=True), label(role="muted", wrap=True)
        self._idle.setText(self.tr("Mở một hồ sơ để xem ai được nhận kết quả, bản chính nào phải trả lại."))
        self._code, self._status = label(role="title"), StatusBadge(show_icon=True)
        self._facts = Facts()
        self.who = Checklist(self.tr("Ai nhận kết quả"))
        self.lost = QCheckBox(self.tr("&Mất giấy hẹn: đã đối chiếu căn cước của người nhận"))
        self.leave = KeyButton(self.tr("Hồ sơ khác"), "Esc")
        self.confirm = KeyButton(self.tr("Kết quả có tại quầy, đã trả"), "F9", "check", "primary")
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        head = QHBoxLayout()
        head.addWidget(self._code)
        head.addWidget(self._status)
        head.addStretch()
        column.addLayout(head)
        column.addWidget(self._scroll(), 1)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.leave)
        buttons.addWidget(self.confirm)
        column.addLayout(buttons)
        for widget in (self.notice, self._idle):
            self.column.addWidget(widget)
        self.column.addWidget(self._body, 1)
        self.column.addStretch(0)

    def _scroll(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, UNIT, 0)
        column.setSpacing(UNIT)
        column.addWidget(self._facts)
        column.addWidget(label(self.tr("Ai nhận kết quả"), "heading"))
        column.addWidget(self.who)
        column.addWidget(self._other_fields())
        column.addWidget(self.lost)
        column.addWidget(self._result_fields())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return scroll

    def _other_fields(self) -> QWidget:
        self.name, self.number, self.paper = QLineEdit(), QLineEdit(), QLineEdit()
        self.paper.setPlaceholderText(self.tr("Số, ngày, nơi chứng thực"))
        self.other = QWidget()
        row = QHBoxLayout(self.other)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(FormField(self.tr("Họ và tên người nhận"), self.name, required=True), 3)
        row.addWidget(FormField(self.tr("Số giấy tờ"), self.number, required=True), 2)
        row.addWidget(FormField(self.tr("Giấy ủy quyền"), self.paper, required=True), 3)
        return self.other

    def _result_fields(self) -> QWidget:
        self.result_number, self.result_day = QLineEdit(), DateField()
        self.result_number.setPlaceholderText(self.tr("không bắt buộc"))
        self.result = QWidget()
        row = QHBoxLayout(self.result)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(FormField(self.tr("Số của kết quả"), self.result_number), 3)
        row.addWidget(FormField(self.tr("Ngày của kết quả"), self.result_day), 2)
        row.addStretch(3)
        return self.result

    def _bind(self) -> None:
        model = self._model
        self.who.current_changed.connect(self._on_who)
        self.who.opened.connect(lambda _: self._agree())
        self.confirm.clicked.connect(model.confirm)
        self.leave.clicked.connect(self.left)
        self.lost.toggled.connect(lambda ticked: model.write(lost_slip=ticked))
        for line, name in ((self.name, "receiver"), (self.number, "id_number"), (self.paper, "paper")):
            line.textEdited.connect(partial(self._write, name))
            line.returnPressed.connect(model.confirm)
        self.result_number.textEdited.connect(partial(self._write, "result_number"))
        self.result_number.returnPressed.connect(model.confirm)
        self.result_day.date_changed.connect(lambda day: model.write(result_day=day))
        self.result_day.returnPressed.connect(model.confirm)

    def _on_who(self, key: str) -> None:
        if key and self.who.hasFocus():
            self._model.choose_receiver(Receiver(key))

    def _agree(self) -> None:
        """Enter on the receiver: confirm, or ask who the other person is."""
        if self._model.handover.who is Receiver.OTHER and not self.name.text():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._model.confirm()

    def _write(self, name: str, text: str) -> None:
        self._model.write(**{name: text})

    def _empty(self) -> None:
        """Another dossier: nothing of the last one stays in a field."""
        for line in (self.name, self.number, self.paper, self.result_number, self.result_day):
            line.clear()
        self.lost.setChecked(False)

    def _render_notice(self) -> None:
        model = self._model
        if model.notice is not None:
            words = in_words(model.notice)
            self.notice.say(words.message, words.remedy, Tone.BAD)
        elif model.last is not None and model.last.handed is not None:
            said = self.tr("Đã trả kết quả {code} cho {receiver}.")
            told = said.format(code=model.last.code, receiver=model.last.handed.receiver)
            self.notice.say(told, self.tr("Tìm hồ sơ tiếp theo."), Tone.OK)
        else:
            self.notice.hide()

    def _facts_of(self, dossier: Dossier, originals: tuple[str, ...]) -> list[tuple[str, str]]:
        applicant = dossier.applicant
        where = {"post": self.tr("Qua bưu chính"), "online": self.tr("Trực tuyến")}
        channel = dossier.return_channel
        wanted = where.get(channel.way, self.tr("Tại quầy"))
        return [
            (self.tr("Thủ tục"), dossier.procedure_title),
            (self.tr("Chủ hồ sơ"), applicant.owner.name),
            (self.tr("Người nộp"), applicant.submitter.name if applicant.submitter else ""),
            (self.tr("Điện thoại"), applicant.at_the_counter.phone),
            (self.tr("Hẹn trả"), local_time.full(dossier.due_at)),
            (self.tr("Đăng ký nhận"), f"{wanted}: {channel.detail}" if channel.detail else wanted),
            (self.tr("Trả bản chính"), "\n".join(originals) or self.tr("không giữ bản chính nào")),
        ]

    def _receivers(self, dossier: Dossier) -> list[Row]:
        applicant = dossier.applicant
        chosen = self._model.handover.who
        people: list[tuple[Receiver, str, str]] = [
            (Receiver.OWNER, applicant.owner.name, self._told(self.tr("Chủ hồ sơ"), applicant.owner))
        ]
        if applicant.submitter is not None:
            told = self._told(self.tr("Người nộp hồ sơ"), applicant.submitter)
            people.append((Receiver.SUBMITTER, applicant.submitter.name, told))
        people.append((Receiver.OTHER, self.tr("Người khác"), self.tr("Cần giấy tờ và giấy ủy quyền")))
        self.who.setFixedHeight(len(people) * ROW_HEIGHT + 4)
        return [
            Row(
                who.value,
                name,
                detail,
                self.tr("Nhận") if who is chosen else "",
                Tone.OK if who is chosen else Tone.NEUTRAL,
                "circle-check" if who is chosen else "user",
            )
            for who, name, detail in people
        ]

    def _told(self, role: str, person: Person) -> str:
        return " · ".join(part for part in (role, person.id_number) if part)
