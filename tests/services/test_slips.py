"""Slips: signed by the officer's own token, kept before anybody sees them, corrected, approved, sealed."""

from dataclasses import replace

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.correction import Correction
from clerk_app.domain.document import DocumentKind, SignatureField, shown
from clerk_app.domain.dossier import Status
from clerk_app.domain.dossier_body import NothingCorrected
from clerk_app.domain.reason import ReasonTooLong
from clerk_app.domain.token_card import TypedPin, own_card
from clerk_app.errors import NoToken, PinWrong
from clerk_app.forms.pdfa import check_pdfa
from clerk_app.furniture import Desk
from clerk_app.services.issue_slip import SlipIssued
from clerk_app.services.keep_documents import SlipAlreadyIssued
from clerk_app.services.reissue_slip import NothingToReplace
from clerk_app.services.roles import NotYourRole
from clerk_app.services.seal_documents import SealRefused
from clerk_app.services.sign_turn import BatchCut, DocumentMoved, DocumentReplaced, SignTurn
from clerk_app.services.slip_for_pen import PenReasonMissing
from clerk_app.services.slip_form import SlipForm
from clerk_app.services.token_rack import CertificateOwner, TokenSwapped
from sync.errors import TurnElsewhere
from sync.files import FileStore

OFFICER, LEADER, SEAL = SignatureField


def a_pin(desk: Desk, pin: bytes) -> TypedPin:
    return TypedPin(desk.token_cards()[0], bytearray(pin))


def correction_of(dossier, name: str) -> Correction:
    owner = replace(dossier.applicant.owner, name=name)
    return Correction(replace(dossier.applicant, owner=owner), dossier.return_channel, "sai tên")


def test_a_signed_slip_is_valid_archivable_and_recorded(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    typed = pin(desk)

    slip = desk.issue_slip(dossier.id, typed)

    assert slip.signed_by == (OFFICER,)
    assert typed.pin == bytearray(len(typed.pin))
    pdf = desk.slip_pdf(slip.id)
    verdict = desk.verify_document(pdf)
    assert verdict.valid
    assert [each.signer for each in verdict.signatures] == [desk.officer.name]
    assert check_pdfa(pdf) == []
    after = desk.dossier(dossier.id)
    assert after.status is Status.SLIP_ISSUED
    assert after.code == dossier.code
    assert after.documents == (slip,)
    assert [line.kind for line in desk.history(dossier.id)] == ["received", "slip_signed"]
    assert not desk.unfinished()


def test_a_wrong_pin_is_one_try_and_leaves_the_dossier_as_it_was(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)

    with pytest.raises(PinWrong):
        desk.issue_slip(dossier.id, a_pin(desk, b"000000"))

    assert desk.dossier(dossier.id) == dossier
    assert desk.issue_slip(dossier.id, pin(desk)).signed_by == (OFFICER,)


def test_without_ones_own_token_the_pin_goes_nowhere(settings, clerk, receive, pin) -> None:
    first, *others = settings.accounts
    stranger = replace(first, certificate_sha256="00" * 32)

    with open_desk(replace(settings, accounts=(stranger, *others)), clerk) as desk:
        dossier = receive(desk)
        typed = pin(desk)
        assert own_card(desk.token_cards()) is None
        with pytest.raises(NoToken):
            desk.issue_slip(dossier.id, typed)
        assert not any(card.tries_low for card in desk.token_cards())

    assert typed.pin == bytearray(len(typed.pin))


def test_one_dossier_gets_one_slip(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    desk.issue_slip(dossier.id, pin(desk))

    with pytest.raises(SlipIssued):
        desk.issue_slip(dossier.id, pin(desk))
    with pytest.raises(SlipIssued):
        desk.slip_for_pen(dossier.id, "thẻ hỏng")

    assert len(desk.dossier(dossier.id).documents) == 1


def test_of_two_slips_made_at_once_one_is_kept(desk: Desk, receive, monkeypatch) -> None:
    dossier = receive(desk)
    make = SlipForm.make

    def overtaken(*made: object, **more: str) -> bytes:
        monkeypatch.setattr(SlipForm, "make", make)
        desk.slip_for_pen(dossier.id, "lượt kia")
        return make(*made, **more)

    monkeypatch.setattr(SlipForm, "make", overtaken)
    with pytest.raises(SlipAlreadyIssued):
        desk.slip_for_pen(dossier.id, "lượt này")

    assert len(desk.dossier(dossier.id).documents) == 1


def test_a_slip_for_the_pen_keeps_the_number_and_names_the_reason(desk: Desk, receive) -> None:
    dossier = receive(desk)

    slip = desk.slip_for_pen(dossier.id, "thẻ ký số hỏng")

    assert slip.by_pen
    assert slip.signed_by == ()
    assert desk.dossier(dossier.id).status is Status.SLIP_ISSUED
    assert desk.slip_pdf(slip.id).startswith(b"%PDF")
    assert desk.history(dossier.id)[-1].details == (("reason", "thẻ ký số hỏng"),)


def test_ky_tay_asks_for_a_reason(desk: Desk, receive) -> None:
    dossier = receive(desk)

    with pytest.raises(PenReasonMissing):
        desk.slip_for_pen(dossier.id, " ")

    assert desk.dossier(dossier.id).status is Status.RECEIVED


def test_a_reason_longer_than_a_slip_has_room_for_is_refused_in_words(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    with pytest.raises(ReasonTooLong):
        desk.slip_for_pen(dossier.id, "x" * 501)
    assert desk.dossier(dossier.id).status is Status.RECEIVED

    desk.slip_for_pen(dossier.id, "x" * 500)
    with pytest.raises(ReasonTooLong):
        desk.reissue_slip(
            dossier.id, replace(correction_of(dossier, "Đặng Thị Oanh"), reason="x" * 501), None
        )

    assert len(desk.dossier(dossier.id).documents) == 1
    assert desk.history(dossier.id)[-1].details == (("reason", "x" * 500),)


def test_a_slip_for_the_pen_is_signed_later_as_a_new_revision(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    by_pen = desk.slip_for_pen(dossier.id, "quên thẻ")
    before = desk.slip_pdf(by_pen.id)

    signed = desk.issue_slip(dossier.id, pin(desk))

    assert signed.id == by_pen.id
    assert signed.signed_by == (OFFICER,)
    assert desk.slip_pdf(signed.id).startswith(before)
    assert desk.verify_document(desk.slip_pdf(signed.id)).valid
    with pytest.raises(SlipIssued):
        desk.issue_slip(dossier.id, pin(desk))


def test_a_corrected_slip_replaces_the_wrong_one_under_the_same_code(desk: Desk, receive, pin) -> None:
    dossier = receive(desk, "Đặng Thị Anh")
    old = desk.issue_slip(dossier.id, pin(desk))

    new = desk.reissue_slip(dossier.id, correction_of(dossier, "Đặng Thị Ánh"), pin(desk))

    assert (new.issue, new.replaces, new.valid) == (2, old.id, True)
    after = desk.dossier(dossier.id)
    assert after.code == dossier.code
    assert after.entry_hash == dossier.entry_hash
    assert after.applicant.owner.name == "Đặng Thị Ánh"
    assert after.status is Status.SLIP_ISSUED
    assert [each.valid for each in after.documents] == [False, True]
    assert desk.verify_document(desk.slip_pdf(new.id)).valid
    assert desk.slip_pdf(old.id)
    kinds = [line.kind for line in desk.history(dossier.id)]
    assert kinds == ["received", "slip_signed", "corrected", "slip_signed"]


def test_a_correction_without_a_token_is_for_the_pen(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    desk.issue_slip(dossier.id, pin(desk))

    new = desk.reissue_slip(dossier.id, correction_of(dossier, "Đặng Thị Oanh"), None)

    assert new.by_pen
    assert new.issue == 2


def test_a_correction_that_fails_changes_nothing(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    with pytest.raises(NothingToReplace):
        desk.reissue_slip(dossier.id, correction_of(dossier, "Đặng Thị Oanh"), pin(desk))
    desk.issue_slip(dossier.id, pin(desk))
    before = desk.dossier(dossier.id)

    with pytest.raises(NothingCorrected):
        desk.reissue_slip(dossier.id, correction_of(dossier, dossier.applicant.owner.name), pin(desk))
    with pytest.raises(PinWrong):
        desk.reissue_slip(dossier.id, correction_of(dossier, "Đặng Thị Oanh"), a_pin(desk, b"999999"))

    assert desk.dossier(dossier.id) == before


def test_leader_and_seal_follow_in_their_turns(
    desk: Desk, receive, pin, seal_pin, looked_at, leader, registrar
) -> None:
    slips = [desk.issue_slip(receive(desk, name).id, pin(desk)).id for name in ("Một", "Hai")]

    deciding, sealing = desk.switch(leader), desk.switch(registrar)
    approved = deciding.approve_documents(looked_at(deciding, *slips), pin(deciding))
    sealed = sealing.seal_documents(looked_at(sealing, *slips), seal_pin(sealing))

    assert [each.signed_by for each in approved] == [(OFFICER, LEADER)] * 2
    assert [each.signed_by for each in sealed] == [(OFFICER, LEADER, SEAL)] * 2
    for slip in slips:
        pdf = desk.slip_pdf(slip)
        verdict = desk.verify_document(pdf)
        assert verdict.valid
        assert [each.field for each in verdict.signatures] == [OFFICER, LEADER, SEAL]
        assert check_pdfa(pdf) == []


def test_the_seal_waits_for_the_leader(desk: Desk, receive, pin, seal_pin, looked_at, registrar) -> None:
    slip = desk.issue_slip(receive(desk).id, pin(desk))
    sealing = desk.switch(registrar)
    typed = seal_pin(sealing)

    with pytest.raises(TurnElsewhere):
        sealing.seal_documents(looked_at(sealing, slip.id), typed)

    assert typed.pin == bytearray(len(typed.pin))


def test_the_seal_is_refused_unless_the_leaders_signature_validates(
    desk: Desk, receive, pin, seal_pin, looked_at, leader, registrar
) -> None:
    slip = desk.issue_slip(receive(desk).id, pin(desk))
    deciding, registry = desk.switch(leader), desk.switch(registrar)
    deciding.approve_documents(looked_at(deciding, slip.id), pin(deciding))
    sealing = registry.seal_documents
    nobody = replace(sealing, trust=replace(sealing.trust, roots=()))

    with pytest.raises(SealRefused):
        nobody(looked_at(registry, slip.id), seal_pin(registry))

    assert desk.dossier(slip.dossier).documents[0].signed_by == (OFFICER, LEADER)


def test_a_document_that_has_moved_since_it_was_shown_keeps_the_whole_list_unsigned(
    desk: Desk, receive, pin, looked_at, leader
) -> None:
    slips = [desk.issue_slip(receive(desk, name).id, pin(desk)).id for name in ("Một", "Hai")]
    deciding = desk.switch(leader)
    on_the_screen = looked_at(deciding, *slips)
    deciding.approve_documents(on_the_screen[1:], pin(deciding))
    wrong = a_pin(deciding, b"000000")

    with pytest.raises(DocumentMoved):
        deciding.approve_documents(on_the_screen, wrong)

    assert wrong.pin == bytearray(6)
    assert not any(card.tries_low for card in deciding.token_cards())
    assert [desk.slip_pdf(slip).count(b"/ByteRange") for slip in slips] == [1, 2]


def test_the_seal_attests_the_competent_persons_signature_and_nobody_elses(
    desk: Desk, receive, pin, seal_pin, looked_at, leader, registrar
) -> None:
    slip = desk.issue_slip(receive(desk).id, pin(desk))
    deciding, registry = desk.switch(leader), desk.switch(registrar)
    deciding.approve_documents(looked_at(deciding, slip.id), pin(deciding))
    sealing = registry.seal_documents
    under_another = replace(sealing, leaders=(CertificateOwner("Lãnh đạo khác"),))
    typed = seal_pin(registry)

    with pytest.raises(SealRefused, match=deciding.officer.name):
        under_another(looked_at(registry, slip.id), typed)

    assert typed.pin == bytearray(len(typed.pin))
    assert desk.dossier(slip.dossier).documents[0].signed_by == (OFFICER, LEADER)
    assert sealing(looked_at(registry, slip.id), seal_pin(registry))[0].signed_by == (OFFICER, LEADER, SEAL)


def test_other_bytes_than_those_shown_are_never_signed(desk: Desk, receive, pin, leader) -> None:
    slip = desk.issue_slip(receive(desk).id, pin(desk))
    deciding = desk.switch(leader)
    forged = desk.slip_pdf(slip.id) + b"\n% one more line"

    with pytest.raises(DocumentMoved):
        deciding.approve_documents([shown(slip.id, forged)], pin(deciding))

    assert desk.dossier(slip.dossier).documents == (slip,)


def test_a_document_named_by_two_looks_at_it_is_not_signed_twice(
    desk: Desk, receive, pin, looked_at, leader
) -> None:
    slip = desk.issue_slip(receive(desk).id, pin(desk))
    deciding = desk.switch(leader)

    approved = deciding.approve_documents(looked_at(deciding, slip.id, slip.id), pin(deciding))

    assert [each.signed_by for each in approved] == [(OFFICER, LEADER)]


def test_only_a_leader_approves_and_only_the_registrar_seals(desk: Desk, receive, pin, looked_at) -> None:
    slip = desk.issue_slip(receive(desk).id, pin(desk))

    with pytest.raises(NotYourRole):
        desk.approve_documents(looked_at(desk, slip.id), pin(desk))
    with pytest.raises(NotYourRole):
        desk.seal_documents(looked_at(desk, slip.id), pin(desk))


def test_a_replaced_slip_is_neither_approved_nor_printed(desk: Desk, receive, pin, looked_at, leader) -> None:
    dossier = receive(desk)
    old = desk.issue_slip(dossier.id, pin(desk))
    desk.reissue_slip(dossier.id, correction_of(dossier, "Đặng Thị Oanh"), pin(desk))

    with pytest.raises(DocumentReplaced):
        desk.switch(leader).approve_documents(looked_at(desk, old.id), pin(desk))
    with pytest.raises(DocumentReplaced):
        desk.print_slip(old.id, FakePrinter())


def test_a_slip_that_is_replaced_while_the_leader_signs_gets_no_signature(
    desk: Desk, receive, pin, looked_at, leader, monkeypatch
) -> None:
    dossier = receive(desk)
    old = desk.issue_slip(dossier.id, pin(desk))
    deciding = desk.switch(leader)
    sign = SignTurn._sign

    def meanwhile(*args):
        desk.reissue_slip(dossier.id, correction_of(dossier, "Đặng Thị Oanh"), None)
        return sign(*args)

    monkeypatch.setattr(SignTurn, "_sign", meanwhile)
    with pytest.raises(TurnElsewhere):
        deciding.approve_documents(looked_at(deciding, old.id), pin(deciding))

    after = desk.dossier(dossier.id).documents
    assert [(each.valid, each.signed_by) for each in after] == [(False, (OFFICER,)), (True, ())]


class FakePrinter:
    def __init__(self) -> None:
        self.titles: list[str] = []

    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        self.titles.append(f"{title} {note}".strip())


class BrokenPrinter:
    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        raise OSError("hết giấy")


def test_a_slip_that_is_replaced_while_it_goes_to_the_printer_is_not_printed(
    desk: Desk, receive, pin, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = receive(desk)
    old = desk.issue_slip(dossier.id, pin(desk))
    printer = FakePrinter()
    get = FileStore.get

    def meanwhile(store: FileStore, sha256: str) -> bytes:
        monkeypatch.setattr(FileStore, "get", get)
        desk.reissue_slip(dossier.id, correction_of(dossier, "Đặng Thị Oanh"), pin(desk))
        return store.get(sha256)

    monkeypatch.setattr(FileStore, "get", meanwhile)
    with pytest.raises(DocumentReplaced):
        desk.print_slip(old.id, printer)

    assert printer.titles == []
    assert not any(document.print_unfinished for document in desk.dossier(dossier.id).documents)


def test_prints_are_counted_and_a_reprint_says_so(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    slip, printer = desk.issue_slip(dossier.id, pin(desk)), FakePrinter()

    copies = [desk.print_slip(slip.id, printer), desk.print_slip(slip.id, printer)]

    assert copies == [1, 2]
    assert printer.titles == [
        f"Giấy hẹn {dossier.code}",
        f"Giấy hẹn {dossier.code} Bản in lần 2",
    ]
    assert desk.dossier(dossier.id).documents[0].prints == 2
    assert not desk.unfinished()


def test_a_printer_that_fails_leaves_an_unknown_end(desk: Desk, receive, pin) -> None:
    dossier = receive(desk)
    slip = desk.issue_slip(dossier.id, pin(desk))

    with pytest.raises(OSError, match="hết giấy"):
        desk.print_slip(slip.id, BrokenPrinter())

    assert [line.kind for line in desk.history(dossier.id)][-2:] == ["print_started", "print_unknown"]
    assert desk.print_slip(slip.id, FakePrinter()) == 2


def test_the_token_cards_show_the_officers_own_first(desk: Desk) -> None:
    cards = desk.token_cards()

    assert cards[0].owner == desk.officer.name
    assert cards[0].practice_pin
    assert [card.own for card in cards] == [True, False, False, False, False]


def test_the_seal_cards_show_the_agencys_first(desk: Desk) -> None:
    cards = desk.seal_cards()

    assert cards[0].owner == desk.unit.name
    assert [card.own for card in cards] == [True, False, False, False, False]


@pytest.mark.parametrize("other", [{"serial": "0000"}, {"certificate_sha256": "00" * 32}])
def test_a_slip_is_signed_by_the_very_token_that_was_shown_or_not_at_all(
    desk: Desk, receive, pin, other: dict[str, str]
) -> None:
    dossier = receive(desk)
    typed = pin(desk)
    typed = TypedPin(replace(typed.card, **other), typed.pin)

    with pytest.raises(TokenSwapped):
        desk.issue_slip(dossier.id, typed)

    assert typed.pin == bytearray(len(typed.pin))
    assert desk.dossier(dossier.id) == dossier
    assert not any(card.tries_low for card in desk.token_cards())


def test_a_bug_in_a_batch_says_what_is_signed_and_tells_no_screen_its_own_words(
    desk: Desk, receive, pin, looked_at, leader, monkeypatch
) -> None:
    slips = [desk.issue_slip(receive(desk, name).id, pin(desk)).id for name in ("Một", "Hai")]
    deciding, sign = desk.switch(leader), SignTurn._sign

    def once(turn, document, *args):
        if document.id != slips[0]:
            raise KeyError("Đặng Thị Ánh")
        return sign(turn, document, *args)

    monkeypatch.setattr(SignTurn, "_sign", once)
    with pytest.raises(BatchCut) as cut:
        deciding.approve_documents(looked_at(deciding, *slips), pin(deciding))

    assert (cut.value.facts["signed"], cut.value.facts["left"]) == ((slips[0],), (slips[1],))
    assert "Ánh" not in str(cut.value) + str(cut.value.facts)


def test_a_stop_in_a_batch_says_what_is_signed_and_what_is_left(
    desk: Desk, receive, pin, looked_at, leader, monkeypatch
) -> None:
    slips = [desk.issue_slip(receive(desk, name).id, pin(desk)).id for name in ("Một", "Hai", "Ba")]
    sign = SignTurn._sign

    def once(turn, document, *args):
        if document.id != slips[0]:
            raise NoToken(owner="lãnh đạo")
        return sign(turn, document, *args)

    monkeypatch.setattr(SignTurn, "_sign", once)

    deciding = desk.switch(leader)
    with pytest.raises(BatchCut) as cut:
        deciding.approve_documents(looked_at(deciding, *slips), pin(deciding))

    assert NoToken(owner="lãnh đạo").remedy in cut.value.remedy.format(**cut.value.facts)
    assert cut.value.facts["signed"] == (slips[0],)
    assert cut.value.facts["left"] == tuple(slips[1:])
    monkeypatch.undo()
    assert len(deciding.approve_documents(looked_at(deciding, *slips[1:]), pin(deciding))) == 2
