"""Nationalities: found by code, and by a few letters without accents."""

import pytest

from clerk_app import catalogue
from clerk_app.domain.country import Countries, CountriesDamaged, read_countries


@pytest.fixture(scope="module")
def countries() -> Countries:
    return read_countries(catalogue.load(catalogue.COUNTRIES))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("duc", "Đức"),
        ("han qu", "Hàn Quốc"),
        ("my", "Hoa Kỳ"),
        ("hoa", "Hoa Kỳ"),
        ("usa", "Hoa Kỳ"),
        ("d", "Đức"),
        ("phap", "Pháp"),
        ("germany", "Đức"),
        ("anh", "Vương quốc Anh"),
        ("NHẬT", "Nhật Bản"),
    ],
)
def test_a_country_is_found_by_a_few_letters(countries: Countries, typed: str, name: str) -> None:
    assert countries.search(typed)[0].name == name


def test_nothing_typed_and_nonsense_find_nothing(countries: Countries) -> None:
    assert countries.search(" ") == ()
    assert countries.search("qqq") == ()
    assert countries.named("") is None


def test_each_code_has_one_name_and_each_name_one_code(countries: Countries) -> None:
    codes = [row.code for row in countries.rows]

    assert len(set(codes)) == len(codes) == 249 + 17
    assert {len(code) for code in codes} == {1, 3}
    found = countries.by_code("VNM")
    assert found is not None
    assert found.name == "Việt Nam"
    assert countries.by_code("UTO") is None


def test_a_whole_name_is_known_without_its_accents(countries: Countries) -> None:
    found = countries.named("HAN quoc")

    assert found is not None
    assert found.code == "KOR"


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"countries": [{"code": 1}], "only_in_travel_documents": []}']
)
def test_a_damaged_list_is_said(data: bytes) -> None:
    with pytest.raises(CountriesDamaged):
        read_countries(data)


def test_a_country_of_two_codes_is_offered_once(countries: Countries) -> None:
    found = countries.named("duc")

    assert [row.code for row in countries.search("duc") if row.name == "Đức"] == ["DEU"]
    assert found is not None
    assert found.code == "DEU"
