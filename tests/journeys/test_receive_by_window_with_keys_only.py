"""A clerk receives a birth registration with the keyboard alone, on a real X server, key by key."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clerk_app.practice.central import RunningCentral
from clerk_app.practice.central_book import read_book
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import PIN

# In plain letters: xdotool would remap the keyboard for each Vietnamese one, and a busy machine then drops some.
# The counter day types them all, through Qt.
CARD = "001089000012||TRAN VAN DUOC|14071989|Nam|To 21, phuong Luyen Tap|01012024"
WORDS_AND_SECRETS = len("khai sinh") + len(PIN)  # what has to be typed letter by letter
HOUSE = Path(__file__).parents[2]
PATIENCE = 60  # seconds until something that should be seen counts as missing


class Keyboard:
    """Types on the display as a person would, and reads what the window shows."""

    def __init__(self, display: str, window: "subprocess.Popen[str]") -> None:
        self._environment = os.environ | {"DISPLAY": display}
        self._told: queue.Queue[str] = queue.Queue()
        self._focused = 0
        self.keys = 0
        self.seen: dict[str, Any] = {}
        threading.Thread(target=self._listen, args=(window,), daemon=True).start()

    def press(self, *keys: str) -> None:
        """Press keys one after another, e.g. "F9" or "ctrl+shift+o"."""
        self.keys += len(keys)
        self._xdotool("key", "--delay", "8", *keys)

    def type(self, text: str, *, counted: bool = True) -> None:
        """Type a text; a card's code comes from a scanner and counts for nothing."""
        self.keys += len(text) if counted else 0
        self._xdotool("type", "--delay", "8", text)

    def wait(self, until: Callable[[dict[str, Any]], object], what: str) -> None:
        """Read on until what the window shows fits; give the keys to whichever window is in front."""
        enough = time.monotonic() + PATIENCE
        while not until(self.seen):
            try:
                told = json.loads(self._told.get(timeout=max(0.0, enough - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"never seen: {what}; last seen: {self.seen}")
            self.seen |= told
            assert "crash" not in told, told["crash"]
            self._give_keys()

    def _give_keys(self) -> None:
        """Do what a window manager would: there is none here."""
        if self.seen["window"] != self._focused:
            self._focused = self.seen["window"]
            self._xdotool("windowfocus", "--sync", str(self._focused))

    def _listen(self, window: "subprocess.Popen[str]") -> None:
        assert window.stdout is not None
        for line in window.stdout:
            self._told.put(line)

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, timeout=PATIENCE)


@pytest.fixture
def keyboard(display: str, office: PracticeOffice, tmp_path: Path) -> Iterator[Keyboard]:
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(HOUSE)}
    environment |= {"QT_IM_MODULE": "compose", "LC_ALL": "C.UTF-8"}
    told = Path(__file__).with_name("window_told.py")
    window = subprocess.Popen(
        [sys.executable, str(told), str(office.counter), str(tmp_path / "printed")],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    yield Keyboard(display, window)
    window.kill()
    window.wait(10)
    assert window.stdout is not None
    window.stdout.close()


@pytest.mark.usefixtures("central")
def test_a_dossier_is_received_signed_and_printed_without_a_mouse(
    keyboard: Keyboard, office: PracticeOffice, central: RunningCentral, tmp_path: Path
) -> None:
    keyboard.wait(lambda seen: seen.get("focus") == "Mật khẩu", "unlock page")
    keyboard.press("Return")
    keyboard.wait(lambda seen: seen.get("ready") and seen.get("numbers"), "an empty draft and leased numbers")
    keyboard.keys = 0  # the day begins once; the dossier is what counts

    keyboard.type("khai sinh")
    keyboard.wait(lambda seen: seen["found"][:1] == ["1.001193"], "the procedure")
    keyboard.press("Return")
    keyboard.wait(lambda seen: seen["procedure"] == "1.001193" and seen["focus"] == "Họ và tên", "the form")
    keyboard.press("F4")
    keyboard.wait(lambda seen: seen["focus"] == "Mã QR trên thẻ căn cước", "the field for cards")
    keyboard.type(CARD, counted=False)
    keyboard.press("Return")
    keyboard.wait(lambda seen: seen["owner"] == "TRAN VAN DUOC", "the card's name")

    keyboard.press("F5")
    keyboard.wait(lambda seen: seen["focus"] == "Thành phần hồ sơ", "the checklist")
    lay(keyboard, office.papers / "to-khai-khai-sinh.pdf", "to-khai")
    keyboard.press("Down")
    lay(keyboard, office.papers / "giay-chung-sinh.jpg", "giay-chung-sinh")
    keyboard.press("Down", "space")
    keyboard.wait(lambda seen: not seen["todo"], "everything there")

    keyboard.press("F9")
    keyboard.wait(lambda seen: seen["stage"] == "ASKING_PIN" and seen["focus"] == "Mã PIN", "the PIN dialog")
    keyboard.type(PIN)
    keyboard.press("Return")
    keyboard.wait(lambda seen: seen["stage"] == "DONE" and seen["copies"] == 1, "the printed slip")
    assert keyboard.seen["notice"] == ""

    code = keyboard.seen["code"]
    assert code.endswith("-0001")
    assert [file.name for file in (tmp_path / "printed").iterdir()] == [f"Giấy hẹn {code}.pdf"]
    acts = keyboard.keys - WORDS_AND_SECRETS - paths(office)
    told = f"{keyboard.keys} keys, {acts} of them no text; the window counted {keyboard.seen['counted']}"
    sys.stdout.write(f"\n{told}\n")
    assert acts <= 16
    assert keyboard.seen["counted"] == keyboard.keys  # the card's letters are nobody's work

    before = keyboard.seen["last_round"]
    keyboard.press("ctrl+3", "F5")
    keyboard.wait(lambda seen: seen["last_round"] != before and not seen["waiting"], "a round with central")
    assert sum(line.kind == "received" for line in read_book(office)) == 1


def lay(keyboard: Keyboard, file: Path, key: str) -> None:
    """Lay a file on the line with the focus by typing where it is."""
    keyboard.press("ctrl+shift+o")
    keyboard.wait(lambda seen: seen["focus"] == "Đường dẫn tệp:", "the line for a path")
    keyboard.type(str(file))
    keyboard.press("Return")
    keyboard.wait(lambda seen: key in seen["laid"] and seen["focus"] == "Thành phần hồ sơ", f"{key} laid")


def paths(office: PracticeOffice) -> int:
    """Count the letters of the paths, which a scanner or a drag would spare."""
    return sum(len(str(office.papers / name)) for name in ("to-khai-khai-sinh.pdf", "giay-chung-sinh.jpg"))
