"""redact, as typed: it shows what goes, deletes nothing unless the code is repeated, and refuses who may not."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clerk_app.practice import people
from clerk_app.practice.office import PracticeOffice
from clerk_app.settings import read_settings, write_settings
from tests.cli.conftest import QR
from tests.services.conftest import RunningCentral

Run = Callable[..., Any]
LEADER = people.LEADER.officer.id
PAPERS = ("--shown", "ct01", "--shown", "giay-to-cho-o", "--shown", "can-cuoc")


@pytest.fixture
def central(office: PracticeOffice, tmp_path: Path) -> Iterator[RunningCentral]:
    shutil.copytree(office.central, tmp_path / "central")
    running = RunningCentral(tmp_path / "central")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def counter(office: PracticeOffice, tmp_path: Path, central: RunningCentral) -> Path:
    done = shutil.ignore_patterns("journal*", "archive*", "files", "snapshots", "ballast")
    shutil.copytree(office.counter, tmp_path / "counter", ignore=done)
    (tmp_path / "second-place").mkdir()
    write_settings(replace(read_settings(tmp_path / "counter"), central=central.address))
    return tmp_path / "counter"


@pytest.fixture
def code(counter: Path, run: Run) -> str:
    """The code of a dossier that is closed and sent."""
    run("sync", "--data", counter)
    made = run(
        "intake", "--procedure", "1.004222", "--applicant-qr", QR, *PAPERS, "--data", counter, "--json"
    )
    assert made.code == 0, made.err
    given = run("return", made.json["code"], "--data", counter, "--json")
    assert given.code == 0, given.err
    for _ in range(2):
        assert run("sync", "--data", counter).code == 0
    return str(made.json["code"])


def test_a_redaction_is_shown_first_and_done_when_the_code_is_repeated(
    counter: Path, run: Run, code: str
) -> None:
    by_officer = run("redact", code, "--data", counter, "--json")
    assert (by_officer.code, by_officer.json["error"]["kind"]) == (3, "NotYourRole")
    as_leader = ("--officer", LEADER, "--data", counter)
    shown = run("redact", code, *as_leader)
    assert shown.code == 0
    assert "Trần Văn Được" in shown.out
    assert f"--confirm {code}" in shown.out
    assert run("redact", code, *as_leader, "--json").json["done"] is False
    unfounded = run("redact", code, "--confirm", code, *as_leader, "--json")
    assert unfounded.json["error"]["kind"] == "GroundMissing"
    assert len(run("find", "Được", "--data", counter, "--json").json) == 1

    why = ("--ground", "Quyết định 12/QĐ-UBND", "--ordered-by", "Chủ tịch UBND phường")
    done = run("redact", code, *why, "--confirm", code, *as_leader, "--json")
    assert (done.code, done.json["done"], done.json["left"]) == (0, True, [])
    assert run("find", "Được", "--data", counter, "--json").json == []
    [line] = run("find", code, "--data", counter, "--json").json
    assert (line["owner"], line["gone"]["ground"]) == ("", "Quyết định 12/QĐ-UBND")
    told = run("journal", "verify", "--data", counter, "--json")
    assert (told.code, told.json["valid"], told.json["redacted"]) == (0, True, done.json["entries"])
    assert "đã xóa theo quyết định" in told.json["gone"]
