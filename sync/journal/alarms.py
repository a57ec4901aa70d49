"""What came and does not fit what we have: kept whole, beside the journal, for a person to look at."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from sync.contract.messages import Carried
from sync.entry import Entry
from sync.journal import gone
from sync.journal.entries import FINAL, OPEN, resolved
from sync.journal.schema import alarms


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that must not have happened, e.g. a second hash for one place of a chain."""

    n: int
    what: str
    entry: str  # id, "" when the header cannot be read
    carried: Carried

    @property
    def key(self) -> str:
        """How an entry names this alarm under `resolves`; the same wherever the alarm is kept."""
        return f"alarm:{self.what}:{hashlib.sha256(self.carried.header).hexdigest()}"


def raise_alarm(tx: Connection, what: str, carried: Entry | Carried) -> None:
    """Keep the bytes and say what is wrong with them."""
    if isinstance(carried, Entry):
        carried = gone.stripped(tx, carried)
    row = {
        "what": what,
        "entry": carried.id if isinstance(carried, Entry) else "",
        "header": carried.header,
        "sig": carried.sig,
        "salt": carried.salt,
        "body": carried.body,
    }
    same = select(alarms.c.n).where(alarms.c.what == what, alarms.c.header == carried.header)
    if tx.execute(same.limit(1)).scalar() is None:
        tx.execute(insert(alarms).values(row))


def unsettled(tx: Connection, unit: str) -> Sequence[Alarm]:
    """Return the alarms that no act on the unit names as resolved: nobody has looked at them yet."""
    found = every(tx)
    settled = resolved(tx, [unit], FINAL + OPEN) if found else frozenset()
    return [alarm for alarm in found if alarm.key not in settled]


def every(tx: Connection) -> Sequence[Alarm]:
    """Return all alarms, oldest first."""
    rows = tx.execute(select(alarms).order_by(alarms.c.n))
    return [Alarm(r.n, r.what, r.entry, Carried(r.header, r.sig, r.salt, r.body)) for r in rows]
