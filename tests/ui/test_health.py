"""The window looks at its computer and says what to do."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from clerk_app.domain.verdict import Check, Health
from clerk_app.progress import Progress
from ui.health import words
from ui.health.view import HealthView
from ui.health.view_model import HealthViewModel
from ui.tasks import Tasks
from ui.theme import Tone

FOUND = (
    Check("journal", Health.OK, "Tệp nhật ký nguyên vẹn."),
    Check("scanner", Health.WARN, "Chưa khai báo máy quét.", "Vẫn nhận tệp; ghi tên máy quét vào cài đặt."),
    Check("trust", Health.FAIL, "Chưa có chứng thư gốc nào được tin cậy.", "Chép chứng thư gốc vào thư mục."),
)


def _found(progress: Progress) -> tuple[Check, ...]:
    for number, each in enumerate(FOUND):
        progress.step(number, len(FOUND), each.name)
    return FOUND


@pytest.fixture
def model(tasks: Tasks) -> HealthViewModel:
    return HealthViewModel(_found, tasks)


@pytest.fixture
def view(model: HealthViewModel, qtbot: QtBot) -> HealthView:
    made = HealthView(model)
    qtbot.addWidget(made)
    return made


def test_what_is_worst_stands_first_with_what_to_do(
    view: HealthView, model: HealthViewModel, qtbot: QtBot
) -> None:
    model.look()
    qtbot.waitUntil(lambda: not model.busy)

    assert [row.title for row in view.findings.checks.rows] == ["Chứng thư gốc", "Máy quét", "Tệp nhật ký"]
    assert [row.tone for row in view.findings.checks.rows] == [Tone.BAD, Tone.WARN, Tone.OK]
    assert (view.good.value, view.odd.value, view.broken.value) == ("1", "1", "1")
    assert view.findings.todo.text() == "Chép chứng thư gốc vào thư mục."


def test_a_line_that_is_well_asks_for_nothing(view: HealthView, model: HealthViewModel, qtbot: QtBot) -> None:
    model.look()
    qtbot.waitUntil(lambda: not model.busy)

    view.findings.checks.choose("journal")

    assert view.findings.found.text() == "Tệp nhật ký nguyên vẹn."
    assert view.findings.todo.isHidden()
    assert view.findings.todo_head.isHidden()


def test_the_report_goes_to_the_clipboard_line_by_line(
    view: HealthView, model: HealthViewModel, qtbot: QtBot
) -> None:
    model.look()
    qtbot.waitUntil(lambda: not model.busy)

    with qtbot.waitSignal(view.copied):
        view.copy.click()

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == (
        "[Cần sửa] Chứng thư gốc · Chưa có chứng thư gốc nào được tin cậy. · Chép chứng thư gốc vào thư mục."
    )
    assert len(lines) == 3


def test_a_look_that_takes_long_can_be_stopped_and_keeps_what_was_known(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()

    def slow(progress: Progress) -> tuple[Check, ...]:
        progress.step(0, 2, "journal")
        gate.wait(10)
        progress.step(1, 2, "central")
        return FOUND

    model = HealthViewModel(_found, tasks)
    view = HealthView(model)
    qtbot.addWidget(view)
    model.look()
    qtbot.waitUntil(lambda: not model.busy)
    model._diagnose = slow
    model.look()
    qtbot.waitUntil(lambda: model.doing == "journal")

    assert view.doing.value == "Tệp nhật ký"
    assert view.look.isHidden()
    view.stop.click()
    gate.set()
    qtbot.waitUntil(lambda: not model.busy)

    assert model.checks
    assert not view.look.isHidden()


def test_two_looks_never_run_at_once(tasks: Tasks, qtbot: QtBot) -> None:
    begun: list[int] = []
    gate = threading.Event()

    def slow(_: Progress) -> tuple[Check, ...]:
        begun.append(1)
        gate.wait(10)
        return FOUND

    model = HealthViewModel(slow, tasks)
    model.look()
    model.look()
    gate.set()
    qtbot.waitUntil(lambda: not model.busy)
    model.look_once()

    assert begun == [1]


def test_keys_alone_walk_the_lines(view: HealthView, model: HealthViewModel, qtbot: QtBot) -> None:
    view.show()
    model.look()
    qtbot.waitUntil(lambda: not model.busy)

    qtbot.keyClick(view.findings.checks, Qt.Key.Key_Down)

    assert view.findings.name.text() == "Máy quét"


def test_an_unknown_check_keeps_its_own_name() -> None:
    assert words.title("something-new") == "something-new"
