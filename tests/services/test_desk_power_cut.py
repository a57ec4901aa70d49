"""The power is cut under a whole counter: papers, slips, prints, settings and key slots are what the officer was told."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.dossier import Dossier
from clerk_app.furniture import Desk
from clerk_app.practice.office import PracticeOffice
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import read_enrolment, read_settings
from clerk_app.store.key_slots import open_slot
from sync.journal import snapshots
from tests.disk.power_cut import Disk
from tests.disk.recorded import Step, read, record, recorder, why_not
from tests.services import desk_to_cut
from tests.services.conftest import RunningCentral
from tests.services.desk_to_cut import PASSPHRASE

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
SHORT, LONG = 8, 200
Notes = list[dict[str, object]]


@pytest.mark.timeout(7200)
def test_after_a_power_cut_an_officer_finds_all_that_was_told(
    office: PracticeOffice,
    central: RunningCentral,
    clerk: Unlocked,
    tmp_path: Path,
    receive: Callable[[Desk], Dossier],
    seed: random.Random,
    long_run: bool,
) -> None:
    root, trace = tmp_path / "root", tmp_path / "trace"
    shutil.copytree(office.counter, root / "counter")
    (root / "second-place").mkdir()
    disk = Disk(root)
    record(recorder(tmp_path), root, trace, [desk_to_cut.__file__, str(root / "counter"), central.address])
    steps = list(read(trace))

    told: Notes = []
    done = 0
    for moment in sorted(moments(steps, seed, LONG if long_run else SHORT)):
        for step in steps[done:moment]:
            disk.step(step)
            if step.what == "n":
                told.append(step.note)
        done = moment
        image = tmp_path / f"disk-{moment}-{seed.randrange(10**6)}"
        disk.cut(seed, image)
        try:
            check(image, told, clerk, receive)
        except BaseException as broken:
            broken.add_note(f"moment {moment} of {len(steps)}")
            raise
        shutil.rmtree(image)


def moments(steps: list[Step], seed: random.Random, count: int) -> list[int]:
    """Half of them right after something was told."""
    notes = [at for at, step in enumerate(steps, 1) if step.what == "n"]
    anywhere = [seed.randint(0, len(steps)) for _ in range(count - count // 2)]
    return anywhere + [seed.choice(notes) for _ in range(count // 2)]


def check(image: Path, told: Notes, clerk: Unlocked, receive: Callable[[Desk], Dossier]) -> None:
    """Open what the cut left, as the next morning does, and hold every promise against it."""
    settings = replace(read_settings(image / "counter"), central="http://127.0.0.1:9")
    shares = [note["share"] for note in told if note["what"] == "setting"]
    assert settings.approval_share >= max(shares, default=0)  # type: ignore[type-var, operator]
    check_slots(image / "counter", told, clerk)
    with open_desk(settings, clerk) as desk:
        assert desk.upkeep.journal.news == ()
        assert desk.verify_journal().valid
        check_papers(desk, told)
        for each in desk.upkeep.keeping.snapshots.every():
            snapshots.check(each.path, desk.upkeep.keeping.place.key)
        assert receive(desk).code not in {note["code"] for note in told if note["what"] == "received"}


def check_slots(folder: Path, told: Notes, clerk: Unlocked) -> None:
    secret = read_enrolment(folder).device_secret
    for note in told:
        if note["what"] == "slot":
            opened = open_slot(folder, str(note["officer"]), bytearray(PASSPHRASE.encode()), secret)
            assert opened.data_key == clerk.data_key


def check_papers(desk, told: Notes) -> None:
    """Each dossier under the code that was told, with its slip and at least the copies that came out."""
    of = {
        what: [note for note in told if note["what"] == what]
        for what in ("draft", "received", "slip", "printed")
    }
    dossiers = {each.id: each for each in desk.find_dossiers("", limit=1000)}
    there = {each.id for each in desk.drafts()} | set(dossiers)
    assert {note["id"] for note in of["draft"]} <= there
    assert {note["id"]: note["code"] for note in of["received"]} == {
        note["id"]: dossiers[note["id"]].code for note in of["received"]
    }
    slips = {each.id: each for dossier in dossiers.values() for each in dossier.documents}
    for note in of["slip"]:
        assert note["id"] in slips
    for slip in slips:
        assert desk.slip_pdf(slip).startswith(b"%PDF")
    for note in of["printed"]:
        assert slips[note["id"]].prints >= int(note["copy"])
