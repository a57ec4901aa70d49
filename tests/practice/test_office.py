"""The practice office: whole or made anew, worth nothing outside, and gone when its owner is."""

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from clerk_app.papers.imports import read_paper
from clerk_app.papers.sane import SaneScanner, ScanSettings
from clerk_app.practice.central import CentralNotStarted, is_free, start_central
from clerk_app.practice.office import DONE, PracticeOffice, make_practice, move_central
from clerk_app.practice.people import PASSPHRASE, PEOPLE, PIN
from clerk_app.practice.sample_papers import BIRTH_DECLARATION, SCANNED, as_pdf
from clerk_app.progress import Progress
from clerk_app.services.unlock import unlock
from clerk_app.settings import read_enrolment
from sync.errors import JournalHeld
from sync.journal.lock import FolderLock

PARENT = """
import sys
from contextlib import suppress
from pathlib import Path
from clerk_app.practice.central import start_central
start_central(Path(sys.argv[1]), 0, lambda line: print(line, flush=True))
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> PracticeOffice:
    return make_practice(tmp_path_factory.mktemp("practice") / "office")


def test_an_office_that_is_there_is_found_again_and_not_made_anew(office: PracticeOffice) -> None:
    device = read_enrolment(office.counter).device_id, read_enrolment(office.counter).device_key
    again = make_practice(office.folder)
    assert (read_enrolment(again.counter).device_id, read_enrolment(again.counter).device_key) == device


def test_an_office_that_was_never_finished_is_made_anew(office: PracticeOffice, tmp_path: Path) -> None:
    half = PracticeOffice(tmp_path / "half")
    shutil.copytree(office.folder, half.folder)
    (half.folder / DONE).unlink()
    (half.counter / "left-behind").touch()
    made = make_practice(half.folder)
    assert (made.folder / DONE).exists()
    assert not (made.counter / "left-behind").exists()


def test_an_office_that_was_moved_is_made_anew_since_its_settings_name_the_old_place(
    office: PracticeOffice, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(office.folder, moved)
    made = make_practice(moved)
    assert str(moved) in made.settings().tokens[0].environment["SOFTHSM2_CONF"]


def test_an_office_in_which_somebody_works_is_not_thrown_away(office: PracticeOffice) -> None:
    held = FolderLock(office.counter / "journal.lock")
    try:
        with pytest.raises(JournalHeld):
            make_practice(office.folder, fresh=True)
    finally:
        held.release()
    assert (office.folder / DONE).exists()


def test_everybody_unlocks_the_same_counter_with_the_published_passphrase(office: PracticeOffice) -> None:
    data_keys = {
        unlock(office.counter, person.officer.id, bytearray(PASSPHRASE.encode())).data_key
        for person in PEOPLE
    }
    assert len(data_keys) == 1


def test_the_secrets_that_are_none_are_written_down_for_people(office: PracticeOffice) -> None:
    told = json.loads((office.folder / DONE).read_text(encoding="utf-8"))
    assert [person["name"] for person in told["people"]] == [person.officer.name for person in PEOPLE]
    assert [person["pin"] for person in told["people"]] == [PIN if each.token else "" for each in PEOPLE]


def test_every_sample_paper_can_be_laid_on_the_counter(office: PracticeOffice) -> None:
    papers = [file for file in office.papers.iterdir() if file.name != SCANNED]
    assert len(papers) >= 6
    for file in papers:
        assert read_paper(file.read_bytes(), file.name).pages == 1


def test_the_practice_scanner_serves_its_page(office: PracticeOffice) -> None:
    if shutil.which("scanimage") is None:
        pytest.skip("needs scanimage")
    scanner = office.settings().scanner
    pages = {}
    for way in scanner.ways:
        options = way.options if way.device else {**scanner.options, **way.options}
        device = way.device or scanner.device
        sane = SaneScanner(device, scanner.environment, ScanSettings(way.feeder, options))
        pages[way.name] = len(list(sane.scan(Progress())))
    assert pages == {"Màu 300": 1, "Giấy tờ A4 đen trắng 300": 1, "Khay nạp nhiều tờ": 10}


def test_central_moves_to_another_port_when_its_own_is_taken(office: PracticeOffice) -> None:
    before = office.central_port
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(CentralNotStarted):
            start_central(office.central, port)
    assert move_central(office, port).central == f"http://127.0.0.1:{port}"
    assert office.central_port == port
    move_central(office, before)


def test_central_that_is_stopped_is_gone(office: PracticeOffice) -> None:
    central = start_central(office.central, 0)
    assert not is_free(central.port)
    central.stop()
    assert central.child.returncode is not None
    assert is_free(central.port)


def test_central_ends_when_whoever_started_it_is_killed(office: PracticeOffice) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(office.central)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    port = int(parent.stdout.readline().rpartition(":")[2])
    answering = socket.create_connection(("127.0.0.1", port))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait(10)
    answering.settimeout(30)
    with suppress(ConnectionResetError):  # an open line ends with its process: no sleep is needed
        assert answering.recv(1) == b""
    assert is_free(port)
    answering.close()
    parent.stdin.close()
    parent.stdout.close()


def test_a_sample_paper_is_one_that_can_be_signed() -> None:
    paper = io.BytesIO(as_pdf(BIRTH_DECLARATION))

    assert IncrementalPdfFileWriter(paper, strict=True).root is not None
