"""No English on the window: Qt's own menus speak Vietnamese too."""

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from ui import language

SOURCE = language.WORDS.with_suffix(".ts")


@pytest.fixture
def vietnamese(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    language.speak_vietnamese(qapp)
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.mark.usefixtures("vietnamese")
def test_the_menu_of_a_field_is_vietnamese(qtbot: QtBot) -> None:
    field = QLineEdit("Trần Văn Được")
    qtbot.addWidget(field)

    menu = field.createStandardContextMenu()

    assert "&Sao chép" in menu.actions()[3].text() + menu.actions()[4].text()
    assert not any("Copy" in action.text() or "Paste" in action.text() for action in menu.actions())


@pytest.mark.usefixtures("vietnamese")
def test_standard_buttons_are_vietnamese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)

    assert [button.text() for button in box.buttons()] == ["Đồng ý", "Hủy"]


@pytest.mark.usefixtures("vietnamese")
def test_every_word_of_the_source_is_in_the_shipped_file() -> None:
    tree = ElementTree.parse(SOURCE)  # noqa: S314 - our own file

    missing = [
        source
        for context in tree.iter("context")
        for message in context.iter("message")
        if (source := message.findtext("source", ""))
        and message.findtext("translation", "")
        != QCoreApplication.translate(context.findtext("name", ""), source)
    ]

    assert missing == []
