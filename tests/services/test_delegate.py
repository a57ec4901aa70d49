"""A leader delegates approval from day to day on a ground: checked at the counter, again by central, seen in the history."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.delegation import (
    DelegateUnfit,
    DelegationDaysWrong,
    DelegationGroundMissing,
    DelegationOrder,
    State,
)
from clerk_app.domain.document import SignatureField
from clerk_app.domain.officer import Role
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.progress import Progress
from clerk_app.services.admit import Standing
from clerk_app.services.delegate import DelegationNotCounted, Delegations, NoSuchDelegate, NoSuchDelegation
from clerk_app.services.own_work import OwnWork
from clerk_app.services.roles import DelegationOver, NotYourRole
from signing.token_session import TokenSession

MORNING = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # 09:00 in Việt Nam
TODAY = date(2026, 12, 1)
SECOND = people.SECOND_OFFICER.officer
ORDER = DelegationOrder(SECOND.id, TODAY, date(2026, 12, 3), "12/GUQ-UBND ngày 01/12/2026")


@pytest.fixture
def desk(settings, clerk, clock):
    clock.move(MORNING - clock.wall())
    with open_desk(settings, clerk, clock) as opened:
        yield opened


@pytest.fixture
def deputy(everybody):
    return everybody[SECOND.id]


def issued(desk: Desk, receive, pin, name: str = "Một") -> str:
    return desk.issue_slip(receive(desk, name).id, pin(desk)).id


def test_a_delegate_approves_within_the_days_and_the_seal_attests_it(
    desk: Desk, receive, pin, seal_pin, leader, registrar, deputy, looked_at
) -> None:
    slip = issued(desk, receive, pin)
    assert desk.switch(deputy).signing_room is None

    made = desk.switch(leader).delegate(ORDER)
    signing = desk.switch(deputy)
    assert (made.to, made.by, made.state(TODAY)) == (SECOND.name, "Phạm Quang Vinh", State.HOLDS)
    assert signing.signing_room.field is SignatureField.LEADER
    assert [item.id for item in signing.signing_room.list()] == [slip]
    batch = signing.signing_room.sign(looked_at(signing, slip), pin(signing), Progress())
    assert [each.id for each in batch.signed] == [slip]

    sealing = desk.switch(registrar)
    (sealed,) = sealing.seal_documents(looked_at(sealing, slip), seal_pin(sealing))
    assert sealed.signed_by == tuple(SignatureField)
    lines = {line.kind: line for line in desk.history(sealed.dossier)}
    assert lines["slip_approved"].author == SECOND.name
    assert lines["slip_approved"].details == (("delegated_by", f"Phạm Quang Vinh ({ORDER.ground})"),)
    assert lines["slip_sealed"].details == ()


def test_what_a_delegate_did_not_sign_in_time_is_refused_and_the_paper_stays(
    desk: Desk, clock, receive, pin, leader, deputy, looked_at
) -> None:
    slip = issued(desk, receive, pin)
    desk.switch(leader).delegate(ORDER)
    signing = desk.switch(deputy)
    clock.move(timedelta(days=3))

    with pytest.raises(NotYourRole):
        signing.approve_documents(looked_at(signing, slip), pin(signing))
    with pytest.raises(NotYourRole):
        signing.signing_room.list()
    assert not signing.up_to_date()
    assert desk.switch(deputy).signing_room is None
    assert [each.state(date(2026, 12, 4)) for each in desk.delegations()] == [State.OVER]


@pytest.mark.parametrize(
    ("how", "at"), [("its last day passes", "after a signature"), ("a leader ends it", "before a signature")]
)
def test_a_delegation_that_ends_in_the_middle_of_a_list_leaves_the_rest_unsigned_and_says_why(
    desk: Desk, clock, receive, pin, leader, deputy, monkeypatch, how: str, at: str
) -> None:
    slips = [issued(desk, receive, pin, name) for name in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    deciding = desk.switch(leader)
    made, signing = deciding.delegate(ORDER), desk.switch(deputy)
    room, sign, times = signing.signing_room, TokenSession.sign, []

    def cut(session, data: bytes) -> bytes:
        times.append(1)
        signature = sign(session, data) if at == "after a signature" else b""
        if len(times) == 5:
            clock.move(timedelta(days=3)) if how == "its last day passes" else deciding.delegate.end(made.id)
        return signature or sign(session, data)

    monkeypatch.setattr(TokenSession, "sign", cut)
    listed = [item.shown for item in room.list()]
    batch = room.sign(listed, pin(signing), Progress())

    assert isinstance(batch.stopped, DelegationOver)
    assert len(times) == 5  # nothing after it; what the token had signed and nobody kept in time is not kept
    kept = len(batch.signed)
    assert 0 < kept < 5
    assert [each.id for each in batch.signed] == [each.id for each in listed[:kept]]
    assert (batch.left, dict(batch.refused)) == (tuple(each.id for each in listed[kept:]), {})
    signatures = {slip: len(desk.verify_document(desk.slip_pdf(slip)).signatures) for slip in slips}
    assert [slip for slip, count in signatures.items() if count == 1] == [
        slip for slip in slips if slip in batch.left
    ]
    assert [each.id for each in deciding.signing_room.list()] == list(batch.left)
    assert desk.verify_journal().valid


def test_it_begins_on_its_day_and_ends_when_a_leader_says_so(desk: Desk, clock, leader, deputy) -> None:
    deciding = desk.switch(leader)
    made = deciding.delegate(replace(ORDER, since=date(2026, 12, 2)))
    sitting = desk.switch(deputy)
    assert (made.state(TODAY), sitting.signing_room) == (State.COMING, None)

    clock.move(timedelta(days=1))
    assert not sitting.up_to_date()
    assert desk.switch(deputy).signing_room is not None
    deciding.delegate.end(made.id)
    assert desk.switch(deputy).signing_room is None
    with pytest.raises(NoSuchDelegation):
        deciding.delegate.end(made.id)
    assert [each.state(date(2026, 12, 2)) for each in desk.delegations()] == [State.ENDED]


def test_a_delegate_does_not_pass_it_on_and_no_officer_makes_one(desk: Desk, leader, deputy) -> None:
    desk.switch(leader).delegate(ORDER)
    for sitting in (desk, desk.switch(deputy)):
        with pytest.raises(NotYourRole):
            sitting.delegate(replace(ORDER, to=people.OFFICER.officer.id))
        with pytest.raises(NotYourRole):
            sitting.delegate.candidates()


def test_a_delegate_does_not_approve_their_own_work_and_the_leader_s_is_approved_by_them(
    desk: Desk, receive, pin, leader, deputy, looked_at
) -> None:
    own = issued(desk.switch(deputy), receive, pin, "Hai")
    head = replace(leader, officer=replace(leader.officer, roles=frozenset({Role.OFFICER, Role.LEADER})))
    small = desk.switch(head)
    of_the_leader = issued(small, receive, pin, "Ba")
    with pytest.raises(OwnWork) as refused:
        small.approve_documents(looked_at(small, of_the_leader), pin(small))
    assert "ủy quyền" in refused.value.remedy

    small.delegate(ORDER)
    signing = desk.switch(deputy)
    with pytest.raises(OwnWork):
        signing.approve_documents(looked_at(signing, own), pin(signing))
    assert signing.approve_documents(looked_at(signing, of_the_leader), pin(signing))


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (replace(ORDER, to="khong-co"), NoSuchDelegate),
        (replace(ORDER, to=people.LEADER.officer.id), DelegateUnfit),
        (replace(ORDER, to=people.REGISTRAR.officer.id), DelegateUnfit),
        (replace(ORDER, to=people.RECEIVER.officer.id), DelegateUnfit),
        (replace(ORDER, to=people.AUDITOR.officer.id), DelegateUnfit),
        (replace(ORDER, since=date(2026, 11, 30)), DelegationDaysWrong),
        (replace(ORDER, until=date(2026, 11, 30)), DelegationDaysWrong),
        (replace(ORDER, ground="  "), DelegationGroundMissing),
    ],
)
def test_what_cannot_be_delegated_is_refused_with_what_to_do(desk: Desk, leader, order, why) -> None:
    deciding = desk.switch(leader)
    with pytest.raises(why) as refused:
        deciding.delegate(order)
    assert refused.value.remedy
    assert desk.delegations() == ()


def test_a_delegation_by_who_is_no_leader_for_central_is_told_to_have_no_effect_yet(
    desk: Desk, leader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Delegations, "_roles_at", lambda *_: frozenset({"officer"}))  # what its list says

    with pytest.raises(DelegationNotCounted):
        desk.switch(leader).delegate(ORDER)


def test_only_who_signs_at_the_counter_is_offered(desk: Desk, leader) -> None:
    offered = desk.switch(leader).delegate.candidates()
    assert {each.id for each in offered} == {people.OFFICER.officer.id, SECOND.id}


def test_central_takes_what_a_delegate_signed_and_flags_it_without_a_delegation(
    settings, central, clerk, leader, deputy, receive, pin, looked_at, monkeypatch
) -> None:
    with open_desk(replace(settings, central=central.address), clerk) as desk:
        first, second = issued(desk, receive, pin, "Một"), issued(desk, receive, pin, "Hai")
        today = datetime.now(UTC) + timedelta(hours=7)
        made = desk.switch(leader).delegate(replace(ORDER, since=today.date(), until=today.date()))
        signing = desk.switch(deputy)
        signing.approve_documents(looked_at(signing, first), pin(signing))
        desk.exchange(Progress())
        assert central.count("entries WHERE kind = 'slip_approved' AND verdict = 'accepted'") == 1
        assert central.count("alarms WHERE reason = 'role'") == 0

        desk.switch(leader).delegate.end(made.id)
        roles = frozenset({Role.OFFICER, Role.LEADER})  # as this computer's settings might claim
        claim = replace(deputy, officer=replace(deputy.officer, roles=roles))
        with pytest.raises(NotYourRole):  # the certificate says less
            desk.switch(claim).approve_documents(looked_at(desk, second), pin(desk))
        monkeypatch.setattr(Standing, "taken", lambda _: frozenset())  # a program that does not ask
        claiming = desk.switch(claim)
        claiming.approve_documents(looked_at(claiming, second), pin(claiming))
        desk.exchange(Progress())
        assert central.count("entries WHERE kind = 'slip_approved' AND verdict = 'accepted'") == 2
        assert central.count("alarms WHERE reason = 'role'") == 1
