"""Nhật ký mất kết nối on the screen: every outage a line, what was done meanwhile beside it, and a file as evidence."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clerk_app.domain.outage import Outage
from clerk_app.errors import OfficeError
from tests.ui.samples import NOW, some_outages
from ui.mailbox.outages_view import OutagesView
from ui.mailbox.outages_view_model import OutageCalls, OutagesViewModel
from ui.tasks import Tasks


class Log:
    """Answers with outages, and remembers where it was saved."""

    def __init__(self) -> None:
        self.outages: tuple[Outage, ...] = some_outages()
        self.saved: list[Path] = []
        self.fails: Exception | None = None

    def list(self) -> tuple[Outage, ...]:
        return self.outages

    def save(self, path: Path) -> None:
        if self.fails is not None:
            raise self.fails
        self.saved.append(path)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def model(log: Log, tasks: Tasks) -> OutagesViewModel:
    return OutagesViewModel(OutageCalls(log.list, log.save), tasks)


@pytest.fixture
def view(model: OutagesViewModel, qtbot: QtBot) -> OutagesView:
    made = OutagesView(model, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    made.show()
    return made


def read(view: OutagesView, model: OutagesViewModel, qtbot: QtBot) -> None:
    view.begin()
    qtbot.waitUntil(lambda: not model.busy)


def test_each_outage_is_a_line_with_its_cause_its_length_and_how_much_was_done(
    view: OutagesView, model: OutagesViewModel, qtbot: QtBot
) -> None:
    read(view, model, qtbot)

    rows = view.findings.checks.rows
    assert [row.badge for row in rows] == ["1 giờ 12 phút", "3 giờ 12 phút", "1 giờ 0 phút"]
    assert rows[0].title.endswith("đến nay")
    assert rows[1].detail == "Máy chủ báo đang bận hoặc tạm dừng. 2 hồ sơ, 3 việc."
    outage, shown = model.outages[0], view.findings.found.text()
    assert "Hỏi 61 lần không được" in shown
    assert f"{outage.acts[0].code} · {outage.acts[0].person}" in shown
    assert shown.endswith("… và 5 hồ sơ nữa; xuất bảng tính để xem đủ.")


def test_a_log_without_outages_says_so_and_has_nothing_to_save(
    view: OutagesView, model: OutagesViewModel, log: Log, qtbot: QtBot
) -> None:
    log.outages = ()
    read(view, model, qtbot)

    assert view.findings.name.text() == "Chưa có lần mất kết nối nào"
    assert not view.save.isEnabled()


def test_f4_saves_where_somebody_chose(
    view: OutagesView, model: OutagesViewModel, log: Log, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = iter([("", ""), ("/nơi/khác/mat-ket-noi", "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(chosen))
    read(view, model, qtbot)

    qtbot.keyClick(view, Qt.Key.Key_F4)
    assert not model.busy  # the dialog was left
    with qtbot.waitSignal(model.saved) as told:
        qtbot.keyClick(view, Qt.Key.Key_F4)

    assert log.saved == [Path("/nơi/khác/mat-ket-noi.xlsx")] == told.args


def test_a_file_that_cannot_be_written_is_told_with_what_to_do(
    view: OutagesView, model: OutagesViewModel, log: Log, qtbot: QtBot
) -> None:
    read(view, model, qtbot)
    log.fails = OfficeError()

    model.save("/nơi/khác/mat-ket-noi.xlsx")

    qtbot.waitUntil(view.trouble.isVisible)
    assert not model.busy
    assert model.outages


def test_esc_leads_back(view: OutagesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.back_asked):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
