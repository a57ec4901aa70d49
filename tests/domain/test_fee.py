"""Money is written with dots, said in words, and copies cost what the law says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.domain.fee import copies_fee, dong_in_words, format_dong, number_in_words


def test_amounts_are_written_with_dots() -> None:
    assert format_dong(15_000) == "15.000 đ"
    assert format_dong(0) == "0 đ"
    assert format_dong(1_234_567) == "1.234.567 đ"


@pytest.mark.parametrize(
    ("copies", "pages", "fee"),
    [
        (12, 5, 84_000),
        (1, 1, 2_000),
        (2, 2, 8_000),
        (1, 3, 5_000),
        (1, 198, 200_000),
        (3, 500, 600_000),
        (0, 5, 0),
    ],
)
def test_certified_copies_cost_by_page_up_to_a_limit(copies: int, pages: int, fee: int) -> None:
    assert copies_fee(copies, pages) == fee


def test_copies_are_not_counted_below_nothing() -> None:
    with pytest.raises(ValueError, match="0"):
        copies_fee(-1, 2)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (155, "một trăm năm mươi lăm"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (10_000, "mười nghìn"),
        (84_000, "tám mươi tư nghìn"),
        (200_015, "hai trăm nghìn không trăm mười lăm"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_005_000, "hai triệu không trăm linh năm nghìn"),
        (1_000_000_000, "một tỷ"),
        (3_000_000_021, "ba tỷ không trăm hai mươi mốt"),
        (1_500_000_000_000, "một nghìn năm trăm tỷ"),
    ],
)
def test_numbers_are_said_as_people_say_them(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_a_receipt_says_even_thousands() -> None:
    assert dong_in_words(2_000) == "hai nghìn đồng chẵn"
    assert dong_in_words(2_500) == "hai nghìn năm trăm đồng"
    assert dong_in_words(0) == "không đồng"


def test_less_than_nothing_is_not_said() -> None:
    with pytest.raises(ValueError, match="0"):
        number_in_words(-1)


@settings(deadline=None)
@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_two_numbers_never_sound_the_same(a: int, b: int) -> None:
    assert (number_in_words(a) == number_in_words(b)) is (a == b)
