"""A disk that fails, a journal that is damaged, a copy that is put back: the counter goes on and nothing printed is lost."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.verdict import Health
from clerk_app.furniture import Desk
from clerk_app.practice.office import RECOVERY_KEY, PracticeOffice
from clerk_app.progress import Progress
from clerk_app.services import recovery
from clerk_app.services.give_back_turn import NoSuchTurn
from clerk_app.services.recovery import JournalNeedsNoSalvage
from clerk_app.services.upkeep import NoSecondPlace
from clerk_app.settings import read_settings, write_settings
from clerk_app.store.projection import REBUILDING
from sync.errors import (
    JournalDamaged,
    JournalRestored,
    JournalSound,
    RecoveryKeyWrong,
    SecondPlaceOutOfReach,
    TurnWithPerson,
)
from tests.sync.test_journal_damage import PAGE, flip

JOURNAL = "journal.db"


@pytest.fixture
def key(office: PracticeOffice) -> bytes:
    return bytes.fromhex((office.folder / RECOVERY_KEY).read_text())


@pytest.fixture
def damage(settings) -> Callable[[], None]:
    """Damage the file here and there behind its first quarter, where rows lie."""

    def done() -> None:
        path = settings.folder / JOURNAL
        pages = path.stat().st_size // PAGE
        for page in range(pages // 2, pages, 3):
            flip(path, page * PAGE + 60)

    return done


def broken(settings) -> None:
    (settings.folder / JOURNAL).write_bytes(b"\x00" * PAGE)
    for log in settings.folder.glob(f"{JOURNAL}-*"):
        log.unlink()


def test_a_quiet_counter_has_nothing_to_tell(open_again, receive) -> None:
    with open_again() as desk:
        receive(desk)
        assert desk.upkeep() == ()
        checks = {check.name: check for check in desk.diagnose()}
        assert checks["snapshots"].sentence.startswith("Có 1 bản chụp nhật ký")
        assert desk.upkeep() == ()
        found = {name: checks[name].health for name in ("mark", "snapshots", "second_place")}
        assert set(found.values()) == {Health.OK}
        assert desk.upkeep.keeping.ballast.is_there


def test_a_damaged_journal_is_salvaged_with_its_snapshot_and_central_gives_back_the_rest(
    settings, clerk, central, receive, pin, damage
) -> None:
    online = replace(settings, central=central.address)
    with open_desk(online, clerk) as desk:
        desk.exchange(Progress())
        sent = [receive(desk, f"Đã gửi {n}") for n in range(4)]
        desk.issue_slip(sent[0].id, pin(desk))
        desk.exchange(Progress())
        desk.upkeep()
        unsent = [receive(desk, f"Chưa gửi {n}") for n in range(3)]
    damage()
    with pytest.raises(JournalDamaged) as refusal, open_desk(online, clerk):
        pass
    assert "clerk-app recover" in refusal.value.remedy

    done = recovery.salvage(online, clerk)

    assert Path(done.aside).exists()
    with open_desk(online, clerk) as desk:
        desk.exchange(Progress())
        assert {each.id for each in sent} <= {each.id for each in desk.find_dossiers("")}
        assert desk.verify_journal().valid
        later = [receive(desk, f"Sau khi cứu {n}") for n in range(3)]
        desk.exchange(Progress())
        codes = [each.code for each in (*sent, *unsent, *later)]
        assert len(set(codes)) == len(codes)
        assert desk.sending().entries_waiting == 0
    assert central.count("alarms WHERE settled_at IS NULL AND reason <> 'gap'") == 0


def test_work_that_was_only_on_the_lost_disk_comes_back_from_the_second_place(
    settings, clerk, central, receive, pin, key
) -> None:
    online = replace(settings, central=central.address)
    with open_desk(online, clerk) as desk:
        desk.exchange(Progress())
        desk.upkeep()
        dossier = receive(desk)
        slip = desk.issue_slip(dossier.id, pin(desk))
        assert desk.upkeep() == ()
    broken(settings)
    shutil.rmtree(settings.folder / "files")

    recovery.salvage(online, clerk)

    with open_desk(online, clerk) as desk:
        assert desk.find_dossiers("") == ()
        with pytest.raises(RecoveryKeyWrong):
            desk.take_back(settings.recovery.second_place, bytes(range(32)))
        back = desk.take_back(settings.recovery.second_place, key)
        assert (back.entries, back.refused, back.unreadable) == (2, 0, 0)
        assert desk.dossier(dossier.id).code == dossier.code
        assert desk.verify_document(desk.slip_pdf(slip.id)).valid
        desk.exchange(Progress())
        assert (desk.sending().entries_waiting, desk.sending().files_waiting) == (0, 0)
        assert desk.verify_journal().valid
    assert central.count(f"entries WHERE subject = '{dossier.id}' AND verdict = 'accepted'") == 2
    assert central.count("alarms WHERE settled_at IS NULL") == 0


def test_a_snapshot_put_back_says_so_and_uses_no_number_again(settings, clerk, open_again, receive) -> None:
    with open_again() as desk:
        before = receive(desk)
        desk.upkeep()
        lost = receive(desk)
        [snapshot] = desk.upkeep.keeping.snapshots.every()
    with pytest.raises(JournalSound):
        recovery.restore_snapshot(settings, clerk, snapshot.path.name)

    recovery.restore_snapshot(settings, clerk, snapshot.path.name, even_if_sound=True)

    with open_again() as desk:
        [news] = desk.upkeep()
        assert isinstance(news, JournalRestored)
        assert desk.find_dossiers("") == (before,)
        after = receive(desk)
        assert after.code not in {before.code, lost.code}
        assert desk.verify_journal().valid
        [check] = [check for check in desk.diagnose() if check.name == "mark"]
        assert check.health is Health.WARN
    with open_again() as desk:
        assert desk.upkeep() == ()


def test_a_turn_from_before_is_given_back_by_a_person(
    settings, clerk, open_again, receive, pin, leader, looked_at
) -> None:
    with open_again() as desk:
        dossier = receive(desk)
        slip = desk.issue_slip(dossier.id, pin(desk))
        desk.upkeep()
        receive(desk)
        [snapshot] = desk.upkeep.keeping.snapshots.every()
    recovery.restore_snapshot(settings, clerk, str(snapshot.path), even_if_sound=True)

    with open_again() as desk:
        deciding = desk.switch(leader)
        with pytest.raises(TurnWithPerson):
            deciding.approve_documents(looked_at(deciding, slip.id), pin(deciding))
        [turn] = desk.give_back_turn.waiting()
        assert (turn.code, turn.document, turn.field) == (dossier.code, slip.id, "LanhDao")
        with pytest.raises(NoSuchTurn):
            desk.give_back_turn("H26.99.01-261123-9999")
        assert desk.give_back_turn(dossier.code) == (turn,)
        assert desk.give_back_turn.waiting() == ()
        [approved] = deciding.approve_documents(looked_at(deciding, slip.id), pin(deciding))
        assert desk.verify_document(desk.slip_pdf(approved.id)).valid


def test_a_sound_journal_is_not_salvaged(settings, clerk, open_again, receive) -> None:
    with open_again() as desk:
        receive(desk)
    with pytest.raises(JournalNeedsNoSalvage):
        recovery.salvage(settings, clerk)


def test_what_a_restore_pushed_aside_comes_back_with_its_files(
    settings, clerk, open_again, receive, pin
) -> None:
    with open_again() as desk:
        desk.upkeep()
        [snapshot] = desk.upkeep.keeping.snapshots.every()
        dossier = receive(desk)
        slip = desk.issue_slip(dossier.id, pin(desk))
    long_ago = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    for path in (settings.folder / "files").rglob("*"):
        os.utime(path, (long_ago, long_ago))
    recovery.restore_snapshot(settings, clerk, snapshot.path.name, even_if_sound=True)
    with open_again() as desk:
        assert desk.find_dossiers("") == ()

    recovery.salvage(settings, clerk, even_if_sound=True)

    with open_again() as desk:
        assert [each.code for each in desk.find_dossiers("")] == [dossier.code]
        assert desk.verify_document(desk.slip_pdf(slip.id)).valid
        assert desk.verify_journal().valid


def test_a_counter_without_a_second_place_says_so_and_works(settings, clerk, receive) -> None:
    alone = replace(settings, recovery=replace(settings.recovery, second_place=None))
    with open_desk(alone, clerk) as desk:
        receive(desk)
        assert [type(notice) for notice in desk.upkeep()] == [NoSecondPlace]
        [check] = [check for check in desk.diagnose() if check.name == "second_place"]
        assert (check.health, bool(check.remedy)) == (Health.WARN, True)


def test_a_second_place_that_is_unplugged_is_told_and_takes_everything_when_it_is_back(
    settings, open_again, receive
) -> None:
    root = settings.recovery.second_place
    with open_again() as desk:
        desk.upkeep()
        shutil.rmtree(root)
        receive(desk)
        assert [type(notice) for notice in desk.upkeep()] == [SecondPlaceOutOfReach]
        root.mkdir()
        assert desk.upkeep() == ()
        assert len(list(root.rglob("*.entry"))) == 2


def test_unsent_work_is_at_the_second_place_when_the_program_has_ended(settings, open_again, receive) -> None:
    with open_again() as desk:
        receive(desk)
    assert len(list(settings.recovery.second_place.rglob("*.entry"))) == 2


def test_nothing_stays_at_the_second_place_once_central_has_it(
    settings, clerk, central, receive, pin
) -> None:
    root = settings.recovery.second_place
    with open_desk(replace(settings, central=central.address), clerk) as desk:
        desk.issue_slip(receive(desk).id, pin(desk))
        desk.upkeep()
        assert {path.suffix for path in root.rglob("*.*")} == {".entry", ".file", ".txt"}
        desk.exchange(Progress())
        desk.upkeep()
        assert [path.name for path in root.rglob("*") if path.is_file()] == ["quay.txt"]


def test_the_archive_is_built_anew_with_progress(open_again, settings, clerk, receive) -> None:
    told: list[tuple[int, int, str]] = []
    with open_again() as desk:
        for n in range(3):
            receive(desk, f"Người {n}")
    archive = settings.folder / "archive.db"
    data = bytearray(archive.read_bytes())
    for page in range(2, len(data) // PAGE):
        data[page * PAGE + 60] ^= 1
    archive.write_bytes(bytes(data))

    with open_desk(settings, clerk, progress=Progress(lambda *step: told.append(step))) as desk:
        assert len(desk.find_dossiers("")) == 3

    assert told
    assert {doing for _, _, doing in told} == {REBUILDING}
    assert told[-1][0] == told[-1][1] > 0
    assert list(settings.folder.glob("archive.db.damaged-*"))


def test_the_settings_of_recovery_are_read_again(settings) -> None:
    chosen = replace(
        settings.recovery, second_place=Path("/mnt/usb"), snapshot_hours=12, snapshot_days=3, ballast_mb=0
    )
    write_settings(replace(settings, recovery=chosen))
    assert read_settings(settings.folder).recovery == chosen


def test_a_desk_of_another_officer_is_looked_after_by_the_same_upkeep(desk: Desk, leader) -> None:
    assert desk.switch(leader).upkeep is desk.upkeep
