"""What is left before the slip, or what went wrong: words, one glance, one click to the place."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clerk_app.errors import Notice
from ui.icon import pixmap
from ui.intake.todo import Todo
from ui.notices import in_words
from ui.theme import UNIT, Tone, tone_colours
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label, set_tone

MOST = 5  # lines on a high screen


def in_one_line(sentences: Iterable[str]) -> str:
    """Put sentences beside each other; what several begin with up to a colon is said once: "Thiếu: tờ khai; giấy chứng sinh"."""
    said: list[str] = []
    before = ""
    for each in sentences:
        words = each.removesuffix(".")
        head, colon, rest = words.partition(": ")
        if colon and head == before:
            said[-1] += f"; {rest}"
        else:
            said.append(words)
        before = head if colon else ""
    return " · ".join(said)


class TodoPanel(QFrame):
    """Two lines on a low screen, up to `MOST` more on a high one."""

    place_wanted = Signal(str)
    supplement_wanted = Signal()
    refusal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("todo")
        self._roomy = False
        self._tone: Tone | None = None
        self.sign, self.heading, self.line = QLabel(), label(role="strong"), ElidedLabel()
        self._lines = QWidget()
        self._buttons = [QPushButton() for _ in range(MOST)]
        lines = QVBoxLayout(self._lines)
        lines.setContentsMargins(0, 2, 0, 0)
        lines.setSpacing(0)
        for button in self._buttons:
            button.setProperty("kind", "link")
            button.setStyleSheet("text-align: left; padding: 0;")
            button.clicked.connect(partial(self._on_pressed, button))
            lines.addWidget(button)
        said = QVBoxLayout()
        said.setSpacing(1)
        for widget in (self.heading, self.line, self._lines):
            said.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, UNIT, 14, UNIT)
        row.setSpacing(12)
        row.addWidget(self.sign)
        row.addLayout(said, 1)
        self.supplement = KeyButton(self.tr("Yêu cầu bổ sung"), "F10", "clipboard-list", "slim")
        self.refusal = KeyButton(self.tr("Từ chối"), "F11", "circle-x", "slim")
        for other, wanted in (
            (self.supplement, self.supplement_wanted),
            (self.refusal, self.refusal_wanted),
        ):
            other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            other.clicked.connect(wanted)
            row.addWidget(other, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_roomy(self, roomy: bool) -> None:
        """Whether there is room for a line each."""
        self._roomy = roomy

    def show_ways(self, shown: bool) -> None:
        """Whether the draft may be answered instead of accepted."""
        self.supplement.setVisible(shown)
        self.refusal.setVisible(shown)

    def show_work(
        self, todo: tuple[Todo, ...], ready: str, line: str, asked: bool, *, prints: bool = True
    ) -> None:
        """Say what is left, or `ready` when nothing is; calmly until the slip was `asked` for.

        `prints`: whether who sits here signs the slip and prints it.
        """
        if not todo:
            self._say(Tone.OK, ready, line)
            self._lines.hide()
            return
        heading = (
            self.tr("Còn {n} việc trước khi in giấy hẹn")
            if prints
            else self.tr("Còn {n} việc trước khi tiếp nhận")
        ).format(n=len(todo))
        single = "" if self._roomy else in_one_line(each.text for each in todo)
        self._say(Tone.WARN if asked else Tone.NEUTRAL, heading, single)
        self._lines.setVisible(self._roomy)
        for number, button in enumerate(self._buttons):
            there = number < len(todo)
            button.setVisible(there)
            if there:
                self._point(button, todo[number])

    def show_notice(self, notice: Notice) -> None:
        """Say what went wrong and what to do next."""
        words = in_words(notice)
        self._say(Tone.BAD, words.message, words.remedy)
        self._lines.hide()

    @property
    def words(self) -> str:
        """All that it says now."""
        return f"{self.heading.text()} {self.line.words}".strip()

    def _point(self, button: QPushButton, todo: Todo) -> None:
        button.setText(todo.text)
        button.setProperty("place", todo.place)

    def _on_pressed(self, button: QPushButton) -> None:
        self.place_wanted.emit(button.property("place"))

    def _say(self, tone: Tone, heading: str, line: str) -> None:
        self.heading.setText(heading)
        self.line.set_words(line)
        self.line.setVisible(bool(line))
        self.setAccessibleName(self.words)
        if tone is self._tone:
            return
        self._tone = tone
        ink, ground = tone_colours(tone)
        self.sign.setPixmap(pixmap("list-checks" if tone is Tone.NEUTRAL else tone.icon, ink, 20))
        set_tone(self.heading, tone)
        self.setStyleSheet(f"#todo {{ background: {ground}; border: none; border-radius: 8px; }}")
