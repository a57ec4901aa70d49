"""Vietnamese text: one spelling for storing, and looser keys for finding."""

import re
from enum import StrEnum
from unicodedata import combining, normalize

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền, sắc, ngã, hỏi, nặng
_WORD = re.compile(r"[^\W_]+")


class NameMatch(StrEnum):
    """How two spellings of a name compare."""

    SAME = "same"
    OTHER_TONE_PLACEMENT = "other_tone_placement"  # Thuý – Thúy: one name, "khác cách đặt dấu"
    DIFFERENT = "different"


def nfc(text: str) -> str:
    """Return the one spelling in which text is stored, compared and signed."""
    return normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text` in lower case without any mark, đ as d: "Đăng ký" gives "dang ky"."""
    bare = "".join(sign for sign in normalize("NFD", text.casefold()) if not combining(sign))
    return nfc(bare).replace("đ", "d")


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case, with their marks, without punctuation."""
    return tuple(_WORD.findall(nfc(text).casefold()))


def search_key(text: str) -> str:
    """Return what an accent-insensitive search compares: folded words, one space between."""
    return " ".join(_WORD.findall(fold(text)))


def name_key(name: str) -> str:
    """Return a key that is equal for one name with its tone marks placed either way."""
    return " ".join(_tone_last(syllable) for syllable in nfc(name).casefold().split())


def same_name(a: str, b: str) -> NameMatch:
    """Compare two names; letter case and spaces never make a difference."""
    if nfc(a).casefold().split() == nfc(b).casefold().split():
        return NameMatch.SAME
    if name_key(a) == name_key(b):
        return NameMatch.OTHER_TONE_PLACEMENT
    return NameMatch.DIFFERENT


def _tone_last(syllable: str) -> str:
    parts = normalize("NFD", syllable)
    tones = "".join(sign for sign in parts if sign in _TONES)
    return nfc("".join(sign for sign in parts if sign not in _TONES)) + "." + tones
