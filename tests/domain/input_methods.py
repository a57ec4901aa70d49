"""Two input methods as they are met at counters, written for tests: one that erases and types again, one that composes.

They know Telex and VNI, and where a tone goes in the old way. Given the keys of a scanner they return what a line
of the window would see. Letters with marks come from the scanner as they are and pass through.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from clerk_app.domain.scanner_keys import Stroke

TELEX = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
VNI = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TONES = frozenset(TELEX.values())
_VOWELS = "aeiouyăâêôơư"
_PAIRS_OF_W = {"a": "ă", "o": "ơ", "u": "ư"}


def bare(sign: str) -> str:
    """Take the tone off one letter."""
    return normalize("NFC", "".join(part for part in normalize("NFD", sign) if part not in _TONES))


def tone_of(sign: str) -> str:
    return "".join(part for part in normalize("NFD", sign) if part in _TONES)


def toned(sign: str, tone: str) -> str:
    return normalize("NFC", bare(sign) + tone)


def _place(word: str) -> int | None:
    """Return where the tone goes: the old way, good enough for an input method."""
    vowels = [at for at, sign in enumerate(word) if bare(sign).lower() in _VOWELS]
    if not vowels:
        return None
    marked = [at for at in vowels if bare(word[at]).lower() in "ăâêôơư"]
    if marked:
        return marked[-1]
    closed = vowels[-1] != len(word) - 1
    return vowels[-1] if closed or len(vowels) == 1 else vowels[-2]


def _set_tone(word: str, tone: str) -> str:
    plain = "".join(map(bare, word))
    at = _place(plain)
    return plain if at is None else plain[:at] + toned(plain[at], tone) + plain[at + 1 :]


def _marked(word: str, letters: dict[str, str]) -> str | None:
    """Put a mark on the last letter that can take it; None: there is none."""
    for at in range(len(word) - 1, -1, -1):
        sign = bare(word[at])
        mark = letters.get(sign.lower())
        if mark:
            made = toned(mark.upper() if sign.isupper() else mark, tone_of(word[at]))
            return word[:at] + made + word[at + 1 :]
    return None


def after_key(word: str, key: str, method: str) -> str:
    """Return the word after one more key."""
    tone = "".join(map(tone_of, word))
    if len(tone) > 1:
        return word + key
    low = key.lower()
    tones = TELEX if method == "telex" else VNI
    if low in tones and _place(word) is not None:
        return _set_tone(word, "") + key if tones[low] == tone else _set_tone(word, tones[low])
    if method == "telex":
        changed = _telex(word, low)
        if changed is None and low == "w":
            changed = word + ("Ư" if key.isupper() else "ư")
    else:
        changed = _vni(word, low)
    if changed is not None:
        return changed
    return _set_tone(word + key, tone) if tone else word + key


def _telex(word: str, low: str) -> str | None:
    if low in "aeo":
        return _marked(word, {low: {"a": "â", "e": "ê", "o": "ô"}[low]})
    if low == "w":
        if word[-2:].lower() == "uo":
            return _marked(_marked(word, {"o": "ơ"}) or word, {"u": "ư"})
        return _marked(word, _PAIRS_OF_W)
    return _marked(word, {"d": "đ"}) if low == "d" else None


def _vni(word: str, low: str) -> str | None:
    match low:
        case "6":
            return _marked(word, {"a": "â", "e": "ê", "o": "ô"})
        case "7":
            if word[-2:].lower() == "uo":
                return _marked(_marked(word, {"o": "ơ"}) or word, {"u": "ư"})
            return _marked(word, {"o": "ơ", "u": "ư"})
        case "8":
            return _marked(word, {"a": "ă"})
        case "9":
            return _marked(word, {"d": "đ"})
    return None


@dataclass
class _Method:
    method: str
    word: str = ""
    strokes: list[Stroke] = field(default_factory=list)

    def keys(self, text: Iterable[str]) -> list[Stroke]:
        for key in text:
            if not key.isascii():
                self.foreign(key)
            elif key.isalnum() and (key.isalpha() or self.word):
                self.letter(key)
            else:
                self.end()
                self.strokes.append(Stroke(key))
        self.end()
        return self.strokes

    def letter(self, key: str) -> None:
        raise NotImplementedError

    def foreign(self, sign: str) -> None:
        raise NotImplementedError

    def end(self) -> None:
        self.word = ""


class Erasing(_Method):
    """Lets a key through, or swallows it, erases and types again: as the program that hooks the keyboard does."""

    def letter(self, key: str) -> None:
        after = after_key(self.word, key, self.method)
        if after == self.word + key:
            self.strokes.append(Stroke(key))
        else:
            same = next(
                (at for at, (a, b) in enumerate(zip(self.word, after, strict=False)) if a != b),
                len(self.word),
            )
            self.strokes += [Stroke(erased=1)] * (len(self.word) - same)
            self.strokes += [Stroke(sign) for sign in after[same:]]
        self.word = after

    def foreign(self, sign: str) -> None:
        self.strokes.append(Stroke(sign))
        self.word += sign


class Composing(_Method):
    """Shows the word while it grows, and lets it go at its end: as an input method of the system does."""

    def letter(self, key: str) -> None:
        after = after_key(self.word, key, self.method)
        self.strokes.append(Stroke(after, erased=len(self.word), composed=True))
        self.word = after

    def foreign(self, sign: str) -> None:
        self.end()
        self.strokes.append(Stroke(sign))

    def end(self) -> None:
        if self.word:
            self.strokes.append(Stroke(self.word, erased=len(self.word), composed=True))
        self.word = ""
