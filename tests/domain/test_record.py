"""Values go to JSON and come back the same; what is not what it claims to be is named, never shown."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.domain.applicant import Applicant, Authorisation, Person, PersonKind, Relation
from clerk_app.domain.dossier import Draft, ReturnChannel, draft_as_bytes, draft_from_bytes
from clerk_app.domain.paper import LaidPaper, PaperFile, PaperState, ScanState
from clerk_app.domain.record import RecordDamaged, as_json, from_json
from clerk_app.domain.text import nfc

WORDS = st.text(max_size=12).map(nfc)
DAYS = st.dates()
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
PEOPLE = st.builds(
    Person,
    WORDS,
    st.sampled_from(PersonKind),
    WORDS,
    st.none() | DAYS,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    st.booleans(),
    st.none() | DAYS,
)
PAPERS = st.builds(
    LaidPaper,
    WORDS,
    st.sampled_from(PaperState),
    st.sampled_from(ScanState),
    WORDS,
    st.integers(0, 99),
    st.lists(st.builds(PaperFile, WORDS, WORDS, st.integers(1, 500), WORDS), max_size=2).map(tuple),
)
APPLICANTS = st.builds(
    Applicant,
    PEOPLE,
    st.none() | PEOPLE,
    st.sampled_from(Relation),
    st.none() | st.builds(Authorisation, WORDS, st.none() | DAYS, WORDS),
)
DRAFTS = st.builds(
    Draft,
    WORDS,
    WORDS,
    APPLICANTS,
    st.lists(PAPERS, max_size=3).map(tuple),
    st.integers(1, 9),
    st.builds(ReturnChannel, WORDS, WORDS),
    WORDS,
    st.none() | MOMENTS,
)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Sample:
    day: date
    hour: time
    at: datetime
    colour: Colour = Colour.RED
    names: frozenset[str] = frozenset()
    pair: tuple[int, bool] = (1, True)
    maybe: Colour | None = None


SAMPLE = Sample(
    date(2026, 2, 16), time(15), datetime(2026, 2, 16, 8, tzinfo=UTC), names=frozenset({"b", "a"})
)


@settings(deadline=None, max_examples=60)
@given(DRAFTS)
def test_a_draft_comes_back_from_its_bytes_as_it_was(draft: Draft) -> None:
    assert draft_from_bytes(draft_as_bytes(draft)) == draft


def test_every_kind_of_value_comes_back() -> None:
    assert from_json(Sample, json.loads(json.dumps(as_json(SAMPLE)))) == SAMPLE


def test_moments_are_written_in_utc() -> None:
    noon = datetime(2026, 2, 16, 12, tzinfo=timezone(timedelta(hours=7)))

    assert as_json(noon) == "2026-02-16T05:00:00Z"


def test_a_moment_without_its_zone_is_refused() -> None:
    naive = datetime(2026, 2, 16, 12)  # noqa: DTZ001 - the very thing that must not pass

    with pytest.raises(ValueError, match="zone"):
        as_json(naive)
    with pytest.raises(RecordDamaged):
        from_json(Sample, as_json(SAMPLE) | {"at": naive.isoformat()})


def test_text_is_written_and_read_as_nfc() -> None:
    assert as_json(normalize("NFD", "Thuý")) == "Thuý"
    assert from_json(ReturnChannel, {"detail": normalize("NFD", "Thuý")}).detail == "Thuý"


def test_members_of_another_version_are_passed_over_and_absent_ones_take_their_default() -> None:
    assert from_json(ReturnChannel, {"way": "post", "drone": {"height": 3}}) == ReturnChannel("post", "")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("day", "16/02/2026"),
        ("day", 20260216),
        ("hour", "25:00"),
        ("colour", "blue"),
        ("names", "a"),
        ("names", ["a", 1]),
        ("pair", [1]),
        ("pair", [True, True]),
        ("pair", [1, 1]),
        ("maybe", "blue"),
        ("at", None),
    ],
)
def test_a_wrong_type_is_refused_and_the_place_is_named(member: str, value: object) -> None:
    with pytest.raises(RecordDamaged) as refusal:
        from_json(Sample, as_json(SAMPLE) | {member: value})

    assert str(refusal.value.facts["where"]).startswith(member)


def test_a_required_member_that_is_absent_is_named() -> None:
    with pytest.raises(RecordDamaged, match=r"papers\[0\]\.key"):
        from_json(Draft, {"id": "x", "papers": [{"state": "present"}]})


def test_what_is_damaged_is_never_repeated() -> None:
    with pytest.raises(RecordDamaged) as refusal:
        from_json(Person, {"name": "Trần Bí Mật", "sex": 7})

    assert "Bí Mật" not in str(refusal.value)
