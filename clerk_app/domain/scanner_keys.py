"""What a scanner typed through the keyboard, put back together where an input method had a hand in it.

A scanner presses a key for every sign of a code. With Telex or VNI on, some of these keys never arrive: the input
method swallows them and changes what stands before the cursor instead ("a", "a" becomes "â"). Each such change
shows which key was swallowed. Where it does not show that for certain, the place is told as a doubt.

A card writes its words in capitals, or with one capital at the beginning: that gives a swallowed letter its case.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

_TONES = {"\u0301": "s1", "\u0300": "f2", "\u0309": "r3", "\u0303": "x4", "\u0323": "j5"}
_QUALITIES = {
    ("a", "â"): "a6",
    ("e", "ê"): "e6",
    ("o", "ô"): "o6",
    ("a", "ă"): "w8",
    ("o", "ơ"): "w7",
    ("u", "ư"): "w7",
    ("d", "đ"): "d9",
}
_HORNS = (("u", "ư"), ("o", "ơ"))  # both by one key: "uo" becomes "ươ"
_MAYBE_W = frozenset("ưƯơƠ")  # Telex makes a whole letter of "w", "[" and "]", and shows no change
_NAME_FIELD = 2  # of a card's QR text; a name holds no digit, so a key swallowed there was a letter


@dataclass(frozen=True, slots=True)
class Stroke:
    """One change of the line typed into: `erased` signs taken off its end, then `text` put there."""

    text: str = ""
    erased: int = 0
    composed: bool = False  # by an input method: all of it is one key's work


@dataclass(frozen=True, slots=True)
class Keyed:
    """The text as the scanner typed it. `doubts` are places in it that a person has to compare with the paper."""

    text: str
    doubts: frozenset[int] = frozenset()
    other: str = ""  # the same if Telex swallowed letters, not VNI digits; "": it makes no difference
    other_doubts: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Key:
    """One key of the scanner: a sign that was seen, or the two that may have been swallowed (Telex, VNI)."""

    seen: str = ""
    swallowed: str = ""
    sure: bool = True


@dataclass(slots=True)
class _Reading:
    """Follows the line stroke by stroke."""

    keys: list[_Key] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)  # erased signs that what comes next stands for
    put: list[str] = field(default_factory=list)  # what has come in their place so far

    def take(self, stroke: Stroke) -> None:
        if stroke.composed:
            self._compose(stroke)
        elif stroke.erased:
            self._erase(stroke.erased)
        for sign in "" if stroke.composed else stroke.text:
            self._put(sign)

    def end(self) -> None:
        if self.taken:
            self._doubt()

    def _compose(self, stroke: Stroke) -> None:
        kept = len(self.shown) - stroke.erased
        before, after = self.shown[max(0, kept) :], list(stroke.text)
        self.shown[max(0, kept) :] = after
        while before and after and before[0] == after[0]:
            before, after = before[1:], after[1:]
        if not before:
            self.keys += [_Key(sign, sure=sign.isascii()) for sign in after]
        elif len(after) == len(before) + 1 and _same("".join(before), "".join(after[:-1])):
            self.keys.append(_Key(after[-1]))
        else:
            self._change("".join(before), "".join(after))

    def _erase(self, count: int) -> None:
        if self.put:
            self._doubt()
        for _ in range(min(count, len(self.shown))):
            self.taken.insert(0, self.shown.pop())

    def _put(self, sign: str) -> None:
        self.shown.append(sign)
        if not self.taken:
            self.keys.append(_Key(sign))
            return
        self.put.append(sign)
        if len(self.put) == len(self.taken):
            before, after = "".join(self.taken), "".join(self.put)
            self.taken, self.put = [], []
            self._change(before, after)

    def _change(self, before: str, after: str) -> None:
        swallowed = _swallowed(before, after)
        if swallowed is None:
            self._doubt()
        elif swallowed:
            self.keys.append(_Key(swallowed=swallowed))

    def _doubt(self) -> None:
        self.keys.append(_Key(sure=False))


def read_strokes(strokes: Iterable[Stroke]) -> Keyed:
    """Return what the scanner typed, as far as the strokes tell."""
    reading = _Reading()
    for stroke in strokes:
        reading.take(stroke)
    reading.end()
    fields = _fields(reading.keys)
    by_letters = any(key.swallowed for key in _at(fields, _NAME_FIELD))
    telex, doubts = _written(fields, method=0)
    vni, vni_doubts = _written(fields, method=1)
    if by_letters or telex == vni:
        return Keyed(telex, doubts)
    swallowed = _swallowed_places(fields)
    return Keyed(vni, vni_doubts | swallowed, telex, doubts)


def shown_by(strokes: Iterable[Stroke]) -> str:
    """Return what stands in the line after the strokes."""
    shown = ""
    for stroke in strokes:
        shown = shown[: max(0, len(shown) - stroke.erased)] + stroke.text
    return shown


def _fields(keys: list[_Key]) -> list[list[_Key]]:
    fields: list[list[_Key]] = [[]]
    for key in keys:
        fields[-1].append(key)
        if key.seen == "|":
            fields.append([])
    return fields


def _at(fields: list[list[_Key]], place: int) -> list[_Key]:
    return fields[place] if place < len(fields) else []


def _written(fields: list[list[_Key]], method: int) -> tuple[str, frozenset[int]]:
    text, doubts = "", set()
    for keys in fields:
        for place, key in enumerate(keys):
            sign, sure = _sign(keys, place, method)
            if not sure or (key.seen in _MAYBE_W and _maybe_w(keys, place)):
                doubts.add(max(0, len(text) - (0 if sign else 1)))
            text += sign
    return text, frozenset(doubts)


def _swallowed_places(fields: list[list[_Key]]) -> frozenset[int]:
    keys = [key for each in fields for key in each if key.seen or key.swallowed]
    return frozenset(place for place, key in enumerate(keys) if key.swallowed)


def _sign(keys: list[_Key], place: int, method: int) -> tuple[str, bool]:
    """Return the sign of one key, and whether it is certain."""
    key = keys[place]
    if not key.swallowed:
        return key.seen, key.sure
    sign = key.swallowed[method]
    if sign.isdecimal():
        return sign, key.sure
    case = _case(_word(keys, place))
    return (sign.upper() if case == "upper" else sign), key.sure and bool(case)


def _case(letters: str) -> str:
    """Return the case of a letter among these of its word, "" where they do not tell."""
    if any(letter.islower() for letter in letters):
        return "lower"
    return "upper" if sum(letter.isupper() for letter in letters) > 1 else ""


def _word(keys: list[_Key], place: int) -> str:
    """Return the letters seen of the word around a key."""
    start, end = place, place
    while start > 0 and _in_word(keys[start - 1]):
        start -= 1
    while end < len(keys) and _in_word(keys[end]):
        end += 1
    return "".join(key.seen for key in keys[start:end])


def _in_word(key: _Key) -> bool:
    return not key.seen or key.seen.isalpha()


def _maybe_w(keys: list[_Key], place: int) -> bool:
    """Say whether a letter seen whole may be Telex's for a "w" of the card: "Y Wing", "K'Wơn", "Kwin", "Andrew".

    As the only vowel of a word, "ư" is taken for what it is: nobody is called "Thw".
    """
    before = _bare(keys[place - 1].seen) if place else ""
    after = _bare(keys[place + 1].seen) if place + 1 < len(keys) else ""
    if not before.isalpha() or before == "k":
        return True
    if _is_vowel(before) and before not in ({"ư", "u"} if _bare(keys[place].seen) == "ơ" else ()):
        return True
    return _is_vowel(after) and after not in {"a", "i", "u", "ơ"}


def _is_vowel(sign: str) -> bool:
    return sign != "" and normalize("NFD", sign)[0] in "aeiouy"


def _bare(sign: str) -> str:
    return _letters_and_tone(sign)[0]


def _letters_and_tone(text: str) -> tuple[str, str]:
    parts = normalize("NFD", text.lower())
    letters = normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return letters, "".join(part for part in parts if part in _TONES)


def _same(before: str, after: str) -> bool:
    """Say whether only the place of the tone differs."""
    return _letters_and_tone(before) == _letters_and_tone(after)


def _swallowed(before: str, after: str) -> str | None:
    """Return the keys (Telex, VNI) of which one makes `before` to `after`; "": none was needed; None: who knows."""
    letters, tone = _letters_and_tone(before)
    new_letters, new_tone = _letters_and_tone(after)
    if len(tone) > 1 or len(new_tone) > 1 or len(letters) != len(new_letters):
        return None
    changed = tuple(pair for pair in zip(letters, new_letters, strict=True) if pair[0] != pair[1])
    if not changed:
        return "" if tone == new_tone else _TONES.get(new_tone)
    if tone != new_tone:
        return None
    if changed == _HORNS:
        return _QUALITIES[changed[0]]
    return _QUALITIES.get(changed[0]) if len(changed) == 1 and "ơ" not in letters else None
