"""The foot of the screen: numbers left, fee, promised time, where the result goes; and the keys that lead on."""

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.intake.stage import Stage
from ui.intake.words import way_words
from ui.theme import GUTTER, Tone
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label, set_tone

WAYS = ("counter", "post", "online")
FEW = 10  # numbers left from which on the officer is warned


@dataclass(frozen=True, slots=True)
class Can:
    """What may be done with what lies on the counter, apart from its stage."""

    return_at_once: bool = False
    correct: bool = False
    print: bool = False
    sign: bool = True


class FootBar(QFrame):
    """Each stage has its own keys and exactly one primary button."""

    way_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "bottom")
        self.numbers, self.fee, self.due = (
            label(role="strong"),
            ElidedLabel(role="strong"),
            label(role="strong"),
        )
        self.way, self._way_said = QComboBox(), label(role="strong")
        self.way.addItems([way_words(way) for way in WAYS])
        self.way.setAccessibleName(self.tr("Đăng ký nhận kết quả tại"))
        self.way.setStyleSheet("min-height: 24px;")
        self.way.activated.connect(lambda row: self.way_chosen.emit(WAYS[row]))
        self.save = KeyButton(self.tr("Lưu tạm"), "Ctrl+S", "save")
        self.pen = KeyButton(self.tr("Ký tay"), "F8", "pen-line")
        self.correct = KeyButton(self.tr("Cấp lại do sai sót"), "F7", "undo-2")
        self.again = KeyButton(self.tr("In lại"), "Ctrl+P", "printer")
        self.leave = KeyButton(self.tr("Thôi sửa"), "Esc")
        self.sign = KeyButton(self.tr("Ký và in giấy hẹn"), "F9", "key-round", "primary")
        self.at_once = KeyButton(self.tr("Trả ngay"), "F12", "check")
        self.next = KeyButton(self.tr("Hồ sơ mới"), "Ctrl+N", "plus", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(GUTTER, 0, GUTTER, 0)
        row.setSpacing(24)
        self._fee_title = label(role="small")
        row.addWidget(_fact(label(self.tr("Dải số cấp trước"), "small"), self.numbers))
        row.addWidget(_fact(label(self.tr("Hẹn trả"), "small"), self.due))
        row.addWidget(_fact(label(self.tr("Nhận kết quả"), "small"), self.way, self._way_said))
        row.addWidget(_fact(self._fee_title, self.fee), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        ways = (self.leave, self.save, self.pen, self.correct, self.again, self.at_once, self.sign, self.next)
        for button in ways:
            button.hide()  # the bar asks for no more room than its stage needs
            buttons.addWidget(button)
        row.addLayout(buttons)

    def show_facts(self, numbers: int | None, fee: tuple[str, str], due: str, way: str) -> None:
        """Show what the officer is asked for most; `fee`: what it is called, and how much."""
        left = "–" if numbers is None else self.tr("còn {n} số").format(n=numbers)
        self.numbers.setText(left if numbers != 0 else self.tr("hết, cấp số tạm"))
        set_tone(self.numbers, Tone.WARN if numbers is not None and numbers < FEW else Tone.NEUTRAL)
        title, amount = fee
        self._fee_title.setText(title)
        self.fee.set_words(amount)
        self.due.setText(due)
        with QSignalBlocker(self.way):
            self.way.setCurrentIndex(WAYS.index(way) if way in WAYS else 0)
        self._way_said.setText(self.way.currentText())

    def show_stage(self, stage: Stage, safe: bool, can: Can) -> None:
        """Show the keys of a stage."""
        editing, correcting = stage in {Stage.EDITING, Stage.RECEIVING}, stage is Stage.CORRECTING
        replying = stage is Stage.REPLYING
        done = stage in {Stage.DONE, Stage.PRINTING}
        shown = {
            self.leave: correcting or replying,
            self.at_once: editing and can.return_at_once,
            self.save: editing,
            self.pen: not (editing or correcting or done),
            self.correct: done and can.correct,
            self.again: done and can.print,
            self.sign: not done,
            self.next: done,
        }
        for button in sorted(shown, key=shown.__getitem__):  # what goes makes room before what comes
            button.setVisible(shown[button])
        at_once = shown[self.at_once]
        self.at_once.set_kind("primary" if at_once else "")
        self.sign.set_kind("" if at_once else "primary")
        self.sign.set_words(self._sign_words(stage) if can.sign else self.tr("Tiếp nhận"))
        self.leave.set_words(self.tr("Thôi sửa") if correcting else self.tr("Thôi"))
        self.save.set_words(self.tr("Đã lưu") if safe else self.tr("Lưu tạm"))
        self.sign.setEnabled(stage in {Stage.EDITING, Stage.CORRECTING, Stage.ACCEPTED, Stage.REPLYING})
        self.at_once.setEnabled(stage is Stage.EDITING)
        self.pen.setEnabled(stage in {Stage.ACCEPTED, Stage.REPLYING})
        for button in (self.correct, self.again):
            button.setEnabled(stage is Stage.DONE)
        may_choose = editing or correcting  # later it is a fact like the others
        for widget, shown_now in ((self.way, may_choose), (self._way_said, not may_choose)):
            widget.setVisible(shown_now)

    def _sign_words(self, stage: Stage) -> str:
        match stage:
            case Stage.CORRECTING:
                return self.tr("Cấp lại và in")
            case Stage.REPLYING:
                return self.tr("Ký và in phiếu")
        return self.tr("Ký và in giấy hẹn")


def _fact(*said: QWidget) -> QWidget:
    """Return a name over what it names."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addStretch()
    for each in said:
        column.addWidget(each)
    column.addStretch()
    if any(isinstance(each, ElidedLabel) for each in said):
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return box
