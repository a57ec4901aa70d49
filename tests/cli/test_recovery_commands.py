"""snapshot, restore, recover and turns, as typed on a counter whose window is closed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clerk_app.practice.office import RECOVERY_KEY, PracticeOffice
from clerk_app.settings import read_enrolment
from sync.sealed import public_half

Run = Callable[..., Any]


@pytest.fixture
def counter(office: PracticeOffice, tmp_path: Path) -> Path:
    """A counter of its own that has done nothing yet, beside its state and its second place."""
    done = shutil.ignore_patterns("journal*", "archive*", "files", "snapshots", "ballast")
    shutil.copytree(office.counter, tmp_path / "counter", ignore=done)
    (tmp_path / "second-place").mkdir()
    return tmp_path / "counter"


@pytest.fixture
def key(office: PracticeOffice) -> Path:
    return office.folder / RECOVERY_KEY


def test_a_snapshot_is_taken_and_put_back(counter: Path, run: Run) -> None:
    taken = run("snapshot", "--data", counter, "--json")
    assert taken.code == 0
    path = Path(taken.json["snapshot"])
    assert path.parent == counter / "snapshots"

    refused = run("restore", path.name, "--data", counter, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (3, "JournalSound")

    done = run("restore", path.name, "--anyway", "--data", counter, "--json")
    assert done.code == 0
    assert Path(done.json["aside"]).exists()
    assert run("journal", "verify", "--data", counter, "--json").code == 0


def test_what_is_no_snapshot_is_refused_in_words(counter: Path, run: Run) -> None:
    run("snapshot", "--data", counter)
    refused = run("restore", "journal-20200101T000000.db", "--data", counter, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (3, "SnapshotUnusable")


def test_a_damaged_journal_is_recovered_and_opens_again(counter: Path, run: Run) -> None:
    assert run("snapshot", "--data", counter).code == 0
    sound = run("recover", "--data", counter, "--json")
    assert (sound.code, sound.json["error"]["kind"]) == (3, "JournalNeedsNoSalvage")
    (counter / "journal.db").write_bytes(b"\x00" * 4096)
    damaged = run("find", "x", "--data", counter, "--json")
    assert (damaged.code, damaged.json["error"]["kind"]) == (3, "JournalDamaged")

    done = run("recover", "--data", counter, "--json")

    assert done.code == 0
    assert (done.json["kept"], done.json["missing"]) == (1, 0)
    assert run("journal", "verify", "--data", counter, "--json").code == 0


def test_unsent_work_comes_back_with_the_key_only(
    counter: Path, run: Run, birth: list[object], key: Path, tmp_path: Path
) -> None:
    birth[birth.index("--data") + 1] = counter
    code = run(*birth).json["code"]
    assert list((tmp_path / "second-place").rglob("*.entry"))
    (counter / "journal.db").write_bytes(b"")
    assert run("recover", "--data", counter).code == 0
    place = ("--second-place", tmp_path / "second-place")

    half = run("recover", *place, "--data", counter, "--json")
    assert (half.code, half.json["error"]["kind"]) == (3, "RecoveryKeyNotNamed")
    (tmp_path / "wrong.key").write_text("ab")
    wrong = run("recover", *place, "--key", tmp_path / "wrong.key", "--data", counter, "--json")
    assert (wrong.code, wrong.json["error"]["kind"]) == (3, "RecoveryKeyUnreadable")

    back = run("recover", *place, "--key", key, "--data", counter, "--json")

    assert back.code == 0
    assert back.json["entries"] == 2
    [found] = run("find", code, "--data", counter, "--json").json
    assert found["code"] == code


def test_no_turn_waits_on_a_quiet_counter(counter: Path, run: Run) -> None:
    assert run("turns", "--data", counter, "--json").json == []
    refused = run("turns", "--give-back", "H26.99.01-261123-0001", "--data", counter, "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (3, "NoSuchTurn")


def test_the_units_key_is_made_once_and_shared_by_its_counters(
    counter: Path, run: Run, tmp_path: Path
) -> None:
    key = tmp_path / "safe.key"

    first = run("recovery-key", key, "--replace", "--data", counter, "--json")
    public = read_enrolment(counter).recovery_public_key
    again = run("recovery-key", key, "--data", counter, "--json")

    assert (first.json["made"], again.json["made"]) == (True, False)
    assert (
        read_enrolment(counter).recovery_public_key == public == public_half(bytes.fromhex(key.read_text()))
    )
    for path, kind in (
        (counter / "safe.key", "RecoveryKeyBesideData"),
        (tmp_path / "second-place" / "safe.key", "RecoveryKeyAtSecondPlace"),
        (tmp_path / "saef.key", "RecoveryKeyInUse"),
    ):
        refused = run("recovery-key", path, "--data", counter, "--json")
        assert (refused.code, refused.json["error"]["kind"]) == (3, kind)
        assert not path.exists()
    assert read_enrolment(counter).recovery_public_key == public
    assert run("recovery-key", tmp_path / "new.key", "--replace", "--data", counter).code == 0
    assert read_enrolment(counter).recovery_public_key != public


def test_of_several_counters_one_is_named_and_none_that_is_at_work(
    counter: Path, run: Run, birth: list[object], key: Path, tmp_path: Path
) -> None:
    birth[birth.index("--data") + 1] = counter
    code = run(*birth).json["code"]
    place = tmp_path / "second-place"
    [own] = place.iterdir()
    own.rename(place / "burnt")
    shutil.copytree(place / "burnt", place / "at-work")
    for path in ((place / "burnt"), *(place / "burnt").iterdir()):
        os.utime(path, (0, 0))
    (counter / "journal.db").write_bytes(b"")
    assert run("recover", "--data", counter).code == 0
    for each in set(place.iterdir()) - {place / "burnt", place / "at-work"}:
        shutil.rmtree(each)
    command = ("recover", "--second-place", place, "--key", key, "--data", counter, "--json")

    several = run(*command)
    assert (several.code, several.json["error"]["kind"]) == (3, "SeveralAtSecondPlace")
    assert "burnt" in several.json["error"]["message"]
    nobody = run(*command, "--counter", "q9")
    assert (nobody.code, nobody.json["error"]["kind"]) == (3, "NothingAtSecondPlace")
    busy = run(*command, "--counter", "at-work")
    assert (busy.code, busy.json["error"]["kind"]) == (3, "CounterStillWrites")

    back = run(*command, "--counter", "burnt")

    assert (back.code, back.json["entries"]) == (0, 2)
    assert run("find", code, "--data", counter, "--json").json[0]["code"] == code
