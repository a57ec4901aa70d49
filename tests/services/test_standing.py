"""A session that is open ends with the news that its officer, or a role of theirs, was taken back; what was done before stays."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.reply import Refusal
from clerk_app.domain.returning import proposed_receiver
from clerk_app.practice import people
from clerk_app.progress import Progress
from clerk_app.services.admit import OfficerRevoked, RoleTaken
from clerk_app.services.roles import NotYourRole
from signing.token_session import TokenSession
from sync.central import accounts
from sync.central.database import open_database

OFFICER, LEADER = people.OFFICER.officer, people.LEADER.officer


@pytest.fixture
def at_central(central) -> Callable[..., None]:
    """Change central's books, while it runs."""

    def change(act: Callable[..., None], *given: object) -> None:
        address = f"sqlite:///{(central.folder / 'central.db').as_posix()}"
        with closing(open_database(address)) as database, database.writing() as tx:
            act(tx, *given)

    return change


def test_after_the_round_that_tells_it_nothing_more_is_done_and_all_from_before_goes_up_flagged(
    settings, central, at_central, clerk, leader, everybody, fill, receive, pin
) -> None:
    class Paper:
        def spool(self, *_: object) -> None:
            pytest.fail("a paper came out")

    with open_desk(replace(settings, central=central.address), clerk) as desk:
        slip = desk.issue_slip(receive(desk, "Một").id, pin(desk))
        draft = fill(desk, "Hai")
        desk.exchange(Progress())
        at_central(accounts.revoke, f"officer:{OFFICER.id}", datetime.now(UTC))
        desk.standing()
        before = receive(desk, "Ba")  # nobody here has heard of it yet

        desk.exchange(Progress())

        with pytest.raises(OfficerRevoked) as told:
            desk.standing()
        assert OFFICER.name in str(told.value)
        assert not desk.sending().parked
        assert central.count("alarms WHERE reason = 'author_revoked'") > 0
        assert central.count(f"entries WHERE subject = '{before.id}' AND verdict = 'accepted'") == 1
        entries = central.count("entries")
        typed = pin(desk)
        for act in (
            lambda: desk.receive_dossier(draft),
            lambda: desk.issue_slip(before.id, typed),
            lambda: desk.slip_for_pen(before.id, "thẻ hỏng"),
            lambda: desk.print_slip(slip.id, Paper()),
            lambda: desk.return_result(slip.dossier, proposed_receiver(before.applicant)),
            lambda: desk.refuse_dossier(
                draft, Refusal("Đăng ký thường trú", "không thuộc thẩm quyền", "Điều 20"), pin(desk)
            ),
            lambda: desk.books.open("Văn bản đi", 2026, 1),
        ):
            with pytest.raises(OfficerRevoked):
                act()
        assert not any(typed.pin)  # wiped, and no try of it used
        assert desk.save_draft(replace(draft, note="chờ giấy")).note == "chờ giấy"  # what was typed is kept

        colleague = desk.switch(everybody[people.SECOND_OFFICER.officer.id])
        (kept,) = colleague.drafts()
        assert (kept.id, kept.note, kept.held_by) == (draft.id, "chờ giấy", None)
        assert kept.begun_by.id == OFFICER.id
        colleague.hand_over_draft(kept.id, people.SECOND_OFFICER.officer.id)
        colleague.exchange(Progress())
        assert central.count("entries") == entries
        assert colleague.issue_slip(before.id, pin(colleague)).by_pen is False
        assert colleague.verify_journal().valid


def test_a_role_that_was_taken_ends_the_session_and_the_next_one_has_what_is_left(
    settings, central, at_central, clerk, leader, receive, pin, looked_at, monkeypatch
) -> None:
    span = (datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=1))

    def certified(*roles: str) -> None:
        key = accounts.Officer(
            LEADER.id, settings.unit.id, leader.signer.public_bytes, frozenset(roles), *span
        )
        at_central(accounts.certify_officer, key, datetime.now(UTC))

    small = replace(leader, officer=replace(leader.officer, roles=frozenset({*OFFICER.roles, *LEADER.roles})))
    with open_desk(replace(settings, central=central.address), clerk) as desk:
        slips = [desk.issue_slip(receive(desk, name).id, pin(desk)).id for name in ("Một", "Hai", "Ba")]
        certified("leader", "officer")
        desk.exchange(Progress())
        deciding, sign, times = desk.switch(small), TokenSession.sign, []
        assert deciding.up_to_date()

        def learning(session, data: bytes) -> bytes:
            times.append(1)
            if len(times) == 1:
                certified("officer")
                desk.exchange(Progress())
            return sign(session, data)

        monkeypatch.setattr(TokenSession, "sign", learning)
        batch = deciding.signing_room.sign(looked_at(desk, *slips), pin(deciding), Progress())
        monkeypatch.undo()

        assert (batch.signed, len(batch.left), len(times)) == ((), len(slips), 1)
        assert isinstance(batch.stopped, RoleTaken)
        with pytest.raises(RoleTaken):
            deciding.standing()
        assert not deciding.up_to_date()
        rest = desk.switch(small)
        assert rest.officer.roles == OFFICER.roles
        assert rest.signing_room is None
        with pytest.raises(NotYourRole):
            rest.approve_documents(looked_at(desk, *slips), pin(rest))
        assert receive(rest, "Bốn")
        with pytest.raises(RoleTaken):  # the settings name no other role
            desk.switch(leader)
