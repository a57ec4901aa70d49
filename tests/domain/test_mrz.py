"""The machine-readable zone of passports and cards: read as printed, refused in words when a digit does not fit."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.domain.mrz import (
    MrzWrong,
    NotMrz,
    TravelDocument,
    check_digit,
    is_whole_mrz,
    looks_like_mrz,
    read_mrz,
)
from clerk_app.errors import OfficeError

TODAY = date(2026, 11, 23)
# The specimens of ICAO Doc 9303 and of the German passport.
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
GERMAN = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4"


def a_card(number: str, rest: str, birth: str, expiry: str, name: str, *, state: str = "VNM") -> str:
    """Write a TD1 zone with the check digits it needs."""
    first = f"ID{state}{number}{check_digit(number)}{rest}".ljust(30, "<")
    second = f"{birth}{check_digit(birth)}F{expiry}{check_digit(expiry)}{state}".ljust(29, "<")
    whole = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    return "\n".join((first, second + whole, name.ljust(30, "<")))


VIETNAMESE = a_card(
    "190000001",
    f"001190000001<<{check_digit('001190000001<<')}",
    "900815",
    "991231",
    "NGUYEN<<THI<THU<NGHIEM",
)


def test_a_passport_is_read() -> None:
    told = read_mrz(PASSPORT, TODAY)

    assert told == TravelDocument(
        kind="P",
        issuer="UTO",
        number="L898902C3",
        name="ERIKSSON ANNA MARIA",
        birth_date=date(1974, 8, 12),
        sex="Nữ",
        nationality="UTO",
        expires_on=date(2012, 4, 15),
        personal_number="ZE184226B",
    )
    assert told.is_expired(TODAY)
    assert not told.is_expired(date(2012, 4, 15))


def test_a_card_is_read() -> None:
    told = read_mrz(CARD, TODAY)

    assert (told.kind, told.number, told.name) == ("I", "D23145890", "ERIKSSON ANNA MARIA")
    assert (told.birth_date, told.sex, told.expires_on) == (date(1974, 8, 12), "Nữ", date(2012, 4, 15))


def test_a_code_of_one_letter_and_an_empty_personal_number_are_read() -> None:
    told = read_mrz(GERMAN, TODAY)

    assert (told.number, told.nationality, told.personal_number) == ("C01X00T47", "D", "")
    assert told.expires_on == date(2027, 2, 28)


def test_a_vietnamese_card_tells_its_personal_number_and_may_have_no_end() -> None:
    told = read_mrz(VIETNAMESE, TODAY)

    assert (told.personal_number, told.expires_on) == ("001190000001", None)
    assert told.name == "NGUYEN THI THU NGHIEM"


def test_a_long_number_goes_on_behind_the_place_of_its_check_digit() -> None:
    number = "D231458907A2"
    first = f"I<UTO{number[:9]}<{number[9:]}{check_digit(number)}<".ljust(30, "<")
    second = CARD.split("\n")[1][:29]
    whole = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])

    told = read_mrz("\n".join((first, second + whole, "DOE<<J".ljust(30, "<"))), TODAY)

    assert told.number == number


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda text: text.replace("\n", ""),
        lambda text: text.replace("\n", "\r\n") + "\r\n",
        "  ".join,
        lambda text: text.replace("<<", "«"),
        lambda text: text.replace("<\n", "\n").replace("<<\n", "\n"),
        lambda text: text.replace("7408122", "74O8I22"),
        lambda text: text.replace("ANNA", "ANNA ").replace("MARIA", "MAR1A"),
    ],
)
def test_breaks_case_spaces_and_looks_make_no_difference(change: object) -> None:
    assert read_mrz(change(PASSPORT), TODAY) == read_mrz(PASSPORT, TODAY)  # type: ignore[operator]
    assert read_mrz(change(CARD), TODAY) == read_mrz(CARD, TODAY)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("right", "wrong", "fields"),
    [
        ("L898902C3", "L898902C4", ("số giấy tờ", "cả dòng")),
        ("740812", "740813", ("ngày sinh", "cả dòng")),
        ("120415", "120416", ("ngày hết hạn", "cả dòng")),
        ("ZE184226B", "ZE184226C", ("số cá nhân", "cả dòng")),
        ("10", "19", ("cả dòng",)),
    ],
)
def test_a_check_digit_that_does_not_fit_names_its_field(
    right: str, wrong: str, fields: tuple[str, ...]
) -> None:
    first, second = PASSPORT.split("\n")
    place = second.rindex(right)

    with pytest.raises(MrzWrong) as refusal:
        read_mrz(f"{first}\n{second[:place]}{wrong}{second[place + len(right) :]}", TODAY)

    assert refusal.value.facts["names"] == fields
    assert fields[0] in str(refusal.value)


def test_a_wrong_personal_number_of_a_vietnamese_card_is_named() -> None:
    first, second, name = a_card("190000001", "001190000001<<0", "900815", "991231", "AN").split("\n")

    with pytest.raises(MrzWrong, match="số định danh cá nhân"):
        read_mrz(f"{first}\n{second}\n{name}", TODAY)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("NGUYEN<<VAN<AN", "NGUYEN VAN AN"),
        ("VAN<DER<BERG<<JAN<PIETER", "VAN DER BERG JAN PIETER"),
        ("ARKFREITH", "ARKFREITH"),
        ("<<NILAVADHANANANDA", "NILAVADHANANANDA"),
        ("O<CONNOR<<ENYA<SIOBHAN", "O CONNOR ENYA SIOBHAN"),
    ],
)
def test_names_stand_in_the_order_of_the_passport(name: str, told: str) -> None:
    assert read_mrz(f"{CARD[:62]}{name.ljust(30, '<')}", TODAY).name == told


def test_a_name_that_fills_its_line_may_be_cut_and_says_so() -> None:
    told = read_mrz(CARD[:62] + "NILAVADHANANANDA<<CHAYAPATHAYA", TODAY)

    assert "cắt" in told.warnings[0]


@pytest.mark.parametrize(
    ("birth", "year"), [("261123", 2026), ("261124", 1926), ("270101", 1927), ("000229", 2000)]
)
def test_nobody_is_born_tomorrow(birth: str, year: int) -> None:
    text = a_card("D23145890", "", birth, "301231", "DOE<<J", state="UTO")

    told = read_mrz(text, TODAY).birth_date

    assert told is not None
    assert told.year == year


def test_a_birth_date_that_is_not_known_stays_open_and_says_so() -> None:
    told = read_mrz(a_card("D23145890", "", "74<<<<", "301231", "DOE<<J", state="UTO"), TODAY)

    assert told.birth_date is None
    assert "ngày sinh" in told.warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P<UTO",
        CARD[:-5].replace("\n", ""),
        "V" + PASSPORT[1:],
        PASSPORT.replace("A", "Á", 1),
        CARD.replace("F", "Q"),
    ],
)
def test_anything_else_is_no_such_zone(text: str) -> None:
    with pytest.raises(NotMrz) as refusal:
        read_mrz(text, TODAY)

    assert refusal.value.remedy
    assert "ERIKSSON" not in str(refusal.value)


@settings(deadline=None)
@given(st.text("P<IAC0123456789UTOVNM\n é«", min_size=0, max_size=95))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        read_mrz(text, TODAY)
    except OfficeError:
        return


@settings(deadline=None)
@given(
    st.sampled_from([1, 2, 3, 4, 5, 6, 8, 9, *range(13, 20), *range(21, 28)]), st.sampled_from("0123456789")
)
def test_one_wrong_digit_is_never_believed(place: int, sign: str) -> None:
    first, second = PASSPORT.split("\n")
    read_before = read_mrz(PASSPORT, TODAY)

    try:
        read = read_mrz(f"{first}\n{second[:place]}{sign}{second[place + 1 :]}", TODAY)
    except OfficeError:
        return

    assert (read.number, read.birth_date, read.expires_on) == (
        read_before.number,
        read_before.birth_date,
        read_before.expires_on,
    )


def test_a_zone_is_known_by_its_beginning_and_is_whole_with_its_last_line() -> None:
    assert looks_like_mrz("P<UTO")
    assert not is_whole_mrz(PASSPORT.split("\n", maxsplit=1)[0])
    assert is_whole_mrz(PASSPORT)
    assert is_whole_mrz(CARD.replace("\n", ""))
    assert not looks_like_mrz("PHAM VAN AN")
    assert not looks_like_mrz("001190000001|")
