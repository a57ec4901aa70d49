"""Two who corrected the same: what stood there first, what the other counter wrote, what this one wrote; and the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.domain.correction import said


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field in three hands; "" where nothing stands."""

    group: str  # the unit of choice, e.g. "applicant"
    field: str  # as in the group, e.g. "owner_name"
    base: str  # what both saw
    theirs: str  # what counts now
    ours: str  # what was not taken

    @property
    def agreed(self) -> bool:
        """Whether both wrote the same."""
        return self.theirs == self.ours


@dataclass(frozen=True, slots=True)
class Choice:
    """What an officer decided about a correction that was not taken: the groups that are to be as it wrote them.

    Groups are taken whole, so that two halves never merge into a person who does not exist.
    """

    entry: str  # id of the correction that was not taken
    ours: frozenset[str]  # groups; in all others what counts stays
    reason: str
    seen: tuple[Conflict, ...]  # what the officer had before them


def to_choose(conflicts: tuple[Conflict, ...]) -> tuple[str, ...]:
    """Return the groups in which the two sides do not say the same, in order."""
    return tuple(dict.fromkeys(each.group for each in conflicts if not each.agreed))


def chosen_groups(
    body: Mapping[str, Any], now: Mapping[str, Mapping[str, Any]], ours: frozenset[str]
) -> dict[str, dict[str, Any]]:
    """Return all groups of a dossier as they stand `now`, those in `ours` whole as the body that was not taken has them."""
    wanted = body.get("set")
    taken = (
        {group: fields for group, fields in wanted.items() if group in ours}
        if isinstance(wanted, Mapping)
        else {}
    )
    return {
        **{group: dict(fields) for group, fields in now.items()},
        **{group: dict(fields) for group, fields in taken.items()},
    }


def conflicts_of(body: Mapping[str, Any], now: Mapping[str, Mapping[str, Any]]) -> tuple[Conflict, ...]:
    """Return the fields that a body which was not taken wants otherwise than they stand now, or that moved under it.

    `now`: the dossier's groups as they count. What cannot be read is in conflict with nothing.
    """
    was, wanted = body.get("base_values"), body.get("set")
    if not isinstance(was, Mapping) or not isinstance(wanted, Mapping):
        return ()
    found: list[Conflict] = []
    for group, fields in wanted.items():
        base, theirs = was.get(group), now.get(group, {})
        if isinstance(fields, Mapping) and isinstance(base, Mapping):
            found += (
                Conflict(group, name, said(base.get(name)), said(theirs.get(name)), said(value))
                for name, value in fields.items()
                if not base.get(name) == value == theirs.get(name)
            )
    return tuple(found)
