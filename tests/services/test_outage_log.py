"""The outage log: begun and ended by entries of the counter's chain, with what was done between them."""

import json
import uuid
from datetime import timedelta

import pytest

from clerk_app.domain.kinds import Kind
from clerk_app.domain.outage import Cause
from clerk_app.errors import CentralOffline
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from sync import keys
from sync.client import HttpCentral
from sync.errors import CentralBusy, CentralFailed, ContractBroken, DeviceRefused, JournalDamaged, Offline
from sync.journal import entries, meta
from sync.route import Why


def ask(desk: Desk) -> None:
    """Do a round that does not reach central."""
    with pytest.raises(CentralOffline):
        desk.exchange(Progress())


def kinds(desk: Desk) -> list[str]:
    journal = desk.exchange.journal
    with journal.reading() as tx:
        return [entry.kind for entry in entries.of_chain(tx, journal.chain, 1)]


def test_a_hiccup_leaves_no_trace(online: Desk, central) -> None:
    online.exchange(Progress())
    central.stop()
    ask(online)
    central.start()

    online.exchange(Progress())

    assert online.outages() == ()
    assert kinds(online) == ["chain_opened"]


def test_an_outage_names_what_was_worked_on_and_central_knows_of_it(online: Desk, receive, central) -> None:
    before = receive(online, "Trước")
    online.exchange(Progress())
    central.stop()
    ask(online)
    during = receive(online, "Trong")
    ask(online)
    ask(online)
    online.slip_for_pen(before.id, "không có thẻ")
    central.start()

    sending = online.exchange(Progress())
    receive(online, "Sau")

    [outage] = online.outages()
    assert [(act.kind, act.code, act.person) for act in outage.acts] == [
        ("received", during.code, "Trong"),
        ("slip_for_pen", before.code, "Trước"),
    ]
    assert outage.dossiers == (during.id, before.id)
    assert [act.due for act in outage.acts] == [during.due_at, before.due_at]
    assert outage.since <= outage.acts[0].occurred_at <= outage.last_failed <= outage.until
    assert (outage.rounds, outage.cause, outage.lasts) == (3, Cause.CONNECTION, False)
    assert outage.counter == "Quầy 3"
    assert (sending.entries_waiting, sending.alone_since) == (0, None)
    assert central.count("entries WHERE kind IN ('line_lost', 'line_back')") == 2
    assert central.count(f"entries WHERE hash IN ('{outage.begun}', '{outage.ended}')") == 2


def test_an_outage_that_lasts_is_told_as_far_as_it_goes(open_again, receive) -> None:
    with open_again() as desk:
        ask(desk)
        ask(desk)
        first = receive(desk, "Một")
        [outage] = desk.outages()
        assert (outage.lasts, outage.until, outage.ended) == (True, None, "")
        assert [act.code for act in outage.acts] == [first.code]
        assert outage.lasted(outage.since + timedelta(hours=3)) == timedelta(hours=3)

    with open_again() as desk:  # the computer was switched off and on: the outage goes on
        second = receive(desk, "Hai")
        ask(desk)
        [same] = desk.outages()

    assert same.begun == outage.begun
    assert (same.rounds, [act.code for act in same.acts]) == (3, [first.code, second.code])


def test_a_journal_that_was_put_back_does_not_make_up_an_end(open_again, receive) -> None:
    with open_again() as desk:
        ask(desk)
        ask(desk)
        receive(desk)
        journal = desk.exchange.journal
        with journal.writing() as tx:  # what a copy taken in the outage still says, in a chain of its own
            told = json.loads(meta.get(tx, "outage"))
            meta.put(
                tx, "outage", json.dumps(told | {"chain": str(uuid.uuid4()), "begun": str(uuid.uuid4())})
            )
        desk.exchange.outages.answered()
        [outage] = desk.outages()

    assert (outage.lasts, outage.until, outage.ended, outage.acts) == (False, None, "", ())


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (Offline(why=Why.NAME), Cause.NAME),
        (Offline(why=Why.TIME_OUT), Cause.TIME_OUT),
        (Offline(why=Why.CERTIFICATE), Cause.CERTIFICATE),
        (Offline(), Cause.CONNECTION),
        (CentralBusy(status=503), Cause.BUSY),
        (CentralFailed(status=500), Cause.FAILED),
        (DeviceRefused(), Cause.REFUSED),
        (ContractBroken(reason="?"), Cause.OTHER),
    ],
)
def test_an_outage_says_how_far_the_counter_came(desk: Desk, error, cause) -> None:
    log = desk.exchange.outages
    for _ in range(2):
        log.failed(error)

    assert [each.cause for each in desk.outages()] == [cause]


def test_a_central_that_tells_the_time_and_takes_no_work_is_out_of_reach(
    online: Desk, receive, monkeypatch
) -> None:
    online.exchange(Progress())
    during = receive(online)

    def busy(*_: object, **__: object) -> None:
        raise CentralBusy(status=503, retry_after=5.0)

    with monkeypatch.context() as patch:
        patch.setattr(HttpCentral, "offer", busy)
        for _ in range(5):
            ask(online)
        [outage] = online.outages()
        assert (outage.cause, outage.lasts, outage.rounds) == (Cause.BUSY, True, 5)

    online.exchange(Progress())
    [outage] = online.outages()
    assert (outage.lasts, outage.dossiers) == (False, ())
    assert during.code


def test_a_damaged_journal_goes_on_sending_through_the_end_of_an_outage(
    online: Desk, receive, central, monkeypatch
) -> None:
    online.exchange(Progress())
    receive(online)
    central.stop()
    ask(online)
    ask(online)
    monkeypatch.setattr(online.exchange.journal, "_damage", JournalDamaged(reason="thử"))
    ask(online)
    central.start()

    sending = online.exchange(Progress())

    assert (sending.alone_since, sending.dossiers_waiting) == (None, 0)


@pytest.mark.parametrize("body", [{"v": 1}, {"v": 1, "since": "hôm qua", "cause": "name", "first": 1}])
def test_an_entry_that_cannot_be_read_hides_no_other(desk: Desk, body) -> None:
    log = desk.exchange.outages
    with log.journal.act(log.device) as act:
        act.add(log.journal.unit, Kind.LINE_LOST, body)
    for _ in range(2):
        log.failed(Offline())

    assert len(desk.outages()) == 1


def test_another_counter_cannot_end_an_outage(desk: Desk) -> None:
    log, other = desk.exchange.outages, keys.generate("device:quay-khac")
    for _ in range(2):
        log.failed(Offline())
    with log.journal.reading() as tx:
        [begun] = entries.of_kinds(tx, log.journal.unit, (Kind.LINE_LOST,))
    end = {"begun": begun.id, "until": "2030-01-01T00:00:00.000Z"}
    with log.journal.act(other) as act:
        asked = {"last_failed": "2029-01-01T00:00:00.000Z", "rounds": 9}
        act.add(log.journal.unit, Kind.LINE_BACK, {"v": 1, **end, **asked})

    [outage] = desk.outages()

    assert (outage.lasts, outage.until) == (True, None)
