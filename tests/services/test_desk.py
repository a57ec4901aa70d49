"""The desk: unlocked by one officer, shared by several lanes, closed without leftovers."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.services.unlock import unlock
from clerk_app.settings import NoSuchOfficer
from clerk_app.store.key_slots import WrongPassphrase


def test_the_right_passphrase_unlocks_and_is_wiped(settings) -> None:
    passphrase = bytearray(people.PASSPHRASE.encode())

    unlocked = unlock(settings.folder, people.OFFICER.officer.id, passphrase)

    assert unlocked.officer == people.OFFICER.officer
    assert unlocked.signer.author == f"officer:{people.OFFICER.officer.id}"
    assert passphrase == bytearray(len(passphrase))
    assert unlocked.data_key.hex() not in repr(unlocked)


def test_a_wrong_passphrase_and_an_unknown_officer_unlock_nothing(settings) -> None:
    wrong, nobody = bytearray(b"sai"), bytearray(b"abc")

    with pytest.raises(WrongPassphrase):
        unlock(settings.folder, people.OFFICER.officer.id, wrong)
    with pytest.raises(NoSuchOfficer):
        unlock(settings.folder, "nobody", nobody)

    assert (wrong, nobody) == (bytearray(3), bytearray(3))


def test_acts_of_several_lanes_at_once_use_each_number_once(desk: Desk, fill) -> None:
    drafts = [fill(desk, f"Người thứ {n}") for n in range(8)]

    with ThreadPoolExecutor(4) as lanes:
        received = list(lanes.map(desk.receive_dossier, drafts))

    assert sorted(each.code[-4:] for each in received) == [f"{n:04d}" for n in range(1, 9)]
    assert len(desk.find_dossiers("")) == 8
    assert desk.verify_journal().valid


def test_after_a_switch_acts_are_the_next_officers(desk: Desk, receive, everybody) -> None:
    second = everybody[people.SECOND_OFFICER.officer.id]
    mine = receive(desk)

    theirs = receive(desk.switch(second))

    assert [desk.history(each.id)[0].author for each in (mine, theirs)] == [
        people.OFFICER.officer.name,
        people.SECOND_OFFICER.officer.name,
    ]
    assert desk.verify_journal().valid


def test_closing_sweeps_only_what_is_old_and_belongs_to_nobody(open_again, receive, pin, settings) -> None:
    with open_again() as desk:
        desk.issue_slip(receive(desk).id, pin(desk))
        young = desk.slip_pdf.files.files.put(b"young and unknown")
        old = desk.slip_pdf.files.files.put(b"old and unknown")
        store = desk.slip_pdf.files.files
        for path in settings.folder.joinpath("files").rglob("*"):
            if path.is_file() and path != store._path(young):
                os.utime(path, (0, 0))

    assert store.has(young)
    assert not store.has(old)
    with open_again() as desk:
        (dossier,) = desk.find_dossiers("")
        assert desk.slip_pdf(dossier.documents[0].id)


@pytest.mark.parametrize(
    ("room", "never"),
    [
        ("clerk_app.desk", {"fastapi", "uvicorn", "PySide6"}),
        ("clerk_app.services.serve_central", {"pyhanko", "reportlab", "pikepdf", "clerk_app.desk"}),
        ("clerk_app.cli", {"pyhanko", "sqlalchemy", "clerk_app.desk"}),
    ],
)
def test_a_program_loads_what_it_is_for_and_no_more(room: str, never: set[str]) -> None:
    asked = f"import sys, {room}; print(*{never} & set(sys.modules))"

    told = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert told.stdout.strip() == ""
