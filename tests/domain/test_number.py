"""A code can be taken apart again, a provisional one too; what is no code is refused."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.domain.number import NotACode, dossier_code, parse_code, provisional_code, sequence_of

DAY = date(2026, 11, 23)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
SEQUENCES = st.integers(1, 9_999_999)
AGENCIES = st.from_regex(
    r"([A-Z]\d{2}|\d{3})(\.[0-9A-Z]{1,3}){0,4}", fullmatch=True, alphabet=st.characters(codec="ascii")
)
COUNTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)


def test_a_code_names_agency_day_and_sequence() -> None:
    assert dossier_code("H26.99.01", DAY, 1) == "H26.99.01-261123-0001"
    assert dossier_code("H26.99.01", DAY, 10_000) == "H26.99.01-261123-10000"
    assert provisional_code("Q3", DAY, 12) == "TAM-Q3-261123-0012"


@settings(deadline=None)
@given(AGENCIES, DAYS, SEQUENCES)
def test_every_code_is_read_back(agency: str, day: date, sequence: int) -> None:
    parsed = parse_code(dossier_code(agency, day, sequence))

    assert (parsed.place, parsed.day, int(parsed.sequence), parsed.provisional) == (
        agency,
        day,
        sequence,
        False,
    )


@settings(deadline=None)
@given(COUNTERS, DAYS, SEQUENCES)
def test_every_provisional_number_is_read_back(counter: str, day: date, sequence: int) -> None:
    parsed = parse_code(provisional_code(counter, day, sequence))

    assert (parsed.place, parsed.day, int(parsed.sequence), parsed.provisional) == (
        counter,
        day,
        sequence,
        True,
    )


@pytest.mark.parametrize(("counter", "written"), [("Quầy 3", "QUAY3"), ("q-3", "Q3"), ("", "Q")])
def test_no_name_of_a_counter_stops_a_provisional_number(counter: str, written: str) -> None:
    assert parse_code(provisional_code(counter, DAY, 1)).place == written


@pytest.mark.parametrize(
    ("one", "other"), [("Quầy chứng thực 1", "Quầy chứng thực 2"), ("三", "四"), ("三", "")]
)
def test_two_counters_never_give_one_provisional_number(one: str, other: str) -> None:
    assert provisional_code(one, DAY, 1) != provisional_code(other, DAY, 1)


@pytest.mark.parametrize(
    ("code", "day", "sequence"),
    [
        ("H15.50.05.13-261008-0975", date(2026, 10, 8), "0975"),
        ("G09.20-20260609-0092637", date(2026, 6, 9), "0092637"),
        ("000.00.00.H26-260102-0001", date(2026, 1, 2), "0001"),
        (" h26.99.01-261123-150001 ", DAY, "150001"),
    ],
)
def test_codes_as_they_exist_in_the_country_are_read(code: str, day: date, sequence: str) -> None:
    parsed = parse_code(code)

    assert (parsed.day, parsed.sequence) == (day, sequence)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H26.99.01",
        "H26.99.01-261123-001",
        "H26.99.01-261323-0001",
        "H26.99.01-260230-0001",
        "H26.99.01-261123-00010001",
        "H26.99.01-2611231-0001",
        "TAM-261123-0001",
        "TAM-Q3-261131-0001",
        "H26.99.01-261123-٠٠٠١",
        "H2.99.01-261123-0001",
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(NotACode):
        parse_code(text)


def test_the_slip_repeats_the_sequence_and_a_provisional_one_stays_marked() -> None:
    assert sequence_of("H26.99.01-261123-0975") == "0975"
    assert sequence_of("TAM-Q3-261123-0001") == "TAM-0001"


@pytest.mark.parametrize(("agency", "sequence"), [("H26/99", 1), ("", 1), ("H26", 0), ("H26", 10_000_000)])
def test_a_code_that_could_not_be_read_back_is_never_made(agency: str, sequence: int) -> None:
    with pytest.raises(ValueError, match=r"code|sequence"):
        dossier_code(agency, DAY, sequence)
