"""What a slip prints is taken from the dossier, the unit and the occasion."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clerk_app.domain.applicant import Applicant, Person, PersonKind, Relation
from clerk_app.domain.document import SignatureField
from clerk_app.domain.dossier import Dossier, ReturnChannel
from clerk_app.domain.officer import Unit
from clerk_app.domain.paper import PaperForm
from clerk_app.forms.slip_facts import Issuing, Party, slip_facts

NOW = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
FORMS = {"to-khai": PaperForm.ORIGINAL, "can-cuoc": PaperForm.ORIGINAL, "chung-sinh": PaperForm.COPY}


def test_who_stands_at_the_counter_is_named_and_then_who_gave_the_authority(
    dossier: Dossier, unit: Unit
) -> None:
    facts = slip_facts(dossier, unit, Issuing(NOW))

    assert facts.applicant == Party("Trần Văn Được", "001089000012", "Tổ 21, phường Thử")
    assert facts.submitted_by == "Trần Văn Được"
    assert facts.grantor == Party("Lê Thị Mẹ", "001190000001", "Số 2, phường Thử", "0987654321")
    assert facts.authorisation == "Giấy ủy quyền số 12/2026 ngày 21/11/2026 (Nộp hồ sơ)"


def test_an_owner_at_the_counter_is_named_alone(dossier: Dossier, unit: Unit) -> None:
    facts = slip_facts(replace(dossier, applicant=Applicant(Person("Lê Thị Mẹ"))), unit, Issuing(NOW))

    assert (facts.applicant.name, facts.submitted_by) == ("Lê Thị Mẹ", "Lê Thị Mẹ")
    assert facts.grantor is None


def test_a_parent_is_named_together_with_the_child(dossier: Dossier, unit: Unit) -> None:
    applicant = Applicant(Person("Trần Minh An"), Person("Trần Văn Được", id_number="1"), Relation.PARENT)

    facts = slip_facts(replace(dossier, applicant=applicant), unit, Issuing(NOW))

    assert facts.applicant == Party("Trần Văn Được (cha, mẹ của Trần Minh An)", "1")
    assert facts.submitted_by == "Trần Văn Được"


def test_an_organisation_is_named_by_itself_and_its_representative_signs(
    dossier: Dossier, unit: Unit
) -> None:
    company = Person("Công ty Thử", PersonKind.ORGANISATION, "0100000000")
    applicant = Applicant(company, Person("Phạm Đại Diện"), Relation.REPRESENTATIVE)

    facts = slip_facts(replace(dossier, applicant=applicant), unit, Issuing(NOW))

    assert facts.applicant == Party("Công ty Thử", "0100000000")
    assert facts.submitted_by == "Phạm Đại Diện"


def test_papers_that_were_handed_in_or_shown_are_listed_and_no_others(dossier: Dossier, unit: Unit) -> None:
    facts = slip_facts(dossier, unit, Issuing(NOW, forms=FORMS))

    assert facts.papers == (
        "Tờ khai đăng ký khai sinh (01 bản chính)",
        "Thẻ căn cước (chỉ xuất trình, đã đối chiếu)",
        "Giấy chứng sinh (02 bản sao)",
    )
    assert facts.originals == (1,)


def test_without_the_checklist_the_slip_does_not_guess_at_originals(dossier: Dossier, unit: Unit) -> None:
    facts = slip_facts(dossier, unit, Issuing(NOW))

    assert facts.papers[0] == "Tờ khai đăng ký khai sinh (01 bản)"
    assert facts.originals is None


@pytest.mark.parametrize(
    ("channel", "printed"),
    [
        (ReturnChannel(), "Điểm phục vụ hành chính công phường Thử, Số 1 đường Thử"),
        (ReturnChannel("post", "Số 2, phường Thử"), "Gửi qua dịch vụ bưu chính đến: Số 2, phường Thử"),
        (ReturnChannel("online", "me@example.vn"), "Bản điện tử, trực tuyến: me@example.vn"),
    ],
)
def test_the_slip_says_where_to_come(
    dossier: Dossier, unit: Unit, channel: ReturnChannel, printed: str
) -> None:
    assert slip_facts(replace(dossier, return_channel=channel), unit, Issuing(NOW)).return_at == printed


def test_the_number_repeats_the_sequence_of_the_code_or_waits_for_the_pen(
    dossier: Dossier, unit: Unit
) -> None:
    assert slip_facts(dossier, unit, Issuing(NOW)).number == "0012"
    assert slip_facts(dossier, unit, Issuing(NOW, number_in_dots=True)).number == ""


def test_a_provisional_number_and_an_outage_make_the_code_a_promise(dossier: Dossier, unit: Unit) -> None:
    provisional = replace(dossier, code="TAM-Q3-261123-0001", provisional=True)

    assert not slip_facts(dossier, unit, Issuing(NOW)).code_stays
    assert slip_facts(dossier, unit, Issuing(NOW, alone=True)).code_stays
    assert slip_facts(provisional, unit, Issuing(NOW)).code_stays


def test_fields_and_practice_are_passed_on(dossier: Dossier, unit: Unit) -> None:
    issuing = Issuing(NOW, fields=(SignatureField.OFFICER,))

    facts = slip_facts(dossier, replace(unit, practice=True), issuing)

    assert facts.fields == ("CanBo",)
    assert facts.practice
