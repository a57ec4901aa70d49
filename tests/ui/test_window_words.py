"""The window's English is complete: the catalogue holds each sentence of the source, translated, and nothing else."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree

import PySide6
import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_words import ROOMS, UI
from tests.ui.vietnamese import vietnamese_in, vietnamese_letters
from ui.language import CATALOGUES, QT_WORDS, WINDOW_WORDS

SOURCE = CATALOGUES / f"{WINDOW_WORDS}.ts"
LUPDATE = Path(PySide6.__file__).parent / "lupdate"
HOW = "./run words, then write the English into ui/translations/window_en.ts and take `type` away: {}"

Sentence = tuple[str, str]  # context, Vietnamese


def _messages(file: Path) -> Iterator[tuple[Sentence, ElementTree.Element]]:
    for context in ElementTree.parse(file).iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            yield (context.findtext("name", ""), message.findtext("source", "")), message


def _english() -> dict[Sentence, str]:
    return {sentence: message.findtext("translation", "") for sentence, message in _messages(SOURCE)}


ENGLISH = _english()


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> set[Sentence]:
    """What Qt's own reader finds in the source today."""
    file = tmp_path_factory.mktemp("words") / "fresh.ts"
    rooms = sorted(str(room) for room in UI.rglob("*.py"))
    subprocess.run([LUPDATE, *rooms, "-silent", "-ts", file], check=True, timeout=240)
    return {sentence for sentence, _ in _messages(file)}


def _apart(so: Callable[[str, str], bool]) -> list[Sentence]:
    """List the sentences whose English is not so."""
    return [sentence for sentence, said in ENGLISH.items() if not so(sentence[1], said)]


def test_every_sentence_of_the_window_is_in_the_catalogue(spoken: set[Sentence]) -> None:
    missing = sorted(spoken - ENGLISH.keys())

    assert not missing, HOW.format(missing)


def test_the_catalogue_holds_no_sentence_that_the_window_does_not_say(spoken: set[Sentence]) -> None:
    left = sorted(ENGLISH.keys() - spoken)

    assert not left, f"./run words takes them out: {left}"


def test_every_sentence_has_its_english() -> None:
    missing = [
        sentence
        for sentence, message in _messages(SOURCE)
        if (translation := message.find("translation")) is None
        or translation.get("type")
        or not translation.text
    ]

    assert not missing, HOW.format(missing)


def test_both_languages_have_the_same_gaps_to_fill() -> None:
    def names(text: str) -> Counter[str]:
        return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)

    assert _apart(lambda source, said: names(source) == names(said)) == []


def test_both_languages_underline_as_many_letters() -> None:
    def underlined(text: str) -> int:
        return len(re.findall(r"&(?=\w)", text.replace("&&", "")))

    assert _apart(lambda source, said: underlined(source) == underlined(said)) == []


def test_both_languages_begin_and_end_alike() -> None:
    def edges(text: str) -> tuple[str, ...]:
        blanks = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return *blanks, *re.findall(r"[.…:*]$", text.rstrip()), *re.findall(r"\t.*$", text)

    assert _apart(lambda source, said: edges(source) == edges(said)) == []


def test_the_english_is_written_without_vietnamese_letters() -> None:
    assert _apart(lambda _, said: not vietnamese_letters(said)) == []


def test_a_vietnamese_word_on_a_window_is_found_and_a_citizens_name_is_none(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for words in ("Owner: Lê Thị Mỹ Duyên", "Owner: Lê Thị…", "Chủ hồ sơ: Lê Thị Mỹ Duyên", "12.000 đ"):
        QLabel(words, window)
    QLabel("Tip", window).setToolTip("Bấm F5")

    assert vietnamese_in(window, {"name": "Lê Thị Mỹ Duyên"}) == ["Bấm F5", "Chủ hồ sơ: Lê Thị Mỹ Duyên"]


@pytest.mark.parametrize("name", [WINDOW_WORDS, QT_WORDS])
def test_the_compiled_catalogue_is_in_step_with_the_written_one(name: str) -> None:
    compiled = QTranslator()
    assert compiled.load(str(CATALOGUES / f"{name}.qm"))

    behind = [
        (context, source)
        for (context, source), message in _messages(CATALOGUES / f"{name}.ts")
        if compiled.translate(context, source) != message.findtext("translation", "")
    ]

    assert not behind, f"./run words compiles them: {behind}"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.relative_to(UI).as_posix())
def test_each_sentence_is_looked_up_under_the_name_it_has_in_the_catalogue(room: Path) -> None:
    asked = set(_asked(ast.parse(room.read_text("utf-8"))))

    assert asked - ENGLISH.keys() == set(), HOW.format(asked - ENGLISH.keys())


def _asked(tree: ast.AST, owner: str = "") -> Iterator[Sentence]:
    """Yield what a room asks for, as Qt will look it up; a sentence that is no literal has no place here."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            match node.func, node.args:
                case ast.Attribute(attr="tr"), [words, *_]:
                    yield owner, ast.literal_eval(words)
                case ((ast.Attribute(attr="translate") | ast.Name(id="translate")), [context, words, *_]):
                    yield ast.literal_eval(context), ast.literal_eval(words)
        yield from _asked(node, node.name if isinstance(node, ast.ClassDef) else owner)
