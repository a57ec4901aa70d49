"""The window stands before heavy rooms are read, and the command line starts without Qt."""

import subprocess
import sys
from pathlib import Path

import pytest

from clerk_app.practice.people import OFFICER, UNIT
from clerk_app.settings import Account, Settings, write_settings
from ui import __main__

HOUSE = Path(__file__).parents[2]
HEAVY = (
    "sqlalchemy",
    "msgspec",
    "requests",
    "reportlab",
    "pyhanko",
    "sqlcipher3",
    "pikepdf",
    "PIL",
    "cryptography",
    "pypdfium2",
)

FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui import theme
from ui.desktop import Desktop

app = QApplication([])
theme.apply(app)
Desktop._warm = lambda self: None  # what comes after the first paint is not the question
desktop = Desktop(Path(sys.argv[1]))
desktop.unlock_view.painted.connect(app.quit)
desktop.show()
app.exec()
print(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""

COMMAND_LINE = """
import sys, types
door = types.ModuleType("clerk_app.cli")
door.main = lambda words: 7
sys.modules["clerk_app.cli"] = door
from ui.__main__ import main
code = main(["find", "hanh"])
print(code, any(name.startswith("PySide6") for name in sys.modules))
"""


def _python(program: str, *words: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1"},
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_first_paint_needs_no_heavy_room(tmp_path: Path) -> None:
    write_settings(Settings(tmp_path, UNIT, accounts=(Account(OFFICER.officer),)))

    loaded = set(_python(FIRST_PAINT, str(tmp_path)).split())

    assert "PySide6" in loaded
    assert loaded & set(HEAVY) == set()


def test_the_command_line_starts_without_qt() -> None:
    assert _python(COMMAND_LINE).split() == ["7", "False"]


@pytest.mark.parametrize(
    ("words", "room"),
    [([], "ui.desktop"), (["demo", "--headless"], "ui.demo"), (["doctor", "--json"], "clerk_app.cli")],
)
def test_each_command_finds_its_room(words: list[str], room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, list[str]]] = []

    class FakeRoom:
        def __init__(self, name: str) -> None:
            self.name = name

        def main(self, words: list[str]) -> int:
            opened.append((self.name, words))
            return 3

    monkeypatch.setattr(__main__.importlib, "import_module", FakeRoom)

    assert __main__.main(words) == 3
    assert opened == [(room, words)]
