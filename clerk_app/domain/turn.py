"""Whose turn a further signature is, where it may be made at another counter: told in entries, decided by their order.

The group `turns` of a dossier says, for each of its documents, which field is next and who has it. A document that is not
in it never leaves the counter that made it: that one has every turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TURNS = "turns"


@dataclass(frozen=True, slots=True)
class Turn:
    """Which field is next; `holder`: the author of a device, "" while nobody has taken it."""

    field: str  # "" when all have signed
    holder: str = ""

    @property
    def text(self) -> str:
        """As entries tell it."""
        return f"{self.field} {self.holder}".rstrip()


def read_turn(told: object) -> Turn | None:
    """Return what an entry tells; None where nothing is told that can be read."""
    if not isinstance(told, str):
        return None
    field, _, holder = told.partition(" ")
    return Turn(field, holder)


def turn_members(document: str, before: Turn | None, after: Turn) -> dict[str, Any]:
    """Return the members of a body that pass a turn on, if it still is as the author saw it: `before`."""
    seen = None if before is None else before.text
    return {"set": {TURNS: {document: after.text}}, "base_values": {TURNS: {document: seen}}}


def with_turn(body: Mapping[str, Any], members: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body that also passes a turn on; `members` as `turn_members` makes them, or empty."""
    joined = {name: {**body.get(name, {}), **groups} for name, groups in members.items()}
    return {**body, **joined}


def turn_of(groups: Mapping[str, Mapping[str, Any]], document: str) -> Turn | None:
    """Return whose turn a document is, by the fields of its dossier."""
    return read_turn(groups.get(TURNS, {}).get(document))
