"""What the intake screen asks before it acts: each question at the foot, answered by Enter or Esc."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from clerk_app.domain.reason import LONGEST_REASON
from ui.intake.ask_bar import AskBar, Question
from ui.intake.stage import Stage
from ui.intake.view_model import IntakeViewModel
from ui.intake.words import draft_name


class Questions(QObject):
    """Asks in `bar`, which takes the place of the other page of `foot` while something is asked."""

    def __init__(self, model: IntakeViewModel, bar: AskBar, foot: QStackedWidget) -> None:
        super().__init__(foot)
        self._model, self._bar, self._foot = model, bar, foot
        bar.ended.connect(self.show_page)

    def show_page(self) -> None:
        """Show the question while there is one, else the keys."""
        self._foot.setCurrentIndex(1 if self._bar.question else 0)

    def end(self) -> None:
        """Take a question away unanswered."""
        if self._bar.question:
            self._bar.close_question()

    def pen(self) -> None:
        """Second key of Ký tay: the reason stands there, Enter prints."""
        slip = self._model.slip
        words, answer = self.tr("Ký tay, lý do:"), self.tr("In để ký tay")
        self._ask_reason(words, answer, slip.sign_by_pen, slip.cancel, line=slip.pen_reason)

    def reissue(self) -> None:
        """Why the slip is issued again; nothing is asked while something is left to do."""
        model = self._model
        if model.mending is None or model.todo:
            model.sign_and_print()
            return

        def yes(reason: str) -> None:
            model.give_reason(reason)
            model.sign_and_print()

        words, answer = self.tr("Cấp lại, lý do:"), self.tr("Cấp lại và in")
        self._ask_reason(words, answer, yes, line=model.mending.correction.reason)

    def drop_draft(self) -> None:
        """Before a draft is thrown away."""
        if self._model.stage is Stage.EDITING:
            words = self.tr("Bỏ hồ sơ đang nhập “{name}”? Không lấy lại được.")
            said = words.format(name=draft_name(self._model.draft))
            self._ask(Question(said, self.tr("Bỏ hồ sơ"), lambda _: self._model.drop()))

    def reason(self, act: Callable[[str], None]) -> None:
        """A reason in the officer's own words."""
        self._ask_reason(self.tr("Lý do:"), self.tr("Ghi"), lambda text: act(text.strip()))

    def path(self, key: str) -> None:
        """The path of a file for one line, typed or pasted."""
        words, browse = self.tr("Đường dẫn tệp:"), self.tr("Chọn tệp…")
        take = partial(self._take_path, key)
        choose = partial(self.files, key)
        self._ask(Question(words, self.tr("Thêm tệp"), take, line="", other=browse, on_other=choose))

    def files(self, key: str) -> None:
        """Choose files for one line in a dialog."""
        dialog = self._dialog(self.tr("Chọn tệp giấy tờ"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.take_files(key, [Path(each) for each in names]))
        dialog.open()

    def card_picture(self, take: Callable[[Path], None]) -> None:
        """Choose a picture in which an identity card can be seen."""
        dialog = self._dialog(self.tr("Chọn ảnh thẻ căn cước"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.open()

    def take_files(self, key: str, paths: list[Path]) -> None:
        """File these for one line."""
        if key and self._model.stage is Stage.EDITING:
            self._model.papers.import_files(key, paths)

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._foot.window(), title)
        dialog.setNameFilter(self.tr("Giấy tờ (*.pdf *.jpg *.jpeg *.png)"))
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Chọn"))
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, self.tr("Thôi"))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _take_path(self, key: str, text: str) -> None:
        if typed := text.strip().strip("\"'"):
            self.take_files(key, [Path(typed).expanduser()])

    def _ask_reason(
        self,
        words: str,
        answer: str,
        yes: Callable[[str], None],
        no: Callable[[], None] = lambda: None,
        line: str = "",
    ) -> None:
        self._ask(Question(words, answer, yes, no, line=line, longest=LONGEST_REASON))

    def _ask(self, question: Question) -> None:
        self._bar.ask(question)
        self.show_page()
        self._bar.take_focus()
