"""Finding a procedure by a few typed letters: its title, how people call it, its field or its code."""

from dataclasses import dataclass

from clerk_app.domain.procedure import Procedure
from clerk_app.domain.text import fold, search_key, words

Rank = tuple[int, ...]
_Words = tuple[tuple[str, str], ...]  # each word with its folded form


def typed_words(text: str) -> tuple[str, ...]:
    """Return what was typed as the words to look for; digits and dots are one piece of a code."""
    is_code = any(sign.isdigit() for sign in text) and all(sign.isdigit() or sign in ". " for sign in text)
    return tuple(text.split()) if is_code else words(text)


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A procedure with the words that a search compares: made once, asked at every key typed."""

    procedure: Procedure
    phrases: tuple[str, ...]  # the title, then what people call it
    title: _Words
    names: _Words
    field: _Words

    @classmethod
    def of(cls, procedure: Procedure) -> "SearchRow":
        """Take the words of a procedure apart."""
        called = tuple(word for name in procedure.keywords for word in words(name))
        return cls(
            procedure,
            tuple(search_key(each) for each in (procedure.title, *procedure.keywords)),
            _with_folds(words(procedure.title)),
            _with_folds(called),
            _with_folds(words(procedure.field)),
        )

    def rank(self, typed: tuple[str, ...]) -> Rank | None:
        """Return how badly the typed words fit, the least first; None when one does not fit at all.

        Who typed a whole title or a whole everyday name means that one. Then: marks typed right, words that
        stand together, whole words before beginnings, the title before everyday names before the field.
        """
        ranks = [found for word in typed if (found := self._rank_of(word)) is not None]
        if len(ranks) < len(typed):
            return None
        phrase = " ".join(fold(word) for word in typed)
        other = int(phrase not in self.phrases)
        title, *names = self.phrases
        apart = 0 if phrase in title or any(each.startswith(phrase) for each in names) else 1
        apart += int(not any(phrase in each for each in self.phrases))
        marks, off = (sum(column) for column in zip(*ranks, strict=True)) if ranks else (0, 0)
        return (other, marks, apart, off, len(self.title))

    def _rank_of(self, word: str) -> tuple[int, int] | None:
        """Return (marks differ, how far off). A word typed without marks differs in none."""
        if word in self.procedure.code:
            return 0, 0
        bare = fold(word)
        hits = [
            (int(word != bare and not candidate.startswith(word)), off + 2 * int(len(candidate) != len(word)))
            for off, candidates in enumerate((self.title, self.names, self.field))
            for candidate, folded in candidates
            if folded.startswith(bare)
        ]
        return min(hits, default=None)


def _with_folds(given: tuple[str, ...]) -> _Words:
    return tuple((word, fold(word)) for word in given)
