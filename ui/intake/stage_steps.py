"""What the intake screen does once as a stage is reached: the PIN dialog, the pen's question, where the keys go."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from clerk_app.domain.document import DocumentKind
from ui.intake.questions import Questions
from ui.intake.stage import Stage
from ui.intake.view_model import IntakeViewModel
from ui.notices import in_words
from ui.widgets.pin_dialog import PinDialog


@dataclass(frozen=True, slots=True)
class Places:
    """Where the keys may go: two buttons, the owner's name, the checklist, the form of a reply."""

    sign: QWidget
    next: QWidget
    name: QWidget
    checklist: Callable[[], None]
    reply: Callable[[], None]


class StageSteps(QObject):
    """`screen` is raised when the keys come back from the dialog."""

    def __init__(self, model: IntakeViewModel, pin: PinDialog, questions: Questions, screen: QWidget) -> None:
        super().__init__(screen)
        self._model, self._pin, self._questions, self._screen = model, pin, questions, screen
        self._stage: Stage | None = None

    def follow(self, stage: Stage, places: Places) -> None:
        """Do what the stage asks for; nothing while it stays the same."""
        if stage is self._stage:
            return
        before, self._stage = self._stage, stage
        self._follow_pin(before, stage)
        if stage is Stage.ASKING_PEN:
            self._questions.pen()
        elif before is Stage.ASKING_PEN:
            self._questions.end()
        self._give_keys(before, stage, places)

    def _follow_pin(self, before: Stage | None, stage: Stage) -> None:
        if stage is Stage.ASKING_PIN:
            self._ask_pin()
        elif stage is not Stage.SIGNING and self._pin.isVisible():
            self._pin.leave()
        from_dialog = before in {Stage.ASKING_PIN, Stage.SIGNING} and stage is not Stage.ASKING_PIN
        if from_dialog and not self._pin.isVisible():
            self._screen.activateWindow()

    def _give_keys(self, before: Stage | None, stage: Stage, places: Places) -> None:
        buttons = {Stage.ACCEPTED: places.sign, Stage.DONE: places.next}
        if stage in buttons:
            buttons[stage].setFocus(Qt.FocusReason.OtherFocusReason)
        elif stage is Stage.REPLYING:
            places.reply()
        elif stage is Stage.EDITING and before is Stage.REPLYING:
            places.checklist()
        elif stage is Stage.EDITING and before is Stage.RECEIVING:
            places.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_pin(self) -> None:
        slip = self._model.slip
        if slip.card is not None:
            trouble = in_words(slip.pin_notice) if slip.pin_notice else None
            self._pin.ask(slip.card, self._what_is_signed(), trouble)

    def _what_is_signed(self) -> str:
        slip = self._model.slip
        if slip.dossier is not None:
            again, first = self.tr("Ký cấp lại giấy hẹn {code}"), self.tr("Ký giấy hẹn {code}")
            return (again if slip.correcting else first).format(code=slip.dossier.code)
        if self._model.reply.form.kind is DocumentKind.REFUSAL:
            return self.tr("Ký phiếu từ chối tiếp nhận")
        return self.tr("Ký phiếu yêu cầu bổ sung, hoàn thiện")
