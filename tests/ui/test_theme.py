"""The look keeps its promises: text can be read, letters are there, icons are drawn."""

import unicodedata

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QRawFont

from ui import icon, theme
from ui.theme import DARK, LIGHT, Tokens

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES] + ["đ"]


def _light(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    seen = QColor(colour)
    return 0.2126 * linear(seen.redF()) + 0.7152 * linear(seen.greenF()) + 0.0722 * linear(seen.blueF())


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2, 1 to 21."""
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(tokens: Tokens) -> None:
    plain = [
        (ink, ground)
        for ink in (tokens.text, tokens.muted, tokens.primary, tokens.bad, tokens.warn, tokens.ok)
        for ground in (tokens.surface, tokens.sunken, tokens.background)
    ]
    pairs = [
        *plain,
        (tokens.on_primary, tokens.primary),
        (tokens.on_primary, tokens.primary_hover),
        (tokens.text, tokens.primary_soft),
        (tokens.muted, tokens.primary_soft),
        (tokens.primary, tokens.primary_soft),
        (tokens.ok, tokens.ok_soft),
        (tokens.warn, tokens.warn_soft),
        (tokens.bad, tokens.bad_soft),
    ]

    weak = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5}

    assert weak == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(tokens: Tokens) -> None:
    assert contrast(tokens.border, tokens.surface) >= 3
    assert contrast(tokens.primary, tokens.surface) >= 3


@pytest.mark.parametrize("file", theme.FONTS, ids=lambda file: file.stem)
def test_every_vietnamese_letter_is_in_the_typeface(file: object) -> None:
    typeface = QRawFont(str(file), 14)
    wanted = [*_LETTERS, *(letter.upper() for letter in _LETTERS), *"₫–·…“”0123456789"]

    assert [letter for letter in wanted if not typeface.supportsCharacter(ord(letter))] == []


def test_there_are_four_weights() -> None:
    assert {file.stem.split("-")[1] for file in theme.FONTS} == {"Regular", "Medium", "SemiBold", "Bold"}


@pytest.mark.parametrize("file", sorted(icon.FOLDER.glob("*.svg")), ids=lambda file: file.stem)
def test_every_icon_is_drawn_in_its_colour(file: object) -> None:
    drawn = icon.pixmap(file.stem, LIGHT.primary, 18, 2.0)

    assert drawn.size() == QSize(36, 36)
    ink = {drawn.toImage().pixelColor(x, y).alpha() for x in range(36) for y in range(36)}
    assert 255 in ink


def test_every_tone_has_an_icon() -> None:
    assert all((icon.FOLDER / f"{tone.icon}.svg").exists() for tone in theme.Tone)


def test_the_style_sheet_is_filled() -> None:
    assert "$" not in theme.style_sheet(LIGHT)
