"""What the documents point at exists: files, pictures that `./run screens` makes, keys of the window."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.intake.papers_card import LETTERS

HOUSE = Path(__file__).parents[1]
DOCUMENTS = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md"), *(HOUSE / "bench").glob("*.md")])
UI = HOUSE / "ui"
GUIDE = HOUSE / "docs" / "huong-dan"
SCREENS = HOUSE / "docs" / "screens"
SIZES = ("1366x768", "1920x1080")
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
_KEY = re.compile(r"`((?:(?:Ctrl|Shift|Alt)\+)*(?:F\d+|[^`\s]))`|`(Delete|Shift\+Delete)`")
_AS_QT = {"←": "Left", "→": "Right", "↑": "Up", "↓": "Down", "Delete": "Del"}
SHOWN_BY = {  # chapter: the rooms whose keys it tells
    "README": (),
    "01-mo-quay": ("unlock", "intake", "widgets"),
    "02-tiep-nhan": ("intake", "settings"),
    "03-ky-va-in": ("intake", "widgets"),
    "04-mat-ket-noi": ("mailbox",),
    "05-so-theo-doi": ("register", "mailbox"),
    "06-thiet-bi-va-thiet-lap": ("health", "settings"),
    "07-bo-sung-tu-choi-tra-ngay": ("intake", "register"),
    "08-tra-ket-qua": ("result", "mailbox"),
    "09-ky-duyet": ("approval", "register", "widgets"),
    "10-kiem-tra-chu-ky": ("verify", "register", "widgets"),
    "11-ky-tep": ("signfile", "widgets"),
    "12-doi-chieu": ("reconcile", "widgets"),
    "13-chuyen-tay": ("bundle", "approval", "mailbox", "widgets"),
    "14-luu-tru-va-xoa": ("register", "widgets"),
    "15-dang-ky-va-dang-nhap": ("unlock",),
    "16-may-chu-phuong": ("mailbox", "reconcile"),
    "17-so-so": ("books", "reconcile", "widgets"),
}
FRAME = ("rail.py", "screens.py", "workplace.py", "widgets/header.py")
_OF_LISTS = {"Up", "Down", "?"}  # keys that every list and the search know


def _name(document: Path) -> str:
    return document.relative_to(HOUSE).as_posix()


def _links(document: Path) -> Iterator[tuple[bool, Path]]:
    for picture, target in _LINK.findall(document.read_text("utf-8")):
        if "://" not in target:
            yield bool(picture), (document.parent / target).resolve()


def _pictures() -> set[Path]:
    spec = importlib.util.spec_from_file_location("make", SCREENS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    return {SCREENS / f"{name}-{size}.png" for name in make.SHOWN.values() for size in SIZES}


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    missing = [target for picture, target in _links(document) if not picture and not target.exists()]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_picture_is_one_that_run_screens_makes(document: Path) -> None:
    made = _pictures()

    assert [target for picture, target in _links(document) if picture and target not in made] == []


def test_the_guide_lists_all_its_chapters() -> None:
    listed = {target.name for _, target in _links(GUIDE / "README.md")}

    assert listed == {chapter.name for chapter in GUIDE.glob("[0-9]*.md")}


@pytest.mark.parametrize("chapter", sorted(GUIDE.glob("*.md")), ids=_name)
def test_the_guide_names_no_key_that_its_screens_do_not_know(chapter: Path) -> None:
    rooms = [UI / room for room in (*SHOWN_BY[chapter.stem], *FRAME)]

    assert _keys_of(chapter) - set(_keys_in(rooms)) - _OF_LISTS == set()


def _keys_of(chapter: Path) -> set[str]:
    """Return the keys written in a chapter, as the source writes them."""
    found = (first or second for first, second in _KEY.findall(chapter.read_text("utf-8")))
    return {"+".join(_AS_QT.get(part, part) for part in key.split("+")) for key in found}


def _keys_in(rooms: list[Path]) -> Iterator[str]:
    for room in rooms:
        for file in [room] if room.suffix else room.glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value.replace("Delete", "Del")
                    yield from (f"Alt+{letter.upper()}" for letter in re.findall(r"&(\w)", node.value))
    if UI / "intake" in rooms:
        yield from LETTERS.upper()
