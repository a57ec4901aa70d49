"""At each opening: whether this is the file that this computer wrote last, an older copy of it, or one from elsewhere."""

from contextlib import suppress

from sqlalchemy import Connection

from sync.clock import TimeSource
from sync.entry import NO_HASH, Signer, new_id
from sync.errors import DiskFailed, DiskFull
from sync.journal import entries, incarnation, meta
from sync.journal.entries import Head
from sync.journal.incarnation import Cause, Lost
from sync.journal.mark import HighWater, Mark
from sync.journal.reason import Reason


def reconcile(tx: Connection, keeper: HighWater, device: Signer, source: TimeSource) -> Cause | None:
    """Compare with the mark; begin a new chain unless this journal is the one that it names. Return why, if so.

    The new mark is written before the transaction ends: a stop in between repeats the comparison and makes no
    other alarm.
    """
    cause = _compare(tx, keeper)
    if cause is None and meta.get(
        tx, meta.RESTORED
    ):  # its mark was lost or behind, and knows of nothing later
        cause = Cause(Reason.RESTORED, _head(tx))
    if cause is not None:
        incarnation.begin(tx, device, source, cause)
        meta.put(tx, meta.RESTORED, "")
    if cause is not None or not meta.get(tx, meta.INSTALLATION):
        settle_here(tx, keeper)
    return cause


def _compare(tx: Connection, keeper: HighWater) -> Cause | None:
    installation = meta.get(tx, meta.INSTALLATION)
    if not installation:
        return None  # never marked before
    head = _head(tx)
    mark = keeper.read(installation)
    if mark is None:
        return Cause(Reason.MOVED, head)
    if mark.is_ended:
        return Cause(Reason.RESTORED, head)
    if entries.hash_at(tx, mark.chain, mark.seq) == mark.hash:
        return None
    known_to = head.seq if mark.chain == head.chain else 0
    if mark.seq <= known_to:  # another course of the same chain
        return Cause(Reason.RESTORED, head)
    after = Head(mark.chain, mark.seq, mark.hash, None)
    return Cause(Reason.RESTORED, after, (Lost(mark.chain, known_to + 1, mark.seq),))


def retire(keeper: HighWater, installation: str) -> None:
    """Let no copy of an ended life be believed again. Done once the new life is kept; harmless to repeat."""
    with suppress(
        DiskFull, DiskFailed
    ):  # then that copy's old mark still says that it is old, unless it is the last
        keeper.write(Mark(installation, "", 0, NO_HASH))


def settle_here(tx: Connection, keeper: HighWater) -> None:
    """Belong to this computer from now on; where no mark can be kept, try again at the next opening."""
    head = _head(tx)
    mark = Mark(new_id(), head.chain, head.seq, head.hash)
    try:
        keeper.write(mark)
    except (DiskFull, DiskFailed):
        meta.put(tx, meta.INSTALLATION, "")
        return
    meta.put(tx, meta.INSTALLATION, mark.installation)


def _head(tx: Connection) -> Head:
    return entries.chain_head(tx, entries.current_chain(tx) or "")
