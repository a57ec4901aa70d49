"""Grants: who has a role lets another author write some of its kinds, from day to day. Told in entries, checked on both sides.

A grant is an entry with the member `grant` {to, kinds, from, until}; one with the member `ends` (an entry's id) takes it back.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sync import plain_json
from sync.clock import office_day, read_time
from sync.contract.messages import AuthorKey
from sync.entry import Entry
from sync.rules import KindRule, Rules

RolesAt = Callable[[str, datetime], frozenset[str]]
"""The roles of an author at a time, by their own certificate: what others granted them is not among them."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What one author lets another write. Days are office days, both included; nothing before `made_at` is covered."""

    id: str  # of the entry
    by: str
    to: str
    kinds: frozenset[str]
    since: date
    until: date
    made_at: datetime
    ended_at: datetime | None = None

    def covers(self, author: str, kind: str, at: datetime) -> bool:
        """Tell whether it lets this author write this kind at this time."""
        meant = author == self.to and kind in self.kinds
        in_time = self.made_at <= at and self.since <= office_day(at) <= self.until
        return meant and in_time and (self.ended_at is None or at < self.ended_at)


def grants_of(entries: Iterable[Entry], rules: Rules, roles_at: RolesAt) -> tuple[Grant, ...]:
    """Return the grants that entries of a unit tell, in their order.

    What does not hold is no grant: its author lacked the role of the act itself, or of a kind that it names (nobody
    passes on what they were granted), or meant themselves, or the kind may not be granted at all.
    """
    found: dict[str, Grant] = {}
    for entry in entries:
        rule, told, roles = rules.get(entry.kind), _told(entry), roles_at(entry.author, entry.occurred_at)
        if rule is None or not rule.roles & roles:
            continue
        grant = _read(entry, told.get("grant")) if rule.grants else None
        if grant is not None and _may_grant(grant, rule, rules, roles):
            found[grant.id] = grant
        ended = found.get(str(told.get("ends", ""))) if rule.ends_grants else None
        if ended is not None and ended.ended_at is None:
            found[ended.id] = replace(ended, ended_at=entry.occurred_at)
    return tuple(found.values())


def covering(grants: Iterable[Grant], entry: Entry, rules: Rules, roles_at: RolesAt) -> Grant | None:
    """Return the grant by which an entry may be written though its author lacks the role; None: there is none.

    Who granted it must have the role still when it is used.
    """
    rule, at = rules.get(entry.kind), entry.occurred_at
    if rule is None:
        return None
    fitting = (grant for grant in grants if grant.covers(entry.author, entry.kind, at))
    return next((grant for grant in fitting if rule.roles & roles_at(grant.by, at)), None)


def granting_kinds(rules: Rules) -> frozenset[str]:
    """Return the kinds of entries that tell of grants."""
    return frozenset(kind for kind, rule in rules.kinds.items() if rule.grants or rule.ends_grants)


def roles_by(keys: Iterable[AuthorKey]) -> RolesAt:
    """Return what tells an author's roles at a time by certified keys: none before, after or once revoked."""
    known = tuple(keys)

    def roles_at(author: str, at: datetime) -> frozenset[str]:
        return frozenset(
            role for key in known if key.author == author and _holds(key, at) for role in key.roles
        )

    return roles_at


def _holds(key: AuthorKey, at: datetime) -> bool:
    in_time = read_time(key.valid_from) <= at <= read_time(key.valid_to)
    return in_time and (key.revoked_at is None or at < read_time(key.revoked_at))


def _may_grant(grant: Grant, rule: KindRule, rules: Rules, roles: frozenset[str]) -> bool:
    own = all(
        (granted := rules.get(kind)) is not None and bool(granted.roles & roles) for kind in grant.kinds
    )
    return own and grant.kinds <= rule.grants and grant.to != grant.by and grant.since <= grant.until


def _read(entry: Entry, told: object) -> Grant | None:
    if not isinstance(told, Mapping):
        return None
    try:
        to, kinds = str(told["to"]), frozenset(str(kind) for kind in told["kinds"])
        since, until = date.fromisoformat(told["from"]), date.fromisoformat(told["until"])
    except (KeyError, TypeError, ValueError):
        return None
    return Grant(entry.id, entry.author, to, kinds, since, until, entry.occurred_at) if kinds else None


def _told(entry: Entry) -> Mapping[str, Any]:
    try:
        told = plain_json.read(entry.body or b"{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
