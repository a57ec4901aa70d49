"""The search finds exactly what somebody finds who goes through the dossiers one by one."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Dossier, ReturnChannel, SendState, Status
from clerk_app.domain.register_filter import RegisterFilter
from clerk_app.services.find_dossiers import CountDossiers, FindDossiers, SeekDossiers
from clerk_app.store import dossiers, parts, schema
from clerk_app.store.archive import Archive, open_archive
from tests.store.conftest import KEY, MORNING

NOW = datetime(2026, 9, 28, 5, tzinfo=UTC)
SYLLABLES = (
    "Nguyễn",
    "Đặng",
    "Đăng",
    "Thị",
    "Ánh",
    "Anh",
    "Khải",
    "Sinh",
    "H'Hen",
    "Thuý",
    "Thúy",
    "36",
    "Ký",
)
PROCEDURES = (
    ("1.001193", "Đăng ký khai sinh"),
    ("1.004222", "Đăng ký thường trú"),
    ("2.000815", "Chứng thực bản sao từ bản chính"),
)
NAMES = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join)
NUMBERS = st.text("0123", max_size=12)
PEOPLE = st.builds(Person, name=NAMES, id_number=NUMBERS, phone=NUMBERS | st.just("+84 912.300"))


@st.composite
def dossiers_of_a_day(draw: st.DrawFn) -> list[Dossier]:
    return [draw(_dossier(number)) for number in range(draw(st.integers(1, 7)))]


@st.composite
def _dossier(draw: st.DrawFn, number: int) -> Dossier:
    code, title = draw(st.sampled_from(PROCEDURES))
    place = draw(st.sampled_from(["H26.99.01-260928", "H26.99.01-260102", "TAM-Q3-260928"]))
    received = MORNING + timedelta(days=draw(st.integers(0, 8)) + 8 * number, minutes=number)
    return Dossier(
        id=f"d-{number}",
        code=f"{place}-{draw(st.integers(1, 120)):04}",
        provisional=False,
        procedure=code,
        procedure_version="1",
        procedure_title=title,
        applicant=Applicant(draw(PEOPLE), draw(st.none() | PEOPLE)),
        papers=(),
        sets=1,
        return_channel=ReturnChannel(),
        received_at=received,
        due_at=received + timedelta(days=1),
        received_by="Lê Thị Thu",
        status=draw(st.sampled_from(Status)),
        entry_hash="0" * 64,
        sending=draw(st.sampled_from(SendState)),
    )


@st.composite
def typed_texts(draw: st.DrawFn, day: list[Dossier]) -> str:
    """Mostly pieces of what is there, as people type them: cut short, without accents or dashes, in any order."""
    dossier = draw(st.sampled_from(day))
    owner = dossier.applicant.owner
    there = [
        *owner.name.split(),
        *dossier.procedure_title.split(),
        dossier.code,
        owner.id_number or "0",
        "912300",
    ]
    pieces = [draw(_piece(draw(st.sampled_from(there)))) for _ in range(draw(st.integers(0, 3)))]
    return " ".join(
        [*pieces, *draw(st.lists(st.sampled_from(["%", '"', "OR", "*", "kh", "0", "-"]), max_size=1))]
    )


@st.composite
def _piece(draw: st.DrawFn, text: str) -> str:
    first = draw(st.integers(0, len(text) - 1)) if any(sign.isdigit() for sign in text) else 0
    cut = text[first : draw(st.integers(first + 1, len(text)))]
    return draw(st.sampled_from([cut, bare(cut), cut.replace("-", ""), cut.upper()]))


def bare(text: str) -> str:
    taken_apart = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(sign for sign in taken_apart if not unicodedata.combining(sign))


def split(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in bare(text)).split()


def asked(typed: str) -> list[str]:
    words: list[str] = []
    for piece in typed.split():
        joined = "".join(split(piece))
        if any(sign.isdigit() for sign in piece):
            words.append("0" + joined[2:] if piece.startswith("+84") else joined)
        else:
            words += split(piece)
    return words


def fits(dossier: Dossier, words: list[str], *, one_word_names_a_procedure: bool) -> bool:
    people = [person for person in (dossier.applicant.owner, dossier.applicant.submitter) if person]
    names = [word for person in people for word in split(person.name)]
    numbers = ["".join(split(n)) for person in people for n in (person.id_number, person.phone)]
    numbers = ["0912300" if number == "84912300" else number for number in numbers]
    code, title = "".join(split(dossier.code)), split(dossier.procedure_title)

    def by_title(at: int) -> bool:
        pairs = [words[i : i + 2] for i in (at - 1, at) if i >= 0 and len(words[i : i + 2]) == 2]
        return any(a == first and b.startswith(second) for first, second in pairs for a, b in pairwise(title))

    def by_one_word(word: str) -> bool:
        return one_word_names_a_procedure and any(each.startswith(word) for each in title)

    def word_fits(at: int, word: str) -> bool:
        is_number = any(sign.isdigit() for sign in word)
        return (
            any(name.startswith(word) for name in names)
            or (len(word) >= 3 and any(word in number for number in (code, *numbers)))
            or (len(word) < 3 and is_number and code.endswith(word))
            or (len(word) >= 5 and is_number and "".join(split(dossier.procedure)).startswith(word))
            or by_title(at)
            or by_one_word(word)
        )

    return all(word_fits(at, word) for at, word in enumerate(words))


def one_by_one(day: list[Dossier], typed: str, wanted: RegisterFilter) -> list[Dossier]:
    words = asked(typed)
    if typed.strip() and not words:
        return []
    here = [
        each
        for each in reversed(day)
        if wanted.status in (None, each.status)
        and wanted.procedure in ("", each.procedure)
        and not (wanted.unsent and each.sending is SendState.SENT)
    ]
    strict = [each for each in here if fits(each, words, one_word_names_a_procedure=False)]
    return strict or [each for each in here if fits(each, words, one_word_names_a_procedure=True)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("archive")
    with pytest.MonkeyPatch.context() as patch, open_archive(folder, KEY) as opened:
        patch.setattr(parts, "FULL", 2)
        yield opened


FILTERS = st.builds(
    RegisterFilter,
    status=st.none() | st.sampled_from(Status),
    procedure=st.sampled_from(["", "", PROCEDURES[0][0]]),
    unsent=st.booleans(),
)


def step_by_step(seek: SeekDossiers, text: str, wanted: RegisterFilter) -> list[Dossier]:
    """What all steps find, with pages of two."""
    found = seek(text, 2, wanted)
    every = list(found.dossiers)
    while found.goes_on:
        found = seek(text, 2, wanted, found.goes_on)
        every += found.dossiers
    return every


@given(data=st.data(), day=dossiers_of_a_day(), wanted=st.just(RegisterFilter()) | FILTERS)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_search_finds_what_one_finds_one_by_one(
    archive: Archive, data: st.DataObject, day: list[Dossier], wanted: RegisterFilter
) -> None:
    """… at once, page by page, and step by step through parts of two dossiers, as among a million of some thousands."""
    typed = [data.draw(typed_texts(day)) for _ in range(4)]
    with archive.writing() as tx:
        schema.empty(tx)
        for dossier in day:  # each comes twice, the first time otherwise
            dossiers.save(tx, replace(dossier, applicant=Applicant(), status=Status.RECEIVED))
            dossiers.save(tx, dossier)
    find, count = FindDossiers(archive, lambda: NOW), CountDossiers(archive, lambda: NOW)
    impatient, patient = SeekDossiers(archive, lambda: NOW, 0), SeekDossiers(archive, lambda: NOW, 60)

    for text in typed:
        expected = one_by_one(day, text, wanted)

        assert list(find(text, 50, wanted)) == expected, text
        assert count(text, wanted) == len(expected)
        assert step_by_step(impatient, text, wanted) == expected, text
        assert step_by_step(patient, text, wanted) == expected, text
        if len(expected) > 1:
            assert list(find(text, 50, wanted, after=expected[0].id)) == expected[1:]
