"""Which language the window speaks: Vietnamese unless English was chosen; Qt's own menus follow."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from clerk_app.language import language
from clerk_app.settings import Settings, write_settings
from tests.ui.samples import UNIT
from ui import desktop
from ui.language import spoken


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)


def test_the_window_speaks_vietnamese_unless_somebody_asks_for_english(tmp_path: Path) -> None:
    assert language() == "vi"
    assert desktop.language_of(tmp_path) == "vi"
    assert spoken() == "vi"


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
    ],
)
def test_the_window_follows_the_environment_as_the_command_line_does(
    environment: dict[str, str], wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert desktop.language_of(tmp_path) == wanted


@pytest.mark.parametrize(("chosen", "wanted"), [("en", "en"), ("vi", "vi"), ("", "en")])
def test_the_counters_own_choice_goes_before_the_environment(
    chosen: str, wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    write_settings(Settings(tmp_path, UNIT, language=chosen))

    assert desktop.language_of(tmp_path) == wanted


@pytest.mark.usefixtures("english")
def test_the_english_catalogue_says_itself_that_it_is_spoken() -> None:
    assert spoken() == "en"


@pytest.mark.usefixtures("vietnamese")
def test_the_menu_of_a_field_is_vietnamese(qtbot: QtBot) -> None:
    field = QLineEdit("Trần Văn Được")
    qtbot.addWidget(field)

    menu = field.createStandardContextMenu()

    assert "&Sao chép" in menu.actions()[3].text() + menu.actions()[4].text()
    assert not any("Copy" in action.text() or "Paste" in action.text() for action in menu.actions())


@pytest.mark.parametrize(
    ("speaks", "words"), [("vietnamese", ["Đồng ý", "Hủy"]), ("english", ["OK", "Cancel"])]
)
def test_standard_buttons_speak_the_windows_language(
    speaks: str, words: list[str], request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    request.getfixturevalue(speaks)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)

    assert [button.text().replace("&", "") for button in box.buttons()] == words
