"""Asks one thing at the foot of the screen, in place of the buttons: a question, maybe a line to type, Enter or Esc."""
# ruff: noqa: N802 - Qt's overrides keep Qt's names

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QWidget

from ui.theme import GUTTER
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


def _nothing() -> None:
    """Answer a refusal with nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `line` None: yes or no; else the text proposed, which `yes` receives as it was left."""

    words: str
    answer: str  # what the button of Enter says
    yes: Callable[[str], None]
    no: Callable[[], None] = _nothing
    line: str | None = None
    longest: int = 4096  # letters that the line takes
    other: str = ""  # a second way, e.g. "Chọn tệp…"
    on_other: Callable[[], None] = _nothing


class AskBar(QFrame):
    """One question at a time; the focus goes back to where it was."""

    ended = Signal()  # answered or not: the buttons may stand here again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "bottom")
        self._question: Question | None = None
        self._before: QWidget | None = None
        self.words, self.line = label(role="strong"), QLineEdit()
        self.yes = KeyButton(self.tr("Đồng ý"), kind="primary")
        self.no = KeyButton(self.tr("Thôi"))
        self.other = KeyButton("")
        row = QHBoxLayout(self)
        row.setContentsMargins(GUTTER, 0, GUTTER, 0)
        row.setSpacing(GUTTER)
        row.addWidget(self.words)
        row.addWidget(self.line, 1)
        row.addStretch()
        for button in (self.other, self.no, self.yes):
            row.addWidget(button)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self._on_no)
        self.other.clicked.connect(self._on_other)
        for widget in (self.line, self.yes, self.no, self.other):
            widget.installEventFilter(self)

    @property
    def question(self) -> Question | None:
        """What is being asked, or None."""
        return self._question

    def ask(self, question: Question) -> None:
        """Put a question in place of an earlier one."""
        if self._question is None:
            self._before = QApplication.focusWidget()
        self._question = question
        self.words.setText(question.words)
        self.yes.set_words(question.answer)
        self.other.set_words(question.other)
        self.other.setVisible(bool(question.other))
        self.line.setVisible(question.line is not None)
        self.line.setAccessibleName(question.words)
        self.line.setMaxLength(question.longest)
        self.line.setText(question.line or "")
        self.line.selectAll()

    def take_focus(self) -> None:
        """Stand ready for Enter; call it once the bar can be seen."""
        line = self._question is not None and self._question.line is not None
        (self.line if line else self.yes).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter agrees, Esc does not, whichever part has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._question:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and watched in {self.line, self.yes}:
                self._on_yes()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._on_no()
                return True
        return super().eventFilter(watched, event)

    def close_question(self) -> None:
        """Take the question away unanswered."""
        self._end()

    def _on_yes(self) -> None:
        question, text = self._question, self.line.text()
        self._end()
        if question:
            question.yes(text)

    def _on_no(self) -> None:
        question = self._question
        self._end()
        if question:
            question.no()

    def _on_other(self) -> None:
        question = self._question
        self._end()
        if question:
            question.on_other()

    def _end(self) -> None:
        before, self._question, self._before = self._before, None, None
        self.ended.emit()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
