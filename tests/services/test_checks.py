"""The checks: the journal's chain, a document's signatures, the parts of the counter."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.desk import open_desk, verify_alone
from clerk_app.domain.verdict import Health
from clerk_app.furniture import Desk
from clerk_app.line_settings import LineSettings
from clerk_app.progress import Cancelled, Progress
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from signing.errors import Unreadable
from sync import keys
from sync.entry import new_id
from sync.errors import CentralError, JournalHeld
from sync.journal import alarms, deliveries
from tests.doors import behind
from tests.sync.central.office_network import PrivateAuthority
from tests.sync.central.world import a_setting, running_central
from ui.health import words


def healths(desk: Desk) -> dict[str, Health]:
    return {check.name: check.health for check in desk.diagnose()}


def test_every_part_is_looked_at_and_being_alone_is_no_failure(desk: Desk, receive, pin) -> None:
    desk.issue_slip(receive(desk).id, pin(desk))
    assert desk.upkeep() == ()

    found = healths(desk)

    assert {name for name, health in found.items() if health is Health.WARN} == {
        "central",
        "numbers",
        "proof",
    }
    assert Health.FAIL not in found.values()
    parts = (
        "sqlite",
        "journal",
        "chain",
        "alarms",
        "clock",
        "archive",
        "files",
        "disk",
        "mark",
        "snapshots",
        "second_place",
        "tokens",
        "trust",
        "scanner",
    )
    assert set(found) == {*parts, "central", "numbers", "proof"}


def test_every_part_has_a_name_on_the_window(desk: Desk) -> None:
    assert [check.name for check in desk.diagnose() if words.title(check.name) == check.name] == []


def test_a_watcher_may_have_had_enough(desk: Desk) -> None:
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        desk.diagnose(progress)


def test_every_line_that_is_not_well_says_what_to_do(desk: Desk) -> None:
    for check in desk.diagnose():
        assert check.sentence
        assert check.health is Health.OK or check.remedy


def test_what_blocks_the_line_is_named_with_what_to_do(
    settings: Settings, clerk: Unlocked, tmp_path: Path
) -> None:
    authority = PrivateAuthority(tmp_path / "authority")
    certificate, key = authority.issue("127.0.0.1")
    setting = replace(a_setting(tmp_path / "central"), certificate=certificate, tls_key=key)
    with running_central(setting) as central:
        here = replace(settings, central=central.base)
        for line, expected in (
            (LineSettings(""), "chưa tin"),
            (LineSettings("", tmp_path / "none.pem"), "none.pem"),
            (LineSettings("", authority.root), "không nhận máy này"),
        ):
            with open_desk(replace(here, line=line), clerk) as desk:
                [found] = [check for check in desk.diagnose() if check.name == "central"]
                assert (found.health, expected in found.sentence) == (Health.FAIL, True), found
                assert found.remedy
                with pytest.raises(CentralError) as blocked:
                    desk.exchange(Progress())
                assert blocked.value.message.format(**blocked.value.facts) == found.sentence


def test_with_central_the_line_and_the_numbers_are_well(online: Desk) -> None:
    online.exchange(Progress())

    found = healths(online)

    assert found["central"] is Health.OK
    assert found["numbers"] is Health.OK


def test_an_alarm_reaches_a_person(desk: Desk, receive) -> None:
    receive(desk)
    journal = desk.waiting.journal
    with journal.writing() as tx:
        alarms.raise_alarm(tx, "forged", deliveries.pending(tx, 1)[0])

    [check] = [check for check in desk.diagnose() if check.name == "alarms"]

    assert (check.health, "Có 1 dữ liệu" in check.sentence) == (Health.WARN, True)
    assert check.remedy


def test_a_clock_that_ran_ahead_is_told(settings, clerk, clock, receive) -> None:
    with open_desk(settings, clerk, clock) as desk:
        truth = clock.wall()
        clock.move(timedelta(days=30))
        receive(desk)
        desk.waiting.journal.note_server_time(truth)

        [check] = [check for check in desk.diagnose() if check.name == "clock"]

    assert check.health is Health.WARN
    assert "sau hiện tại 43200 phút" in check.sentence


def test_a_file_that_is_gone_is_found(desk: Desk, receive, pin, settings) -> None:
    desk.issue_slip(receive(desk).id, pin(desk))
    next(path for path in (settings.folder / "files").rglob("*") if path.is_file()).unlink()

    assert healths(desk)["files"] is Health.FAIL


def test_without_trust_anchors_nothing_is_called_well(settings, clerk) -> None:
    with open_desk(replace(settings, trust=settings.folder / "nowhere"), clerk) as desk:
        assert healths(desk)["trust"] is Health.FAIL


def test_the_journal_holds_from_its_first_entry(desk: Desk, receive) -> None:
    receive(desk)

    verdict = desk.verify_journal()

    assert verdict.valid
    assert verdict.entries == 2
    assert verdict.problems == ()


def test_the_journal_is_checked_by_every_key_that_central_certified(online: Desk, receive) -> None:
    receive(online)
    online.exchange(Progress())
    journal = online.verify_journal.journal
    newly_keyed = keys.generate("officer:" + online.officer.id)
    checks = replace(behind(online.verify_journal), keys={newly_keyed.author: newly_keyed.public_bytes})
    assert checks().valid  # what the older key signed is known from central, the newer one from here

    with journal.act(newly_keyed) as act:
        act.add(new_id(), "received", {})

    assert checks().valid
    assert not online.verify_journal().valid  # nobody vouches for the newer one


def test_a_changed_header_shows(desk: Desk, receive) -> None:
    receive(desk)
    with desk.verify_journal.journal.writing() as tx:
        tx.exec_driver_sql("DROP TRIGGER entries_no_update")
        tx.exec_driver_sql("UPDATE entries SET author = 'officer:nobody' WHERE kind = 'received'")

    verdict = desk.verify_journal()

    assert not verdict.valid
    assert any("cột khác" in problem for problem in verdict.problems)


def test_a_changed_document_is_not_valid(desk: Desk, receive, pin, settings) -> None:
    slip = desk.issue_slip(receive(desk).id, pin(desk))
    pdf = desk.slip_pdf(slip.id)
    changed = pdf.replace(b"/Lang (vi-VN)", b"/Lang (en-US)", 1)
    assert changed != pdf

    assert verify_alone(pdf, settings.trust_folder).valid
    assert not verify_alone(changed, settings.trust_folder).valid
    assert not verify_alone(pdf, settings.folder / "nowhere").valid
    with pytest.raises(Unreadable):
        verify_alone(b"not a PDF", settings.trust_folder)


def test_a_second_program_is_told_who_holds_the_counter(desk: Desk, open_again) -> None:
    with pytest.raises(JournalHeld), open_again():
        pass
