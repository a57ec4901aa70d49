"""The paper that lets the submitter act: giấy ủy quyền, or giấy giới thiệu of an organisation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from clerk_app.domain.applicant import Applicant, Relation
from ui.widgets.date_field import DateField


class AuthorisationRow(QWidget):
    """Number, day and scope; emits `typed(name, value)` by the names of Authorisation's fields."""

    typed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.number, self.day, self.scope = QLineEdit(), DateField(), QLineEdit()
        self._title = QLabel()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        titles = (self._title, QLabel(self.tr("Ngày")), QLabel(self.tr("Nội dung, phạm vi")))
        for column, (title, field, share) in enumerate(zip(titles, self.chain, (3, 2, 6), strict=True)):
            title.setProperty("role", "small")
            title.setBuddy(field)
            grid.addWidget(title, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, share)
        self.day.setAccessibleName(self.tr("Ngày của giấy"))
        self.scope.setAccessibleName(self.tr("Nội dung, phạm vi"))
        self.number.textEdited.connect(lambda text: self.typed.emit("number", text))
        self.day.date_changed.connect(lambda day: self.typed.emit("signed_on", day))
        self.scope.textEdited.connect(lambda text: self.typed.emit("scope", text))

    @property
    def chain(self) -> tuple[QLineEdit, ...]:
        """The fields in the order of the Tab key."""
        return self.number, self.day, self.scope

    def show_paper(self, applicant: Applicant, whole: bool) -> None:
        """Show the paper, if this applicant has one."""
        paper = applicant.authorisation
        if paper is None:
            return
        introduction = applicant.relation is Relation.REPRESENTATIVE
        words = self.tr("Giấy giới thiệu số") if introduction else self.tr("Giấy ủy quyền số")
        self._title.setText(words)
        self.number.setAccessibleName(words)
        show_line(self.number, paper.number, whole)
        show_line(self.scope, paper.scope, whole)
        if whole or not self.day.hasFocus():
            self.day.set_date(paper.signed_on)


def show_line(line: QLineEdit, text: str, whole: bool) -> None:
    """Show `text`; a line with the focus is the officer's own, unless `whole` says that all is new."""
    if line.text() != text and (whole or not line.hasFocus()):
        line.setText(text)
