"""The house keeps its shape: small rooms, short steps, stairs that only go down."""

import ast
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
FLOORS = ("clerk_app", "ui", "signing", "sync")
ROOMS = sorted(p for floor in FLOORS for p in (HOUSE / floor).rglob("*.py") if "migrations" not in p.parts)


def _name(room: Path) -> str:
    return room.relative_to(HOUSE).as_posix()


def _lint(house: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=house, capture_output=True, text=True, timeout=240, check=False
    )


def test_every_import_goes_down_the_stairs() -> None:
    result = _lint(HOUSE)

    assert result.returncode == 0, result.stdout


def test_a_planted_import_up_the_stairs_is_caught(tmp_path: Path) -> None:
    for floor in FLOORS:
        shutil.copytree(
            HOUSE / floor, tmp_path / floor, ignore=shutil.ignore_patterns("fonts", "__pycache__")
        )
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    with (tmp_path / "sync" / "errors.py").open("a", encoding="utf-8") as room:
        room.write("\nimport clerk_app.errors\n")
    with (tmp_path / "clerk_app" / "domain" / "officer.py").open("a", encoding="utf-8") as room:
        room.write("\nimport PySide6\n")

    result = _lint(tmp_path)

    assert result.returncode != 0
    assert "Three floors BROKEN" in result.stdout
    assert "Qt lives upstairs BROKEN" in result.stdout


@pytest.mark.parametrize("room", ROOMS, ids=_name)
def test_a_room_is_small_and_says_what_it_is_for(room: Path) -> None:
    text = room.read_text("utf-8")
    tree = ast.parse(text)

    assert text.count("\n") <= 400
    assert not text or ast.get_docstring(tree)
    assert [name for name, lines in _functions(tree) if lines > 60] == []


@pytest.mark.parametrize("room", ROOMS, ids=_name)
def test_text_in_the_source_is_composed(room: Path) -> None:
    text = room.read_text("utf-8")

    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("room", sorted((HOUSE / "clerk_app" / "domain").glob("*.py")), ids=_name)
def test_the_domain_needs_nothing_but_python(room: Path) -> None:
    foreign = {
        name
        for name in _imports(ast.parse(room.read_text("utf-8")))
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith(("clerk_app.domain", "clerk_app.errors"))
    }

    assert foreign == set()


@pytest.mark.parametrize("room", sorted((HOUSE / "ui").rglob("*_model.py")), ids=_name)
def test_a_view_model_knows_no_widget(room: Path) -> None:
    names = set(_imports(ast.parse(room.read_text("utf-8"))))

    assert not any(name.startswith(("PySide6.QtWidgets", "PySide6.QtGui")) for name in names)


def _functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
