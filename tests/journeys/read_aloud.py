"""A screen reader's ears: what the window tells through AT-SPI, page by page. Run by the system's own Python.

Arguments: the command that opens the window. Runs inside `dbus-run-session`. It presses buttons by their accessible
action alone, as an assistive tool would, and writes one line of JSON: page -> list of [role, name, focusable].
"""

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version must be chosen first

PATIENCE = 90  # seconds
SCREENS = ("Sổ theo dõi hồ sơ", "Gửi, nhận dữ liệu", "Kiểm tra thiết bị", "Thiết lập")


def main(command: list[str]) -> int:
    Atspi.set_timeout(10_000, 30_000)  # milliseconds: the machine may be busy, the tree must be whole
    window = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        heard = {"Mở quầy": wait_for(["push button", "Mở quầy"], window)}
        press("Mở quầy")
        heard["Tiếp nhận hồ sơ"] = wait_for(["push button", "Ký và in giấy hẹn"], window)
        for screen in SCREENS:
            press(screen)
            heard[screen] = wait_for(["label", screen], window)  # the head of the window names what is shown
        sys.stdout.write("\n" + json.dumps(heard, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    finally:
        window.kill()
        window.wait()
    return 0


def wait_for(sign: list[str], window: "subprocess.Popen[bytes]") -> list[list[object]]:
    """Return everything that is showing once something of this role and name is."""
    enough = time.monotonic() + PATIENCE
    heard: list[list[object]] = []
    while time.monotonic() < enough and window.poll() is None:
        heard = [entry for entry, _ in showing()]
        if any(entry[:2] == sign for entry in heard):
            return heard
        time.sleep(0.2)
    raise SystemExit(f"never heard: {sign}; heard {heard}")


def press(name: str) -> None:
    """Do the first action of what has this name."""
    for entry, node in showing():
        if entry[:2] == ["push button", name]:
            Atspi.Action.do_action(node, 0)
            return
    raise SystemExit(f"nothing to press: {name}")


def showing() -> list[tuple[list[object], "Atspi.Accessible"]]:
    """Walk what is on the screen now."""
    found: list[tuple[list[object], Atspi.Accessible]] = []
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(number)
        if application is not None:
            _walk(application, found)
    return found


def _walk(node: "Atspi.Accessible", found: list) -> None:
    try:
        states = node.get_state_set()
        if states.contains(Atspi.StateType.SHOWING):
            focusable = states.contains(Atspi.StateType.FOCUSABLE)
            found.append(([node.get_role_name(), node.get_name(), focusable], node))
        for number in range(min(node.get_child_count(), 200)):
            child = node.get_child_at_index(number)
            if child is not None:
                _walk(child, found)
    except GLib.Error:
        return  # it went away while it was read


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
