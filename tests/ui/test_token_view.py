"""Kiểm tra thẻ on the window: by keys, one thing at a time, with what to do next."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clerk_app.domain.token_library import FoundDriver, FoundDrivers
from clerk_app.domain.verdict import Check, Health
from clerk_app.progress import Progress
from signing.errors import ModuleNotLibrary
from ui.health import words
from ui.health.pages import HealthPages
from ui.health.token_view import TokenView
from ui.health.token_view_model import Shown, TokenCalls, TokenViewModel
from ui.health.view import HealthView
from ui.health.view_model import HealthViewModel
from ui.tasks import Tasks
from ui.theme import Tone

CHECKS = (
    Check("token_loads", Health.OK, "Nạp được và trả lời."),
    Check("token_pin:2", Health.FAIL, "Thẻ đã bị khóa.", "Nhờ đơn vị cấp thẻ mở khóa."),
)
GOOD = FoundDriver(
    "Hãng", "/usr/lib/good.so", "64-bit", True, False, False, (), "Nạp được; chưa thấy thẻ nào."
)
OLD = replace(
    GOOD, vendor="Cũ", library="/usr/lib/old.so", works=False, sentence="Là bản 32-bit.", remedy="Cài."
)


class FakeCare:
    """Answers at once and remembers what it was asked for."""

    def __init__(self) -> None:
        self.chosen: list[str] = []
        self.exported: list[Path] = []
        self.go = threading.Event()
        self.go.set()

    def examine(self, progress: Progress) -> tuple[Check, ...]:
        self.go.wait(30)
        progress.step(0, 1, "token_driver")
        return CHECKS

    def find(self, progress: Progress) -> FoundDrivers:
        return FoundDrivers((OLD, GOOD), "26/11/2026", ("SoftHSM chỉ để thực hành.",))

    def choose(self, library: str) -> FoundDriver:
        if library == OLD.library:
            raise ModuleNotLibrary(library=library)
        self.chosen.append(library)
        return replace(GOOD, library=library, chosen=True)

    def export(self, path: Path, progress: Progress) -> None:
        self.exported.append(path)


@pytest.fixture
def care() -> FakeCare:
    return FakeCare()


@pytest.fixture
def model(care: FakeCare, tasks: Tasks) -> TokenViewModel:
    return TokenViewModel(TokenCalls(care.examine, care.find, care.choose, care.export), tasks)


@pytest.fixture
def view(model: TokenViewModel, qtbot: QtBot) -> TokenView:
    made = TokenView(model)
    qtbot.addWidget(made)
    made.show()
    return made


def _rest(model: TokenViewModel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not model.busy)


def test_the_worst_line_stands_first_with_its_remedy(
    view: TokenView, model: TokenViewModel, qtbot: QtBot
) -> None:
    view.examine.click()
    _rest(model, qtbot)

    assert [row.title for row in view.findings.checks.rows] == ["Tình trạng mã PIN (2)", "Nạp phần mềm thẻ"]
    assert view.findings.todo.text() == "Nhờ đơn vị cấp thẻ mở khóa."
    assert (view.good.value, view.broken.value) == ("1", "1")


def test_every_part_has_words_on_the_window() -> None:
    parts = ("driver", "architecture", "loads", "slots", "pin", "certificate", "chain", "key", "revocation")
    named = [words.title(f"token_{part}") for part in (*parts, "clock", "time_stamp")]

    assert not any(name.startswith("token_") for name in named)
    assert len(set(named)) == len(named)


def test_found_drivers_say_which_can_be_taken_into_use(
    view: TokenView, model: TokenViewModel, qtbot: QtBot
) -> None:
    view.search.click()
    _rest(model, qtbot)

    assert [row.badge for row in view.findings.checks.rows] == ["Không dùng được", "Dùng được"]
    assert view.use.isHidden()  # the first one does not serve
    view.findings.checks.choose(GOOD.library)
    assert not view.use.isHidden()
    assert GOOD.library in view.findings.found.text()
    assert "26/11/2026" in view.notes.text()
    assert "SoftHSM" in view.notes.text()


def test_a_driver_is_taken_into_use_by_one_key(
    view: TokenView, model: TokenViewModel, care: FakeCare, qtbot: QtBot
) -> None:
    view.search.click()
    _rest(model, qtbot)
    view.findings.checks.choose(GOOD.library)

    with qtbot.waitSignal(model.chosen):
        qtbot.keyClick(view.findings.checks, Qt.Key.Key_F9)

    assert care.chosen == [GOOD.library]
    _rest(model, qtbot)
    assert next((row.badge, row.tone) for row in view.findings.checks.rows) == ("Đang dùng", Tone.OK)
    view.findings.checks.choose(GOOD.library)
    assert view.use.isHidden()


def test_a_file_that_is_no_driver_is_refused_in_words_and_nothing_is_saved(
    view: TokenView, model: TokenViewModel, care: FakeCare, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (OLD.library, ""))

    view.choose.click()
    _rest(model, qtbot)

    assert care.chosen == []
    assert OLD.library in view.trouble.words
    assert not view.trouble.isHidden()


def test_a_dialog_that_is_closed_does_nothing(
    view: TokenView, model: TokenViewModel, care: FakeCare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))

    view.choose.click()
    view.export.click()

    assert not model.busy
    assert (care.chosen, care.exported) == ([], [])


def test_the_bundle_goes_where_it_was_asked_for(
    view: TokenView, model: TokenViewModel, care: FakeCare, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/tmp/goi.zip", ""))

    with qtbot.waitSignal(model.exported):
        view.export.click()

    assert care.exported == [Path("/tmp/goi.zip")]


def test_one_thing_at_a_time_and_it_can_be_stopped(
    view: TokenView, model: TokenViewModel, care: FakeCare, qtbot: QtBot
) -> None:
    care.go.clear()
    view.examine.click()

    assert model.busy
    assert not view.search.isEnabled()
    assert view.back.isHidden()
    view.stop.click()
    care.go.set()
    _rest(model, qtbot)
    assert model.checks == ()
    assert model.shown is Shown.CHECKS


def test_keys_lead_there_and_back(model: TokenViewModel, tasks: Tasks, qtbot: QtBot) -> None:
    health, tokens = HealthView(HealthViewModel(lambda _: CHECKS, tasks)), TokenView(model)
    pages = HealthPages(health, tokens)
    qtbot.addWidget(pages)
    pages.show()

    health.to_tokens.click()
    assert pages.currentWidget() is tokens
    _rest(model, qtbot)
    assert model.checks  # examined by itself the first time
    tokens.back.click()
    assert pages.currentWidget() is health
