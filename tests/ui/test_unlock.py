"""The counter opens with a passphrase, which is wiped whatever happens."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.errors import OfficeError
from clerk_app.progress import Progress
from clerk_app.settings import SettingsMissing
from tests.ui.samples import OFFICER, OTHER, UNIT
from ui.tasks import Tasks
from ui.unlock.view import UnlockView
from ui.unlock.view_model import UnlockViewModel


class Wrong(OfficeError):
    message = "Mật khẩu chưa đúng."
    remedy = "Nhập lại; kiểm tra bộ gõ tiếng Việt và phím Caps Lock."


class FakeDoor:
    """Opens to one passphrase; remembers what it was given."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bytes]] = []
        self.given: list[bytearray] = []

    def __call__(self, officer: str, passphrase: bytearray, progress: Progress) -> object:
        self.asked.append((officer, bytes(passphrase)))
        self.given.append(passphrase)
        progress.step(400, 5200, "Đang dựng lại sổ tra cứu")
        if bytes(passphrase) != "mở ra".encode():
            raise Wrong
        return "the desk"


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def model(door: FakeDoor, tasks: Tasks) -> UnlockViewModel:
    return UnlockViewModel((OFFICER, OTHER), door, tasks)


@pytest.fixture
def view(model: UnlockViewModel, qtbot: QtBot) -> UnlockView:
    made = UnlockView(model, UNIT.name)
    qtbot.addWidget(made)
    return made


def test_the_right_passphrase_opens(
    view: UnlockView, model: UnlockViewModel, door: FakeDoor, qtbot: QtBot
) -> None:
    view.officer.setCurrentIndex(1)
    view.passphrase.setText("mở ra")

    with qtbot.waitSignal(model.opened) as opened:
        qtbot.keyClick(view.passphrase, Qt.Key.Key_Return)

    assert opened.args == ["the desk"]
    assert door.asked == [(OTHER.id, "mở ra".encode())]
    assert view.passphrase.text() == ""


def test_a_wrong_passphrase_is_said_in_words(
    view: UnlockView, model: UnlockViewModel, door: FakeDoor, qtbot: QtBot
) -> None:
    view.passphrase.setText("sai rồi")

    with qtbot.assertNotEmitted(model.opened):
        qtbot.keyClick(view.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: model.notice is not None)

    assert "Mật khẩu chưa đúng." in view.trouble.words
    assert view.passphrase.isEnabled()


def test_the_passphrase_is_wiped_either_way(model: UnlockViewModel, door: FakeDoor, qtbot: QtBot) -> None:
    model.enter(OFFICER.id, bytearray(b"sai"))
    qtbot.waitUntil(lambda: model.notice is not None)

    assert door.given[0] == bytes(3)


def test_a_second_try_waits_for_the_first(model: UnlockViewModel, door: FakeDoor, qtbot: QtBot) -> None:
    late = bytearray(b"sai")
    model.enter(OFFICER.id, bytearray(b"sai"))
    model.enter(OFFICER.id, late)
    qtbot.waitUntil(lambda: not model.busy)

    assert len(door.asked) == 1
    assert late == bytes(3)


def test_practice_offers_its_passphrase(model: UnlockViewModel, qtbot: QtBot) -> None:
    view = UnlockView(model, UNIT.name, practice="luyen-tap-2026")
    qtbot.addWidget(view)
    view.begin()

    assert view.passphrase.text() == "luyen-tap-2026"
    assert view.enter.isEnabled()


def test_without_settings_nobody_can_enter_and_the_remedy_is_shown(tasks: Tasks, qtbot: QtBot) -> None:
    model = UnlockViewModel((), lambda *_: None, tasks)
    view = UnlockView(model)
    qtbot.addWidget(view)

    model.refuse(SettingsMissing(path="settings.json"))

    assert "settings.json" in view.trouble.words
    assert not view.enter.isEnabled()


def test_it_tells_once_that_it_was_painted(view: UnlockView, qtbot: QtBot) -> None:
    told: list[int] = []
    view.painted.connect(lambda: told.append(1))

    with qtbot.waitSignal(view.painted):
        view.show()
    view.grab()

    assert told == [1]


def test_an_opening_that_takes_long_says_what_it_is_about(
    view: UnlockView, model: UnlockViewModel, qtbot: QtBot
) -> None:
    told: list[str] = []
    model.changed.connect(lambda: told.append(view.enter.words))
    view.passphrase.setText("mở ra")

    with qtbot.waitSignal(model.opened):
        qtbot.keyClick(view.passphrase, Qt.Key.Key_Return)

    assert "Đang dựng lại sổ tra cứu: 400/5200" in told
    assert told[-1] == "Mở quầy"
