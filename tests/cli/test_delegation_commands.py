"""delegation and draft, as typed: a leader delegates and takes back, others may not; a draft goes to a colleague."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clerk_app.clock import in_vietnam
from clerk_app.practice.office import PracticeOffice

Run = Callable[..., Any]
LEADER = ("--officer", "ld-01")


@pytest.fixture
def counter(office: PracticeOffice, tmp_path: Path) -> Path:
    """A counter of its own that has done nothing yet."""
    done = shutil.ignore_patterns("journal*", "archive*", "files", "snapshots", "ballast")
    shutil.copytree(office.counter, tmp_path / "counter", ignore=done)
    (tmp_path / "second-place").mkdir()
    return tmp_path / "counter"


def test_a_leader_delegates_by_command_and_takes_it_back(counter: Path, run: Run) -> None:
    today = in_vietnam(datetime.now(UTC)).date().isoformat()
    order = ("--to", "qt-02", "--from", today, "--until", today, "--ground", "12/GUQ-UBND")

    refused = run("delegation", "add", *order, "--officer", "qt-01", "--data", counter, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (3, "NotYourRole")
    unclear = run("delegation", "add", *order[:3], "mai", *order[4:], *LEADER, "--data", counter, "--json")
    assert (unclear.code, unclear.json["error"]["kind"]) == (2, "DayUnclear")

    made = run("delegation", "add", *order, *LEADER, "--data", counter, "--json")
    assert (made.code, made.json["to"], made.json["state"]) == (0, "Trần Đức Thuỷ", "holds")
    ended = run("delegation", "end", made.json["id"], *LEADER, "--data", counter, "--json")
    assert [each["state"] for each in ended.json] == ["ended"]
    hidden = run("delegation", "list", "--officer", "qtr-01", "--data", counter, "--json")
    assert hidden.json["error"]["kind"] == "NotYourRole"


def test_a_draft_that_is_gone_is_handed_to_nobody(counter: Path, run: Run) -> None:
    assert run("draft", "list", "--data", counter, "--json").json == []
    gone = run("draft", "hand-over", "khong-co", "--to", "qt-02", "--data", counter, "--json")
    assert (gone.code, gone.json["error"]["kind"]) == (3, "DraftGone")


def test_a_command_goes_through_the_same_doors_as_the_window(counter: Path, run: Run) -> None:
    for officer, words in (("kt-01", ("doctor",)), ("qtr-01", ("find", "Ánh")), ("hd-01", ("reconcile",))):
        refused = run(*words, "--officer", officer, "--data", counter, "--json")
        assert (refused.code, refused.json["error"]["kind"]) == (3, "NotYourRole"), words
    assert run("find", "Ánh", "--officer", "kt-01", "--data", counter, "--json").code == 0
