"""The exchange with a real central system in another process: nothing lost, nothing twice."""

import sqlite3
import uuid
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from clerk_app.clock import in_vietnam
from clerk_app.clock import now as computer_time
from clerk_app.domain.dossier import SendState
from clerk_app.domain.kinds import Kind
from clerk_app.errors import CentralOffline
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from sync import heads
from sync.body import voided_by
from sync.contract.messages import Answer, LeaseRequest, Verdict
from sync.errors import HeadForged
from sync.journal import deliveries, entries, numbers


def test_alone_the_counter_goes_on_and_says_since_when(desk: Desk, receive) -> None:
    dossier = receive(desk)

    with pytest.raises(CentralOffline):
        desk.exchange(Progress())

    sending = desk.sending()
    assert sending.alone_since is not None
    assert sending.last_round is None
    assert sending.dossiers_waiting == 1
    assert [each.code for each in desk.waiting()] == ["", dossier.code]
    with pytest.raises(CentralOffline):
        desk.exchange(Progress())
    assert desk.sending().alone_since == sending.alone_since


def test_a_round_settles_everything_and_leases_numbers(online: Desk, receive, central) -> None:
    alone = receive(online, "Trước khi có mạng")

    sending = online.exchange(Progress())

    assert sending.alone_since is None
    assert sending.last_round is not None
    assert (sending.entries_waiting, sending.parked, sending.files_waiting) == (0, 0, 0)
    assert sending.numbers_left == 75
    assert online.waiting() == ()
    assert online.dossier(alone.id).sending is SendState.SENT
    assert online.dossier(alone.id).code == alone.code
    leased = receive(online, "Có mạng rồi")
    assert not leased.provisional
    assert leased.code.startswith("H26.99.01-")
    assert leased.code.endswith("-0001")


def test_a_dossier_at_which_central_fails_is_told_and_stops_no_other(online: Desk, receive, central) -> None:
    stuck, free = receive(online, "Kẹt"), receive(online, "Thông")
    with closing(sqlite3.connect(central.folder / "central.db")) as database:
        database.execute(
            f"CREATE TRIGGER fails BEFORE INSERT ON entries WHEN NEW.subject = '{stuck.id}' "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )

    sending = online.exchange(Progress())

    assert [type(problem).__name__ for problem in sending.problems] == ["EntryNotTaken"]
    assert (sending.alone_since, sending.numbers_left) == (None, 75)
    assert online.dossier(stuck.id).sending is SendState.WAITING
    assert online.dossier(free.id).sending is SendState.SENT


def test_the_whole_slip_reaches_central_once_with_its_files(
    online: Desk, receive, pin, seal_pin, looked_at, central, leader, registrar
) -> None:
    online.exchange(Progress())
    dossier = receive(online)
    slip = online.issue_slip(dossier.id, pin(online))
    deciding = online.switch(leader)
    deciding.approve_documents(looked_at(deciding, slip.id), pin(deciding))
    sealing = online.switch(registrar)
    sealing.seal_documents(looked_at(sealing, slip.id), seal_pin(sealing))

    online.exchange(Progress())
    sending = online.exchange(Progress())

    assert (sending.entries_waiting, sending.files_waiting, sending.parked) == (0, 0, 0)
    assert central.count(f"entries WHERE subject = '{dossier.id}'") == 4
    assert online.dossier(dossier.id).sending is SendState.SENT


def test_an_outage_loses_nothing_and_repeats_nothing(online: Desk, receive, pin, central) -> None:
    online.exchange(Progress())
    central.stop()
    dossiers = [receive(online, name) for name in ("Một", "Hai", "Ba")]
    online.issue_slip(dossiers[0].id, pin(online))
    with pytest.raises(CentralOffline):
        online.exchange(Progress())
    assert online.sending().dossiers_waiting == 3

    central.start()
    sending = online.exchange(Progress())

    assert (sending.entries_waiting, sending.files_waiting, sending.alone_since) == (0, 0, None)
    for dossier in dossiers:
        assert central.count(f"entries WHERE subject = '{dossier.id}' AND kind = 'received'") == 1
        assert online.dossier(dossier.id).code == dossier.code
    assert [each.code[-4:] for each in dossiers] == ["0001", "0002", "0003"]


def test_what_is_wrong_with_the_news_of_an_outage_is_told_too(
    online: Desk, receive, central, monkeypatch: pytest.MonkeyPatch
) -> None:
    online.exchange(Progress())
    central.stop()
    for name in ("Một", "Hai"):
        with pytest.raises(CentralOffline):
            online.exchange(Progress())
        receive(online, name)
    central.start()
    keep, heard = heads.witness, []

    def forged_the_second_time(*told: Any) -> None:
        keep(*told)
        heard.append(told)
        if len(heard) == 2:
            raise HeadForged

    monkeypatch.setattr("sync.engine.heads.witness", forged_the_second_time)
    assert [type(problem) for problem in online.exchange(Progress()).problems] == [HeadForged]
    assert len(heard) == 2  # the end of the outage goes up in a round of its own


def test_what_central_publishes_is_what_the_counter_uses(online: Desk, central) -> None:
    law = online.find_procedures.law
    packaged = law.catalogue()

    online.exchange(Progress())

    assert law.catalogue() == packaged
    assert law.catalogue() is not packaged  # read anew from what central signed
    assert online.find_procedures("thuong tru")[0].code == "1.004222"


def test_what_central_took_with_a_flag_stays_in_sight_with_its_owner(desk: Desk, receive) -> None:
    dossier = receive(desk)
    with desk.waiting.journal.writing() as tx:
        odd = entries.history(tx, dossier.id)[0]
        flags = ("number_outside_lease", "clock_ahead")
        answer = Answer(odd.id, odd.hash, Verdict.ACCEPTED, flags=flags, owner="Lãnh đạo phường")
        deliveries.acknowledge(tx, [answer])

    [flagged] = [each for each in desk.waiting() if each.flagged]

    assert (flagged.code, flagged.owner, flagged.parked) == (dossier.code, "Lãnh đạo phường", False)
    assert flagged.reason == (
        "Số dùng không nằm trong dải số đã cấp cho máy này. Giờ ghi trên việc này sau giờ của máy chủ."
    )


@pytest.mark.parametrize(("number", "kind"), [(0, "received"), (1, "slip_for_pen")])
def test_what_central_does_not_take_is_parked_with_its_reason_and_stays_in_sight(
    desk: Desk, receive, number: int, kind: str
) -> None:
    dossier = receive(desk)
    desk.slip_for_pen(dossier.id, "thẻ hỏng")
    entry = desk.history(dossier.id)[number]
    journal = desk.waiting.journal
    with journal.writing() as tx:
        refused = entries.get(tx, entry.entry)
        answer = Answer(refused.id, refused.hash, Verdict.REFUSED, reason="role", owner="Lãnh đạo phường")
        deliveries.acknowledge(tx, [answer])
    desk.exchange.projection.catch_up()

    (parked,) = [each for each in desk.waiting() if each.parked]
    assert (parked.code, parked.kind, parked.owner) == (dossier.code, kind, "Lãnh đạo phường")
    assert parked.reason == "Người lập không có vai trò được phép làm việc này."
    assert desk.sending().parked == 1
    shown = desk.dossier(dossier.id)
    assert shown.sending is SendState.PARKED
    assert shown.code == dossier.code
    assert desk.find_dossiers("dang thi") == (shown,)
    assert [line.sending is SendState.PARKED for line in desk.history(dossier.id)] == [
        number == 0,
        number == 1,
    ]


def test_what_nobody_took_of_an_earlier_day_is_void_by_an_act_of_the_machine(online: Desk) -> None:
    online.exchange(Progress())
    journal = online.waiting.journal
    yesterday = in_vietnam(computer_time()).date() - timedelta(days=1)
    series = online.exchange.line.numbering.series
    past = LeaseRequest(str(uuid.uuid4()), journal.chain, series, yesterday.isoformat(), 5)
    with journal.writing() as tx:
        numbers.ask(tx, past)  # the answer was lost, and the day went by

    assert online.exchange(Progress()).entries_waiting == 0

    with journal.reading() as tx:
        [told] = entries.of_kinds(tx, journal.unit, (Kind.NUMBERS_VOIDED,))
        assert deliveries.of_entry(tx, told.id).verdict == Verdict.ACCEPTED
        assert [each.request_id for each in voided_by(told.body)] == [past.request_id]
        assert numbers.asked(tx, journal.chain) == []
    online.exchange(Progress())
    with journal.reading() as tx:
        assert len(entries.of_kinds(tx, journal.unit, (Kind.NUMBERS_VOIDED,))) == 1
