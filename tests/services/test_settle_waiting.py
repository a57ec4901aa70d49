"""What central did not take, or took with a flag, is settled by an act of the counter."""

from dataclasses import replace

import pytest

from clerk_app.domain.correction import Correction
from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Dossier, SendState
from clerk_app.domain.kinds import Kind
from clerk_app.domain.sending import Waiting
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.settle_waiting import CitizenHoldsIt, HowMissing, NothingToSettle
from sync.contract.messages import Answer, Carried, Verdict
from sync.journal import Journal, alarms, deliveries, entries, references


def journal_of(desk: Desk) -> Journal:
    return desk.waiting.journal


def answered(desk: Desk, dossier: Dossier, number: int, **told: object) -> str:
    """Let central answer to the dossier's `number`-th act; return the act's id."""
    with journal_of(desk).writing() as tx:
        act = entries.history(tx, dossier.id)[number]
        deliveries.acknowledge(tx, [Answer(act.id, act.hash, owner="Lãnh đạo phường", **told)])
    desk.exchange.projection.catch_up()
    return act.id


def to_settle(desk: Desk) -> list[Waiting]:
    return [each for each in desk.waiting() if each.parked or each.flagged]


def test_a_flag_that_was_looked_at_is_in_sight_no_more(desk: Desk, receive) -> None:
    dossier = receive(desk)
    odd = answered(desk, dossier, 0, verdict=Verdict.ACCEPTED, flags=("clock_ahead",))
    [flagged] = to_settle(desk)
    assert (flagged.entry, flagged.person) == (odd, "Đặng Thị Ánh")
    assert "Đã xem" in flagged.next_step

    desk.settle_waiting(odd, "")

    assert to_settle(desk) == []
    last = desk.history(dossier.id)[-1]
    assert (last.kind, last.author) == (Kind.LOOKED_AT, desk.officer.name)
    assert desk.verify_journal().valid
    with pytest.raises(NothingToSettle):
        desk.settle_waiting(odd, "")


def test_an_alarm_is_listed_with_what_to_do_until_somebody_looked_at_it(desk: Desk, receive) -> None:
    dossier = receive(desk)
    with journal_of(desk).writing() as tx:
        alarms.raise_alarm(tx, "forged", entries.history(tx, dossier.id)[0])
    [alarm] = to_settle(desk)
    assert (alarm.code, alarm.kind, alarm.owner) == (dossier.code, "", "Người quản trị")
    assert alarm.reason == "Nhận được một việc có chữ ký không đúng."

    desk.settle_waiting(alarm.entry, "đã gọi")

    assert to_settle(desk) == []
    [check] = [check for check in desk.diagnose() if check.name == "alarms"]
    assert check.health.value == "ok"


def test_an_alarm_that_cannot_be_read_is_listed_all_the_same(desk: Desk) -> None:
    with journal_of(desk).writing() as tx:
        alarms.raise_alarm(tx, "unreadable", Carried(b"\xff", b"", None, None))

    [alarm] = to_settle(desk)

    assert (alarm.code, alarm.occurred_at) == ("", None)


def test_an_acceptance_is_never_given_up(desk: Desk, receive) -> None:
    dossier = receive(desk)
    refused = answered(desk, dossier, 0, verdict=Verdict.REFUSED, reason="role")
    [parked] = to_settle(desk)
    assert not parked.droppable
    assert "không bỏ được" in parked.next_step

    with pytest.raises(CitizenHoldsIt):
        desk.settle_waiting(refused, "bỏ")


def test_giving_an_act_up_needs_a_word_and_shows_at_once(desk: Desk, receive) -> None:
    dossier = receive(desk)
    desk.slip_for_pen(dossier.id, "thẻ hỏng")
    refused = answered(desk, dossier, 1, verdict=Verdict.REFUSED, reason="role")
    with pytest.raises(HowMissing):
        desk.settle_waiting(refused, "  ")
    [parked] = to_settle(desk)
    assert parked.droppable

    desk.settle_waiting(refused, "đã báo người dân")

    [parked] = to_settle(desk)  # until central knows
    assert parked.settled
    assert not parked.droppable
    assert desk.history(dossier.id)[-1].details == (("reason", "đã báo người dân"),)
    with pytest.raises(NothingToSettle):
        desk.settle_waiting(refused, "lần nữa")


def test_what_was_given_up_lets_the_rest_of_the_dossier_go_to_central(online: Desk, receive) -> None:
    dossier = receive(online)
    slip = online.slip_for_pen(dossier.id, "thẻ hỏng")
    journal, signer = journal_of(online), online.settle_waiting.signer
    with journal.act(signer) as act:  # a correction that no longer fits: its `from` is wrong
        wrong = act.add(dossier.id, Kind.CORRECTED, {"v": 1, "move": {"from": "received", "to": "received"}})
    online.print_slip(slip.id, Paper())
    online.exchange(Progress())
    assert online.dossier(dossier.id).sending is SendState.PARKED
    [parked] = to_settle(online)
    assert parked.entry == wrong.id
    assert online.sending().entries_waiting == 2  # the print waits behind it

    online.settle_waiting(wrong.id, "không cần sửa nữa")
    online.exchange(Progress())
    assert to_settle(online) == []
    online.exchange(Progress())  # what waited behind it

    assert online.sending().entries_waiting == 0
    assert online.dossier(dossier.id).sending is SendState.SENT


class Paper:
    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        """Take it."""


def test_the_files_that_wait_are_told_by_dossier_with_their_size(desk: Desk, receive, fill) -> None:
    draft = fill(desk, "Lê Đức")
    data = b"a page, as bytes"
    sha256 = desk.page_picture.files.files.put(data)
    dossier = receive(desk, "Không tệp")
    with journal_of(desk).writing() as tx:
        references.add(tx, sha256, dossier.id)
    desk.save_draft(draft)

    assert [(each.code, each.person, each.count, each.size) for each in desk.waiting_files()] == [
        (dossier.code, "Không tệp", 1, len(data))
    ]


def test_numbers_are_told_for_today_and_the_next_working_day(online: Desk) -> None:
    before = online.sending().numbers_next
    assert before is not None
    assert before.left == 0

    after = online.exchange(Progress()).numbers_next

    assert after is not None
    assert (after.day, after.left) == (before.day, 75)


@pytest.mark.parametrize("kind", ["received", "supplement_asked", "refused", "returned"])
def test_what_the_citizen_holds_is_never_given_up(kind: str) -> None:
    parked = Waiting("e-1", "d-1", "H26.99.01-261123-0001", kind, None, parked=True)

    assert not parked.droppable
    assert replace(parked, kind="slip_signed").droppable


def test_a_correction_that_came_second_stands_beside_the_one_that_counts(
    desk: Desk, receive, everybody
) -> None:
    dossier = receive(desk)
    desk.slip_for_pen(dossier.id, "thẻ hỏng")
    ours = replace(dossier.applicant.owner, name="Đặng Thị Ánh Tuyết", phone="0900000001")
    correction = Correction(replace(dossier.applicant, owner=ours), dossier.return_channel, "sai tên")
    desk.reissue_slip(dossier.id, correction, None)
    corrected = next(line for line in desk.history(dossier.id) if line.kind == Kind.CORRECTED)
    number = [line.entry for line in desk.history(dossier.id)].index(corrected.entry)
    answered(desk, dossier, number, verdict=Verdict.CONFLICT, reason="guard")

    [parked] = [each for each in desk.waiting() if each.parked]

    before = dossier.applicant.owner
    assert {(each.field, each.base, each.theirs, each.ours) for each in parked.conflicts} == {
        ("owner_name", before.name, before.name, ours.name),
        ("owner_phone", before.phone, before.phone, ours.phone),
    }
    assert all(not each.agreed for each in parked.conflicts)
