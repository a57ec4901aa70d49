"""Two who corrected the same: what stood there first, what the other counter wrote, what this one wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.domain.correction import said


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field in three hands; "" where nothing stands."""

    field: str  # as in the group, e.g. "owner_name"
    base: str  # what both saw
    theirs: str  # what counts now
    ours: str  # what was not taken

    @property
    def agreed(self) -> bool:
        """Whether both wrote the same."""
        return self.theirs == self.ours


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
                Conflict(name, said(base.get(name)), said(theirs.get(name)), said(value))
                for name, value in fields.items()
                if not base.get(name) == value == theirs.get(name)
            )
    return tuple(found)
