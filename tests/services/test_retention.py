"""Retention at the desk: old dossiers leave the counter, and of what a leader has deleted nothing is found any more."""

import io
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Dossier, GoneBy, Status
from clerk_app.domain.handover import Handover
from clerk_app.domain.reply import Pen, Refusal
from clerk_app.domain.retention import GroundMissing
from clerk_app.errors import CentralOffline
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.retention_settings import RetentionSettings, read_retention
from clerk_app.services import recovery, retention
from clerk_app.services.redact_dossier import AlreadyRedacted, ConfirmedAnother, NotAllSent, StillUnderWay
from clerk_app.services.retention import RedactedLeftAside, TracesLeft
from clerk_app.services.roles import NotYourRole
from clerk_app.services.show_retired import NotAtCentral
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from clerk_app.store.dossiers import NoSuchDossier
from clerk_app.store.key_slots import derived
from sync.central.backup import back_up
from sync.central.database import open_database
from sync.errors import BodyForged, FileMissing
from sync.journal import gone, references
from tests.leaks import forms_of
from tests.second_counter import add_counter
from tests.services.conftest import PROCEDURE, RunningCentral
from tests.sync.raw_pages import everything_in

NAME, NUMBER, PHONE = "Phùng Thị Quỳnh Xoan", "001188765432", "0987612345"
GROUND, WHO = "Quyết định 12/QĐ-UBND ngày 01/7/2026", "Chủ tịch UBND phường"


@pytest.fixture
def online_settings(settings: Settings, central: RunningCentral) -> Settings:
    return replace(settings, central=central.address)


@pytest.fixture
def work(online_settings: Settings, clerk: Unlocked) -> Iterator[Desk]:
    with open_desk(online_settings, clerk) as desk:
        desk.exchange(Progress())
        yield desk


def closed(
    desk: Desk, pin: Callable, fill: Callable, name: str = NAME, number: str = NUMBER, scan: bytes = b""
) -> Dossier:
    """Receive a dossier with a scan, sign its slip, hand the result over, and let central know."""
    draft = fill(desk, name)
    phone = PHONE if name == NAME else "0900000000"
    owner = Person(name=name, id_number=number, phone=phone)
    draft = desk.save_draft(replace(draft, applicant=Applicant(owner)))
    draft = desk.lay_papers(draft, "ct01", scan or _scan(name), "to-khai.png")
    dossier = desk.receive_dossier(draft)
    desk.issue_slip(dossier.id, pin(desk))
    desk.return_result(dossier.id, Handover(receiver=name))
    desk.exchange(Progress())
    desk.exchange(Progress())
    return desk.dossier(dossier.id)


def _scan(of: str) -> bytes:
    picture = Image.new("RGB", (40, 30), (len(of) % 255, sum(of.encode()) % 255, 80))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def as_leader(desk: Desk, leader: Unlocked) -> Desk:
    return desk.switch(leader)


def redact(desk: Desk, leader: Unlocked, dossier: Dossier):
    return as_leader(desk, leader).redact_dossier(dossier.code, GROUND, WHO, dossier.code)


def bytes_of_the_folder(settings: Settings, unlocked: Unlocked) -> bytes:
    """Everything in the counter's folder that its key opens: all pages of all databases, and every file."""
    found = b""
    keys = {name: derived(unlocked.data_key, name) for name in ("journal", "archive")}
    for path in settings.folder.rglob("*.db*"):
        name = "archive" if path.name.startswith("archive") else "journal"
        if not path.name.endswith(("-wal", "-shm", ".is-damaged")):  # a log is read with its file
            found += everything_in(path, keys[name])
    for path in (settings.folder / "files").rglob("*"):
        if path.is_file():
            found += path.read_bytes()
    return found


def traces(settings: Settings, unlocked: Unlocked, *words: str) -> list[str]:
    everything = bytes_of_the_folder(settings, unlocked)
    return [word for word in words if any(form in everything for form in forms_of(word))]


def test_a_redacted_dossier_is_nowhere_in_the_folder_and_its_line_says_why(
    work: Desk, online_settings: Settings, clerk: Unlocked, leader: Unlocked, pin, fill
) -> None:
    kept = closed(work, pin, fill, "Lê Văn Ở Lại", "001188000111")
    dossier = closed(work, pin, fill)
    work.upkeep.snapshot()
    assert [each.id for each in work.find_dossiers(NAME)] == [dossier.id]
    sought = (
        NAME,
        NUMBER,
        PHONE,
        NUMBER[7:],
    )  # the last as the index may hold it: cut by what its neighbour shares
    assert traces(online_settings, clerk, *sought) == list(sought)

    plan = as_leader(work, leader).redact_dossier.preview(dossier.code)
    assert (len(plan.files), plan.shared) == (3, ())  # the scan, the slip as made and as signed
    done = redact(work, leader, dossier)
    assert (done.entries, done.files, done.left) == (len(plan.entries), 3, ())

    line = work.dossier(dossier.id)
    assert (line.code, line.status, line.procedure) == (dossier.code, Status.RETURNED, PROCEDURE)
    assert line.gone is not None
    assert (line.gone.by, line.gone.ground, line.gone.ordered_by) == (GoneBy.ORDER, GROUND, WHO)
    assert (line.applicant, line.papers, line.documents) == (Applicant(), (), ())
    for typed in (NAME, "xoan", NUMBER, NUMBER[3:9], PHONE):
        assert work.find_dossiers(typed) == ()
    assert [each.id for each in work.find_dossiers(dossier.code)] == [dossier.id]
    assert [each.id for each in work.find_dossiers("Lê Văn Ở Lại")] == [kept.id]
    for file in plan.files:
        with pytest.raises(FileMissing):  # though central has not heard of the order yet, and would give it
            work.page_picture(file, 0, 40)
        assert not work.upkeep.files.has(file)
    assert traces(online_settings, clerk, *sought) == []
    assert traces(online_settings, clerk, "Lê Văn Ở Lại") != []

    verdict = work.verify_journal()
    assert (verdict.valid, verdict.redacted, verdict.unexplained) == (True, done.entries, 0)
    assert "đã xóa theo quyết định" in verdict.gone
    history = {each.kind: dict(each.details) for each in work.history(dossier.id)}
    assert history["received"] == {}
    assert history["redacted"] == {"ground": GROUND, "ordered_by": WHO}
    work.exchange(Progress())
    assert work.waiting() == ()
    assert work.reconcile_day().agrees


def test_central_and_the_other_counter_delete_it_too(
    work: Desk,
    online_settings: Settings,
    central: RunningCentral,
    clerk: Unlocked,
    leader: Unlocked,
    pin,
    fill,
    tmp_path: Path,
) -> None:
    dossier = closed(work, pin, fill)
    second = add_counter(online_settings, central.folder, tmp_path / "second", "quay-2")
    with open_desk(second, clerk) as other:
        other.exchange(Progress())
        assert other.dossier(dossier.id).applicant.owner.name == NAME
        for page in (each for paper in dossier.papers for each in paper.files):
            other.page_picture(page.sha256, 0, 40)  # what was looked at is kept there too
        other.upkeep()
        redact(work, leader, dossier)
        work.exchange(Progress())
        other.exchange(Progress())
        assert other.upkeep.retention.clean() == ()
        assert other.dossier(dossier.id).gone is not None
        assert traces(second, clerk, NAME, NUMBER, PHONE) == []
    central.stop()
    held = b"".join(path.read_bytes() for path in central.folder.glob("central.db*"))
    assert NAME.encode() not in held
    assert GROUND.encode() in held


def test_what_a_refused_dossier_was_called_in_an_officers_words_goes_too(
    work: Desk, online_settings: Settings, clerk: Unlocked, leader: Unlocked, fill
) -> None:
    asked = Refusal(f"Xác nhận cho {NAME} mắc bệnh hiểm nghèo", "Không thuộc thẩm quyền", "Điều 1")
    work.refuse_dossier(fill(work), asked, Pen("thẻ hỏng"))
    [dossier] = work.find_dossiers("")
    work.exchange(Progress())

    redact(work, leader, dossier)

    assert work.dossier(dossier.id).procedure_title == PROCEDURE
    assert work.register_choices().procedures == ((PROCEDURE, PROCEDURE),)
    assert traces(online_settings, clerk, NAME, "bệnh hiểm nghèo") == []


def test_only_a_leader_may_and_only_what_has_ended_and_is_sent(
    work: Desk, settings: Settings, leader: Unlocked, clerk: Unlocked, receive, fill, pin
) -> None:
    dossier = receive(work, NAME)
    with pytest.raises(NotYourRole):
        work.redact_dossier(dossier.code, GROUND, WHO, dossier.code)
    chief = as_leader(work, leader).redact_dossier
    with pytest.raises(StillUnderWay):
        chief.preview(dossier.code)
    with pytest.raises(NoSuchDossier):
        chief.preview("H01-khong-co")
    work.issue_slip(dossier.id, pin(work))
    work.return_result(dossier.id, Handover(receiver=NAME))
    with pytest.raises(NotAllSent):
        chief(dossier.code, GROUND, WHO, dossier.code)
    work.exchange(Progress())
    other = closed(work, pin, fill, "Lê Văn Khác", "001188000111")
    for confirm in ("", "nhầm", other.code):
        with pytest.raises(ConfirmedAnother):
            chief(dossier.code, GROUND, WHO, confirm)
    for ground, who in (("", WHO), (GROUND, " ")):
        with pytest.raises(GroundMissing):
            chief(dossier.code, ground, who, dossier.code)
    assert work.dossier(dossier.id).gone is None
    chief(dossier.code.lower(), GROUND, WHO, dossier.code)
    with pytest.raises(AlreadyRedacted):
        chief(dossier.code, GROUND, WHO, dossier.code)


def test_a_file_that_another_dossier_names_too_stays(work: Desk, leader: Unlocked, pin, fill) -> None:
    shared = _scan("a form that everybody brings")
    first = closed(work, pin, fill, scan=shared)
    second = closed(work, pin, fill, "Lê Văn Khác", "001188000111", scan=shared)
    done = redact(work, leader, first)
    assert (done.files, done.shared) == (2, 1)
    [file] = {page.sha256 for paper in second.papers for page in paper.files}
    assert work.page_picture(file, 0, 40)


def test_an_old_snapshot_and_an_archive_built_anew_bring_nothing_back(
    online_settings: Settings, clerk: Unlocked, leader: Unlocked, pin, fill, tmp_path: Path
) -> None:
    old = tmp_path / "journal-20260101T000000.db"
    with open_desk(online_settings, clerk) as work:
        work.exchange(Progress())
        dossier = closed(work, pin, fill)
        shutil.copy(work.upkeep.snapshot().path, old)
        redact(work, leader, dossier)
        work.exchange(Progress())
    settings = online_settings
    recovery.restore_snapshot(settings, clerk, str(old), even_if_sound=True)
    for archive in settings.folder.glob("archive.db*"):
        archive.unlink()
    with open_desk(replace(settings, central="http://127.0.0.1:9"), clerk) as offline:
        assert offline.find_dossiers(NAME) == ()  # central was not asked yet
        with pytest.raises(NoSuchDossier):
            offline.dossier(dossier.id)
        notices = offline.upkeep.retention.clean()
        assert [type(each) for each in notices] == [RedactedLeftAside]
        aside = list(settings.folder.glob("journal.db.before-restore-*"))
        assert all(path.name.endswith(("-wal", "-shm")) or path.name in str(notices[0]) for path in aside)
        for path in aside:
            path.unlink()
        assert offline.upkeep.retention.clean() == ()
    assert traces(settings, clerk, NAME, NUMBER, PHONE) == []
    with open_desk(settings, clerk) as back:
        back.exchange(Progress())
        line = back.dossier(dossier.id)
        assert line.gone is not None
        assert line.gone.ground == GROUND
        assert back.verify_journal().valid


def test_nothing_leaves_the_counter_by_age_unless_the_office_said_so(work: Desk, pin, fill) -> None:
    dossier = closed(work, pin, fill)
    for _ in range(3):
        work.upkeep()
    assert work.dossier(dossier.id).gone is None


def test_an_old_closed_dossier_leaves_its_line_and_comes_back_to_nobody(
    online_settings: Settings,
    central: RunningCentral,
    clerk: Unlocked,
    leader: Unlocked,
    clock,
    pin,
    fill,
    tmp_path: Path,
) -> None:
    settings = replace(online_settings, retention=RetentionSettings(closed_days=30))
    with open_desk(settings, clerk, clock) as desk:
        desk.exchange(Progress())
        under_way = desk.receive_dossier(fill(desk, "Lê Văn Còn Chờ"))
        dossier = closed(desk, pin, fill)
        back_up_of(central, tmp_path / "backup.db")
        desk.exchange(Progress())
        desk.upkeep.retention()
        assert desk.dossier(dossier.id).gone is None  # not old enough
        _look_again(desk)
        _later(desk, timedelta(days=31))()
        line = desk.dossier(dossier.id)
        assert line.gone is not None
        assert line.gone.by is GoneBy.AGE
        assert desk.dossier(under_way.id).gone is None
        assert desk.find_dossiers(NAME) == ()
        assert [each.id for each in desk.find_dossiers(dossier.code)] == [dossier.id]
        files = {page.sha256 for paper in dossier.papers for page in paper.files}
        assert not any(desk.upkeep.files.has(each) for each in files)
        verdict = desk.verify_journal()
        assert (verdict.valid, verdict.redacted) == (True, 0)
        assert verdict.retired == 3
        _looked_at_again(desk, dossier, central, files)
        # what was retired here can still be redacted: central has it
        assert central.count("entries WHERE body IS NOT NULL") > verdict.retired
        done = redact(desk, leader, dossier)
        assert (done.entries, done.files) == (verdict.retired, 3)
        assert desk.retired(dossier.id).applicant == Applicant()  # deleted by order: nobody is asked
        desk.exchange(Progress())
    central.stop()
    held = b"".join(path.read_bytes() for path in central.folder.glob("central.db*"))
    assert NAME.encode() not in held
    assert not any((central.folder / "files" / each[:2] / each).exists() for each in files)


def _looked_at_again(desk: Desk, dossier: Dossier, central: RunningCentral, files: set[str]) -> None:
    """Central brings it, whole and as it was signed for, and the counter keeps nothing of it."""
    whole = desk.retired(dossier.id)
    assert whole == replace(dossier, sending=whole.sending)
    assert desk.retired.pdf(whole.documents[0].head).startswith(b"%PDF")
    assert desk.page_picture(next(iter(files)), 0, 40)
    with desk.upkeep.journal.reading() as tx:
        assert not references.referenced(tx) & (files | {whole.documents[0].head})  # the sweep takes them
    assert desk.dossier(dossier.id).gone is not None
    assert desk.find_dossiers(NAME) == ()
    with closing(sqlite3.connect(central.folder / "central.db")) as database:
        asked = "SELECT body FROM entries WHERE kind = 'received' AND subject = ?"
        (true,) = database.execute(asked, (dossier.id,)).fetchone()
        for body, refused in (
            (true.replace(b"Xoan", b"Xoay"), BodyForged),
            (None, NotAtCentral),
            (true, None),
        ):
            told = "UPDATE entries SET body = ? WHERE kind = 'received' AND subject = ?"
            database.execute(told, (body, dossier.id))
            database.commit()
            with pytest.raises(refused) if refused else nullcontext():
                desk.retired(dossier.id)
    central.stop()
    with pytest.raises(CentralOffline):
        desk.retired(dossier.id)
    central.start()


def _look_again(desk: Desk) -> None:
    desk.upkeep.retention._seen.next_look = float("-inf")  # an hour later


def _later(desk: Desk, by: timedelta):
    now = desk.upkeep.retention.now
    return replace(desk.upkeep.retention, now=lambda: now() + by)


def back_up_of(central: RunningCentral, copy: Path) -> None:
    url = f"sqlite:///{(central.folder / 'central.db').as_posix()}"
    with closing(open_database(url)) as database:
        back_up(database, url, copy)


@pytest.mark.parametrize("days", [0, -1, True, "30"])
def test_a_figure_that_cannot_be_meant_is_refused(days: object) -> None:
    with pytest.raises(ValueError, match=str(days)):
        read_retention({"closed_days": days})


def test_a_step_that_fails_is_told_and_taken_again(
    work: Desk, online_settings: Settings, clerk: Unlocked, leader: Unlocked, pin, fill
) -> None:
    dossier = closed(work, pin, fill)
    work.upkeep.snapshot()
    place = online_settings.recovery.second_place
    assert place is not None
    unplugged = place.with_name("unplugged")
    place.rename(unplugged)
    done = redact(work, leader, dossier)
    assert [type(each) for each in done.left] == [TracesLeft]
    assert work.upkeep.retention() == done.left  # not tried again at once
    unplugged.rename(place)
    assert work.upkeep.retention.clean() == ()
    assert work.upkeep.retention() == ()
    assert traces(online_settings, clerk, NAME, NUMBER, PHONE) == []


def test_a_file_too_large_to_be_written_anew_while_people_work_is_so_at_the_end_of_the_day(
    online_settings: Settings, clerk: Unlocked, leader: Unlocked, pin, fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_WHILE_WORKING", 0)
    with open_desk(online_settings, clerk) as desk:
        desk.exchange(Progress())
        dossier = closed(desk, pin, fill)
        assert redact(desk, leader, dossier).left == ()
        with desk.upkeep.journal.reading() as tx:
            assert gone.shadows_left(tx)
    with open_desk(online_settings, clerk) as desk, desk.upkeep.journal.reading() as tx:
        assert not gone.shadows_left(tx)
    assert traces(online_settings, clerk, NAME, NUMBER, PHONE) == []
