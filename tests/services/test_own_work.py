"""Own work is never self-approved, own dossiers never self-signed: refused before a PIN, shown in the list, flagged by central."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person, Relation
from clerk_app.domain.document import DEFAULT_SIGNATURES, DocumentKind, SignatureField
from clerk_app.domain.officer import Role
from clerk_app.domain.own_work import Barred
from clerk_app.domain.reply import SupplementRequest
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.own_work import OwnDossier, OwnWork
from clerk_app.services.sign_turn import SignTurn
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from clerk_app.store.entry_rules import entry_rules
from sync.central.judging import own_work
from sync.fold import Subject
from tests.sync.central.chain_writer import ChainWriter

OWN_NUMBER = "001188012345"  # the one that `fill` writes for whoever asks


@pytest.fixture
def head(leader: Unlocked) -> Unlocked:
    """The leader of a small ward, who also sits at the counter."""
    return replace(leader, officer=replace(leader.officer, roles=frozenset({Role.OFFICER, Role.LEADER})))


def known_by_number(settings: Settings, officer: str, **more: object) -> Settings:
    accounts = tuple(
        replace(each, identity_number=OWN_NUMBER) if each.officer.id == officer else each
        for each in settings.accounts
    )
    return replace(settings, accounts=accounts, **more)


def test_who_received_a_dossier_does_not_approve_its_slip_and_no_pin_is_used(
    desk: Desk, receive, pin, head, looked_at, monkeypatch
) -> None:
    small = desk.switch(head)
    slip = small.issue_slip(receive(small).id, pin(small))
    asked: list[object] = []
    monkeypatch.setattr(SignTurn, "_signed", lambda *_: asked.append("PIN"))

    with pytest.raises(OwnWork) as refused:
        small.approve_documents(looked_at(small, slip.id), pin(small))
    batch = small.signing_room.sign(looked_at(small, slip.id), pin(small), Progress())

    assert "ủy quyền" in refused.value.remedy
    assert [type(why) for why in batch.refused.values()] == [OwnWork]
    assert (batch.signed, asked) == ((), [])
    assert small.dossier(slip.dossier).documents[0].signed_by == (SignatureField.OFFICER,)


def test_who_received_it_does_not_approve_what_a_colleague_signed(
    desk: Desk, receive, pin, head, looked_at
) -> None:
    small = desk.switch(head)
    dossier = receive(small)
    slip = desk.issue_slip(dossier.id, pin(desk))

    with pytest.raises(OwnWork):
        small.approve_documents(looked_at(small, slip.id), pin(small))


def test_the_list_says_which_line_is_for_another_leader_and_that_one_signs_it(
    desk: Desk, receive, pin, head, everybody
) -> None:
    small = desk.switch(head)
    own = small.issue_slip(receive(small, "Một").id, pin(small))
    other = desk.issue_slip(receive(desk, "Hai").id, pin(desk))

    listed = {item.id: item for item in small.signing_room.list()}
    assert (listed[own.id].barred, listed[other.id].barred) == (Barred.OWN_WORK, None)
    assert not listed[own.id].must_be_opened
    assert listed[other.id].must_be_opened  # the first of its procedure that can be signed

    deputy = everybody["qt-02"]
    deputy = replace(deputy, officer=replace(deputy.officer, roles=frozenset({Role.LEADER})))
    second = desk.switch(deputy).signing_room
    assert {item.barred for item in second.list()} == {None}


def test_an_own_dossier_is_neither_approved_nor_sealed_where_the_number_is_known(
    settings: Settings, clerk, leader, registrar, receive, pin, seal_pin, looked_at
) -> None:
    with open_desk(known_by_number(settings, leader.officer.id), clerk) as desk:
        slip = desk.issue_slip(receive(desk).id, pin(desk))
        with pytest.raises(OwnDossier):
            desk.switch(leader).approve_documents(looked_at(desk, slip.id), pin(desk.switch(leader)))
    with open_desk(known_by_number(settings, registrar.officer.id), clerk) as desk:
        deciding, sealing = desk.switch(leader), desk.switch(registrar)
        deciding.approve_documents(looked_at(desk, slip.id), pin(deciding))
        with pytest.raises(OwnDossier):
            sealing.seal_documents(looked_at(desk, slip.id), seal_pin(sealing))
        assert [item.barred for item in sealing.signing_room.list()] == [Barred.OWN_DOSSIER]


def test_who_hands_a_dossier_in_counts_as_whose_it_is_and_a_setting_allows_it(
    settings: Settings, clerk, leader, fill, pin, looked_at
) -> None:
    child = Applicant(Person(name="Cháu"), Person(name="Mẹ", id_number=OWN_NUMBER), Relation.PARENT)
    with open_desk(known_by_number(settings, leader.officer.id), clerk) as desk:
        slip = desk.issue_slip(desk.receive_dossier(fill(desk, applicant=child)).id, pin(desk))
        deciding = desk.switch(leader)
        with pytest.raises(OwnDossier):
            deciding.approve_documents(looked_at(deciding, slip.id), pin(deciding))
    with open_desk(known_by_number(settings, leader.officer.id, own_dossier="allowed"), clerk) as desk:
        deciding = desk.switch(leader)
        (signed,) = deciding.approve_documents(looked_at(deciding, slip.id), pin(deciding))
        assert SignatureField.LEADER in signed.signed_by


def test_a_reply_is_approved_by_somebody_else_too(
    settings: Settings, head, leader, fill, pin, looked_at
) -> None:
    both = DEFAULT_SIGNATURES | {DocumentKind.SUPPLEMENT: (SignatureField.OFFICER, SignatureField.LEADER)}
    with open_desk(replace(settings, signatures=both), head) as small:
        draft = fill(small, papers=())
        asked = small.ask_for_supplement(draft, SupplementRequest(("Tờ khai",), "Thiếu"), pin(small))
        with pytest.raises(OwnWork):
            small.approve_documents(looked_at(small, asked.id), pin(small))


def test_who_signed_the_notice_of_a_code_does_not_approve_it(
    settings: Settings, central, clerk, head, receive, looked_at, pin
) -> None:
    with closing(sqlite3.connect(central.folder / "central.db")) as database, database:
        certified = ('["leader", "officer"]', head.signer.author)
        database.execute("UPDATE author_keys SET roles = ? WHERE author = ?", certified)
    both = DEFAULT_SIGNATURES | {DocumentKind.CODE_NOTICE: (SignatureField.OFFICER, SignatureField.LEADER)}
    with open_desk(replace(settings, central=central.address, signatures=both), clerk) as desk:
        dossier = receive(desk)  # under a provisional number: no range has come yet
        desk.slip_for_pen(dossier.id, "mất mạng")
        desk.exchange(Progress())
        small = desk.switch(head)
        (notice,) = small.give_codes([dossier.id], pin(small)).signed
        with pytest.raises(OwnWork):
            small.approve_documents(looked_at(small, notice.id), pin(small))


def test_central_looks_again_by_the_published_rules() -> None:
    writer, rules = ChainWriter(), entry_rules()
    subject = "0199d5a0-0000-7000-8000-00000000abcd"
    signed = Subject(subject, entries=(writer.write(subject, "slip_signed"),))

    assert own_work(writer.write(subject, "slip_approved"), signed, rules) == ("own_work",)
    assert own_work(ChainWriter().write(subject, "slip_approved"), signed, rules) == ("own_work",)
    assert own_work(writer.write(subject, "slip_sealed"), signed, rules) == ()
