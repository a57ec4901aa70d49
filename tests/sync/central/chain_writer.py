"""Writes entries of a chain by hand, so that a test can also write what no journal would."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sync import keys
from sync.clock import Clock, to_milliseconds
from sync.contract.messages import Carried
from sync.entry import NO_HASH, Entry, Fields, new_id, seal
from sync.keys import Ed25519Signer
from sync.push import carried


@dataclass(slots=True)
class ChainWriter:
    """One author's pen over one chain."""

    signer: Ed25519Signer = field(default_factory=lambda: keys.generate("officer:an"))
    chain: str = field(default_factory=lambda: str(uuid.uuid4()))
    seq: int = 0
    last: str = NO_HASH
    now: datetime = field(default_factory=lambda: to_milliseconds(datetime.now(UTC)))

    def write(self, subject: str, kind: str, body: dict[str, Any] | None = None, **other: Any) -> Entry:
        """Write the next entry; `other` replaces members of its header."""
        members = {
            "id": new_id(),
            "chain": self.chain,
            "seq": self.seq + 1,
            "subject": subject,
            "kind": kind,
            "base": None,
            "author": self.signer.author,
            "occurred_at": self.now,
            "clock": Clock(self.now, "boot", 1),
            "prev_hash": self.last,
            **other,
        }
        entry = seal(Fields(**members), json.dumps(body or {}).encode("utf-8"), self.signer)
        self.seq, self.last = entry.seq, entry.hash
        return entry


def received(name: str = "Lê Thị Cúc", **more: Any) -> dict[str, Any]:
    """Return the body of an acceptance."""
    return {"set": {"applicant": {"name": name}}, "move": {"from": None, "to": "received"}, **more}


def on_its_way(entry: Entry, **changed: bytes) -> Carried:
    """Return an entry as it travels, with parts changed on the way."""
    way = carried(entry)
    parts = {name: getattr(way, name) for name in ("header", "sig", "salt", "body")}
    return Carried(**{**parts, **changed})
