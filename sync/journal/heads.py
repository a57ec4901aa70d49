"""The last signed word of central on each chain that we sent of: kept whole, as evidence."""

import json
from base64 import b64decode, b64encode

from sqlalchemy import Connection, select

from sync.contract.messages import Signed
from sync.journal import meta
from sync.journal.entries import FINAL, PARKED
from sync.journal.retelling import MARKED
from sync.journal.schema import deliveries, entries

_NAME = "head of {chain}"


def of(tx: Connection, chain: str) -> Signed | None:
    """Return central's last word on a chain, None while there is none; it was believed before it was kept."""
    told = meta.get(tx, _NAME.format(chain=chain))
    if told is None:
        return None
    parts = json.loads(told)
    return Signed(b64decode(parts["data"]), b64decode(parts["sig"]))


def keep(tx: Connection, chain: str, signed: Signed) -> None:
    """Write central's word on a chain over the one before."""
    parts = {"data": b64encode(signed.data).decode(), "sig": b64encode(signed.sig).decode()}
    meta.put(tx, _NAME.format(chain=chain), json.dumps(parts))


def was_answered(tx: Connection, chain: str, seq: int) -> bool:
    """Tell whether central, in the life that we know, has settled the entry at this place of a chain."""
    there = select(deliveries.c.entry).join(entries, entries.c.id == deliveries.c.entry)
    known = there.where(entries.c.chain == chain, entries.c.seq == seq)
    return tx.execute(known.where(deliveries.c.verdict.in_((*FINAL, *PARKED)), ~MARKED)).first() is not None
