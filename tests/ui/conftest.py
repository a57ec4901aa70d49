"""What the window's tests share: no display, and the theme that people see."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.tasks import Tasks


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> None:
    """Dress the application once."""
    theme.apply(qapp, theme.LIGHT)
    qapp.setCursorFlashTime(0)


@pytest.fixture
def tasks(qapp: QApplication) -> "Tasks":
    """Real lanes, ended with the test."""
    lanes = Tasks()
    yield lanes
    lanes.finish()
