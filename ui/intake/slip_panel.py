"""The accepted dossier: its code readable from a metre, its promised time, and what became of the slip."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from clerk_app.domain.document import DocumentKind, SignatureField
from clerk_app.domain.dossier import Dossier
from ui import local_time
from ui.act_words import short_code
from ui.icon import pixmap
from ui.intake.slip_model import SlipModel
from ui.intake.stage import Stage
from ui.notices import in_words
from ui.theme import Tone, tone_colours
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.elided import ElidedLabel
from ui.widgets.label import label, set_tone


class SlipPanel(Card):
    """Stands where the form was while the slip is signed and printed, and until the next dossier."""

    def __init__(self, slip: SlipModel) -> None:
        super().__init__(padding=24)
        self._slip = slip
        self.sign = QLabel()
        self.state = label(role="title")
        self.code = label()
        self.code.setObjectName("code")
        self.code.setStyleSheet("#code { font-size: 40px; font-weight: 600; }")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.provisional = label(role="small", wrap=True)
        self.due, self.person, self.procedure = (
            label(role="title"),
            ElidedLabel(role="heading"),
            ElidedLabel(role="muted"),
        )
        self.notice = Banner(rounded=True)
        self.details, self.keys = label(role="small", wrap=True), label(role="small")
        column = self.column
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self.sign)
        column.addWidget(self.state)
        column.addWidget(self.code)
        column.addWidget(self.provisional)
        column.addWidget(self.due)
        people = QVBoxLayout()
        people.setSpacing(2)
        people.addWidget(self.person)
        people.addWidget(self.procedure)
        column.addLayout(people)
        column.addWidget(self.notice)
        column.addWidget(self.details)
        column.addStretch(3)
        column.addWidget(self.keys)
        for widget in (
            self.sign,
            self.state,
            self.code,
            self.provisional,
            self.due,
            self.person,
            self.procedure,
        ):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for widget in (self.details, self.keys):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def show_slip(self, stage: Stage, key_presses: int) -> None:
        """Show the dossier in its stage; `key_presses` from the first key to the printed slip."""
        words, tone, icon = self._state(stage)
        self.state.setText(words)
        set_tone(self.state, tone)
        self.sign.setPixmap(pixmap(icon, tone_colours(tone)[0], 48))
        dossier = self._slip.dossier
        self._show_dossier(dossier)
        self._show_notice(stage)
        self.details.setText(self._details(stage))
        count = self.tr("{n} phím từ phím đầu tiên đến giấy hẹn").format(n=key_presses)
        self.keys.setText(count if stage is Stage.DONE and key_presses else "")

    def _state(self, stage: Stage) -> tuple[str, Tone, str]:
        busy = {
            Stage.RECEIVING: (self.tr("Đang tiếp nhận…"), Tone.INFO, "clock"),
            Stage.SIGNING: (self.tr("Đang ký…"), Tone.INFO, "key-round"),
            Stage.PRINTING: (self.tr("Đang in…"), Tone.INFO, "printer"),
        }
        if stage in busy:
            return busy[stage]
        match stage:
            case Stage.DONE if self._kind is not DocumentKind.SLIP:
                return self._answered()
            case Stage.DONE if self._slip.notice is not None:
                return self.tr("Giấy hẹn đã cấp, chưa in được"), Tone.WARN, "printer"
            case Stage.DONE:
                return self.tr("Đã cấp giấy hẹn"), Tone.OK, "circle-check"
        return self.tr("Đã tiếp nhận, chưa ký giấy hẹn"), Tone.WARN, "pen-line"

    @property
    def _kind(self) -> DocumentKind | None:
        """What was issued; None for what was returned at once."""
        return self._slip.document.kind if self._slip.document else None

    def _answered(self) -> tuple[str, Tone, str]:
        """Say what became of a dossier that got no slip."""
        words = {
            DocumentKind.SUPPLEMENT: self.tr("Đã lập phiếu yêu cầu bổ sung, hoàn thiện"),
            DocumentKind.REFUSAL: self.tr("Đã lập phiếu từ chối tiếp nhận"),
        }
        if self._kind is None:
            return self.tr("Đã tiếp nhận và trả kết quả"), Tone.OK, "circle-check"
        if self._slip.notice is not None:
            return self.tr("{paper}, chưa in được").format(paper=words[self._kind]), Tone.WARN, "printer"
        return words[self._kind], Tone.OK, "circle-check"

    def _show_dossier(self, dossier: Dossier | None) -> None:
        self.code.setText(short_code(dossier) if dossier else "")
        self.due.setText(self._promise(dossier))
        self.due.setVisible(bool(self.due.text()))
        self.person.set_words(dossier.applicant.owner.name if dossier else "")
        self.procedure.set_words(dossier.procedure_title if dossier else "")
        temporary = dossier is not None and dossier.provisional
        self.provisional.setText(
            self.tr("Số tạm: vẫn dùng được trên giấy hẹn; mã chính thức có khi nối lại máy chủ.")
            if temporary
            else ""
        )
        self.provisional.setVisible(temporary)

    def _promise(self, dossier: Dossier | None) -> str:
        if dossier is None or dossier.due_at is None:
            return ""
        if dossier.handed is not None:
            return self.tr("Người nhận: {receiver}").format(receiver=dossier.handed.receiver)
        return self.tr("Hẹn trả {time}").format(time=local_time.full(dossier.due_at))

    def _show_notice(self, stage: Stage) -> None:
        notice = self._slip.notice
        if notice is None or stage not in {Stage.ACCEPTED, Stage.ASKING_PEN, Stage.DONE}:
            self.notice.hide()
            return
        words = in_words(notice)
        self.notice.say(words.message, words.remedy, Tone.BAD)

    def _details(self, stage: Stage) -> str:
        document = self._slip.document
        if stage is Stage.ACCEPTED:
            return self.tr("Hồ sơ đã có mã và đã lưu. F9: ký và in giấy hẹn · F8: ký tay.")
        if stage is not Stage.DONE or document is None:
            return ""
        said = [self.tr("In để ký tay") if document.by_pen else self.tr("Cán bộ tiếp nhận đã ký số")]
        if SignatureField.OFFICER not in document.signed_by and not document.by_pen:
            said = []
        if document.issue > 1:
            said.append(self.tr("cấp lần {n}, thay giấy trước").format(n=document.issue))
        if self._slip.copies:
            said.append(self.tr("bản in lần {n}").format(n=self._slip.copies))
        if document.kind is DocumentKind.SUPPLEMENT:
            said.append(self.tr("hồ sơ chờ ở danh sách bên trái, F2 tìm theo tên"))
        return " · ".join(said)
