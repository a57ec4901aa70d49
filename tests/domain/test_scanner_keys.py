"""A scanner's keys through an input method: what comes back is the card's text, or it says where it may not be."""

import re
from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clerk_app.domain.identity import read_identity
from clerk_app.domain.identity_card import NotACard, looks_like_card, read_card
from clerk_app.domain.mrz import MrzWrong, NotMrz, TravelDocument
from clerk_app.domain.scanner_keys import Keyed, Stroke, read_strokes, shown_by
from tests.domain.input_methods import Composing, Erasing

TODAY = date(2026, 11, 23)
CARD = "001190000001|010000001|{name}|15081990|Nữ|{address}|01072021"
METHODS = [(kind, method) for kind in (Erasing, Composing) for method in ("telex", "vni")]
_WORDS = [
    "Nguyễn",
    "Trần",
    "Thị",
    "Văn",
    "Được",
    "Đặng",
    "Ước",
    "Ưng",
    "Hương",
    "Thuý",
    "Hoà",
    "Quỳnh",
    "Isaac",
    "James",
    "Anna",
    "Lee",
    "Y",
    "Wing",
    "K'Wơn",
    "H'Bia",
    "Niê",
    "Êban",
    "Roos",
    "Maas",
    "Tessa",
    "A",
    "Aa",
    "Oo",
    "Đd",
    "NGUYỄN",
    "THỊ",
    "HOA",
    "AA",
    "ISAAC",
    "Bjorn",
    "Alfredo",
    "Xoan",
    "Dodd",
]
_PLACES = [
    "Số",
    "Tổ",
    "21",
    "phường",
    "Xoài",
    "thôn",
    "Buôn",
    "Wăn",
    "A1",
    "B2",
    "Khu5",
    "P3",
    "S1.02",
    "Ấp2",
    "đường",
    "Xuân",
    "Hoà",
    "TP",
    "Hà",
    "Nội",
    "Eakar",
    "DD7",
    "oo8",
]
name = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
address = st.lists(st.sampled_from(_PLACES), min_size=0, max_size=6).map(" ".join)
letters = (
    st.text("abdeosfrxjwzAEOSW", min_size=1, max_size=7)
    .map(str.capitalize)
    .filter(lambda word: not re.search("[bdsfrxjz]w", word.lower()))
)
method = st.sampled_from(METHODS)


def test_without_an_input_method_the_text_is_as_typed() -> None:
    text = CARD.format(name="Nguyễn Thị Hương", address="Số 5, phường Xuân Hoà")

    told = read_strokes(Stroke(sign) for sign in text)

    assert (told.text, told.doubts, told.other) == (text, frozenset(), "")


@settings(deadline=None, max_examples=300)
@example("Isaac", "A1 Khu5", (Erasing, "vni"))
@example("Aa", "", (Erasing, "telex"))
@example("Y Wing", "", (Erasing, "telex"))
@given(name | letters, address, method)
def test_a_card_typed_through_an_input_method_is_right_or_flagged(
    name: str, address: str, through: tuple[type[Erasing] | type[Composing], str]
) -> None:
    kind, how = through
    text = CARD.format(name=name, address=address)
    strokes = kind(how).keys(text)

    told = read_strokes(strokes)
    try:
        card = read_card(told.text, TODAY, told.doubts)
    except NotACard:
        return

    assert (card.number, card.birth_date, card.issued_on) == (
        "001190000001",
        date(1990, 8, 15),
        date(2021, 7, 1),
    )
    assert card.name == name or "name" in card.doubtful
    assert card.address == address or "address" in card.doubtful


@pytest.mark.parametrize(("kind", "how"), METHODS)
def test_an_everyday_card_is_right_without_a_flag(kind: type[Erasing], how: str) -> None:
    text = CARD.format(name="Nguyễn Thị Thu Hiền", address="Tổ 21, phường Hà Đông, thành phố Hà Nội")
    told = read_strokes(kind(how).keys(text))

    card = read_card(told.text, TODAY, told.doubts)

    assert told.text == text
    assert card.doubtful == ()


@pytest.mark.parametrize("kind", [Erasing, Composing])
@pytest.mark.parametrize("name", ["Isaac Lee", "JAMES ANNA", "Dodd Anna", "Maas Roos"])
def test_letters_that_telex_swallowed_come_back(kind: type[Erasing], name: str) -> None:
    strokes = kind("telex").keys(CARD.format(name=name, address="Hà Nội"))
    assert name not in shown_by(strokes)

    told = read_strokes(strokes)

    assert read_card(told.text, TODAY, told.doubts).name == name
    assert read_card(told.text, TODAY, told.doubts).doubtful == ()


def test_a_digit_that_vni_swallowed_in_an_address_comes_back_with_a_flag() -> None:
    strokes = Erasing("vni").keys(CARD.format(name="Nguyễn An", address="Khu5, phường Hà Đông"))
    assert "Khụ," in shown_by(strokes)

    told = read_strokes(strokes)
    card = read_card(told.text, TODAY, told.doubts)

    assert (card.address, card.doubtful) == ("Khu5, phường Hà Đông", ("address",))
    assert "Khuj," in told.other


@pytest.mark.parametrize("name", ["Y Wing Niê", "Nguyễn Văn Ước", "K'Wơn"])
def test_a_letter_that_telex_may_have_made_of_w_is_flagged(name: str) -> None:
    told = read_strokes(Erasing("telex").keys(CARD.format(name=name, address="Hà Nội")))

    assert read_card(told.text, TODAY, told.doubts).doubtful == ("name",)


def test_digits_that_were_changed_make_no_card() -> None:
    text = CARD.format(name="An", address="Hà Nội")

    with pytest.raises(NotACard, match="bộ gõ"):
        read_card(text, TODAY, doubts=[3])


PASSPORT = "P<UTO{name}L898902C36UTO7408122F1204159ZE184226B<<<<<10"
NAMES = ["ERIKSSON<<ANNA<MARIA", "SMITH<<JAMES<AADOO", "ROSS<<ISAAC", "WEST<<W", "DODD<<EVE<OTTO"]


@pytest.mark.parametrize(("kind", "how"), METHODS)
@pytest.mark.parametrize("name", NAMES)
def test_a_passport_typed_through_an_input_method_is_right_or_flagged_or_refused(
    kind: type[Erasing], how: str, name: str
) -> None:
    zone = PASSPORT.format(name=name.ljust(39, "<"))
    right = read_identity(Keyed(zone), TODAY)
    assert isinstance(right, TravelDocument)

    try:
        told = read_identity(read_strokes(kind(how).keys(zone)), TODAY)
    except (NotMrz, MrzWrong):
        return

    assert isinstance(told, TravelDocument)
    assert replace(told, name="", doubtful=()) == replace(right, name="", doubtful=())
    assert told.name == right.name or told.doubtful == ("name",)


@pytest.mark.parametrize(("kind", "how"), METHODS[:3])
def test_an_everyday_passport_is_right_without_a_flag(kind: type[Erasing], how: str) -> None:
    zone = PASSPORT.format(name="MILLER<<JAMES<ALAN".ljust(39, "<"))

    told = read_identity(read_strokes(kind(how).keys(zone)), TODAY)

    assert told == read_identity(Keyed(zone), TODAY)


@settings(deadline=None)
@given(
    st.lists(
        st.builds(Stroke, st.text("aâdđsuươ1|", max_size=3), st.integers(0, 3), st.booleans()), max_size=12
    )
)
def test_no_strokes_break_the_reading_and_what_is_sure_was_seen(strokes: list[Stroke]) -> None:
    told = read_strokes(strokes)

    assert all(0 <= place <= len(told.text) for place in told.doubts)
    if not any(stroke.erased or stroke.composed for stroke in strokes):
        assert told.text == shown_by(strokes)


def test_a_card_is_known_by_its_first_thirteen_signs() -> None:
    assert looks_like_card("001190000001|")
    assert looks_like_card("\ufeff001190000001\x1d010")
    assert not looks_like_card("00119000000|")
    assert not looks_like_card("Nguyễn Văn An|")


@pytest.mark.parametrize(
    "told",
    [
        "\ufeff{}",
        "{}\r\n",
        "\x02{}\r",
        "\ufeff \r\n{}\n",
    ],
)
def test_marks_around_the_text_of_a_card_make_no_difference(told: str) -> None:
    text = CARD.format(name="Nguyễn Thị Hương", address="Hà Nội")

    assert read_card(told.format(text), TODAY) == read_card(text, TODAY)


@pytest.mark.parametrize("separator", ["\x1d", "\t"])
def test_a_scanner_that_sends_another_separator_is_understood(separator: str) -> None:
    text = CARD.format(name="Nguyễn Thị Hương", address="Hà Nội")

    assert read_card(text.replace("|", separator) + "\r\n", TODAY) == read_card(text, TODAY)
    assert read_card(text.replace("|010000001|", "||").replace("|", separator), TODAY).old_number == ""


def test_a_scanner_that_types_bytes_as_letters_is_understood() -> None:
    text = CARD.format(name="Nguyễn Thị Hương", address="Số 1, phường Đống Đa, Hà Nội") + "||Trần Ước||"
    typed = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in normalize("NFC", text).encode()
    )
    assert "Nguyá»…n" in typed

    assert read_card(typed, TODAY) == read_card(text, TODAY)
