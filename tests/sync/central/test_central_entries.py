"""What central says of entries, told without a network: facts are never lost, requests may be refused."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync import keys
from sync.central import accounts, alarms, entries, feed, leases
from sync.central.database import Database, open_database
from sync.central.judging import Judgement
from sync.central.numbers import day_of
from sync.contract.messages import Answer, Carried, LeaseRequest, Verdict
from sync.entry import Entry
from sync.keys import Ed25519Signer
from tests.sync.central.chain_writer import ChainWriter, on_its_way, received
from tests.sync.central.world import RULES

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
UNIT = str(uuid.uuid4())
DEVICE = accounts.Device("quay-1", UNIT, "Quầy 1")


@dataclass(frozen=True, slots=True)
class Office:
    """One unit, one officer, and a pen over one chain."""

    database: Database
    pen: ChainWriter

    def offer(self, *offered: Entry | Carried) -> tuple[Answer, ...]:
        carried = [on_its_way(entry) if isinstance(entry, Entry) else entry for entry in offered]
        with self.database.writing() as tx:
            return entries.take(tx, DEVICE, carried, RULES, NOW)

    def offer_from(self, device: accounts.Device, *offered: Carried) -> tuple[Answer, ...]:
        with self.database.writing() as tx:
            return entries.take(tx, device, offered, RULES, NOW)

    def says(self, entry: Entry | Carried) -> tuple[str, str, tuple[str, ...]]:
        [answer] = self.offer(entry)
        return answer.verdict.value, answer.reason, answer.flags

    def alarms(self) -> set[str]:
        with self.database.reading() as tx:
            return {each.alarm.reason for each in alarms.listed(tx)}

    def feed(self) -> list[tuple[str, Verdict]]:
        with self.database.reading() as tx:
            page = feed.page(tx, UNIT, "", 500, NOW)
        return [(item.answer.id, item.answer.verdict) for item in page.items]

    def lease(self, series: str, count: int) -> None:
        wish = LeaseRequest(str(uuid.uuid4()), self.pen.chain, series, day_of(NOW), count)
        with self.database.writing() as tx:
            leases.grant(tx, DEVICE, wish, keys.generate("central"), NOW)


def officer(signer: Ed25519Signer, **other: object) -> accounts.Officer:
    span = (NOW - timedelta(days=30), NOW + timedelta(days=30))
    known = accounts.Officer("an", UNIT, signer.public_bytes, frozenset({"officer"}), *span)
    return replace(known, **other)  # type: ignore[arg-type]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = open_database(f"sqlite:///{tmp_path / 'central.db'}")
    pen = ChainWriter(now=NOW)
    with database.writing() as tx:
        accounts.enrol_unit(tx, accounts.Unit(UNIT, "Phường thử", "Trưởng bộ phận"))
        accounts.enrol_device(tx, DEVICE, "token", keys.generate("device:quay-1").public_bytes)
        accounts.enrol_officer(tx, officer(pen.signer))
    yield Office(database, pen)
    database.close()


@pytest.fixture
def subject() -> str:
    return str(uuid.uuid4())


def test_a_fact_is_accepted_and_goes_down_the_feed(office: Office, subject: str) -> None:
    entry = office.pen.write(subject, "received", received())

    assert office.says(entry) == ("accepted", "", ())
    assert office.feed() == [(entry.id, Verdict.ACCEPTED)]


def test_a_repetition_repeats_the_first_answer(office: Office, subject: str) -> None:
    entries = [
        office.pen.write(subject, "received", received()),
        office.pen.write(subject, "withdrawn", {"move": {"from": "received", "to": "received"}}),
    ]
    first = office.offer(*entries)
    again = office.offer(*entries)

    assert [answer.verdict for answer in again] == [Verdict.REPLAYED, Verdict.REPLAYED]
    assert [answer.settled for answer in again] == [answer.verdict for answer in first]
    assert [answer.reason for answer in again] == ["", "move"]
    assert len(office.feed()) == 2


def test_bytes_that_are_no_entry_are_refused_and_kept(office: Office) -> None:
    assert office.says(Carried(b'{"v":1}', bytes(64), bytes(32), b"{}")) == ("refused", "malformed", ())
    assert office.alarms() == {"malformed"}


def test_an_entry_of_a_newer_program_waits(office: Office) -> None:
    assert office.says(Carried(b'{"v":2}', bytes(64), bytes(32), b"{}")) == ("waits", "too_new", ())


def test_a_changed_body_is_refused_and_the_true_one_taken_after_it(office: Office, subject: str) -> None:
    entry = office.pen.write(subject, "received", received())

    assert office.says(on_its_way(entry, body=b"{}")) == ("refused", "body_mismatch", ())
    assert office.feed() == []
    assert office.says(entry) == ("accepted", "", ())


def test_a_foreign_signature_is_refused(office: Office, subject: str) -> None:
    stranger = keys.generate("officer:an")
    forged = ChainWriter(stranger, office.pen.chain, now=NOW).write(subject, "received", received())

    assert office.says(forged) == ("refused", "signature_invalid", ())
    assert office.says(office.pen.write(subject, "received", received())) == ("accepted", "", ())


def test_an_unknown_author_waits_until_the_key_is_enrolled(office: Office, subject: str) -> None:
    new = ChainWriter(keys.generate("officer:binh"), now=NOW)
    entry = new.write(subject, "received", received())
    assert office.says(entry) == ("waits", "author_unknown", ())

    with office.database.writing() as tx:
        accounts.enrol_officer(tx, officer(new.signer, id="binh"))

    assert office.says(entry) == ("accepted", "", ())


def test_the_same_id_with_another_hash_is_refused(office: Office, subject: str) -> None:
    first = office.pen.write(subject, "received", received())
    office.offer(first)
    second = office.pen.write(str(uuid.uuid4()), "received", received(), id=first.id)

    assert office.says(second) == ("refused", "id_reused", ())
    assert "id_reused" in office.alarms()


def test_a_second_hash_for_one_place_is_an_alarm_and_its_fact_is_kept(office: Office, subject: str) -> None:
    first = office.pen.write(subject, "received", received())
    clone = ChainWriter(office.pen.signer, office.pen.chain, now=NOW)
    second = clone.write(str(uuid.uuid4()), "received", received())
    office.offer(first)

    assert office.says(second) == ("accepted", "", ("second_hash",))
    assert office.alarms() == {"second_hash"}


def test_a_gap_is_an_alarm_until_it_is_filled(office: Office, subject: str) -> None:
    first = office.pen.write(subject, "received", received())
    missing = office.pen.write(subject, "noted")
    third = office.pen.write(subject, "noted")
    office.offer(first)

    assert office.says(third) == ("accepted", "", ("gap",))
    assert office.alarms() == {"gap"}
    assert office.says(missing) == ("accepted", "", ())
    assert office.alarms() == set()


def test_an_entry_that_names_another_one_before_it_is_an_alarm(office: Office, subject: str) -> None:
    office.offer(office.pen.write(subject, "received", received()))
    broken = office.pen.write(subject, "noted", prev_hash="ab" * 32)

    assert office.says(broken) == ("accepted", "", ("chain_broken",))


def test_a_request_whose_state_no_longer_holds_is_a_conflict(office: Office, subject: str) -> None:
    office.offer(office.pen.write(subject, "received", received()))
    other = ChainWriter(office.pen.signer, now=NOW)
    withdraw = {"move": {"from": "received", "to": "withdrawn"}}
    assert office.says(other.write(subject, "withdrawn", withdraw)) == ("accepted", "", ())

    assert office.says(office.pen.write(subject, "withdrawn", withdraw)) == ("conflict", "state", ())


def test_two_sides_in_one_group_is_a_conflict(office: Office, subject: str) -> None:
    office.offer(office.pen.write(subject, "received", received("Cúc")))
    one = {"set": {"applicant": {"name": "Cúc A"}}, "base_values": {"applicant": {"name": "Cúc"}}}
    two = {"set": {"applicant": {"name": "Cúc B"}}, "base_values": {"applicant": {"name": "Cúc"}}}
    office.offer(office.pen.write(subject, "applicant_changed", one))

    late = ChainWriter(office.pen.signer, now=NOW).write(subject, "applicant_changed", two)

    assert office.says(late) == ("conflict", "guard", ())


def test_a_fact_is_not_refused_for_its_state_but_flagged(office: Office, subject: str) -> None:
    signed = office.pen.write(subject, "slip_signed", {"move": {"from": "received", "to": "slip_issued"}})

    assert office.says(signed) == ("accepted", "", ("state",))
    assert office.alarms() == {"state"}


def test_later_entries_of_a_refused_subject_wait_and_the_rest_goes_on(office: Office, subject: str) -> None:
    free = str(uuid.uuid4())
    answers = office.offer(
        office.pen.write(subject, "received", received()),
        office.pen.write(subject, "withdrawn", {"move": {"from": "gone", "to": "withdrawn"}}),
        office.pen.write(subject, "noted"),
        office.pen.write(free, "received", received()),
    )

    assert [answer.verdict.value for answer in answers] == ["accepted", "refused", "waits", "accepted"]
    assert "gap" not in office.alarms()


def test_nobody_holds_a_subject_back_with_an_entry_that_its_author_never_signed(
    office: Office, subject: str
) -> None:
    other = accounts.Device("quay-2", UNIT, "Quầy 2")
    with office.database.writing() as tx:
        accounts.enrol_device(tx, other, "token", keys.generate("device:quay-2").public_bytes)
    office.offer(office.pen.write(subject, "received", received()))
    forger = ChainWriter(chain=office.pen.chain, now=NOW)

    [answer] = office.offer_from(other, on_its_way(forger.write(subject, "received", received())))

    assert (answer.verdict, answer.reason) == (Verdict.REFUSED, "signature_invalid")
    assert office.says(office.pen.write(subject, "noted")) == ("accepted", "", ())


def test_what_its_own_counter_brought_broken_holds_the_subject_back(office: Office, subject: str) -> None:
    first = office.pen.write(subject, "received", received())
    office.offer(on_its_way(first, sig=bytes(64)))

    assert office.says(office.pen.write(subject, "noted"))[0] == "waits"


def test_a_request_without_the_role_is_refused_and_a_fact_flagged(office: Office, subject: str) -> None:
    office.offer(
        office.pen.write(subject, "received", received()),
        office.pen.write(subject, "slip_signed", {"move": {"from": "received", "to": "slip_issued"}}),
    )
    approve = {"move": {"from": "slip_issued", "to": "approved"}}
    device_kind = office.pen.write(UNIT, "chain_opened")

    assert office.says(device_kind) == ("accepted", "", ("role",))
    assert office.says(office.pen.write(subject, "approved", approve)) == ("refused", "role", ("role",))


def test_who_did_the_work_does_not_check_it_a_fact_is_flagged_and_a_request_refused(
    office: Office, subject: str
) -> None:
    office.offer(office.pen.write(subject, "received", received()))
    another = str(uuid.uuid4())

    assert office.says(office.pen.write(subject, "checked")) == ("accepted", "", ("own_work",))
    assert office.says(office.pen.write(another, "checked")) == ("accepted", "", ())
    assert office.says(office.pen.write(subject, "confirmed")) == ("refused", "own_work", ("own_work",))
    assert office.alarms() == {"own_work"}


def test_a_request_that_a_leader_delegated_is_taken_while_it_holds_and_refused_after(
    office: Office, subject: str
) -> None:
    leader = ChainWriter(keys.generate("officer:vinh"), now=NOW)
    with office.database.writing() as tx:
        accounts.enrol_officer(tx, officer(leader.signer, id="vinh", roles=frozenset({"leader"})))
    slip = {"move": {"from": "received", "to": "slip_issued"}}
    approve = {"move": {"from": "slip_issued", "to": "approved"}}
    other = str(uuid.uuid4())
    for each in (subject, other):
        office.offer(
            office.pen.write(each, "received", received()), office.pen.write(each, "slip_signed", slip)
        )
    day = NOW.date().isoformat()
    grant = {"to": "officer:an", "kinds": ["approved"], "from": day, "until": day}

    forged = office.pen.write(UNIT, "delegated", {"grant": grant})
    assert office.says(forged) == ("accepted", "", ("role",))  # kept, flagged, and no grant
    assert office.says(office.pen.write(other, "approved", approve))[:2] == ("refused", "role")
    assert office.says(leader.write(UNIT, "delegated", {"grant": grant})) == ("accepted", "", ())
    assert office.says(office.pen.write(subject, "approved", approve)) == ("accepted", "", ())
    late = office.pen.write(other, "noted", occurred_at=NOW)
    assert office.says(late)[0] == "waits"  # behind what was refused
    tomorrow = office.pen.write(str(uuid.uuid4()), "approved", occurred_at=NOW + timedelta(days=1))
    assert "role" in office.says(tomorrow)[2]


def test_acts_after_a_revocation_are_kept_and_flagged_and_earlier_ones_too(
    office: Office, subject: str
) -> None:
    before = office.pen.write(subject, "received", received(), occurred_at=NOW - timedelta(hours=2))
    after = office.pen.write(subject, "noted", occurred_at=NOW - timedelta(minutes=30))
    request = office.pen.write(subject, "withdrawn", {"move": {"from": "received", "to": "withdrawn"}})
    with office.database.writing() as tx:
        accounts.revoke(tx, "officer:an", NOW - timedelta(hours=1))

    assert office.says(before) == ("accepted", "", ("received_after_revocation",))
    assert office.says(after) == ("accepted", "", ("author_revoked",))
    assert office.says(request)[:2] == ("refused", "author_revoked")


def test_an_alarm_is_over_when_an_entry_says_that_somebody_has_looked_at_it(
    office: Office, subject: str
) -> None:
    fact = office.pen.write(subject, "received", received(), occurred_at=NOW + timedelta(hours=1))
    refused = office.pen.write(subject, "withdrawn", {"move": {"from": "slip_issued", "to": "withdrawn"}})
    looked = office.pen.write(subject, "noted", {"resolves": [fact.id, refused.id, str(uuid.uuid4())]})
    office.offer(fact, refused)
    assert office.alarms() == {"clock_ahead", "move"}

    office.offer(looked, fact)

    assert office.alarms() == set()
    with office.database.reading() as tx:
        assert {each.settled_by for each in alarms.listed(tx, settled=True)} == {looked.id}


def test_nobody_in_doubt_themselves_closes_an_alarm(office: Office, subject: str) -> None:
    fact = office.pen.write(subject, "received", received(), occurred_at=NOW + timedelta(hours=1))
    office.offer(fact)
    with office.database.writing() as tx:
        accounts.revoke(tx, "officer:an", NOW - timedelta(hours=1))

    assert office.says(office.pen.write(subject, "noted", {"resolves": [fact.id]}))[0] == "accepted"

    assert "clock_ahead" in office.alarms()


def test_a_key_that_was_taken_back_stays_so_since_then_when_its_owner_is_revoked(
    office: Office, subject: str
) -> None:
    """The old key may have been stolen: what its thief dates between the two is no officer's work."""
    between = office.pen.write(subject, "received", received(), occurred_at=NOW - timedelta(minutes=30))
    with office.database.writing() as tx:
        accounts.revoke(tx, "officer:an", NOW - timedelta(hours=1))
        accounts.revoke(tx, "officer:an", NOW)

    assert office.says(between) == ("accepted", "", ("author_revoked",))


def test_a_time_ahead_of_central_is_flagged(office: Office, subject: str) -> None:
    entry = office.pen.write(subject, "received", received(), occurred_at=NOW + timedelta(hours=1))

    assert office.says(entry) == ("accepted", "", ("clock_ahead",))


def test_a_number_used_twice_is_flagged_and_nothing_is_lost(office: Office, subject: str) -> None:
    office.lease("dossier", 5)
    number = {"series": "dossier", "value": 1, "code": "H26-261120-0001"}
    first = office.pen.write(subject, "received", received(number=number))
    second = office.pen.write(str(uuid.uuid4()), "received", received(number=number))

    assert office.says(first) == ("accepted", "", ())
    assert office.says(second) == ("accepted", "", ("number_used_twice",))
    assert office.alarms() == {"number_used_twice"}


def test_a_number_outside_the_lease_of_its_chain_is_flagged(office: Office, subject: str) -> None:
    office.lease("dossier", 5)
    number = {"series": "dossier", "value": 6, "code": "H26-261120-0006"}
    stranger = ChainWriter(office.pen.signer, now=NOW)
    borrowed = {"series": "dossier", "value": 2, "code": "H26-261120-0002"}

    beyond = office.says(office.pen.write(subject, "received", received(number=number)))
    elsewhere = office.says(stranger.write(str(uuid.uuid4()), "received", received(number=borrowed)))

    assert beyond == elsewhere == ("accepted", "", ("number_outside_lease",))


def test_a_range_of_ones_own_under_anothers_series_calls_none_of_its_numbers_void(
    office: Office, subject: str
) -> None:
    stranger = ChainWriter(office.pen.signer, now=NOW)
    office.lease("dossier", 5)
    with office.database.writing() as tx:
        mine = LeaseRequest(str(uuid.uuid4()), stranger.chain, "other", day_of(NOW), 5)
        leases.grant(tx, DEVICE, mine, keys.generate("central"), NOW)
    void = {"request_id": mine.request_id, "series": "dossier", "day": mine.day, "unused": [[1, 5]]}
    number = {"series": "dossier", "value": 1, "code": "H26-261120-0001"}

    assert office.says(stranger.write(UNIT, "noted", {"voids": [void]}))[2] == ("number_outside_lease",)
    assert office.says(office.pen.write(subject, "received", received(number=number))) == ("accepted", "", ())


def test_provisional_numbers_of_two_counters_do_not_collide(office: Office, subject: str) -> None:
    office.lease("dossier", 5)
    one = {"series": "TAM-Q1-261120", "value": 1, "code": "TAM-Q1-261120-0001"}
    two = {"series": "TAM-Q1-261120", "value": 1, "code": "TAM-Q2-261120-0001"}
    other = ChainWriter(office.pen.signer, now=NOW)

    assert office.says(office.pen.write(subject, "received", received(number=one))) == ("accepted", "", ())
    assert office.says(other.write(str(uuid.uuid4()), "received", received(number=two))) == (
        "accepted",
        "",
        (),
    )


def test_an_unknown_kind_is_accepted_and_flagged(office: Office, subject: str) -> None:
    entry = office.pen.write(subject, "of_next_year", {"anything": 1})

    assert office.says(entry) == ("accepted", "", ("unknown_kind",))


def test_a_body_with_unreadable_members_is_refused(office: Office, subject: str) -> None:
    entry = office.pen.write(subject, "received", {"move": "somewhere"})

    assert office.says(entry) == ("refused", "body", ())


def test_an_entry_settles_what_was_refused_of_its_own_subject_alone(office: Office, subject: str) -> None:
    office.offer(office.pen.write(subject, "received", received()))
    refused = office.pen.write(subject, "withdrawn", {"move": {"from": "nowhere", "to": "withdrawn"}})
    behind = office.pen.write(subject, "noted")
    office.offer(refused, behind)
    naming = {"resolves": [refused.id]}

    assert office.says(office.pen.write(str(uuid.uuid4()), "noted", naming))[0] == "accepted"
    assert office.says(behind)[0] == "waits"
    assert office.says(office.pen.write(subject, "noted", naming))[0] == "accepted"
    assert office.says(behind)[0] == "accepted"


def test_what_the_system_above_took_is_kept_where_another_entry_has_its_id(
    office: Office, subject: str
) -> None:
    here = office.pen.write(subject, "noted", {"text": "at the hub"})
    there = ChainWriter(office.pen.signer, now=NOW).write(subject, "noted", {"text": "above"}, id=here.id)
    office.offer(here)
    with office.database.writing() as tx:
        taking = entries.begin(tx, DEVICE, RULES, NOW)
        entries.settle(taking, there, Judgement(Verdict.ACCEPTED))

    assert office.feed() == [(here.id, Verdict.ACCEPTED)] * 2


def test_a_cursor_of_another_life_of_the_server_starts_from_the_beginning(
    office: Office, subject: str
) -> None:
    entry = office.pen.write(subject, "received", received())
    office.offer(entry)

    with office.database.reading() as tx:
        page = feed.page(tx, UNIT, "before-the-restore.41", 500, NOW)
        at_its_end = feed.page(tx, UNIT, page.next, 500, NOW)

    assert [item.answer.id for item in page.items] == [entry.id]
    assert (at_its_end.items, at_its_end.more) == ((), False)


def test_a_feed_ends_a_page_early_and_says_that_there_is_more(office: Office, subject: str) -> None:
    office.offer(*(office.pen.write(subject, "noted") for _ in range(5)))

    with office.database.reading() as tx:
        first = feed.page(tx, UNIT, "", 3, NOW)
        second = feed.page(tx, UNIT, first.next, 3, NOW)

    assert [len(first.items), first.more, len(second.items), second.more] == [3, True, 2, False]


def test_a_backup_moves_what_is_durable(office: Office, subject: str) -> None:
    office.offer(office.pen.write(subject, "noted"))
    with office.database.writing() as tx:
        feed.note_backup(tx, feed.reached(tx))
    office.offer(office.pen.write(subject, "noted"))

    with office.database.reading() as tx:
        assert feed.page(tx, UNIT, "", 10, NOW).durable_to == 1


def test_roles_are_stored_as_they_were_given(office: Office) -> None:
    with office.database.reading() as tx:
        [_device, key] = accounts.authors_of(tx, UNIT)

    assert json.dumps(key.roles) == '["officer"]'
