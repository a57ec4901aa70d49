"""What `sync` is told of kinds of entries: which are facts, which move a subject, what they may touch."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sync.errors import RulesMalformed


class Nature(StrEnum):
    """A fact is never refused when it is well-formed and authentic; a request can be."""

    FACT = "fact"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind of entry: its legal moves (from, to), the groups it may set, the roles that may write it.

    A move from None opens a subject. Roles are words of the caller; "device" is the machine itself. `exclusive`: the
    groups in which whoever comes second changes nothing; what they wrote is marked, and stays without effect.
    `not_by_author_of`: kinds; whoever wrote one of them on a subject may not write this one on it. `grants`: kinds that an
    entry of this one may let another author write; `ends_grants`: it may take such a grant back.
    """

    kind: str
    nature: Nature
    moves: frozenset[tuple[str | None, str]] = frozenset()
    groups: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    exclusive: frozenset[str] = frozenset()
    not_by_author_of: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()
    ends_grants: bool = False


_LATER = ("exclusive", "not_by_author_of", "grants")  # members that rules of an older program do not have

CHAIN_OPENED = KindRule("chain_opened", Nature.FACT, roles=frozenset({"device"}))
"""The first entry of every chain; its subject is the unit. Known to every set of rules."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All kinds, as published by whoever knows what a subject is."""

    kinds: Mapping[str, KindRule] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {CHAIN_OPENED.kind: CHAIN_OPENED, **self.kinds}
        object.__setattr__(self, "kinds", MappingProxyType(known))

    @classmethod
    def of(cls, rules: Iterable[KindRule]) -> "Rules":
        """Make rules from a list of kinds."""
        return cls({rule.kind: rule for rule in rules})

    def get(self, kind: str) -> KindRule | None:
        """Return what is known of a kind, or None for one of a newer program."""
        return self.kinds.get(kind)

    def as_json(self) -> str:
        """Write the rules as canonical text, the same for the same rules."""
        told = {kind: _as_plain(rule) for kind, rule in self.kinds.items() if rule != CHAIN_OPENED}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> "Rules":
        """Read what `as_json` writes; raises `RulesMalformed`."""
        try:
            told = json.loads(text)
            return cls.of(_from_plain(kind, rule) for kind, rule in told.items())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise RulesMalformed(reason=type(error).__name__) from error


def _as_plain(rule: KindRule) -> Mapping[str, object]:
    moves = sorted(([before, after] for before, after in rule.moves), key=lambda m: (m[0] or "", m[1] or ""))
    more: dict[str, object] = {name: sorted(words) for name in _LATER if (words := getattr(rule, name))}
    if rule.ends_grants:
        more["ends_grants"] = True
    return {
        "nature": rule.nature.value,
        "moves": moves,
        "groups": sorted(rule.groups),
        "roles": sorted(rule.roles),
        **more,
    }


def _from_plain(kind: str, told: Mapping[str, Any]) -> KindRule:
    moves = frozenset((before, after) for before, after in told["moves"])
    groups, roles = frozenset(told["groups"]), frozenset(told["roles"])
    more = {name: frozenset(told.get(name, ())) for name in _LATER}
    ends = told.get("ends_grants") is True
    return KindRule(kind, Nature(told["nature"]), moves, groups, roles, **more, ends_grants=ends)
