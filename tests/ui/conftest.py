"""What the window's tests share: no display, and the theme that people see."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from clerk_app.language import ENGLISH, VIETNAMESE
from ui import language, theme
from ui.tasks import Tasks

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform grumbles about every dialog's size; that says nothing about our window."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """Dress the application once."""
    theme.apply(qapp, theme.LIGHT)
    qapp.setCursorFlashTime(0)


def speaking(app: QApplication, spoken: str) -> Iterator[None]:
    """Let the application speak a language as long as a test lasts."""
    before = QLocale()
    translator = language.speak(app, spoken)
    yield
    app.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def vietnamese(qapp: QApplication) -> Iterator[None]:
    """Qt's own words in Vietnamese; ours are."""
    yield from speaking(qapp, VIETNAMESE)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """Everything in English."""
    yield from speaking(qapp, ENGLISH)


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """Real lanes, ended with the test."""
    lanes = Tasks()
    yield lanes
    lanes.finish()
