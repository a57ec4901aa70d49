"""What a hub does beside the other promises: orders to delete, files that two dossiers name, days, numbers."""

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync import keys
from sync.central import accounts
from sync.central.files import FileRoom
from sync.client import Account, HttpCentral
from sync.contract.enrolling import Code
from sync.contract.messages import LeaseRequest, Page
from sync.day import ask, compare
from sync.errors import DeviceRefused
from sync.journal import alarms, entries, handed
from sync.line_errors import CityAway
from sync.redaction import REDACTED, redacts
from tests.sync.central.hub_desks import SIGNED, Desks, open_entries, rounds, seen, state
from tests.sync.central.test_enrolment import Hand, a_key, device, officer
from tests.sync.central.told import WITHDRAWN, ahead, left, numbered, series_of, today, verdicts
from tests.sync.central.town import Town
from tests.sync.central.ward import Ward
from tests.sync.central.world import Counter, Enrolment


def test_a_file_that_was_deleted_with_one_dossier_goes_up_to_the_city_with_another(
    ward: Ward, desks: Desks, town: Town
) -> None:
    one, two, leader = desks
    paper = one.files.put(b"mot ban dien tu dung hai lan" * 999)
    subject = one.receive(files=[paper])
    rounds(ward, desks)
    with leader.journal.reading() as tx:
        named = [entry.id for entry in entries.history(tx, subject)]
    leader.act(subject, REDACTED, **redacts(named, [paper]), ground="QĐ 1", ordered_by="Chủ tịch")
    rounds(ward, desks)
    there = FileRoom(town.setting.folder)
    assert not there.holds(paper)
    assert not FileRoom(ward.setting.folder).holds(paper)

    two.files.put(b"mot ban dien tu dung hai lan" * 999)
    two.receive(files=[paper])
    rounds(ward, desks)
    assert there.holds(paper)


def test_a_wish_for_numbers_does_not_wait_for_the_files_of_a_round(ward: Ward, desks: Desks) -> None:
    one, *_ = desks
    begun, over = threading.Event(), threading.Event()

    def sends_for_long(_city: object) -> None:
        begun.set()
        over.wait(60)

    ward.upstream._send_files = sends_for_long
    under_way = threading.Thread(target=ward.upstream.round)
    under_way.start()
    assert begun.wait(30)
    wish = LeaseRequest("wish-beside-files", one.journal.chain, series_of(one), "2031-05-05", 20)
    asking = threading.Thread(target=ward.upstream.fetch_numbers, args=(wish,))
    asking.start()
    asking.join(30)
    was_answered = not asking.is_alive()
    over.set()
    for thread in (under_way, asking):
        thread.join()
    assert was_answered


def test_a_range_that_the_city_hears_of_before_its_counter_is_that_counters(
    ward: Ward, desks: Desks, opened: Callable[[Enrolment], Counter], tmp_path: Path
) -> None:
    new = opened(ward.enrol(tmp_path / "new"))
    ward.wan.down = True
    new.exchange(ahead(new))
    assert left(new, series_of(new), today()) == 20
    numbered(new, series_of(new), today())
    ward.wan.down = False
    account = new.enrolment
    ask(new.central, account.device, today(), account.central_key)  # the hub tells the city of its ranges
    rounds(ward, (new, *desks[:2]))
    told = ask(new.central, account.device, today(), account.central_key)
    assert compare(new.journal, today(), told, series_of(new), today()).found == ()


def test_what_the_hub_did_not_take_so_far_counts_nowhere_else_by_a_bundle(ward: Ward, desks: Desks) -> None:
    one, two, leader = desks
    subject = one.receive()
    rounds(ward, desks)
    ward.wan.down = True
    two.act(subject, "slip_signed", **SIGNED)
    one.act(subject, "withdrawn", **WITHDRAWN)
    for desk in (two, one):
        desk.exchange()
    assert ("withdrawn", "held_conflict") in verdicts(one, subject)
    with one.journal.reading() as tx:
        found = handed.to_hand(tx, {subject})
    with leader.journal.writing() as tx:
        handed.take_in(tx, found)
    assert (state(leader, subject), state(one, subject)) == ("slip_issued", "slip_issued")
    ward.wan.down = False
    rounds(ward, (leader, one, two))
    assert [open_entries(desk) for desk in desks] == [0, 0, 0]
    assert "gap" not in [alarm.reason for alarm in ward.town.registry.alarms(ward.unit)]


def test_what_somebody_looked_at_waits_for_nobody_at_the_hub_nor_at_the_city(
    ward: Ward, desks: Desks
) -> None:
    one, _, leader = desks
    subject = one.receive()
    flagged = leader.act(subject, "slip_signed", **SIGNED)  # which is no leader's to do
    rounds(ward, desks)
    both = (ward.registry, ward.town.registry)
    assert [[alarm.reason for alarm in each.alarms(ward.unit)] for each in both] == [["role"], ["role"]]
    ward.wan.down = True
    looked = one.act(subject, "noted", resolves=[flagged.id])
    one.exchange()
    assert ward.registry.alarms(ward.unit) == []

    with ward.town.registry.database.writing() as tx:  # and the city does not believe whoever looked
        before = datetime.now(UTC) - timedelta(hours=1)
        accounts.revoke(tx, one.enrolment.officer_signer.author, before)
    ward.wan.down = False
    rounds(ward, desks, 1)
    assert "role" in [alarm.reason for alarm in ward.registry.alarms(ward.unit)]

    leader.act(subject, "noted", resolves=[flagged.id, looked.id])
    rounds(ward, desks, 1)
    assert [each.alarms(ward.unit) for each in both] == [[], []]


def test_a_computer_and_an_officer_become_known_through_the_hub_and_work_at_once(
    ward: Ward, opened: Callable[[Enrolment], Counter], tmp_path: Path
) -> None:
    city, code = ward.town.registry, device(ward.town.registry, ward.unit, "quay-moi")
    key, officers = a_key(), a_key()
    hand = Hand(ward.lan.base, key)
    ward.wan.down = True
    with pytest.raises(CityAway):
        hand.asks(code, unit=ward.unit)
    ward.wan.down = False
    assert hand.is_refused(code, unit=str(uuid.uuid4())) == "another_unit"
    assert hand.is_refused(Code(code.handle, "0" * 8), unit=ward.unit) == "code_wrong"
    told = hand.asks(code, unit=ward.unit)
    assert told.central_public_key == ward.town.central.public_key

    code = officer(city, ward.unit, "moi-den")
    with pytest.raises(DeviceRefused):
        Hand(ward.lan.base, officers, Account(told.subject, "x")).asks(code)
    there = Account(told.subject, told.token)
    known = Hand(ward.lan.base, officers, there).asks(code, unit=ward.unit, subject="moi-den")

    new = Enrolment(
        tmp_path / "new",
        ward.lan.base,
        told.central_public_key,
        told.unit,
        told.subject,
        told.token,
        key.private_bytes,
        known.subject,
        officers.private_bytes,
        b"k" * 32,
    )
    counter = opened(new)
    subject = counter.receive()
    counter.exchange()  # the hub has spoken to the city for nothing but the two codes
    assert verdicts(counter, subject) == [("received", "held")]
    ward.round()
    counter.exchange()
    assert verdicts(counter, subject) == [("received", "accepted")]


def test_who_became_known_while_the_hub_was_asking_is_known_to_its_counters_before_their_work_comes(
    ward: Ward, desks: Desks, opened: Callable[[Enrolment], Counter], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    one, *_ = desks
    direct = opened(ward.town.registry.enrol(tmp_path / "direct", unit=ward.unit))
    direct.exchange()
    ward.round()
    colleague, subject, feed = keys.generate("officer:moi-ve"), str(uuid.uuid4()), HttpCentral.feed

    def a_colleague_comes_first(city: HttpCentral, cursor: str) -> Page:
        monkeypatch.setattr(HttpCentral, "feed", feed)
        span = (datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=365))
        known = accounts.Officer("moi-ve", ward.unit, colleague.public_bytes, frozenset({"officer"}), *span)
        with ward.town.registry.database.writing() as tx:
            accounts.enrol_officer(tx, known)
        with direct.journal.act(colleague) as act:
            act.add(subject, "received", {"move": {"from": None, "to": "received"}})
        direct.exchange()
        return feed(city, cursor)

    monkeypatch.setattr(HttpCentral, "feed", a_colleague_comes_first)
    ward.round()
    one.exchange()
    with one.journal.reading() as tx:
        assert alarms.every(tx) == []
    assert verdicts(one, subject) == [("received", "accepted")]


def test_what_is_held_goes_into_a_bundle_in_the_order_of_the_hub(ward: Ward, desks: Desks) -> None:
    one, two, leader = desks
    subject = one.receive()
    rounds(ward, desks)
    ward.wan.down = True
    two.act(subject, "applicant_changed", set={"applicant": {"name": "Nguyễn Văn Hai"}})
    one.act(subject, "applicant_changed", set={"applicant": {"name": "Nguyễn Văn Một"}})
    for desk in (two, one):
        desk.exchange()
    with one.journal.reading() as tx:
        found = handed.to_hand(tx, {subject})
    with leader.journal.writing() as tx:
        handed.take_in(tx, found)
    assert seen(leader, subject).fields == seen(one, subject).fields
    leader.exchange()
    assert seen(leader, subject).fields["applicant"]["name"] == "Nguyễn Văn Một"
