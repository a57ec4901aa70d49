"""What is missing is asked for by name, once; a refusal says why; neither takes the citizen's scans along."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from clerk_app.domain import reply as rules
from clerk_app.domain.acceptance import OwnerMissing, ProcedureNotChosen
from clerk_app.domain.applicant import Applicant
from clerk_app.domain.dossier import Draft, Status
from clerk_app.domain.dossier_body import GROUPS, dossier_from_fields
from clerk_app.domain.issuing import documents_of
from clerk_app.domain.kinds import KINDS, Kind
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.reason import ReasonTooLong
from clerk_app.domain.reply import Refusal, SupplementRequest, papers_to_ask
from clerk_app.domain.reply_body import Told, refused_body, supplement_body
from clerk_app.domain.turn import TURNS

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CODE = "PBS-H26.99.01-Q3-261123-0001"
TOLD = Told(CODE, "PBS:Q3:261123", 1, NOW, "Lê Văn Cán")
REQUEST = SupplementRequest(("Giấy chứng sinh (01 bản chính)",), "Hồ sơ chưa đủ thành phần")
REFUSAL = Refusal("Đăng ký khai sinh", "Không thuộc thẩm quyền", "Điều 13 Luật Hộ tịch")


@pytest.fixture
def lacking(draft: Draft) -> Draft:
    """One paper is not there, another cannot be read."""
    blurred = LaidPaper("to-khai", PaperState.ILLEGIBLE)
    return replace(draft, papers=(blurred, LaidPaper("can-cuoc", PaperState.SHOWN_ONLY)))


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_every_missing_or_illegible_paper_is_wanted_by_name(lacking: Draft, birth: Procedure) -> None:
    asked = papers_to_ask(birth, lacking.papers)

    wanted = [each.text for each in asked if each.wanted]
    assert [each.key for each in asked] == [kind.key for kind in birth.papers]
    assert wanted[0].startswith("Tờ khai")
    assert wanted[0].endswith("bản đã nộp mờ, không đọc được, nộp lại bản rõ")
    assert wanted[1].startswith("Giấy chứng sinh")
    assert "(01 bản chính)" in wanted[1]
    assert len(wanted) == 2


def test_a_paper_that_is_only_shown_is_asked_to_be_shown(draft: Draft, birth: Procedure) -> None:
    asked = {each.key: each for each in papers_to_ask(birth, draft.papers[:2])}

    assert asked["can-cuoc"].wanted
    assert asked["can-cuoc"].text.endswith("(xuất trình để đối chiếu)")


def test_a_request_needs_a_procedure_a_name_something_to_ask_and_a_reason(
    lacking: Draft, birth: Procedure
) -> None:
    rules.check_supplement(lacking, birth, REQUEST)
    with pytest.raises(ProcedureNotChosen):
        rules.check_supplement(lacking, None, REQUEST)
    with pytest.raises(OwnerMissing):
        rules.check_supplement(replace(lacking, applicant=Applicant()), birth, REQUEST)
    with pytest.raises(rules.NothingAsked):
        rules.check_supplement(lacking, birth, replace(REQUEST, items=(" ",)))
    with pytest.raises(rules.SupplementReasonMissing):
        rules.check_supplement(lacking, birth, replace(REQUEST, reason=" "))


def test_a_further_request_needs_a_reason_and_a_leader_s_consent() -> None:
    rules.check_again(REQUEST, before=0, allowed=1)
    rules.check_again(REQUEST, before=5, allowed=0)
    rules.check_again(replace(REQUEST, again="Thiếu thêm", consent="Trần Thị Lãnh"), before=1, allowed=1)
    for half in (REQUEST, replace(REQUEST, again="Thiếu thêm"), replace(REQUEST, consent="Trần Thị Lãnh")):
        with pytest.raises(rules.SupplementAgain, match="1 lần"):
            rules.check_again(half, before=1, allowed=1)


def test_a_refusal_names_the_request_the_reason_and_the_ground(draft: Draft) -> None:
    rules.check_refusal(draft, REFUSAL)
    for wrong, told in (
        (replace(REFUSAL, request=""), rules.RequestMissing),
        (replace(REFUSAL, reason="x" * 501), ReasonTooLong),
        (replace(REFUSAL, reason=" "), rules.RefusalReasonMissing),
        (replace(REFUSAL, ground=""), rules.RefusalGroundMissing),
    ):
        with pytest.raises(told):
            rules.check_refusal(draft, wrong)


def test_a_supplement_request_comes_back_as_a_dossier_that_is_not_accepted(
    draft: Draft, birth: Procedure
) -> None:
    body = supplement_body(draft, birth, REQUEST, TOLD)

    dossier = dossier_from_fields(draft.id, "supplement_asked", through_json(body["set"]), "cd" * 32)

    assert dossier.status is Status.SUPPLEMENT_ASKED
    assert not dossier.status.is_accepted
    assert (dossier.code, dossier.due_at, dossier.received_at) == (CODE, None, NOW)
    assert dossier.applicant == draft.applicant
    assert dossier.procedure_title == birth.title
    assert body["items"] == list(REQUEST.items)


def test_a_refusal_of_something_outside_the_catalogue_comes_back_too(draft: Draft) -> None:
    free = replace(draft, procedure="", papers=())

    body = refused_body(free, None, replace(REFUSAL, request="Xin cấp phép bay"), TOLD)

    dossier = dossier_from_fields(draft.id, "refused", through_json(body["set"]), "cd" * 32)
    assert dossier.status is Status.REFUSED
    assert dossier.procedure_title == "Xin cấp phép bay"
    assert (body["reason"], body["ground"]) == (REFUSAL.reason, REFUSAL.ground)


def test_no_scan_goes_along_with_a_reply(draft: Draft, birth: Procedure) -> None:
    for body in (
        supplement_body(draft, birth, REQUEST, TOLD),
        refused_body(draft, birth, REFUSAL, TOLD),
    ):
        assert "files" not in body
        assert all(paper["files"] == paper["pages"] == [] for paper in body["set"]["procedure"]["papers"])


def test_the_kinds_allow_what_the_bodies_do(draft: Draft, birth: Procedure) -> None:
    kinds = {kind.name: kind for kind in KINDS}
    again = replace(TOLD, before=Status.SUPPLEMENT_ASKED)
    for kind, body in (
        (Kind.SUPPLEMENT_ASKED, supplement_body(draft, birth, REQUEST, TOLD)),
        (Kind.SUPPLEMENT_ASKED, supplement_body(draft, birth, REQUEST, again)),
        (Kind.REFUSED, refused_body(draft, birth, REFUSAL, TOLD)),
        (Kind.REFUSED, refused_body(draft, birth, REFUSAL, again)),
    ):
        assert (body["move"]["from"], body["move"]["to"]) in kinds[kind].moves
        assert set(body["set"]) <= kinds[kind].groups <= {*GROUPS, TURNS}


@pytest.mark.parametrize(("kind", "document"), [("supplement_asked", "supplement"), ("refused", "refusal")])
def test_a_reply_issues_its_document_signed_or_for_the_pen(kind: str, document: str) -> None:
    told = {"id": "d1", "kind": document, "issue": 1, "replaces": ""}
    base = {"sha256": "aa" * 32, "parent": "", "kind": "base", "field": ""}
    signature = {"sha256": "bb" * 32, "parent": "aa" * 32, "kind": "signature", "field": "CanBo"}

    (signed,) = documents_of("x", [(kind, {"document": told, "revisions": [base, signature]})])
    (pen,) = documents_of("x", [(kind, {"document": told, "revisions": [base]})])

    assert (signed.kind.value, signed.by_pen, signed.signed_by) == (document, False, ("CanBo",))
    assert (pen.by_pen, pen.signed_by) == (True, ())
