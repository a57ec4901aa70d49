"""A ward with a hub works while its line to the city is cut, and agrees with the city when it is back."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from sync import keys
from sync.central import accounts, files
from sync.central.files import FileRoom
from sync.client import Account, HttpCentral
from sync.contract import wire
from sync.contract.members import read_object
from sync.day import Odd, ask, compare
from sync.errors import DeviceRefused, HubOutOfNumbers, Offline, StatementForged
from sync.journal import deliveries, entries
from sync.push import carried
from tests.sync.central.hub_desks import (
    APPROVED,
    SIGNED,
    Desks,
    at_the_city,
    open_entries,
    rounds,
    seen,
    state,
)
from tests.sync.central.test_contract import conforms
from tests.sync.central.told import WITHDRAWN, ahead, left, numbered, renamed, series_of, today, verdicts
from tests.sync.central.town import Town
from tests.sync.central.ward import Ward


def test_a_dossier_goes_through_the_ward_while_the_city_is_out_of_reach_and_is_settled_when_it_is_back(
    ward: Ward, desks: Desks
) -> None:
    one, two, leader = desks
    ward.wan.down = True
    subject = one.receive()
    one.exchange()
    assert verdicts(one, subject) == [("received", "held")]
    two.exchange()
    two.act(subject, "slip_signed", **SIGNED)
    two.exchange()
    leader.exchange()
    leader.act(subject, "approved", **APPROVED)
    leader.exchange()
    one.exchange()
    assert state(one, subject) == state(leader, subject) == "approved"
    with one.journal.reading() as tx:
        assert (deliveries.counts(tx).held, deliveries.state_of_subject(tx, subject)) == (1, "held")
    with pytest.raises(Offline):
        ward.round()
    assert at_the_city(ward, subject) == []

    ward.wan.down = False
    ward.round()
    for desk in desks:
        desk.exchange()
        assert {verdict for _, verdict in verdicts(desk, subject)} == {"accepted"}
        with desk.journal.reading() as tx:
            assert deliveries.counts(tx).entries == 0
    order = ["received", "slip_signed", "approved"]
    assert at_the_city(ward, subject) == [(kind, "accepted") for kind in order]
    assert [[entry.kind for entry in seen(desk, subject).entries] for desk in desks] == [order] * 3


def test_numbers_are_given_on_by_the_hub_while_the_city_is_out_of_reach(ward: Ward, desks: Desks) -> None:
    one, two, _ = desks
    ward.wan.down = True
    taken = [numbered(one, series_of(one), today()) for _ in range(20)]
    one.exchange(ahead(one))
    assert left(one, series_of(one), today()) == 20
    taken += [numbered(one, series_of(one), today()), numbered(two, series_of(two), today())]
    assert None not in taken
    assert len(set(taken)) == len(taken)
    for desk in (one, two):
        desk.exchange()
    ward.wan.down = False
    ward.round()
    assert ward.town.registry.alarms(ward.unit) == []
    assert ward.registry.alarms(ward.unit) == []


def test_of_two_who_ask_for_the_same_the_hub_decides_at_once_and_the_city_alike(
    ward: Ward, desks: Desks
) -> None:
    one, two, _ = desks
    subject = one.receive()
    one.exchange()
    ward.wan.down = True
    two.exchange()
    one.act(subject, "withdrawn", **WITHDRAWN)
    two.act(subject, "withdrawn", **WITHDRAWN)
    for desk in (two, one, two):
        desk.exchange()
    assert [verdict for _, verdict in verdicts(two, subject)][:2] == ["held", "held"]
    assert verdicts(one, subject)[-2:] == [("withdrawn", "held_conflict"), ("withdrawn", "held")]
    with one.journal.reading() as tx:
        told = deliveries.unsettled(tx)[-1]
    assert (told.verdict, told.reason) == ("held_conflict", "state")
    ward.wan.down = False
    ward.round()
    for desk in (one, two):
        desk.exchange()
    assert sorted(verdict for _, verdict in verdicts(one, subject)) == ["accepted", "accepted", "conflict"]
    assert verdicts(one, subject)[-2:] == [("withdrawn", "conflict"), ("withdrawn", "accepted")]


def test_a_hub_keeps_the_contract(ward: Ward, desks: Desks) -> None:
    one, *_ = desks
    http, base = requests.Session(), f"{one.enrolment.base}/v1"
    http.headers["Authorization"] = f"Device {one.enrolment.device}:{one.enrolment.token}"
    one.receive()
    with one.journal.reading() as tx:
        batch = {"entries": [wire.carried_as_json(carried(entry)) for entry in deliveries.pending(tx, 50)]}
    told = http.post(f"{base}/entries", json=batch, timeout=5).json()
    conforms("Offered", told)
    assert [(each["verdict"], each["first"]) for each in told["answers"]] == [("held", "accepted")]
    page = http.get(f"{base}/feed", timeout=5).json()
    conforms("Page", page)
    assert page["items"][-1]["answer"]["verdict"] == "held"
    assert http.get(f"{base}/unit", timeout=5).json() == {"reason": "not_a_hub"}
    above = ward.setting.above
    with HttpCentral(above.address, Account(above.device, above.token)) as city:
        conforms("Unit", read_object(city.unit().data))


def test_what_the_hub_took_and_the_city_refuses_is_parked_at_its_author_and_leaves_the_view_of_all(
    ward: Ward, desks: Desks
) -> None:
    one, two, leader = desks
    subject = one.receive()
    rounds(ward, desks)
    ward.wan.down = True
    one.act(subject, "applicant_changed", **renamed("Nguyễn Văn Anh", "Nguyễn Thị Ánh"))
    for desk in (one, two):
        desk.exchange()
    assert seen(two, subject).fields["applicant"]["name"] == "Nguyễn Văn Anh"
    with ward.town.registry.database.writing() as tx:  # the city has taken the officer's key back an hour ago
        accounts.revoke(tx, one.enrolment.officer_signer.author, datetime.now(UTC) - timedelta(hours=1))
    ward.wan.down = False
    rounds(ward, desks, 1)
    assert at_the_city(ward, subject)[-1] == ("applicant_changed", "refused")
    for desk in desks:
        assert seen(desk, subject).fields["applicant"]["name"] == "Nguyễn Thị Ánh"
    with one.journal.reading() as tx:
        [told] = deliveries.unsettled(tx)
        assert deliveries.state_of_subject(tx, subject) == "parked"
    assert (told.verdict, told.reason, told.owner) == ("refused", "author_revoked", "Trưởng bộ phận")
    with two.journal.reading() as tx:
        assert [entry.kind for entry in entries.marks(tx, subject)] == ["applicant_changed"]
    with leader.journal.act(leader.enrolment.officer_signer) as act:
        act.add(subject, "noted", {"resolves": [told.entry.id]})
    rounds(ward, desks, 1)
    assert [open_entries(desk) for desk in desks] == [0, 0, 0]
    with one.journal.reading() as tx:
        assert deliveries.unsettled(tx) == ()


def test_files_go_up_through_the_hub_and_come_down_through_it(
    ward: Ward, desks: Desks, town: Town, tmp_path: Path
) -> None:
    one, two, _ = desks
    ward.wan.down = True
    paper = one.files.put(b"giay to" * 50_000)
    one.receive(files=[paper])
    one.exchange()
    assert two.central.get_file(paper) == b"giay to" * 50_000
    ward.wan.down = False
    ward.round()
    assert (town.setting.folder / "files" / paper[:2] / paper).exists()
    (
        ward.setting.folder / "files" / paper[:2] / paper
    ).unlink()  # and is fetched again where only the city has it
    with ward.database.writing() as tx:
        files.forget_missing(tx, FileRoom(ward.setting.folder))
    assert two.central.get_file(paper) == b"giay to" * 50_000


def test_the_account_of_a_day_is_the_citys_and_by_counter(ward: Ward, desks: Desks) -> None:
    one, two, _ = desks
    numbered(one, series_of(one), today())
    numbered(two, series_of(two), today())
    with pytest.raises(StatementForged):
        ask(one.central, two.enrolment.device, today(), one.enrolment.central_key)
    for desk in (one, two):
        desk.exchange()
    held = compare(one.journal, today(), None)
    assert [found.odd for found in held.found] == [Odd.HELD]
    rounds(ward, desks, 1)
    for desk in (one, two):
        account = desk.enrolment
        told = ask(desk.central, account.device, today(), account.central_key)
        agreed = compare(desk.journal, today(), told)
        assert (agreed.found, len(agreed.numbers), agreed.there) == ((), 1, 2)
        mine = [(each.size, each.used) for each in told.ranges if each.series == series_of(desk)]
        assert mine == [(20, 1)]
    ward.wan.down = True
    with pytest.raises(Offline):
        one.central.day(today().isoformat())


def test_a_device_that_the_city_revokes_is_refused_by_the_hub_and_a_counter_is_no_hub(
    ward: Ward, desks: Desks
) -> None:
    one, two, _ = desks
    assert two.central.document("catalogue", "") is not None
    with HttpCentral(ward.wan.base, Account(two.enrolment.device, two.enrolment.token)) as city:
        for question in (city.unit, lambda: city.day(today().isoformat(), one.enrolment.device)):
            with pytest.raises(DeviceRefused):
                question()
    with ward.town.registry.database.writing() as tx:
        accounts.revoke(tx, f"device:{two.enrolment.device}", datetime.now(UTC))
    ward.round()
    with pytest.raises(DeviceRefused):
        two.exchange()
    one.exchange()


def test_what_a_new_colleague_wrote_waits_at_the_hub_until_it_hears_of_them(ward: Ward, desks: Desks) -> None:
    one, two, _ = desks
    ward.wan.down = True
    new = keys.generate("officer:moi-ve")
    with ward.town.registry.database.writing() as tx:
        span = (datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=365))
        officer = accounts.Officer("moi-ve", ward.unit, new.public_bytes, frozenset({"officer"}), *span)
        accounts.enrol_officer(tx, officer)
    subject = str(uuid.uuid4())
    with one.journal.act(new) as act:
        act.add(subject, "received", {"move": {"from": None, "to": "received"}})
    one.exchange()
    assert verdicts(one, subject) == [("received", "waits")]
    ward.wan.down = False
    ward.round()  # and nobody has to bring it again
    assert at_the_city(ward, subject) == [("received", "accepted")]
    for desk in (one, two):
        desk.exchange()
        assert verdicts(desk, subject) == [("received", "accepted")]


def test_a_wish_waits_and_provisional_numbers_go_on_when_the_hub_has_none_left(
    ward: Ward, desks: Desks
) -> None:
    one, *_ = desks
    ward.wan.down = True
    later = today() + timedelta(days=30)
    done = one.exchange(ahead(one, later, later + timedelta(days=1)))
    assert [type(problem) for problem in done.problems] == [HubOutOfNumbers]
    ward.wan.down = False
    assert one.exchange(ahead(one, later)).leases == 2
    assert left(one, series_of(one), later) == 20
