"""Tax codes: impossible ones are refused in words, unlikely ones only warn, and each has one way to be written."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.domain.acceptance import organisation_warnings
from clerk_app.domain.applicant import Applicant, Person, PersonKind
from clerk_app.domain.tax_code import ImpossibleTaxCode, check_tax_code, plain_tax_code

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "code",
    [
        "0100109106",
        "0100112437",
        "0315459414",
        "0100109106-001",
        "0100109106001",
        " 0100 109 106 ",
        "001190000001",
    ],
)
def test_tax_codes_that_exist_pass(code: str) -> None:
    assert check_tax_code(code, TODAY) == ()


@pytest.mark.parametrize(
    "code",
    [
        "",
        "010010910",
        "0100109107",
        "0100109106-01",
        "0100109106-0011",
        "abc",
        "001227000001",
        "0000000000",
        "٠١٠٠١٠٩١٠٦",
    ],
)
def test_tax_codes_that_cannot_exist_are_refused(code: str) -> None:
    with pytest.raises(ImpossibleTaxCode) as refusal:
        check_tax_code(code, TODAY)

    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("0000000120", "hiếm gặp"),  # the sum gives 10 where one digit has to stand
        ("0100109106-000", "000"),
        ("999190000001", "tỉnh"),  # a person's number, of no province
    ],
)
def test_an_unlikely_tax_code_only_warns(code: str, sentence: str) -> None:
    (warning,) = check_tax_code(code, TODAY)

    assert sentence in warning


@settings(deadline=None)
@given(st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_is_never_taken(place: int, digit: int) -> None:
    code = "0100109106"
    wrong = f"{code[:place]}{digit}{code[place + 1 :]}"
    if wrong == code:
        return

    try:
        assert check_tax_code(wrong, TODAY)  # at least a warning
    except ImpossibleTaxCode:
        return


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0100109106001", "0100109106-001"),
        ("0100109106 - 001", "0100109106-001"),
        ("0100.109.106", "0100109106"),
        ("001190000001", "001190000001"),
        ("chưa có", "chưacó"),
    ],
)
def test_a_tax_code_is_written_in_one_way(typed: str, written: str) -> None:
    assert plain_tax_code(typed) == written


def test_an_organisation_needs_somebody_who_speaks_and_stands_for_it() -> None:
    bare = Person("Công ty Thử Nghiệm", PersonKind.ORGANISATION)
    named = Person("Công ty Thử Nghiệm", PersonKind.ORGANISATION, representative="Nguyễn Văn An")

    assert len(organisation_warnings(Applicant(bare))) == 2
    assert len(organisation_warnings(Applicant(named))) == 1
    assert organisation_warnings(Applicant(named, Person("Lê Thị Bình"))) == ()
    assert organisation_warnings(Applicant(Person("Lê Thị Bình"))) == ()
