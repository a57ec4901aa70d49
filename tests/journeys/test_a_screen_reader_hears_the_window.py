"""Somebody who cannot see the window finds everything by name, on a real X server through AT-SPI."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clerk_app.practice.office import PracticeOffice

HOUSE = Path(__file__).parents[2]
SYSTEM_PYTHON = Path("/usr/bin/python3")  # has Debian's bindings to AT-SPI, which PyPI has not
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
NEEDED = {
    "push button",
    "text",
    "password text",
    "combo box",
    "list",
    "list item",
    "check box",
    "radio button",
}
SCREENS = ("Tiếp nhận hồ sơ", "Sổ theo dõi hồ sơ", "Gửi, nhận dữ liệu", "Kiểm tra thiết bị", "Thiết lập")
Heard = dict[str, list[tuple[str, str, bool]]]


@pytest.fixture(scope="module")
def heard(display: str, office: PracticeOffice, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """What is told of each screen: role, name, and whether the keys can go there."""
    binding = [str(SYSTEM_PYTHON), "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    there = SYSTEM_PYTHON.exists() and LAUNCHER.exists() and shutil.which("dbus-run-session")
    if not there or subprocess.run(binding, capture_output=True, check=False).returncode:
        pytest.skip("needs at-spi2-core, dbus-daemon, gir1.2-atspi-2.0 and python3-gi")
    here = Path(__file__).parent
    window = [sys.executable, str(here / "window_told.py"), str(office.counter)]
    done = subprocess.run(
        [
            "dbus-run-session",
            "--",
            str(SYSTEM_PYTHON),
            str(here / "read_aloud.py"),
            *window,
            str(tmp_path_factory.mktemp("printed")),
        ],
        env=os.environ
        | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        | {"PYTHONPATH": str(HOUSE), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    [told] = [line for line in done.stdout.splitlines() if line.startswith("{")]  # the bus talks here too
    return {screen: [tuple(each) for each in found] for screen, found in json.loads(told).items()}


def test_every_screen_is_reached_by_pressing_what_has_its_name(heard: Heard) -> None:
    assert set(heard) == {"Mở quầy", *SCREENS}


def test_all_that_the_keys_can_reach_has_a_name(heard: Heard) -> None:
    nameless = {
        (screen, role)
        for screen, found in heard.items()
        for role, name, keys in found
        if keys and not name.strip()
    }

    assert nameless == set()


def test_what_the_keys_can_reach_has_a_role_that_tells_how_to_use_it(heard: Heard) -> None:
    roles = {role for found in heard.values() for role, _, keys in found if keys}

    assert roles <= NEEDED | {"table", "table cell", "scroll pane"}


def test_names_are_said_without_blanks_or_keys_around_them(heard: Heard) -> None:
    buttons = {name for found in heard.values() for role, name, _ in found if role == "push button"}

    assert {name for name in buttons if name != name.strip() or "Ctrl" in name or "&" in name} == set()
    assert {"Ký và in giấy hẹn", "Mở quầy", "Khóa", *SCREENS} <= buttons


def test_the_fields_of_a_person_are_said_as_they_are_labelled(heard: Heard) -> None:
    fields = {name for role, name, _ in heard["Tiếp nhận hồ sơ"] if role == "text"}

    assert {"Họ và tên", "Số định danh cá nhân", "Ngày sinh", "Địa chỉ", "Điện thoại"} <= fields


def test_the_passphrase_is_never_said(heard: Heard) -> None:
    assert ("password text", "Mật khẩu", True) in heard["Mở quầy"]
    assert not any("luyen-tap" in name for found in heard.values() for _, name, _ in found)
