"""Mẫu 02 and Mẫu 03: signed and kept before anybody sees them, in one act with the draft's fate."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.document import DEFAULT_SIGNATURES, DocumentKind, SignatureField
from clerk_app.domain.dossier import Draft, SendState, Status
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.reply import (
    DossierRefused,
    NothingAsked,
    Pen,
    Refusal,
    RefusalGroundMissing,
    SupplementAgain,
    SupplementRequest,
    papers_to_ask,
)
from clerk_app.errors import PinWrong
from clerk_app.forms.pdfa import check_pdfa
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.give_reply import AcceptedAlready
from clerk_app.services.issue_slip import NoSlipNeeded
from clerk_app.services.numbering import Numbering, ReplyOvertaken
from clerk_app.services.roles import NotYourRole
from clerk_app.services.slip_for_pen import PenReasonMissing
from tests.services.test_slips import a_pin

REFUSAL = Refusal("Đăng ký thường trú", "Không thuộc thẩm quyền", "Điều 20 Luật Cư trú")
PEN = Pen("thẻ hỏng")
REQUEST = SupplementRequest(("Tờ khai (01 bản chính)",), "Hồ sơ chưa đủ thành phần")


@pytest.fixture
def lacking(fill) -> Callable[[Desk], Draft]:
    """A draft whose first paper is missing."""

    def filled(desk: Desk) -> Draft:
        draft = fill(desk)
        return desk.save_draft(replace(draft, papers=draft.papers[1:]))

    return filled


class FakePrinter:
    def __init__(self) -> None:
        self.told: list[str] = []

    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        assert pdf.startswith(b"%PDF")
        self.told.append(f"{title}{note}")


def test_a_request_for_what_is_missing_is_signed_archivable_and_recorded(desk: Desk, lacking, pin) -> None:
    draft, typed = lacking(desk), pin(desk)
    (procedure,) = desk.find_procedures(draft.procedure)
    asked = tuple(each.text for each in papers_to_ask(procedure, draft.papers) if each.wanted)

    paper = desk.ask_for_supplement(draft, replace(REQUEST, items=asked), typed)

    assert typed.pin == bytearray(len(typed.pin))
    assert (paper.kind, paper.signed_by) == (DocumentKind.SUPPLEMENT, (SignatureField.OFFICER,))
    pdf = desk.slip_pdf(paper.id)
    assert desk.verify_document(pdf).valid
    assert check_pdfa(pdf) == []
    dossier = desk.dossier(draft.id)
    assert dossier.status is Status.SUPPLEMENT_ASKED
    assert dossier.documents == (paper,)
    assert dossier.due_at is None
    assert [(line.kind, dict(line.details)["reason"]) for line in desk.history(draft.id)] == [
        ("supplement_asked", REQUEST.reason)
    ]
    assert not desk.unfinished()


def test_the_draft_waits_with_all_that_was_laid_and_is_found_by_name(desk: Desk, lacking) -> None:
    draft = lacking(desk)

    desk.ask_for_supplement(draft, REQUEST, PEN)

    (waiting,) = desk.drafts()
    assert (waiting.id, waiting.papers, waiting.applicant) == (draft.id, draft.papers, draft.applicant)
    assert waiting.supplements == 1
    (found,) = desk.find_dossiers("dang thi anh")
    assert found.id == draft.id


def test_what_was_asked_is_brought_and_the_dossier_accepted_under_its_own_number(
    desk: Desk, lacking, pin, receive
) -> None:
    draft = lacking(desk)
    asked = desk.ask_for_supplement(draft, REQUEST, PEN)
    (waiting,) = desk.drafts()
    whole = replace(waiting, papers=(*waiting.papers, LaidPaper("ct01", PaperState.SHOWN_ONLY)))

    dossier = desk.receive_dossier(whole)

    assert dossier.status is Status.RECEIVED
    assert dossier.code.endswith("-0001")
    assert desk.drafts() == ()
    assert desk.find_dossiers("dang thi anh") == (dossier,)
    slip = desk.issue_slip(dossier.id, pin(desk))
    assert desk.dossier(dossier.id).documents == (asked, slip)
    assert [line.kind for line in desk.history(draft.id)] == ["supplement_asked", "received", "slip_signed"]
    assert desk.receive_dossier(whole).code == dossier.code
    assert receive(desk, "Người sau").code.endswith("-0002")
    assert desk.verify_journal().valid


def test_a_second_request_at_one_stage_needs_a_reason_and_a_consent(desk: Desk, lacking, pin) -> None:
    draft = lacking(desk)
    desk.ask_for_supplement(draft, REQUEST, PEN)
    unused = pin(desk)

    with pytest.raises(SupplementAgain):
        desk.check_supplement(draft, REQUEST)
    with pytest.raises(SupplementAgain):
        desk.ask_for_supplement(draft, REQUEST, unused)
    assert unused.pin == bytearray(len(unused.pin))
    again = replace(REQUEST, again="Giấy mới hết hạn", consent="Trần Thị Lãnh")
    desk.ask_for_supplement(draft, again, PEN)

    first, second = desk.history(draft.id)
    assert dict(second.details)["consent"] == "Trần Thị Lãnh"
    assert "consent" not in dict(first.details)
    assert [each.supplements for each in desk.drafts()] == [2]


def test_the_limit_of_requests_is_a_setting(settings, clerk, lacking) -> None:
    with open_desk(replace(settings, supplement_limit=0), clerk) as desk:
        draft = lacking(desk)
        for _ in range(3):
            desk.ask_for_supplement(draft, REQUEST, PEN)
        assert len(desk.history(draft.id)) == 3


def test_nothing_is_asked_refused_or_used_up_by_what_is_not_complete(desk: Desk, lacking, pin) -> None:
    draft = lacking(desk)

    with pytest.raises(NothingAsked):
        desk.ask_for_supplement(draft, replace(REQUEST, items=()), pin(desk))
    with pytest.raises(RefusalGroundMissing):
        desk.refuse_dossier(draft, replace(REFUSAL, ground=""), pin(desk))
    with pytest.raises(PenReasonMissing):
        desk.refuse_dossier(draft, REFUSAL, Pen(" "))
    with pytest.raises(PinWrong):
        desk.ask_for_supplement(draft, REQUEST, a_pin(desk, b"000000"))

    assert desk.history(draft.id) == ()
    assert desk.drafts() == (draft,)
    desk.ask_for_supplement(draft, REQUEST, pin(desk))
    assert desk.dossier(draft.id).code.endswith("-0001")


def test_a_refusal_closes_the_draft_and_says_why(desk: Desk, lacking, pin) -> None:
    draft = lacking(desk)

    paper = desk.refuse_dossier(draft, REFUSAL, pin(desk))

    assert paper.kind is DocumentKind.REFUSAL
    assert desk.verify_document(desk.slip_pdf(paper.id)).valid
    assert desk.drafts() == ()
    assert desk.dossier(draft.id).status is Status.REFUSED
    (line,) = desk.history(draft.id)
    assert dict(line.details) == {"reason": REFUSAL.reason, "ground": REFUSAL.ground}


def test_what_was_refused_is_neither_received_nor_asked_nor_given_a_slip(desk: Desk, fill, pin) -> None:
    draft = fill(desk)
    desk.refuse_dossier(draft, REFUSAL, PEN)

    for late in (
        lambda: desk.receive_dossier(draft),
        lambda: desk.ask_for_supplement(draft, REQUEST, PEN),
        lambda: desk.refuse_dossier(draft, REFUSAL, PEN),
    ):
        with pytest.raises(DossierRefused):
            late()
    with pytest.raises(NoSlipNeeded):
        desk.issue_slip(draft.id, pin(desk))
    assert len(desk.history(draft.id)) == 1


def test_what_was_accepted_is_not_refused_any_more(desk: Desk, fill) -> None:
    draft = fill(desk)
    desk.receive_dossier(draft)

    with pytest.raises(AcceptedAlready):
        desk.refuse_dossier(draft, REFUSAL, PEN)
    with pytest.raises(AcceptedAlready):
        desk.check_supplement(draft, REQUEST)


def test_a_request_outside_the_catalogue_can_be_refused(desk: Desk, fill) -> None:
    draft = desk.save_draft(replace(fill(desk), procedure="", papers=()))

    desk.refuse_dossier(draft, replace(REFUSAL, request="Xin cấp phép bay"), PEN)

    assert desk.dossier(draft.id).procedure_title == "Xin cấp phép bay"


def test_for_the_pen_the_paper_has_no_signature_and_names_the_reason(desk: Desk, lacking) -> None:
    draft = lacking(desk)

    paper = desk.ask_for_supplement(draft, REQUEST, Pen("Không thấy thẻ ký số"))

    assert (paper.by_pen, paper.signed_by) == (True, ())
    assert desk.slip_pdf(paper.id).startswith(b"%PDF")


def test_a_reply_is_printed_and_counted_like_a_slip_without_a_citizen_s_name(desk: Desk, lacking) -> None:
    paper = desk.ask_for_supplement(lacking(desk), REQUEST, PEN)
    printer = FakePrinter()

    copies = [desk.print_slip(paper.id, printer) for _ in range(2)]

    assert copies == [1, 2]
    code = desk.dossier(paper.dossier).code
    assert [each.id for each in desk.find_dossiers(code)] == [paper.dossier]
    assert printer.told == [
        f"Phiếu yêu cầu bổ sung {code}",
        f"Phiếu yêu cầu bổ sung {code}Bản in lần 2",
    ]


def test_numbers_of_replies_count_by_kind_and_day_and_are_used_once(desk: Desk, lacking, monkeypatch) -> None:
    first, second, third = (lacking(desk) for _ in range(3))
    desk.ask_for_supplement(first, REQUEST, PEN)
    desk.refuse_dossier(second, REFUSAL, PEN)
    upcoming = Numbering.upcoming_reply

    def overtaken(numbering: Numbering, *about: object):
        found = upcoming(numbering, *about)
        monkeypatch.setattr(Numbering, "upcoming_reply", upcoming)
        desk.ask_for_supplement(third, REQUEST, Pen("lượt kia"))
        return found

    monkeypatch.setattr(Numbering, "upcoming_reply", overtaken)
    fourth = lacking(desk)
    with pytest.raises(ReplyOvertaken):
        desk.ask_for_supplement(fourth, REQUEST, Pen("lượt này"))

    codes = [desk.dossier(draft.id).code for draft in (first, second, third)]
    assert [(code[:3], code[-4:]) for code in codes] == [("PBS", "0001"), ("PTC", "0001"), ("PBS", "0002")]
    assert desk.history(fourth.id) == ()


def test_more_signatures_follow_where_the_setting_names_them(
    settings, clerk, leader, lacking, pin, looked_at
) -> None:
    both = DEFAULT_SIGNATURES | {
        DocumentKind.REFUSAL: (SignatureField.OFFICER, SignatureField.LEADER),
    }
    with open_desk(replace(settings, signatures=both), clerk) as desk:
        paper = desk.refuse_dossier(lacking(desk), REFUSAL, pin(desk))
        other = desk.switch(leader)
        (signed,) = other.approve_documents(looked_at(other, paper.id), pin(other))

        assert signed.signed_by == (SignatureField.OFFICER, SignatureField.LEADER)
        assert desk.dossier(paper.dossier).documents == (signed,)
        assert [line.kind for line in desk.history(paper.dossier)] == ["refused", "document_approved"]


def test_a_leader_gives_no_reply(desk: Desk, lacking, leader) -> None:
    draft = lacking(desk)

    with pytest.raises(NotYourRole):
        desk.switch(leader).refuse_dossier(draft, REFUSAL, PEN)


def test_central_takes_both_replies_and_none_of_the_scans(online: Desk, central, fill, office) -> None:
    scan = (Path(office.papers) / "giay-chung-sinh.jpg").read_bytes()
    asked = online.lay_papers(fill(online, "Người một"), "ct01", scan, "ct01.jpg")
    refused = fill(online, "Người hai")

    online.ask_for_supplement(asked, REQUEST, PEN)
    online.refuse_dossier(refused, REFUSAL, PEN)
    online.exchange(Progress())

    for draft in (asked, refused):
        assert online.dossier(draft.id).sending is SendState.SENT
        assert {line.sending for line in online.history(draft.id)} == {SendState.SENT}
    assert not [each for each in online.waiting() if each.flagged or each.parked]
    assert central.count("files") == 2  # the two papers that were issued
