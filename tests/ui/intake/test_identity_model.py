"""What a card or passport fills in, and what it leaves as typed."""

from datetime import date

import pytest

from clerk_app import catalogue
from clerk_app.domain.applicant import Person, PersonKind
from clerk_app.domain.country import Countries, read_countries
from clerk_app.domain.mrz import TravelDocument
from ui.intake.identity_model import filled, remarks_on
from ui.intake.people_model import Gravity, Who

VIETNAMESE = TravelDocument(
    kind="ID",
    issuer="VNM",
    number="190000001",
    name="NGUYEN THI THU NGHIEM",
    birth_date=date(1990, 8, 15),
    sex="Nữ",
    nationality="VNM",
    expires_on=None,
    personal_number="001190000001",
)
STRANGER = TravelDocument(
    "P", "UTO", "L898902C3", "ERIKSSON ANNA", date(1974, 8, 12), "Nữ", "UTO", date(2030, 4, 15)
)


@pytest.fixture(scope="module")
def countries() -> Countries:
    return read_countries(catalogue.load(catalogue.COUNTRIES))


def test_a_vietnamese_card_keeps_the_accents_that_were_typed(countries: Countries) -> None:
    before = Person(name="Nguyễn Thị Thử Nghiệm", phone="0912345678", address="Hà Đông")

    after = filled(before, VIETNAMESE, countries)

    assert (after.name, after.kind, after.id_number) == (
        "Nguyễn Thị Thử Nghiệm",
        PersonKind.CITIZEN,
        "001190000001",
    )
    assert (after.phone, after.address) == ("0912345678", "Hà Đông")
    assert remarks_on(Who.OWNER, before, after, VIETNAMESE, countries) == ()


def test_a_vietnamese_card_without_a_typed_name_asks_for_its_accents(countries: Countries) -> None:
    after = filled(Person(), VIETNAMESE, countries)

    (remark,) = remarks_on(Who.OWNER, Person(), after, VIETNAMESE, countries)
    assert after.name == "NGUYEN THI THU NGHIEM"
    assert (remark.field, remark.gravity) == ("name", Gravity.WARNS)
    assert "dấu" in remark.text


def test_a_nationality_that_nobody_knows_leaves_what_was_typed(countries: Countries) -> None:
    before = Person(nationality="Utopia")

    after = filled(before, STRANGER, countries)

    assert (after.nationality, after.id_expires_on) == ("Utopia", date(2030, 4, 15))
    (remark,) = remarks_on(Who.OWNER, before, after, STRANGER, countries)
    assert "UTO" in remark.text


def test_each_typed_value_that_is_exchanged_is_said(countries: Countries) -> None:
    before = Person(
        name="Anna Eriksson",
        id_number="L1",
        birth_date=date(1974, 8, 13),
        nationality="Đức",
    )
    after = filled(before, STRANGER, countries)

    fields = [remark.field for remark in remarks_on(Who.OWNER, before, after, STRANGER, countries)]

    assert fields == ["name", "id_number", "birth_date", "nationality"]
