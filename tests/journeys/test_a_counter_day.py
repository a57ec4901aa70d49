"""The demonstration without a display: a whole day on the real window, and everything it leaves behind."""

import base64
import json
import os
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import PASSPHRASE, PIN
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
    (folder / "told").write_text(done.stdout + done.stderr, "utf-8")
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


def test_nothing_but_papers_and_the_report_names_a_citizen_or_a_secret(day: Path) -> None:
    """What lies at rest is encrypted; logs, marks and temporary files say nothing of anybody."""
    practice = day / ".practice"
    told = {practice / "counter" / "settings.json"}  # where a practice office publishes its PINs
    places = [
        practice / "counter",
        practice / "central" / "central.log",
        day / "TMPDIR",
        day / "CLERK_APP_STATE",
    ]
    files = [file for place in places for file in (place.rglob("*") if place.is_dir() else [place])]
    left = [file for file in files if file.is_file() and file not in told]
    visits = (*MORNING, *ALONE, LACKING)
    people = [who for visit in visits for who in (visit.owner, visit.submitter) if who is not None]
    secrets = {PASSPHRASE, PIN, *(part for each in people for part in (each.name, each.number, each.address))}

    report = (day / "out" / "summary.txt").read_bytes()  # which names people: the search does find
    assert all(any(form in report for form in forms_of(visit.owner.name)) for visit in MORNING)
    assert len(left) > 20
    assert len(secrets) > 12
    found = {
        (file.relative_to(day), secret)
        for file in left
        for data in [file.read_bytes()]
        for secret in secrets
        if any(form in data for form in forms_of(secret))
    }
    assert found == set()
    pictures = [file for file in left if file.read_bytes()[:4] in {b"%PDF", b"\x89PNG", b"\xff\xd8\xff\xe0"}]
    assert pictures == []


def test_the_day_tells_no_secret_on_its_screen_of_letters(day: Path) -> None:
    told = (day / "told").read_text("utf-8") + (day / "out" / "summary.txt").read_text("utf-8")
    assert PIN not in told
    assert PASSPHRASE not in told


def forms_of(secret: str) -> Iterator[bytes]:
    """Yield how a secret may stand in a file: composed or not, by eight or sixteen bits, as base64 at its three places."""
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, secret)
        for encoding in ("utf-8", "utf-16-le"):
            data = text.encode(encoding)
            yield data
            for shift in range(3):
                inner = base64.b64encode(bytes(shift) + data)
                yield inner[4:-4] if len(inner) > 12 else inner
