"""A clerk without a window receives a birth registration: signed, checked, sent, found again."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clerk_app.practice.central import RunningCentral
from clerk_app.practice.central_book import read_book
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import PIN

QR = "001089000012||Trần Văn Được|14071989|Nam|Tổ 21, phường Luyện Tập|01012024"


@pytest.mark.usefixtures("central")
def test_a_dossier_goes_from_papers_to_a_signed_slip_and_to_central(
    clerk_app: Callable[..., Any], office: PracticeOffice, central: RunningCentral, tmp_path: Path
) -> None:
    numbers = clerk_app("sync")
    assert numbers.code == 0, numbers.err
    assert numbers.json["numbers_left"] > 0

    slip = tmp_path / "giay-hen.pdf"
    received = clerk_app(
        *("intake", "--procedure", "1.001193", "--applicant-qr", QR),
        *("--paper", f"to-khai={office.papers / 'to-khai-khai-sinh.pdf'}"),
        *("--paper", f"giay-chung-sinh={office.papers / 'giay-chung-sinh.jpg'}"),
        *("--shown", "can-cuoc", "--sign", "--slip", slip),
        pin=PIN,
    )
    assert received.code == 0, received.err
    dossier = received.json
    assert dossier["code"].endswith("-0001")
    assert not dossier["provisional"]

    checked = clerk_app("verify", slip)
    assert checked.code == 0
    assert [each["field"] for each in checked.json["signatures"]] == ["CanBo"]
    assert poppler_agrees(slip)

    assert clerk_app("sync").json["entries_waiting"] == 0
    day = clerk_app("reconcile")
    assert (day.code, day.json["sentence"]) == (1, "Không có gì lệch; còn 1 dòng dở.")
    (line,) = day.json["lines"]
    assert (line["code"], line["agreement"]) == (dossier["code"], "open")
    assert [each["what"] for each in line["findings"]] == ["Giấy hẹn chưa in lần nào."]
    assert day.json["counts"]["numbers_at_central"] == day.json["counts"]["received"] == 1
    assert clerk_app("reconcile", "--day", "2026-11-01").code == 0
    found = clerk_app("find", "tran van duoc").json
    assert [(each["code"], each["sending"]) for each in found] == [(dossier["code"], "sent")]
    accepted = [line for line in read_book(office) if line.subject == dossier["id"]]
    assert [line.kind for line in accepted] == ["received", "slip_signed"]
    assert {line.verdict for line in accepted} == {"accepted"}


def poppler_agrees(slip: Path) -> bool:
    """Ask another program; where it is not installed nobody disagrees."""
    if shutil.which("pdfsig") is None:
        return True
    said = subprocess.run(["pdfsig", str(slip)], capture_output=True, text=True, check=False).stdout
    return said.count("Signature is Valid.") == 1
