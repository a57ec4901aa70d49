"""The index by which dossiers are found: each dossier is one row of tokens, each question one expression of them.

Words of names stand by each of their beginnings, so that a question never gathers many tokens into one list: that costs
what a million dossiers hold, and is thrown away but for a page. Codes and numbers stand as runs of three signs, and of
five (§), so that any part of them is a phrase of tokens that are not too many; the end of the code by its last one or two
digits (¶). What the register filters by are tokens too (¤), so that text and filters are one question, answered newest
first.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.dossier import ENDED, Dossier, SendState, Status
from clerk_app.domain.finding import FRAGMENT, has_digit, people_of, plain
from clerk_app.domain.register_filter import Due, RegisterFilter

_LONG = 24  # letters of a beginning that has a token of its own; no word of a name is longer
_LONG_RUN = 5  # signs: a month within a code and a digit of its day
_TAIL = 2  # digits of the end of a code that are worth a search
_MINUTE = "%Y%m%d%H%M"
_LAST_MINUTE = "999919392959"  # the greatest digit in each place of a minute
_PROMISED = "¤d"


@dataclass(frozen=True, slots=True)
class Labels:
    """The numbers under which a dossier's procedure and officer stand in the index."""

    procedure: int
    officer: int


def tokens(dossier: Dossier, labels: Labels) -> str:
    """Return the row of one dossier."""
    people = people_of(dossier.applicant)
    numbers = [plain(each) for each in (dossier.code, dossier.legal_code) if each]
    beginnings = dict.fromkeys(
        word[:long] for word in people.words for long in range(1, min(len(word), _LONG) + 1)
    )
    ends = dict.fromkeys(
        f"¶{code[-long:]}" for code in numbers for long in range(1, _TAIL + 1) if code[-long:].isdecimal()
    )
    runs = (
        token
        for each in (*numbers, *people.numbers)
        for size in (FRAGMENT, _LONG_RUN)
        for token in ("¦", *_runs(each, size))
    )
    row = [
        *(f"‹{each}" for each in beginnings),
        *ends,
        _status(dossier.status.value),
        _sending(dossier.sending),
        _procedure(labels.procedure),
        _officer(labels.officer),
        *([_PROMISED, f"¤d{dossier.due_at.astimezone(VIETNAM):{_MINUTE}}"] if dossier.due_at else []),
        *runs,
    ]
    return " ".join(row)


def word(typed: str, procedures: Collection[int]) -> str:
    """Return the expression that one typed word asks for; `procedures`: those it names."""
    ways = [f'"‹{typed[:_LONG]}"']
    if len(typed) >= FRAGMENT:
        size = FRAGMENT if len(typed) < _LONG_RUN else _LONG_RUN
        ways.append(f'"{" ".join(_runs(typed, size))}"')
    elif has_digit(typed):
        ways.append(f'"¶{typed}"')
    return _any([*ways, *(_quoted(_procedure(number)) for number in procedures)])


def filters(wanted: RegisterFilter, now: datetime) -> list[str]:
    """Return the expressions that all have to hold; procedure and officer are asked by their numbers."""
    asked = []
    if wanted.status is not None:
        asked.append(_quoted(_status(wanted.status.value)))
    if wanted.unsent:
        asked.append(_any(_quoted(_sending(each)) for each in SendState if each is not SendState.SENT))
    if wanted.due is not None:
        asked.append(_due(wanted.due, now.astimezone(VIETNAM)))
    return asked


def everything() -> str:
    """Return the expression that every dossier answers to: counting its list is cheaper than going through the rows."""
    return _any(_quoted(_sending(each)) for each in SendState)


def procedures(numbers: Collection[int]) -> str:
    """Return the expression for dossiers of any of these procedures."""
    return _any(_quoted(_procedure(number)) for number in numbers)


def officer(number: int) -> str:
    """Return the expression for dossiers that this officer received."""
    return _quoted(_officer(number))


def all_of(expressions: Iterable[str]) -> str:
    """Return the expression that asks for all of these."""
    return " AND ".join(expressions)


def _due(due: Due, now: datetime) -> str:
    if due is Due.OVERDUE:
        under_way = _any(_quoted(_status(each.value)) for each in Status if each not in ENDED)
        later = _any(f'"¤d{each}" *' for each in _from(now))
        return f"(({under_way} AND {_quoted(_PROMISED)}) NOT {later})"
    days = 1 if due is Due.TOMORROW else 0
    day = datetime.fromordinal(now.toordinal() + days)
    return f'"¤d{day:%Y%m%d}" *'


def _from(now: datetime) -> Iterator[str]:
    """Yield what the minutes from `now` on begin with, and no earlier one: digit by digit, whatever is greater.

    What is promised for later is little; what was promised for earlier grows with the years.
    """
    minute = f"{now:{_MINUTE}}"
    yield minute
    for place, (digit, last) in enumerate(zip(minute, _LAST_MINUTE, strict=True)):
        yield from (f"{minute[:place]}{greater}" for greater in range(int(digit) + 1, int(last) + 1))


def _runs(text: str, size: int) -> list[str]:
    return [f"§{text[first : first + size]}" for first in range(len(text) - size + 1)]


def _any(expressions: Iterable[str]) -> str:
    return f"({' OR '.join(expressions)})"


def _quoted(token: str) -> str:
    return f'"{token}"'


def _status(status: str) -> str:
    return f"¤s{status}"


def _sending(sending: SendState) -> str:
    return f"¤g{sending.value}"


def _procedure(number: int) -> str:
    return f"¤p{number}"


def _officer(number: int) -> str:
    return f"¤o{number}"
