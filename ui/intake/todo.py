"""What is left before the slip may be printed, in the order in which an officer meets it. No window."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.paper import PaperState
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.stack import ScanStack
from ui.intake.papers_model import PaperRow
from ui.intake.people_model import Gravity, Remark

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing left to do and the place on the screen where it is done.

    `place` is "procedure", "paper:<key>", or "<owner|submitter>.<field of Person>".
    """

    text: str
    place: str


def no_procedure() -> Todo:
    """Say that the procedure is still to be chosen."""
    return Todo(translate("Intake", "Chưa chọn thủ tục."), "procedure")


def people_left(applicant: Applicant, remarks: Iterable[Remark]) -> tuple[Todo, ...]:
    """Return what the people's records still lack, or hold that cannot be true."""
    left: list[Todo] = []
    if not applicant.owner.name.strip():
        left.append(Todo(translate("Intake", "Chưa có tên chủ hồ sơ."), "owner.name"))
    if applicant.submitter is not None and not applicant.submitter.name.strip():
        left.append(Todo(translate("Intake", "Chưa có tên người nộp."), "submitter.name"))
    stops = (remark for remark in remarks if remark.gravity is Gravity.STOPS)
    left += [Todo(remark.text, f"{remark.who.value}.{remark.field}") for remark in stops]
    return tuple(left)


def stack_left(stack: ScanStack | None, rows: Iterable[PaperRow]) -> tuple[Todo, ...]:
    """Return the stack in the scanner that nobody has said to be whole."""
    for row in rows:
        if stack is not None and row.kind.key == stack.paper:
            words = translate("Intake", "Lần quét dở: {paper}. F6 quét tiếp, Ctrl+F6 xong.")
            return (Todo(words.format(paper=row.kind.title), f"paper:{stack.paper}"),)
    return ()


def work_left(
    procedure: Procedure | None, people: Iterable[Todo], rows: Iterable[PaperRow]
) -> tuple[Todo, ...]:
    """Return all that stops the slip; an empty answer means that F9 leads on."""
    first: list[Todo] = []
    if procedure is None:
        first.append(no_procedure())
    elif procedure.online_only:
        first.append(Todo(translate("Intake", "Thủ tục này chỉ nhận trực tuyến."), "procedure"))
    return (*first, *people, *(_paper_left(row) for row in rows if row.missing))


def _paper_left(row: PaperRow) -> Todo:
    words = (
        translate("Intake", "Mờ, không đọc được: {paper}.")
        if row.laid.state is PaperState.ILLEGIBLE
        else translate("Intake", "Thiếu: {paper}.")
    )
    return Todo(words.format(paper=row.kind.title), f"paper:{row.kind.key}")
