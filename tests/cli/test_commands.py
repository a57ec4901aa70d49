"""The command line: answers, exit codes and refusals."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import PIN
from tests.papers.test_card_reader import a_code, a_page, as_bytes

GERMAN = ("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4")
QR = "001089000012||Trần Văn Được|14071989|Nam|Tổ 21, phường Luyện Tập|01012024"
Run = Callable[..., Any]


def test_a_card_is_read_from_its_qr_text(run: Run) -> None:
    said = run("read-card", "--json", "--qr", "001089000012||Trần Văn Được|14071989|Nam|Tổ 21|01012024")
    assert said.code == 0
    assert (said.json["number"], said.json["name"], said.json["birth_date"]) == (
        "001089000012",
        "Trần Văn Được",
        "1989-07-14",
    )


def test_a_text_that_is_no_card_is_refused_with_what_to_do_next(run: Run) -> None:
    said = run("read-card", "--json", "--qr", "https://example.vn")
    assert said.code == 3
    assert said.json["error"]["kind"] == "NotACard"
    assert said.json["error"]["remedy"]
    assert not said.err


def test_a_passport_is_read_from_its_zone(run: Run) -> None:
    said = run("read-card", "--json", "--mrz", f"{GERMAN[0]}\n{GERMAN[1].lower()}")
    assert said.code == 0
    assert (said.json["number"], said.json["name"]) == ("C01X00T47", "MUSTERMANN ERIKA")
    assert (said.json["nationality_name"], said.json["expires_on"]) == ("Đức", "2027-02-28")

    wrong = run("read-card", "--json", "--mrz", "".join(GERMAN).replace("640812", "640813"))
    assert wrong.code == 3
    assert "ngày sinh" in wrong.json["error"]["message"]

    plain = run("read-card", "--mrz", "".join(GERMAN))
    assert "Quốc tịch: Đức" in plain.out


def test_the_cards_in_a_picture_are_read_and_a_picture_without_one_is_said(run: Run, tmp_path: Path) -> None:
    picture, empty = tmp_path / "the.jpg", tmp_path / "trang.png"
    picture.write_bytes(as_bytes(a_page(a_code(QR, dot=4)), "JPEG"))
    empty.write_bytes(as_bytes(a_page(), "PNG"))

    (card,) = run("read-card", "--json", "--image", picture).json
    assert (card["number"], card["name"]) == ("001089000012", "Trần Văn Được")

    said = run("read-card", "--json", "--image", empty)
    assert said.code == 3
    assert said.json["error"]["kind"] == "NoCardInPicture"
    assert run("read-card", "--image", tmp_path / "away.png").code == 2


@pytest.mark.parametrize("words", [(), ("--qr", "x", "--mrz", "y")])
def test_a_card_is_read_from_one_thing_at_a_time(run: Run, words: tuple[str, ...]) -> None:
    assert run("read-card", *words).code == 2


def test_without_json_a_refusal_speaks_vietnamese_on_standard_error(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    said = run("read-card", "--qr", "x")
    assert said.code == 3
    assert said.out == ""
    assert said.err.startswith("Không phải mã QR của thẻ căn cước")


def test_a_deadline_needs_no_counter(run: Run, tmp_path: Path) -> None:
    words = ("deadline", "--json", "--data", tmp_path, "--procedure", "1.001193", "--received")
    in_time, late = run(*words, "2026-11-23T15:00"), run(*words, "2026-11-23T15:01+07:00")
    assert in_time.json["due"] == "23/11/2026 17:30"
    assert late.json["after_cut_off"] is True
    assert late.json["due"] == "25/11/2026 17:30"  # the 24th is Ngày Văn hóa Việt Nam


@pytest.mark.parametrize(
    "words",
    [
        ("intak",),
        ("intake", "--procedure", "1.001193"),
        ("deadline", "--procedure", "1.001193", "--received", "hôm qua"),
        ("verify", "no-such-file.pdf"),
    ],
)
def test_what_cannot_be_understood_or_read_ends_with_2(run: Run, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert said.code == 2
    assert said.err


def test_a_counter_without_settings_says_where_they_are_missed(run: Run, tmp_path: Path) -> None:
    said = run("find", "x", "--json", "--data", tmp_path)
    assert said.code == 3
    assert said.json["error"]["kind"] == "SettingsMissing"


def test_a_file_that_is_no_pdf_is_unreadable_and_one_without_signature_is_not_valid(
    run: Run, office: PracticeOffice, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(b"not a document")
    unsigned = tmp_path / "unsigned.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(unsigned)
    assert run("verify", torn, "--data", office.counter).code == 2
    assert run("verify", unsigned, "--data", office.counter).code == 1

    badly_written = tmp_path / "badly.pdf"
    badly_written.write_bytes(b"From: portal\r\n\r\n" + unsigned.read_bytes() + b"\n" * 3000)
    said = run("verify", badly_written, "--data", office.counter)
    assert said.code == 1
    assert "chưa có chữ ký" in said.out


def test_a_missing_paper_is_named_and_nothing_is_received(run: Run, birth: list[object]) -> None:
    at = next(place for place, word in enumerate(birth) if "giay-chung-sinh" in str(word))
    said = run(*birth[: at - 1], *birth[at + 1 :])
    assert said.code == 3
    assert "Giấy chứng sinh" in said.json["error"]["message"]


def test_a_dossier_is_received_signed_found_and_its_slip_is_valid(
    run: Run, birth: list[object], typed_pin: Callable[[str], int], office: PracticeOffice, tmp_path: Path
) -> None:
    slip = tmp_path / "slip.pdf"
    said = run(*birth, "--sign", "--pin-fd", typed_pin(PIN), "--slip", slip)
    assert said.code == 0
    assert said.json["status"] == "slip_issued"
    assert PIN not in said.out + said.err

    checked = run("verify", slip, "--json", "--data", office.counter)
    assert checked.code == 0
    assert [signature["signer"] for signature in checked.json["signatures"]] == ["Nguyễn Thị Hạnh"]

    spoiled = bytearray(slip.read_bytes())
    spoiled[5000] ^= 1
    slip.write_bytes(spoiled)
    assert run("verify", slip, "--data", office.counter).code in {1, 2}

    found = run("find", "duoc", "--json", "--data", office.counter)
    assert said.json["code"] in [dossier["code"] for dossier in found.json]


def test_a_wrong_pin_leaves_the_dossier_received_under_its_number(
    run: Run, birth: list[object], typed_pin: Callable[[str], int], office: PracticeOffice
) -> None:
    before = {dossier["id"] for dossier in run("find", "", "--json", "--data", office.counter).json}
    said = run(*birth, "--sign", "--pin-fd", typed_pin("000000"))
    assert said.code == 3
    assert said.json["error"]["kind"] == "PinWrong"
    after = run("find", "", "--json", "--data", office.counter).json
    assert [dossier["status"] for dossier in after if dossier["id"] not in before] == ["received"]


def test_a_result_is_returned_once_by_the_code(run: Run, birth: list[object], office: PracticeOffice) -> None:
    code = run(*birth).json["code"]
    words = ("return", code.lower(), "--json", "--data", office.counter)
    assert run(*words, "--receiver", "Lê Thị Nhận").json["error"]["kind"] == "ReceiverPaperMissing"
    assert run(*words).json["status"] == "returned"
    again = run(*words)
    assert (again.code, again.json["error"]["kind"]) == (3, "AlreadyReturned")
    nowhere = run("return", "H26.99.01-200101-0001", "--json", "--data", office.counter)
    assert (nowhere.code, nowhere.json["error"]["kind"]) == (3, "NoSuchDossier")


def test_sync_without_central_ends_with_4_and_says_that_work_goes_on(
    run: Run, office: PracticeOffice
) -> None:
    said = run("sync", "--json", "--data", office.counter)
    assert said.code == 4
    assert said.json["error"]["kind"] == "CentralOffline"


def test_the_journal_holds(run: Run, office: PracticeOffice) -> None:
    said = run("journal", "verify", "--json", "--data", office.counter)
    assert said.code == 0
    assert said.json["valid"] is True


def test_the_doctor_warns_while_central_is_away_and_calls_nothing_broken(
    run: Run, office: PracticeOffice
) -> None:
    said = run("doctor", "--json", "--data", office.counter)
    assert said.code == 0
    assert "central" in [check["name"] for check in said.json if check["health"] == "warn"]


def test_central_says_that_its_port_is_taken(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run("central", "--json", "--data", tmp_path, "--port", taken.getsockname()[1])
    assert said.code == 3
    assert said.json["error"]["kind"] == "PortTaken"


@pytest.mark.parametrize("workers", [1, 2])
def test_central_tells_its_address_and_ends_with_whoever_started_it(tmp_path: Path, workers: int) -> None:
    command = [sys.executable, "-m", "clerk_app.cli", "central", "--data", str(tmp_path), "--with-parent"]
    child = subprocess.Popen(
        [*command, "--workers", str(workers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdin is not None
    port = int(child.stdout.readline().rpartition(":")[2])
    socket.create_connection(("127.0.0.1", port)).close()
    child.stdin.close()
    child.wait(30)
    child.stdout.close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port))


def test_central_is_backed_up_and_begins_a_new_life_when_it_was_put_back(
    run: Run, office: PracticeOffice, tmp_path: Path
) -> None:
    copy = tmp_path / "central.db"
    made = run("central-backup", copy, "--into", office.central, "--json")
    assert (made.code, made.json["file"]) == (0, str(copy))
    assert (
        run("central-backup", copy, "--into", office.central, "--json").json["error"]["kind"] == "CopyThere"
    )
    nowhere = run("central-backup", tmp_path / "none" / "x.db", "--into", office.central, "--json")
    assert nowhere.json["error"]["kind"] == "CentralNotCopied"

    lives = [run("central-restored", "--into", office.central, "--json").json["epoch"] for _ in range(2)]
    assert len(set(lives)) == 2
    put_back = run("central-restored", "--into", office.central, "--from", copy, "--json")
    assert put_back.code == 0
    assert list(office.central.glob("central.db.before-restore-*"))
    gone = run("central-restored", "--into", office.central, "--from", tmp_path / "none.db", "--json")
    assert gone.json["error"]["kind"] == "CentralNotPutBack"
    assert (office.central / "central.db").exists()
    wrong = run("central-restored", "--into", tmp_path / "other", "--json")
    assert wrong.json["error"]["kind"] == "NoCentralThere"
