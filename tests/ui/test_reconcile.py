"""Đối chiếu cuối ngày on the screen: one figure in every book, the worst line first, and what to do about each."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from clerk_app.domain.reconciling import DayCounts, DayReport
from clerk_app.errors import CentralOffline, OfficeError
from clerk_app.progress import Progress
from tests.ui.samples import NOW, a_day
from ui.reconcile.view import ReconcileView
from ui.reconcile.view_model import ReconcileViewModel
from ui.tasks import Tasks

TODAY = NOW.date()


class Books:
    """Answers with a report, and remembers for which days."""

    def __init__(self) -> None:
        self.report: DayReport = a_day()
        self.asked: list[date] = []
        self.fails: Exception | None = None

    def __call__(self, day: date, _: Progress) -> DayReport:
        self.asked.append(day)
        if self.fails is not None:
            raise self.fails
        return replace(self.report, day=day)


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def model(books: Books, tasks: Tasks) -> ReconcileViewModel:
    return ReconcileViewModel(books, tasks, lambda: TODAY)


@pytest.fixture
def view(model: ReconcileViewModel, qtbot: QtBot) -> ReconcileView:
    made = ReconcileView(model)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    made.show()
    return made


def looked(model: ReconcileViewModel, qtbot: QtBot) -> None:
    model.look()
    qtbot.waitUntil(lambda: not model.busy)


def test_each_book_shows_its_figure_and_the_worst_line_comes_first(
    view: ReconcileView, model: ReconcileViewModel, qtbot: QtBot
) -> None:
    looked(model, qtbot)

    assert [stat.value for stat in view.books] == ["12", "12", "11", "12", "11"]
    assert "Có 1 dòng không khớp, 2 dòng còn dở." in view.said.words
    badges = [row.badge for row in view.findings.checks.rows]
    assert badges[:4] == ["Không khớp", "Còn dở", "Còn dở", "Khớp"]
    assert "In lại" not in view.more.text()
    assert "Bản in: 15, trong đó in lại 2." in view.more.text()


def test_a_line_says_all_that_was_found_and_whose_move_it_is(
    view: ReconcileView, model: ReconcileViewModel, qtbot: QtBot
) -> None:
    looked(model, qtbot)

    assert view.findings.found.text().splitlines() == [
        "Máy chủ ghi số này cho việc khác hoặc theo mã khác.",
        "Có 2 việc chưa gửi lên máy chủ.",
    ]
    assert "(Người quản trị)" in view.findings.todo.text()


def test_without_central_no_line_claims_that_central_agrees(
    view: ReconcileView, model: ReconcileViewModel, books: Books, qtbot: QtBot
) -> None:
    counts = replace(books.report.counts, numbers_at_central=None, at_central=None)
    books.report = replace(books.report, counts=counts, asked_at=None, not_asked=CentralOffline())
    looked(model, qtbot)

    assert view.books[-1].value == "chưa hỏi"
    assert "Chưa kết nối được máy chủ trung tâm." in view.said.words
    assert view.findings.checks.rows[-1].detail == "Số, giấy và sổ khớp nhau; chưa hỏi máy chủ."


def test_a_day_without_work_says_so(
    view: ReconcileView, model: ReconcileViewModel, books: Books, qtbot: QtBot
) -> None:
    books.report = DayReport(TODAY, DayCounts(numbers_at_central=0, at_central=0), (), NOW)
    looked(model, qtbot)

    assert view.findings.name.text() == "Không có việc nào"
    assert "Số, giấy, sổ theo dõi và máy chủ khớp nhau." in view.said.words


def test_another_day_is_chosen_by_typing_it_and_a_day_to_come_is_not(
    view: ReconcileView, model: ReconcileViewModel, books: Books, qtbot: QtBot
) -> None:
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    for typed in (f"{yesterday:%d%m%Y}", f"{tomorrow:%d/%m/%Y}"):
        view.day.setFocus()
        view.day.selectAll()
        qtbot.keyClicks(view.day, typed)
        qtbot.keyClick(view.day, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not model.busy)

    assert books.asked == [yesterday, TODAY]
    assert view.day.day == TODAY


def test_today_is_the_day_that_it_is_when_one_looks(books: Books, tasks: Tasks, qtbot: QtBot) -> None:
    days = [TODAY]
    model = ReconcileViewModel(books, tasks, lambda: days[0])
    looked(model, qtbot)
    days[0] = TODAY + timedelta(days=1)
    looked(model, qtbot)

    assert books.asked == [TODAY, TODAY + timedelta(days=1)]


def test_enter_leads_to_the_dossier_and_the_report_can_be_copied(
    view: ReconcileView, model: ReconcileViewModel, qtbot: QtBot
) -> None:
    looked(model, qtbot)
    with qtbot.waitSignal(view.dossier_asked) as asked:
        qtbot.keyClick(view.findings.checks, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.copied):
        view.copy.click()

    assert asked.args == ["H26.99.01-261123-0010"]
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"Đối chiếu ngày {TODAY:%d/%m/%Y}\nCó 1 dòng không khớp")
    assert "Số đã cấp: 12" in copied
    assert "H26.99.01-261123-0010 · Phạm Quốc Khánh" in copied


def test_a_look_is_stopped_by_its_key_and_what_was_found_before_stays(
    view: ReconcileView, model: ReconcileViewModel, tasks: Tasks, qtbot: QtBot
) -> None:
    looked(model, qtbot)
    begun = threading.Event()

    def slow(_: date, progress: Progress) -> DayReport:
        begun.set()
        for step in range(1000):
            progress.step(step, 1000)
            threading.Event().wait(0.01)
        raise AssertionError("nobody stopped it")

    model._reconcile = slow
    view.look.click()
    assert begun.wait(10)
    qtbot.waitUntil(view.stop.isVisible)
    view.stop.click()
    qtbot.waitUntil(lambda: not model.busy)

    assert model.report is not None
    assert view.look.isVisible()


def test_what_went_wrong_is_said_with_what_to_do(
    view: ReconcileView, model: ReconcileViewModel, books: Books, qtbot: QtBot
) -> None:
    books.fails = OfficeError()
    looked(model, qtbot)

    assert "Có lỗi xảy ra." in view.said.words
    assert "Thử lại." in view.said.words
    assert not view.copy.isEnabled()
