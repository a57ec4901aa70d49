"""A card's QR becomes six fields; impossible numbers are refused, unlikely ones only warn."""

from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.domain.identity_card import ImpossibleNumber, NotACard, check_personal_number, read_card

TODAY = date(2026, 11, 23)
CARD = "001190000001|010000001|Nguyễn Thị Thử Nghiệm|15081990|Nữ|Số 1, Phường Ba Đình, Hà Nội|01072021"


def test_a_card_of_seven_fields_is_read() -> None:
    card = read_card(CARD, TODAY)

    assert (card.number, card.old_number) == ("001190000001", "010000001")
    assert (card.name, card.sex) == ("Nguyễn Thị Thử Nghiệm", "Nữ")
    assert (card.birth_date, card.issued_on) == (date(1990, 8, 15), date(2021, 7, 1))
    assert card.address == "Số 1, Phường Ba Đình, Hà Nội"
    assert (card.rest, card.warnings) == ((), ())


def test_a_card_of_ten_and_more_fields_keeps_the_rest_as_it_is() -> None:
    card = read_card(CARD + "||Nguyễn Văn Cha|Trần Thị Mẹ|", TODAY)

    assert card.rest == ("", "Nguyễn Văn Cha", "Trần Thị Mẹ", "")


def test_a_scanner_that_adds_a_line_end_or_splits_marks_changes_nothing() -> None:
    assert read_card(normalize("NFD", CARD) + "\r\n", TODAY) == read_card(CARD, TODAY)


def test_a_card_without_old_number_and_day_of_issue_is_read() -> None:
    card = read_card("001190000001||Nguyễn Thị Thử Nghiệm|15081990|nu|Hà Nội|", TODAY)

    assert (card.old_number, card.issued_on, card.sex, card.warnings) == ("", None, "Nữ", ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H26.99.01-261123-0001",
        "https://example.vn/a|b|c|d|e|f|g",
        CARD + "|một",
        CARD + "|một|hai",
        CARD.replace("15081990", "31021990"),
        CARD.replace("15081990", "1990"),
        CARD.replace("01072021", "hôm qua"),
        CARD.replace("001190000001", "00119000000"),
        CARD.replace("001190000001", "111111111111"),
        CARD.replace("Nguyễn Thị Thử Nghiệm", " "),
    ],
)
def test_anything_else_is_not_a_card(text: str) -> None:
    with pytest.raises(NotACard) as refusal:
        read_card(text, TODAY)

    assert refusal.value.remedy
    assert "Nghiệm" not in str(refusal.value)
    assert "00119" not in str(refusal.value)


@settings(deadline=None)
@given(st.text(max_size=60) | st.lists(st.text(max_size=8), min_size=7, max_size=12).map("|".join))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(NotACard):
        read_card(text, TODAY)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("15081990", "15081991", "Năm sinh"),
        ("Nữ", "Nam", "Giới tính không khớp"),
        ("Nữ", "N?", "Không đọc được giới tính"),
        ("010000001", "0100", "CMND"),
        ("Thử Nghiệm", "Thu73 Nghiem65", "ký tự lạ"),
        ("001190000001", "140190000001", "tỉnh"),
    ],
)
def test_what_is_unlikely_on_a_card_only_warns(old: str, new: str, sentence: str) -> None:
    (warning,) = read_card(CARD.replace(old, new), TODAY).warnings

    assert sentence in warning


@pytest.mark.parametrize(
    "number",
    [
        "",
        "00119000000",
        "0011900000011",
        "00119000000a",
        "٠٠١١٩٠٠٠٠٠٠١",
        "000000000000",
        "001227000001",
        "001400000001",
    ],
)
def test_an_impossible_number_is_refused(number: str) -> None:
    with pytest.raises(ImpossibleNumber):
        check_personal_number(number, today=TODAY)


@pytest.mark.parametrize(
    ("number", "birth_date", "sex", "doubts"),
    [
        ("001190000001", date(1990, 8, 15), "Nữ", 0),
        ("001190000001", None, "", 0),
        ("001226000001", date(2026, 1, 1), "Nam", 0),
        ("001326000001", date(2026, 1, 1), "Nữ", 0),
        ("001190000001", date(1990, 8, 15), "Nam", 1),
        ("001190000001", date(1991, 8, 15), "Nam", 2),
        ("999190000001", None, "", 1),
        ("001001000001", None, "Nam", 1),  # older than 120
    ],
)
def test_an_unlikely_number_warns(number: str, birth_date: date | None, sex: str, doubts: int) -> None:
    assert len(check_personal_number(number, birth_date, sex, TODAY)) == doubts


def test_a_number_that_is_still_to_come_becomes_possible_with_its_year() -> None:
    with pytest.raises(ImpossibleNumber, match="2027"):
        check_personal_number("001227000001", today=TODAY)
    assert check_personal_number("001227000001", today=date(2027, 1, 1)) == ()
