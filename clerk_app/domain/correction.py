"""A typing error seen after printing (Cấp lại do sai sót): what the slip should have said, and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.dossier import ReturnChannel

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Correction:
    """The people and the return channel as they should stand on the new slip, with the reason."""

    applicant: Applicant
    return_channel: ReturnChannel
    reason: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of a dossier that a correction wrote anew; "" where there was or is nothing."""

    field: str  # as in the group, e.g. "owner_name"
    before: str
    after: str


def changes_of(body: Mapping[str, Any]) -> tuple[Changed, ...]:
    """Return which fields the body of `corrected` changes; what cannot be read changes nothing."""
    was, now = body.get("base_values"), body.get("set")
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        return ()
    found: list[Changed] = []
    for group, fields in now.items():
        known = was.get(group)
        if isinstance(fields, Mapping) and isinstance(known, Mapping):
            found += (
                Changed(name, said(known.get(name)), said(value))
                for name, value in fields.items()
                if value != known.get(name)
            )
    return tuple(found)


def said(value: object) -> str:
    """Return a plain value of a field as it is read: days as dd/MM/yyyy."""
    text = value if isinstance(value, str) else ""
    day = _DAY.fullmatch(text)
    return f"{day[3]}/{day[2]}/{day[1]}" if day else text
