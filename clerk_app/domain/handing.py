"""A turn that goes from one counter to another by hand: what its entries say, what waits to go, and what is out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clerk_app.domain.document import SignatureField
from clerk_app.domain.turn import Turn, turn_members

FURTHER_FIELDS = (SignatureField.LEADER, SignatureField.SEAL)
"""The signatures whose turn may go to another counter."""


@dataclass(frozen=True, slots=True)
class Handing:
    """One turn that was handed over, as its entry tells it. Counters by the authors of their devices."""

    document: str
    bundle: str  # id
    sender: str
    receiver: str


@dataclass(frozen=True, slots=True)
class ToHand:
    """One document whose turn this counter may hand over."""

    document: str  # id
    dossier: str  # id
    code: str
    person: str
    field: SignatureField
    unsure: bool  # central knows its turn to be free: another counter may have taken it since we last heard


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One document whose turn this counter has handed over, and of which nothing has come back."""

    document: str  # id
    dossier: str  # id
    code: str
    person: str
    bundle: str  # id
    receiver: str  # author of the device
    at: datetime  # UTC


def handed_body(handing: Handing, before: Turn | None, field: str) -> dict[str, Any]:
    """Return what an entry says that hands a turn to another counter; `before`: the turn as it was seen."""
    return {
        "v": 1,
        "document": {"id": handing.document},
        "bundle": handing.bundle,
        "from": handing.sender,
        "to": handing.receiver,
        **turn_members(handing.document, before, Turn(field, handing.receiver)),
    }


def recalled_body(handing: Handing, before: Turn, reason: str) -> dict[str, Any]:
    """Return what an entry says that takes a turn back to who handed it over, and why."""
    return {
        "v": 1,
        "document": {"id": handing.document},
        "bundle": handing.bundle,
        "reason": reason,
        **turn_members(handing.document, before, Turn(before.field, handing.sender)),
    }


def read_handing(body: Mapping[str, Any]) -> Handing | None:
    """Return what an entry of a hand-over says; None for a body that cannot be read."""
    document = body.get("document")
    told = (
        document.get("id") if isinstance(document, Mapping) else None,
        *(body.get(name) for name in ("bundle", "from", "to")),
    )
    texts = [each for each in told if isinstance(each, str)]
    return Handing(*texts) if len(texts) == len(told) else None
