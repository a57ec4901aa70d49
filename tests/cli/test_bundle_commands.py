"""bundle out, in, list, again and recall, as typed on two counters that have lost their central system."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clerk_app.practice.central import free_port, start_central
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import PIN
from clerk_app.settings import read_settings, write_settings
from tests.cli.conftest import QR
from tests.second_counter import add_counter

Run = Callable[..., Any]


@pytest.fixture
def counters(office: PracticeOffice, tmp_path: Path, run: Run) -> tuple[Path, Path]:
    """Two counters that have heard of each other; central is away since."""
    done = shutil.ignore_patterns("journal*", "archive*", "files", "snapshots", "ballast")
    shutil.copytree(office.counter, tmp_path / "hall", ignore=done)
    shutil.copytree(office.central, tmp_path / "central")
    (tmp_path / "second-place").mkdir()
    central = start_central(tmp_path / "central", free_port())
    first = replace(read_settings(tmp_path / "hall"), central=f"http://127.0.0.1:{central.port}")
    write_settings(first)
    add_counter(first, tmp_path / "central", tmp_path / "upstairs", "quay-05")
    for folder in ("hall", "upstairs"):
        assert run("sync", "--data", tmp_path / folder).code == 0
    central.stop()
    for folder in ("hall", "upstairs"):
        assert run("sync", "--data", tmp_path / folder).code == 4
    return tmp_path / "hall", tmp_path / "upstairs"


def test_a_slip_goes_up_by_commands_and_a_lost_one_is_taken_back(
    counters: tuple[Path, Path], tmp_path: Path, run: Run, typed_pin: Callable[[str], int]
) -> None:
    hall, upstairs = counters
    words = ("intake", "--procedure", "1.004222", "--applicant-qr", QR, "--phone", "0912345678", "--sign")
    shown = [word for key in ("ct01", "giay-to-cho-o", "can-cuoc") for word in ("--shown", key)]
    taken = run(*words, *shown, "--pin-fd", typed_pin(PIN), "--data", hall, "--json")
    assert taken.code == 0, taken.out
    code = taken.json["code"]

    listed = run("bundle", "list", "--data", hall, "--json").json
    assert [each["code"] for each in listed["waiting"]] == [code]
    assert listed["receivers"] == ["device:quay-05"]
    unknown = run("bundle", "out", tmp_path, "--to", "quay-99", "--data", hall, "--json")
    assert (unknown.code, unknown.json["error"]["kind"]) == (3, "ReceiverUnknown")

    file = tmp_path / "up.goi"
    out = run("bundle", "out", file, "--to", "quay-05", "--code", code, "--data", hall, "--json")
    assert (out.code, out.json["documents"], out.json["file"]) == (0, 1, str(file))
    back = run("bundle", "in", file, "--data", upstairs, "--json")
    assert (back.code, back.json["to_sign"]) == (0, [code])
    wrong = run("bundle", "in", file, "--data", hall, "--json")
    assert (wrong.code, wrong.json["error"]["kind"]) == (3, "BundleForAnother")

    file.unlink()
    again = run("bundle", "again", out.json["bundle"], file, "--data", hall, "--json")
    assert (again.code, again.json["documents"], file.exists()) == (0, 1, True)
    recalled = run("bundle", "recall", code, "--reason", "mất USB", "--data", hall, "--json")
    assert [each["code"] for each in recalled.json] == [code]
    gone = run("bundle", "again", out.json["bundle"], file, "--data", hall, "--json")
    assert (gone.code, gone.json["error"]["kind"]) == (3, "NoSuchBundle")
    assert run("journal", "verify", "--data", hall, "--json").code == 0
