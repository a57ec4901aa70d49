"""Without a display Qt's one known sentence is left out, and nothing else is."""

import os
import subprocess
import sys
from pathlib import Path

_HOUSE = Path(__file__).parents[2]
_WINDOW = """
import sys
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QWidget
from ui import offscreen
if "hushed" in sys.argv:
    offscreen.hush()
app = QApplication([])
window = QWidget()
window.setFixedSize(200, 100)
window.show()
app.processEvents()
window.setFixedSize(220, 120)
app.processEvents()
qWarning("something else")
"""


def _said(*words: str) -> str:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _WINDOW, *words]
    ended = subprocess.run(
        command, cwd=_HOUSE, env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    return ended.stderr


def test_a_window_without_a_display_keeps_its_one_known_sentence_to_itself() -> None:
    assert "propagateSizeHints" in _said()
    hushed = _said("hushed")
    assert "propagateSizeHints" not in hushed
    assert hushed.splitlines()[-1:] == ["something else"]
