"""English by the locale: every error and every act of the house has its translation."""

import ast
import importlib
import os
import pkgutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import clerk_app
import signing
import sync
import ui
from clerk_app import language
from clerk_app.cli.words import sentences
from clerk_app.domain.identity_card import NotACard, read_card
from clerk_app.domain.kinds import KINDS
from clerk_app.errors import OfficeError
from signing.errors import SigningError
from sync.contract.messages import REASONS
from sync.errors import SyncError

HOUSE = Path(__file__).parents[2]
CATALOGUE = language.CATALOGUE / "en" / "LC_MESSAGES" / f"{language.DOMAIN}.po"
Told = type[OfficeError] | type[SigningError] | type[SyncError]
FLOORS = (clerk_app, signing, sync, ui)
NOT_ROOMS = ("__main__", "sync.central.migrations")  # started by others, never imported by us


def _all_notices() -> Iterator[Told]:
    for floor in FLOORS:
        for room in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            if not any(name in room.name for name in NOT_ROOMS):
                importlib.import_module(room.name)
    waiting: list[Told] = [OfficeError, SigningError, SyncError]
    while waiting:
        kind = waiting.pop()
        if kind.__module__.partition(".")[0] in {
            floor.__name__ for floor in FLOORS
        }:  # tests have notices of their own
            yield kind
        waiting.extend(kind.__subclasses__())


def _put_together() -> Iterator[tuple[str, str]]:
    """Yield the templates of `say(…)`, each with its room."""
    for room in sorted((HOUSE / "clerk_app").rglob("*.py")):
        for node in ast.walk(ast.parse(room.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(template))]):
                    yield template, room.relative_to(HOUSE).as_posix()


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """Every sentence of the house, and the class, the entry kind or the room that tells it."""
    notices = {text: kind.__name__ for kind in _all_notices() for text in (kind.message, kind.remedy)}
    titles = {kind.title: kind.name.value for kind in KINDS}
    refusals = {sentence: reason for reason, sentence in REASONS.items()}
    return notices | titles | refusals | dict(_put_together())


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    """The catalogue: Vietnamese sentence, English sentence."""
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, "en") if message.id}


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_every_sentence_has_its_english(told: dict[str, str], english: dict[str, str]) -> None:
    missing = {text: kind for text, kind in told.items() if not english.get(text)}

    assert missing == {}, f"write their English into {CATALOGUE}, then ./run words"


def test_the_catalogue_holds_no_sentence_that_nobody_tells(
    told: dict[str, str], english: dict[str, str]
) -> None:
    assert english.keys() - told.keys() == set()


def test_both_languages_name_the_same_facts(english: dict[str, str]) -> None:
    assert {text: said for text, said in english.items() if _names(text) != _names(said)} == {}


def test_the_english_is_written_without_vietnamese_letters(english: dict[str, str]) -> None:
    def letters(text: str) -> set[str]:
        return {
            mark
            for mark in unicodedata.normalize("NFD", text)
            if mark.isalpha() or unicodedata.combining(mark)
        }

    assert {said for said in english.values() if not all(mark.isascii() for mark in letters(said))} == set()


def test_the_compiled_catalogue_is_in_step_with_the_written_one(english: dict[str, str]) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = {str(message.id): str(message.string) for message in read_mo(file) if message.id}

    assert compiled == english


def test_a_reason_put_together_from_pieces_is_told_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    with pytest.raises(NotACard) as refusal:
        read_card("001089001234||Trần Văn Được|31021989|Nam|Tổ 21|01062021")

    assert str(refusal.value).endswith("ngày sinh không có trong lịch.")
    assert sentences(refusal.value).message.endswith("day of birth is not in the calendar.")


@pytest.mark.parametrize(
    ("locale", "message"),
    [
        ({"LANG": "en_US.UTF-8"}, "Not the QR code of an identity card"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "Không phải mã QR của thẻ căn cước"),
        ({"LANG": "vi_VN.UTF-8"}, "Không phải mã QR của thẻ căn cước"),
        ({}, "Không phải mã QR của thẻ căn cước"),
    ],
)
def test_the_command_line_answers_in_the_language_of_the_locale(locale: dict[str, str], message: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}

    ended = subprocess.run(
        [sys.executable, "-m", "clerk_app.cli", "read-card", "--qr", "x"],
        cwd=HOUSE,
        env=clean | locale,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )

    assert ended.returncode == 3
    assert ended.stderr.startswith(message)
