"""Every sentence of the window can be translated: none stands in the source outside tr() and translate()."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "ui"
_DEMO = ("demo.py", "counter_day.py", "day_")  # speaks on the console, in the language of the practice office
ROOMS = sorted(room for room in UI.rglob("*.py") if not room.name.startswith(_DEMO))
_TRANSLATE = {"tr", "translate"}
_ON_THE_CLASS = {"message", "remedy"}  # a notice's sentences, looked up by ui.notices
_DATA = {"Nữ", "Tiếng Việt"}  # written on papers as it stands; a language by its own name


def _untranslated(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and _called(node.func) in _TRANSLATE:
            continue
        if isinstance(node, ast.Assign) and _assigned(node) & _ON_THE_CLASS:
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_vietnamese(node.value):
            yield node.value
        yield from _untranslated(node)


def _called(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _assigned(node: ast.Assign) -> set[str]:
    return {target.id for target in node.targets if isinstance(target, ast.Name)}


def _is_vietnamese(text: str) -> bool:
    return text not in _DATA and any(letter.isalpha() and ord(letter) > 127 for letter in text)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.relative_to(UI).as_posix())
def test_every_sentence_can_be_translated(room: Path) -> None:
    assert list(_untranslated(ast.parse(room.read_text("utf-8")))) == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.relative_to(UI).as_posix())
def test_no_sentence_is_made_of_pieces_inside_a_translation(room: Path) -> None:
    calls = [
        node
        for node in ast.walk(ast.parse(room.read_text("utf-8")))
        if isinstance(node, ast.Call) and _called(node.func) in _TRANSLATE
    ]

    assert [
        ast.unparse(call) for call in calls if any(isinstance(part, ast.JoinedStr) for part in call.args)
    ] == []
