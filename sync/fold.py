"""The one fold: entries of a subject in order, and what they make of it; the same at the counter and at central.

It never raises. An entry whose guard fails is kept and named in `problems`; it changes nothing but
the list of files, because files are evidence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sync.body import Body, Groups, read_body
from sync.entry import Entry
from sync.errors import EntryMalformed
from sync.rules import KindRule, Rules


class Why(StrEnum):
    """Which guard failed."""

    BODY = "body"  # the reserved members cannot be read
    SUBJECT = "subject"  # it speaks of another subject
    STATE = "state"  # `from` no longer holds
    MOVE = "move"  # this kind may not make this move
    GROUP = "group"  # this kind may not set this group
    GUARD = "guard"  # somebody else changed the same group since


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry whose guard failed in replay."""

    entry: str  # id
    why: Why
    about: str = ""  # the state, group or move in question


@dataclass(frozen=True, slots=True)
class Subject:
    """What the entries say of one subject; `state` None: not opened by any of them."""

    id: str = ""
    state: str | None = None
    fields: Groups = field(default_factory=dict)
    files: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    read_only: bool = False  # holds an entry of a kind that this program does not know
    retired: bool = False  # holds an entry whose body is gone: state and fields are not the whole


def fold(entries: Iterable[Entry], rules: Rules) -> Subject:
    """Replay entries in view order (final ones in feed order, then own open ones), each id once."""
    subject = Subject()
    seen: set[str] = set()
    for entry in entries:
        if entry.id not in seen:
            seen.add(entry.id)
            subject = step(subject, entry, rules)
    return subject


def step(subject: Subject, entry: Entry, rules: Rules) -> Subject:
    """Return the subject after one more entry."""
    if subject.entries and entry.subject != subject.id:
        return _marked(subject, Problem(entry.id, Why.SUBJECT, entry.subject))
    rule = rules.get(entry.kind)
    subject = replace(
        subject,
        id=entry.subject,
        entries=(*subject.entries, entry),
        read_only=subject.read_only or rule is None,
        retired=subject.retired or entry.body is None,
    )
    if entry.body is None:
        return subject
    try:
        body = read_body(entry.body)
    except EntryMalformed:
        return _marked(subject, Problem(entry.id, Why.BODY))
    subject = replace(subject, files=_united(subject.files, body.files))
    problem = _guard(subject, entry.id, body, rule)
    if problem is not None and problem.why is not Why.GUARD:
        return _marked(subject, problem)
    changed = _applied(subject, body, frozenset() if rule is None else rule.exclusive)
    return changed if problem is None else _marked(changed, problem)


def check(subject: Subject, entry: Entry, rules: Rules) -> Problem | None:
    """Say which guard a new entry would fail on this subject, or None. The question that central asks of a request."""
    if subject.entries and entry.subject != subject.id:
        return Problem(entry.id, Why.SUBJECT, entry.subject)
    if entry.body is None:
        return None
    try:
        return _guard(subject, entry.id, read_body(entry.body), rules.get(entry.kind))
    except EntryMalformed:
        return Problem(entry.id, Why.BODY)


def _guard(subject: Subject, entry: str, body: Body, rule: KindRule | None) -> Problem | None:
    """Moves first, then groups. A kind that we do not know is only asked whether its `from` holds."""
    move = body.move
    if move is not None:
        if rule is not None and (move.before, move.after) not in rule.moves:
            return Problem(entry, Why.MOVE, move.after)
        if move.before != subject.state and not subject.retired:
            return Problem(entry, Why.STATE, subject.state or "")
    foreign = [] if rule is None else sorted(set(body.set) - rule.groups)
    if foreign:
        return Problem(entry, Why.GROUP, foreign[0])
    touched = (group for group in sorted(body.set) if _changed_since(subject, body, group))
    group = next(touched, None)
    return None if group is None else Problem(entry, Why.GUARD, group)


def _changed_since(subject: Subject, body: Body, group: str) -> bool:
    """Whether the group is no longer as the author saw it; unknown where the author does not say."""
    if group not in body.base_values or (subject.retired and group not in subject.fields):
        return False
    now: Mapping[str, Any] = subject.fields.get(group, {})
    return any(now.get(name) != value for name, value in body.base_values[group].items())


def _applied(subject: Subject, body: Body, exclusive: frozenset[str]) -> Subject:
    """Move and set. A group that changed meanwhile becomes whole what the last author saw and wrote.

    So two halves never merge into a person who does not exist. An exclusive group stays as it was.
    """
    fields = dict(subject.fields)
    for group, values in body.set.items():
        stale = _changed_since(subject, body, group)
        if stale and group in exclusive:
            continue
        below = body.base_values[group] if stale else fields.get(group, {})
        fields[group] = {**below, **values}
    return replace(subject, fields=fields, state=body.move.after if body.move else subject.state)


def _marked(subject: Subject, problem: Problem) -> Subject:
    return replace(subject, problems=(*subject.problems, problem))


def _united(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))
