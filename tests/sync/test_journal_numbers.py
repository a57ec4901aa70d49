"""Numbers and revisions: nothing is used twice, nothing moves behind somebody's back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import exc, text

from sync.contract.messages import Lease, LeaseRequest, Signed
from sync.entry import new_id
from sync.errors import HeadMoved, TurnElsewhere
from sync.journal import Act, Journal, numbers, references, revisions
from sync.journal.revisions import Revision, RevisionKind, Turn
from sync.keys import Ed25519Signer

DAY, SERIES = date(2026, 7, 1), "H26.99.01"
SIGNED = Signed(b"grant", bytes(64))


def lend(journal: Journal, first: int, last: int, day: date = DAY, chain: str = "") -> LeaseRequest:
    chain = chain or journal.chain
    request = LeaseRequest(new_id(), chain, SERIES, day.isoformat(), last - first + 1)
    with journal.writing() as tx:
        numbers.ask(tx, request)
        lease = Lease(request.request_id, chain, SERIES, request.day, first, last, "")
        assert numbers.hold(tx, lease, SIGNED)
    return request


def receive(journal: Journal, officer: Ed25519Signer, day: date = DAY) -> int | None:
    with journal.act(officer) as act:
        value = numbers.take(act.tx, SERIES, day, journal.chain)
        if value is not None:
            number = {"series": SERIES, "value": value, "code": f"{SERIES}-{value:04d}"}
            entry = act.add(new_id(), "received", {"number": number})
            assert numbers.use_of(act.tx, entry.id) == numbers.Use(SERIES, day.isoformat(), value, entry.id)
    return value


class PowerCut(Exception):
    """Whatever ends an act before its end."""


def take_and_fail(act: Act) -> None:
    numbers.take(act.tx, SERIES, DAY, act.chain)
    raise PowerCut


def take_and_forget(act: Act) -> None:
    numbers.take(act.tx, SERIES, DAY, act.chain)
    act.add(new_id(), "received", {})


def test_numbers_are_taken_from_the_lowest_until_none_is_left(
    journal: Journal, officer: Ed25519Signer
) -> None:
    lend(journal, 11, 12)
    lend(journal, 3, 4)
    assert [receive(journal, officer) for _ in range(5)] == [3, 4, 11, 12, None]


def test_a_number_of_a_day_is_taken_on_that_day_only(journal: Journal, officer: Ed25519Signer) -> None:
    lend(journal, 1, 9)
    tomorrow = date(2026, 7, 2)
    assert receive(journal, officer, tomorrow) is None
    lend(journal, 1, 1, day=tomorrow)
    assert [receive(journal, officer, tomorrow), receive(journal, officer)] == [1, 1]
    with journal.reading() as tx:
        assert [numbers.left(tx, SERIES, day, journal.chain) for day in (DAY, tomorrow)] == [8, 0]


def test_a_range_of_another_chain_is_void(journal: Journal, officer: Ed25519Signer) -> None:
    lend(journal, 1, 9, chain=new_id())
    assert receive(journal, officer) is None


def test_overlapping_ranges_give_each_number_once(journal: Journal, officer: Ed25519Signer) -> None:
    lend(journal, 1, 2)
    lend(journal, 2, 3)
    assert [receive(journal, officer) for _ in range(4)] == [1, 2, 3, None]


def test_an_act_that_fails_gives_its_number_back(journal: Journal, officer: Ed25519Signer) -> None:
    lend(journal, 1, 1)
    with pytest.raises(PowerCut), journal.act(officer) as act:
        take_and_fail(act)
    assert receive(journal, officer) == 1


def test_a_number_that_no_entry_names_is_not_kept(journal: Journal, officer: Ed25519Signer) -> None:
    lend(journal, 1, 1)
    with pytest.raises(RuntimeError, match="number"), journal.act(officer) as act:
        take_and_forget(act)
    with journal.reading() as tx:
        assert numbers.left(tx, SERIES, DAY, journal.chain) == 1


def test_an_entry_names_no_number_that_its_act_did_not_take(journal: Journal, officer: Ed25519Signer) -> None:
    lend(journal, 1, 3)
    value = receive(journal, officer)
    for named in (value, 2, 99):
        number = {"series": SERIES, "value": named, "code": f"{SERIES}-{named:04d}"}
        with pytest.raises(RuntimeError), journal.act(officer) as act:
            act.add(new_id(), "received", {"number": number})
    assert receive(journal, officer) == 2


def test_a_use_cannot_be_forgotten_or_given_to_another_entry(
    journal: Journal, officer: Ed25519Signer
) -> None:
    lend(journal, 1, 1)
    receive(journal, officer)
    for statement in ("DELETE FROM number_uses", "UPDATE number_uses SET entry = NULL", "DELETE FROM leases"):
        with pytest.raises(exc.IntegrityError), journal.writing() as tx:
            tx.execute(text(statement))


def test_there_is_always_a_provisional_number(journal: Journal, officer: Ed25519Signer) -> None:
    used = []
    for _ in range(2):
        with journal.act(officer) as act:
            value = numbers.provisional(act.tx, "TAM-Q3-260701", date(2026, 7, 1), journal.chain)
            number = {"series": "TAM-Q3-260701", "value": value, "code": "x"}
            act.add(new_id(), "received", {"number": number})
            used.append(value)
    assert used == [1, 2]


def test_a_request_is_kept_until_it_is_answered(
    journal: Journal, reopen: Callable[[], Journal], counter: Path
) -> None:
    request = LeaseRequest(new_id(), journal.chain, SERIES, DAY.isoformat(), 50)
    with journal.writing() as tx:
        numbers.ask(tx, request)
        numbers.ask(tx, request)
    journal.close()
    again = reopen()
    lease = Lease(request.request_id, request.chain, SERIES, request.day, 1, 50, "")
    with again.writing() as tx:
        assert numbers.asked(tx, again.chain) == [request]
        assert numbers.hold(tx, lease, SIGNED)
        assert not numbers.hold(tx, lease, SIGNED)
        assert numbers.asked(tx, again.chain) == []
        assert numbers.held(tx, again.chain) == [(lease, SIGNED)]
        numbers.void(tx, request.request_id)
        assert numbers.left(tx, SERIES, DAY, again.chain) == 0


def test_a_range_nobody_asked_for_is_not_kept(journal: Journal) -> None:
    with journal.writing() as tx:
        assert not numbers.hold(tx, Lease(new_id(), journal.chain, SERIES, "2026-07-01", 1, 9, ""), SIGNED)


BASE, SIGNED_BY_AN, SIGNED_BY_BINH = "aa" * 32, "bb" * 32, "cc" * 32


def signature(document: str, sha256: str, parent: str) -> Revision:
    return Revision(document, sha256, parent, RevisionKind.SIGNATURE, "CanBo")


def test_a_document_is_a_line_from_its_base_to_its_head(journal: Journal) -> None:
    document = new_id()
    with journal.writing() as tx:
        base = revisions.begin(tx, document, BASE)
        signed = signature(document, SIGNED_BY_AN, BASE)
        revisions.append(tx, signed)
        assert revisions.head(tx, document) == SIGNED_BY_AN
        assert revisions.line(tx, document) == (base, signed)
        assert references.referenced(tx) == {BASE, SIGNED_BY_AN}


def test_the_head_moves_only_from_where_it_was_seen(journal: Journal) -> None:
    document = new_id()
    with journal.writing() as tx:
        revisions.begin(tx, document, BASE)
        revisions.append(tx, signature(document, SIGNED_BY_AN, BASE))
    for late in (signature(document, SIGNED_BY_BINH, BASE), signature(new_id(), SIGNED_BY_BINH, BASE)):
        with pytest.raises(HeadMoved), journal.writing() as tx:
            revisions.append(tx, late)
    with pytest.raises(HeadMoved), journal.writing() as tx:
        revisions.begin(tx, document, SIGNED_BY_BINH)
    with journal.reading() as tx:
        assert revisions.head(tx, document) == SIGNED_BY_AN


def test_revisions_are_never_rewritten(journal: Journal) -> None:
    with journal.writing() as tx:
        revisions.begin(tx, new_id(), BASE)
    for statement in ("UPDATE revisions SET sha256 = 'x'", "DELETE FROM revisions"):
        with pytest.raises(exc.IntegrityError), journal.writing() as tx:
            tx.execute(text(statement))


def test_only_the_holder_of_the_turn_signs(journal: Journal) -> None:
    document = new_id()
    with journal.writing() as tx:
        assert revisions.turn(tx, document) is None
        revisions.give_turn(tx, Turn(document, "CanBo", "q3"))
        revisions.give_turn(tx, Turn(document, "LanhDao", "p1"))
        revisions.require_turn(tx, Turn(document, "LanhDao", "p1"))
        with pytest.raises(TurnElsewhere) as refusal:
            revisions.require_turn(tx, Turn(document, "CanBo", "q3"))
    assert refusal.value.facts["holder"] == "p1"
