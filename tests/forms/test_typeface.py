"""The typeface prints every Vietnamese letter; a letter it lacks is never lost in silence."""

import unicodedata

import pytest

from clerk_app.forms.typeface import FONT_FOLDER, Face, can_print, font_file, font_name, printable

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _vietnamese_letters() -> str:
    vowels = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES]
    small = "".join(vowels) + "đ"
    return small + small.upper()


@pytest.mark.parametrize("face", Face)
def test_every_vietnamese_letter_is_in_every_face(face: Face) -> None:
    font_name(face)
    letters = _vietnamese_letters() + "–…“”.,;:()/|0123456789"

    assert len(_vietnamese_letters()) == 146
    assert [letter for letter in letters if not can_print(letter, face)] == []


def test_the_fonts_come_with_their_licence() -> None:
    licence = (FONT_FOLDER / "OFL.txt").read_text("utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name Liberation" in licence
    assert all(font_file(face).is_file() for face in Face)


def test_text_is_composed_before_it_is_printed() -> None:
    assert printable(unicodedata.normalize("NFD", "Nguyễn Thị Thuỷ")) == "Nguyễn Thị Thuỷ"


def test_a_letter_that_the_typeface_lacks_becomes_its_plain_form_or_a_question_mark() -> None:
    assert printable("Ａnh 王") == "Anh ?"


def test_control_characters_do_not_reach_the_paper() -> None:
    assert printable("Trần\tVăn\u200b\x07 An\n") == "Trần Văn An"
