"""The demonstration without a display: a whole day on the real window, and everything it leaves behind."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import PASSPHRASE, PIN
from tests.leaks import files_in, leaks
from ui.day_script import ALONE, LACKING, MORNING


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the demonstration was run."""
    folder = tmp_path_factory.mktemp("day")
    house = Path(__file__).parents[2]
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(house)}
    for name in ("TMPDIR", "CLERK_APP_STATE"):
        (folder / name).mkdir()
        environment[name] = str(folder / name)
    done = subprocess.run(
        [sys.executable, "-m", "ui", "demo", "--headless", "--out", "out"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "told").mkdir()
    (folder / "told" / "out").write_text(done.stdout, "utf-8")
    (folder / "told" / "errors").write_text(done.stderr, "utf-8")
    return folder


@pytest.fixture(scope="module")
def summary(day: Path) -> Any:
    return json.loads((day / "out" / "summary.json").read_text(encoding="utf-8"))


def test_every_promise_of_the_day_held(summary: Any) -> None:
    assert summary["holds"] is True
    assert [proof["name"] for proof in summary["proofs"] if not proof["holds"]] == []


def test_every_dossier_is_in_central_exactly_once_those_of_the_outage_too(summary: Any) -> None:
    assert [line["received_in_central"] for line in summary["dossiers"]] == [1] * 6
    assert sum(line["during_outage"] for line in summary["dossiers"]) == 3
    assert len({line["code"] for line in summary["dossiers"]}) == 6
    assert summary["sending"]["entries_waiting"] == 0


def test_each_slip_carries_three_valid_signatures(summary: Any, day: Path) -> None:
    for line in summary["dossiers"]:
        assert len(line["signatures"]) == 3
        assert line["valid"]
        with pikepdf.open(day / "out" / "slips" / line["slip"]) as slip:
            fields = [field for field in slip.Root.AcroForm.Fields if "/V" in field]
        assert len(fields) == 3


def test_one_slip_was_printed_for_the_pen_before_its_signatures_followed(summary: Any, day: Path) -> None:
    [line] = [line for line in summary["dossiers"] if line["by_pen"]]
    with pikepdf.open(day / ".practice" / "printed" / f"Giấy hẹn {line['code']}.pdf") as printed:
        assert not [field for field in printed.Root.AcroForm.Fields if "/V" in field]


def test_who_lacked_a_paper_took_a_signed_request_home(summary: Any, day: Path) -> None:
    [reply] = summary["replies"]
    assert reply["valid"]
    assert reply["in_central"]
    assert (day / "out" / "slips" / reply["paper"]).is_file()


def test_a_result_was_handed_over_before_the_day_ended(summary: Any) -> None:
    first, *others = summary["dossiers"]
    assert first["state"] == "returned"
    assert {each["state"] for each in others} == {"slip_issued"}


def test_the_window_was_photographed_at_both_sizes(day: Path) -> None:
    photos = sorted((day / "out" / "screenshots").glob("*.png"))
    sizes = {Image.open(photo).size for photo in photos}
    names = {photo.name.rpartition("-")[0] for photo in photos}
    assert sizes == {(1366, 768), (1920, 1080)}
    assert {"mo-quay", "cho-gui", "so-theo-doi", "ky-tay-ly-do", "yeu-cau-bo-sung", "tra-ket-qua"} <= names
    assert "dung-lai" not in names


def test_the_summary_for_people_names_each_dossier(summary: Any, day: Path) -> None:
    text = (day / "out" / "summary.txt").read_text(encoding="utf-8")
    assert all(line["code"] in text for line in summary["dossiers"])
    assert "KHÔNG ĐẠT" not in text


def test_no_central_system_is_left_behind(day: Path) -> None:
    port = PracticeOffice(day / ".practice").central_port
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port))


def test_nothing_but_papers_and_the_report_names_a_citizen(day: Path, people: set[str]) -> None:
    """What lies at rest is encrypted; logs, marks, the second place and temporary files say nothing of anybody."""
    practice = day / ".practice"
    papers = [practice / "papers", practice / "printed", practice / "scanner", day / "out"]
    at_central = [practice / "central" / name for name in ("central.db", "central.db-wal", "files")]
    files = files_in(day, but=[*papers, *at_central, day / "told"])

    report = day / "out" / "summary.txt"  # which names people: the search does find
    assert {who for _, who in leaks([report], people)} >= {visit.owner.name for visit in MORNING}
    assert len(leaks([practice / "central" / "central.db"], people)) > 3
    for place in ("counter", "central/central.log", "second-place", "state"):
        assert [file for file in files if file.is_relative_to(practice / place)], place
    assert leaks(files, people) == set()
    here = [file for file in files if file.is_relative_to(practice / "counter")]
    pictures = [file for file in here if file.read_bytes()[:4] in {b"%PDF", b"\x89PNG", b"\xff\xd8\xff\xe0"}]
    assert pictures == []


def test_no_secret_lies_anywhere_in_what_the_day_leaves(day: Path) -> None:
    """PINs and passphrases of a practice office stand in two files of it, on purpose; nowhere else, central's books included."""
    settings = day / ".practice" / "counter" / "settings.json"
    published = [settings, day / ".practice" / "people.json"]
    assert {secret for _, secret in leaks(published, [PIN, PASSPHRASE])} == {PIN, PASSPHRASE}
    enrolment = json.loads((settings.parent / "enrolment.json").read_text("utf-8"))
    keys = [enrolment["device_token"], enrolment["device_key"], enrolment["device_secret"]]

    files = files_in(day, but=published)
    assert len(files) > 60
    assert leaks(files, [PIN, PASSPHRASE]) == set()
    assert leaks(files_in(day, but=[settings.parent / "enrolment.json"]), keys) == set()


def test_the_day_tells_no_secret_on_its_screen_of_letters_and_no_person_among_its_errors(
    day: Path, people: set[str]
) -> None:
    """Crash reports, warnings and logs go there."""
    assert (day / "told" / "out").stat().st_size > 500
    assert leaks([day / "told" / "errors"], people) == set()


@pytest.fixture(scope="module")
def people() -> set[str]:
    """What a paper says of whoever came on this day."""
    visits = (*MORNING, *ALONE, LACKING)
    came = [who for visit in visits for who in (visit.owner, visit.submitter) if who is not None]
    told = {part for each in came for part in (each.name, each.number, each.address)}
    assert len(told) > 10
    return told
