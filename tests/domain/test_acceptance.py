"""A draft is accepted or refused by name; a missing number, phone or scan stops nobody."""

from dataclasses import replace
from datetime import date

import pytest

from clerk_app.domain import acceptance as rules
from clerk_app.domain.acceptance import applicant_warnings, check_draft
from clerk_app.domain.applicant import Applicant, Person, PersonKind, Relation
from clerk_app.domain.contact import phone_warnings, plain_phone
from clerk_app.domain.dossier import Draft
from clerk_app.domain.identity_card import ImpossibleNumber
from clerk_app.domain.paper import KnownBy, LaidPaper, PaperKind, PaperState, ScanState
from clerk_app.domain.procedure import Procedure, applies, missing_papers
from clerk_app.domain.tax_code import ImpossibleTaxCode
from clerk_app.errors import OfficeError

TODAY = date(2026, 11, 23)


def relaid(draft: Draft, key: str, **change: object) -> Draft:
    papers = tuple(replace(p, **change) if p.key == key else p for p in draft.papers)  # type: ignore[arg-type]
    return replace(draft, papers=papers)


def owned(draft: Draft, **change: object) -> Draft:
    owner = replace(draft.applicant.owner, **change)  # type: ignore[arg-type]
    return replace(draft, applicant=replace(draft.applicant, owner=owner))


def test_a_complete_draft_is_accepted_with_a_scan_owed(draft: Draft, birth: Procedure) -> None:
    check_draft(draft, birth, TODAY)


def refused(draft: Draft, procedure: Procedure | None, why: type[OfficeError]) -> OfficeError:
    with pytest.raises(why) as refusal:
        check_draft(draft, procedure, TODAY)
    assert refusal.value.remedy != OfficeError.remedy
    return refusal.value


def test_without_a_procedure_nothing_is_accepted(draft: Draft, birth: Procedure) -> None:
    refused(draft, None, rules.ProcedureNotChosen)
    refused(replace(draft, procedure=""), birth, rules.ProcedureNotChosen)


def test_a_procedure_of_the_portal_alone_is_not_accepted_at_the_counter(
    draft: Draft, birth: Procedure
) -> None:
    refused(draft, replace(birth, online_only=True), rules.OnlineOnly)


def test_people_without_names_are_asked_for(draft: Draft, birth: Procedure) -> None:
    refused(owned(draft, name="  "), birth, rules.OwnerMissing)
    refused(replace(draft, applicant=replace(draft.applicant, submitter=None)), birth, rules.SubmitterMissing)
    refused(
        replace(draft, applicant=replace(draft.applicant, submitter=Person())), birth, rules.SubmitterMissing
    )


def test_impossible_numbers_are_refused_and_missing_ones_are_not(draft: Draft, birth: Procedure) -> None:
    refused(owned(draft, id_number="123"), birth, ImpossibleNumber)
    refused(owned(draft, kind=PersonKind.ORGANISATION, id_number="0100109107"), birth, ImpossibleTaxCode)
    check_draft(owned(draft, kind=PersonKind.FOREIGNER, id_number="C1234567"), birth, TODAY)
    check_draft(owned(draft, kind=PersonKind.NO_PAPERS, id_number=""), birth, TODAY)


def test_no_set_at_all_is_refused(draft: Draft, birth: Procedure) -> None:
    refused(replace(draft, sets=0), birth, rules.SetsImpossible)


def test_every_missing_paper_is_named(draft: Draft, birth: Procedure) -> None:
    refusal = refused(replace(draft, papers=()), birth, rules.PapersMissing)

    assert refusal.facts["titles"] == (
        "Tờ khai đăng ký khai sinh",
        "Giấy chứng sinh hoặc Văn bản của người làm chứng xác nhận về việc sinh hoặc Giấy cam đoan về việc sinh",
        "Căn cước hoặc giấy tờ tùy thân của người đi khai sinh",
        "Văn bản ủy quyền",
    )


@pytest.mark.parametrize("state", [PaperState.MISSING, PaperState.ILLEGIBLE])
def test_a_missing_or_illegible_paper_stops_the_acceptance(
    draft: Draft, birth: Procedure, state: PaperState
) -> None:
    refused(relaid(draft, "to-khai", state=state), birth, rules.PapersMissing)


def test_a_paper_that_need_not_be_handed_in_says_why(draft: Draft, birth: Procedure) -> None:
    change = {"state": PaperState.NOT_NEEDED, "scan": ScanState.NOT_SCANNED, "files": ()}

    refused(relaid(draft, "to-khai", reason=" ", **change), birth, rules.PaperReasonMissing)
    check_draft(relaid(draft, "to-khai", reason="Khai thác CSDL", **change), birth, TODAY)


def test_a_dead_scanner_stops_no_acceptance(draft: Draft, birth: Procedure) -> None:
    check_draft(relaid(draft, "to-khai", scan=ScanState.NOT_SCANNED, files=()), birth, TODAY)
    refused(relaid(draft, "giay-chung-sinh", reason=""), birth, rules.PaperReasonMissing)
    refused(relaid(draft, "to-khai", files=()), birth, rules.ScanMissing)


def keys(found: tuple[PaperKind, ...]) -> list[str]:
    return [kind.key for kind in found]


def test_a_condition_that_is_asked_holds_once_its_paper_is_laid(draft: Draft, birth: Procedure) -> None:
    asked = (*draft.papers, LaidPaper("bien-ban-bo-roi"))

    assert missing_papers(birth, draft.papers, draft.applicant) == ()
    assert keys(missing_papers(birth, asked, draft.applicant)) == ["bien-ban-bo-roi"]


def test_a_condition_that_the_office_sees_for_itself_follows_the_people(
    draft: Draft, birth: Procedure
) -> None:
    bare = tuple(paper for paper in draft.papers if paper.key != "giay-uy-quyen")
    mother = replace(draft.applicant, relation=Relation.PARENT)

    assert keys(missing_papers(birth, bare, draft.applicant)) == ["giay-uy-quyen"]
    assert missing_papers(birth, bare, mother) == ()
    assert missing_papers(birth, bare) == ()


@pytest.mark.parametrize(
    ("known_by", "people"),
    [
        (KnownBy.AUTHORISED, Applicant(Person("A"), Person("B"), Relation.AUTHORISED)),
        (KnownBy.ON_BEHALF, Applicant(Person("A"), Person("B"), Relation.GUARDIAN)),
        (KnownBy.ORGANISATION, Applicant(Person("A", PersonKind.ORGANISATION))),
        (KnownBy.FOREIGNER, Applicant(Person("A", PersonKind.FOREIGNER))),
    ],
)
def test_each_thing_seen_has_its_people(known_by: KnownBy, people: Applicant) -> None:
    kind = PaperKind("giay", "Giấy", condition="Khi đúng", known_by=known_by)

    assert applies(kind, None, people)
    assert not applies(kind, None, Applicant(Person("A")))
    assert applies(kind, LaidPaper("giay"), Applicant(Person("A")))


@pytest.mark.parametrize("key", ["giay-chung-sinh", "van-ban-lam-chung", "giay-cam-doan"])
def test_one_of_the_papers_that_stand_for_each_other_is_enough(
    draft: Draft, birth: Procedure, key: str
) -> None:
    others = tuple(paper for paper in draft.papers if paper.key != "giay-chung-sinh")

    assert keys(missing_papers(birth, others, draft.applicant)) == ["giay-chung-sinh"]
    check_draft(replace(draft, papers=(*others, LaidPaper(key, PaperState.PRESENT))), birth, TODAY)


def test_doubts_about_people_are_told_once(draft: Draft) -> None:
    doubtful = Person(name="Lê Thử", id_number="999190000001", phone="12345")
    people = Applicant(doubtful, doubtful, Relation.AUTHORISED)

    told = applicant_warnings(people, TODAY)

    assert len(told) == 3
    assert "Giấy ủy quyền" in told[-1].replace("giấy", "Giấy")
    assert applicant_warnings(draft.applicant, TODAY) == ()


@pytest.mark.parametrize(
    "phone", ["", "0912345678", "+84 912 345 678", "0084912345678", "024 3825 1234", "091.234.5678"]
)
def test_phones_of_the_country_pass(phone: str) -> None:
    assert phone_warnings(phone) == ()


@pytest.mark.parametrize("phone", ["0112345678", "091234567", "09123456789", "số nhà"])
def test_other_phones_only_warn(phone: str) -> None:
    assert len(phone_warnings(phone)) == 1


def test_one_phone_has_one_plain_form() -> None:
    assert plain_phone("+84 912-345-678") == plain_phone("0912.345.678") == "0912345678"
