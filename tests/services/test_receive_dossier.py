"""Receiving a dossier: refused while something is missing, else one act that survives everything."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.acceptance import PapersMissing, ProcedureNotChosen
from clerk_app.domain.dossier import SendState, Status
from clerk_app.domain.number import parse_code
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services import exchange
from clerk_app.services.roles import NotYourRole


def test_a_missing_paper_refuses_and_the_draft_stays(desk: Desk, fill) -> None:
    draft = fill(desk)
    without = desk.save_draft(replace(draft, papers=draft.papers[1:]))

    with pytest.raises(PapersMissing):
        desk.receive_dossier(without)

    assert [each.id for each in desk.drafts()] == [draft.id]
    assert desk.find_dossiers("") == ()


def test_a_draft_without_a_procedure_is_refused(desk: Desk) -> None:
    with pytest.raises(ProcedureNotChosen):
        desk.receive_dossier(desk.start_draft())


def test_a_received_dossier_has_number_due_time_and_no_draft_any_more(desk: Desk, fill) -> None:
    draft = fill(desk)

    dossier = desk.receive_dossier(draft)

    assert dossier.id == draft.id
    assert dossier.code.startswith("TAM-Q3-")
    assert dossier.code.endswith("-0001")
    assert dossier.provisional
    assert dossier.status is Status.RECEIVED
    assert dossier.sending is SendState.WAITING
    assert dossier.due_at > dossier.received_at
    assert dossier.received_by == desk.officer.name
    assert desk.drafts() == ()


def test_what_the_archive_shows_is_what_was_returned(desk: Desk, receive) -> None:
    dossier = receive(desk)

    assert desk.dossier(dossier.id) == dossier
    assert desk.find_dossiers("dang thi a") == (dossier,)
    assert desk.find_dossiers("0001") == (dossier,)


def test_receiving_twice_gives_the_same_dossier_and_uses_one_number(desk: Desk, fill) -> None:
    draft = fill(desk)

    first, second = desk.receive_dossier(draft), desk.receive_dossier(draft)

    assert first == second
    assert [line.kind for line in desk.history(draft.id)] == ["received"]
    assert desk.receive_dossier(fill(desk)).code.endswith("-0002")


def test_a_leader_does_not_receive(desk: Desk, fill, leader) -> None:
    draft = fill(desk)

    with pytest.raises(NotYourRole):
        desk.switch(leader).receive_dossier(draft)


def test_a_paper_not_needed_for_a_reason_is_accepted(desk: Desk, fill) -> None:
    draft = fill(desk)
    waived = LaidPaper(draft.papers[0].key, PaperState.NOT_NEEDED, reason="khai thác CSDL dân cư")

    dossier = desk.receive_dossier(replace(draft, papers=(waived, *draft.papers[1:])))

    assert dossier.papers[0].reason == "khai thác CSDL dân cư"


def test_a_dossier_just_received_is_listed_as_unfinished(desk: Desk, receive) -> None:
    dossier = receive(desk)

    assert desk.unfinished().unsigned == (dossier,)


def test_a_number_belongs_to_its_day_and_a_clock_put_back_changes_nothing(
    settings, clerk, clock, receive
) -> None:
    with open_desk(settings, clerk, clock) as desk:
        today = receive(desk)
        clock.move(timedelta(days=1))
        tomorrow = receive(desk)
        clock.move(timedelta(days=-1))
        put_back = receive(desk)

    days = [parse_code(each.code).day for each in (today, tomorrow, put_back)]
    assert days[1] == days[2] == days[0] + timedelta(days=1)
    assert [each.code[-4:] for each in (today, tomorrow, put_back)] == ["0001", "0001", "0002"]
    assert put_back.received_at >= tomorrow.received_at


def test_a_counter_that_is_renamed_gives_no_provisional_number_again(settings, clerk, receive) -> None:
    codes = []
    for name in ("Quầy 3", "quay-3"):
        with open_desk(replace(settings, unit=replace(settings.unit, counter=name)), clerk) as desk:
            codes.append(receive(desk).code)

    assert [code[-4:] for code in codes] == ["0001", "0002"]


def test_when_the_leased_numbers_are_used_up_a_provisional_one_follows(
    online: Desk, receive, monkeypatch
) -> None:
    monkeypatch.setattr(exchange, "NUMBERS_A_DAY", 2)
    online.exchange(Progress())

    received = [receive(online, name) for name in ("Một", "Hai", "Ba")]

    assert [each.provisional for each in received] == [False, False, True]
    assert online.sending().numbers_left == 0
    online.exchange(Progress())
    assert not receive(online, "Bốn").provisional
    assert online.dossier(received[2].id).code == received[2].code
