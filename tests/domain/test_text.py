"""Vietnamese text is stored in one spelling and found in any."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.domain.text import NameMatch, fold, nfc, same_name, search_key, words

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđbcdghklmnpqrstvx -'"
TEXT = st.text(LETTERS + LETTERS.upper(), max_size=30)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Thuý", "Thúy"),
        ("Hoà Bình", "Hòa Bình"),
        ("khoẻ", "khỏe"),
        ("Lê Quý Đôn", "lê qúy đôn"),
        ("THUỲ", "Thùy"),
    ],
)
def test_one_name_with_its_tone_placed_either_way_is_the_same_name(a: str, b: str) -> None:
    assert same_name(a, b) is NameMatch.OTHER_TONE_PLACEMENT


@pytest.mark.parametrize(
    ("a", "b"), [("Thúy", "Thùy"), ("Thuý", "Thuy"), ("Hoà", "Hoạ"), ("Hoa", "Hóa"), ("Tú", "Tứ")]
)
def test_another_tone_or_another_letter_is_another_name(a: str, b: str) -> None:
    assert same_name(a, b) is NameMatch.DIFFERENT


def test_case_spaces_and_composition_make_no_difference_to_a_name() -> None:
    assert same_name("NGUYỄN  THUÝ AN", normalize("NFD", "Nguyễn Thuý An ")) is NameMatch.SAME


def test_a_tone_on_another_word_makes_another_name() -> None:
    assert same_name("Hoá An", "Hoa Án") is NameMatch.DIFFERENT


def test_fold_takes_every_mark_away() -> None:
    assert fold("Đăng ký KHAI SINH, Hưng Yên") == "dang ky khai sinh, hung yen"


@settings(deadline=None)
@given(TEXT)
def test_folding_leaves_plain_letters_and_folding_twice_changes_nothing(text: str) -> None:
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(text)


@settings(deadline=None)
@given(TEXT)
def test_folding_is_the_same_for_composed_and_decomposed_text(text: str) -> None:
    assert fold(normalize("NFD", text)) == fold(text)
    assert same_name(normalize("NFD", text), text) is NameMatch.SAME


def test_search_words_have_no_punctuation() -> None:
    assert words("Tờ khai (mẫu CT01), bản chính") == ("tờ", "khai", "mẫu", "ct01", "bản", "chính")
    assert search_key("  Số 1, Phường  Ba Đình ") == "so 1 phuong ba dinh"


def test_nfc_is_the_stored_spelling() -> None:
    assert nfc(normalize("NFD", "Tiếng Việt")) == "Tiếng Việt"
