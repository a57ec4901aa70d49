"""Central's certificate for a whole unit: whose signature counts on its entries, since when and until when."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from sync.central.accounts import authors_of
from sync.clock import rfc3339
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import Signed
from sync.contract.wire import author_as_json
from sync.keys import Ed25519Signer


@dataclass(frozen=True, slots=True)
class AuthorList:
    """The keys of a unit as they stand, and a mark that changes when they do."""

    unit: str
    authors: Sequence[dict[str, object]]
    etag: str


def list_of(tx: Connection, unit: str) -> AuthorList:
    """Return whose signature counts in a unit."""
    known = [author_as_json(key) for key in authors_of(tx, unit)]
    digest = hashlib.sha256(json.dumps(known).encode("utf-8")).hexdigest()
    return AuthorList(unit, known, f'"{digest[:32]}"')


def signed(known: AuthorList, signer: Ed25519Signer, now: datetime) -> Signed:
    """Certify the list."""
    said = {"v": 1, "unit": known.unit, "issued_at": rfc3339(now), "authors": list(known.authors)}
    return seals.seal(as_json(said), seals.AUTHORS, signer)
