"""What a search compares, for dossiers and drafts alike: words from their beginning, numbers and codes in any part.

Typed words must all fit. A word with a digit in it is a number or a part of a code, with or without its dashes.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.text import fold, search_key

FRAGMENT = 3  # signs from which on any part of a number or code is found
WHOLE_CODE = 5  # signs of a procedure's code


@dataclass(frozen=True, slots=True)
class People:
    """What the people of one dossier are found by."""

    words: tuple[str, ...]  # of their names, folded
    numbers: tuple[str, ...]  # personal numbers, passports, tax codes, phones: letters and digits only


def people_of(applicant: Applicant) -> People:
    """Return what owner, submitter and their representatives are found by."""
    people = [person for person in (applicant.owner, applicant.submitter) if person]
    names = " ".join(f"{person.name} {person.representative}" for person in people)
    numbers = (plain(number) for person in people for number in (person.id_number, person.phone))
    return People(
        tuple(dict.fromkeys(search_key(names).split())), tuple(dict.fromkeys(filter(None, numbers)))
    )


def plain(text: str) -> str:
    """Return a number, a code or a part of one as folded letters and digits; +84 is written 0."""
    bare = search_key(text).replace(" ", "")
    return f"0{bare[2:]}" if text.strip().startswith("+84") else bare


def typed_words(typed: str) -> tuple[str, ...]:
    """Return the words that were typed, each as it is compared; none when there is no letter and no digit."""
    words: list[str] = []
    for piece in typed.split():
        words += [plain(piece)] if has_digit(piece) else search_key(piece).split()
    return tuple(word for word in words if word)


def has_digit(word: str) -> bool:
    """Tell whether a word is a number or a part of a code."""
    return any(sign.isdecimal() for sign in word)


def fits_person(word: str, people: People) -> bool:
    """Tell whether a typed word begins a name or stands in a number of these people."""
    in_number = len(word) >= FRAGMENT and any(word in number for number in people.numbers)
    return in_number or any(name.startswith(word) for name in people.words)


def words_in_title(words: tuple[str, ...], title: str, code: str) -> frozenset[int]:
    """Return which of the typed words name a procedure: neighbours in its title, or its code.

    One word alone does not: "dang" means Đặng, and would find every "Đăng ký …".
    """
    there = _words_of_title(title)
    named = {place for place, word in enumerate(words) if _is_code(word, code)}
    for place, (first, second) in enumerate(pairwise(words)):
        if any(first == a and b.startswith(second) for a, b in pairwise(there)):
            named |= {place, place + 1}
    return frozenset(named)


def begins_in_title(word: str, title: str, code: str) -> bool:
    """Tell whether a typed word alone begins a word of a procedure's title, or its code."""
    return _is_code(word, code) or any(each.startswith(word) for each in _words_of_title(title))


def is_found(typed: str, applicant: Applicant, title: str, code: str) -> bool:
    """Tell whether everything typed fits these people and this procedure: how a draft is found."""
    people = people_of(applicant)
    words = typed_words(typed)
    return bool(words) and all(
        fits_person(word, people) or begins_in_title(word, title, code) for word in words
    )


@lru_cache(maxsize=4096)
def _words_of_title(title: str) -> tuple[str, ...]:
    """Return the words of a title as they are compared; at each key the same few hundred titles are asked after."""
    return tuple(search_key(title).split())


def _is_code(word: str, code: str) -> bool:
    return len(word) >= WHOLE_CODE and has_digit(word) and plain(fold(code)).startswith(word)
