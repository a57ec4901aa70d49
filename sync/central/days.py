"""The account of a day: what central has of one device, to be held against the counter's own books."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, select

from sync.body import read_body
from sync.central import files, lease_ends
from sync.central.accounts import Device
from sync.central.chains import epoch
from sync.central.refusal import Refusal
from sync.central.schema import entries, number_uses
from sync.clock import bounds_of_day, rfc3339
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import Day, DayEntry, DayNumber, Signed, Verdict
from sync.contract.wire import day_as_json
from sync.errors import EntryMalformed
from sync.keys import Ed25519Signer

_AT_ONCE = 500  # values in one question to the database


def account(tx: Connection, device: Device, day: str, signer: Ed25519Signer, now: datetime) -> Signed:
    """Return, signed, what this device brought of a day: entries, numbers, files that are missing; and its ranges.

    Raises `Refusal` 400 for what is no day.
    """
    first, end = _bounds(day)
    mine = (
        select(entries)
        .where(entries.c.device == device.id, entries.c.occurred_at >= first, entries.c.occurred_at < end)
        .order_by(entries.c.chain, entries.c.seq)
    )
    rows = tx.execute(mine).all()
    named = dict.fromkeys(sha256 for row in rows for sha256 in _files(row.body))
    told = Day(
        device.id,
        day,
        rfc3339(now),
        epoch(tx),
        tuple(DayEntry(row.chain, row.seq, row.hash, Verdict(row.verdict)) for row in rows),
        tuple(_numbers(tx, [row.hash for row in rows])),
        files.missing(tx, device.unit, list(named)),
        tuple(lease_ends.account(tx, device, day)),
    )
    return seals.seal(as_json(day_as_json(told)), seals.DAY, signer)


def _bounds(day: str) -> tuple[str, str]:
    try:
        first, end = bounds_of_day(date.fromisoformat(day))
    except (ValueError, OverflowError):
        raise Refusal(400, "day") from None
    return rfc3339(first), rfc3339(end)


def _numbers(tx: Connection, hashes: list[str]) -> Iterator[DayNumber]:
    for at in range(0, len(hashes), _AT_ONCE):
        used = select(number_uses).where(number_uses.c.entry.in_(hashes[at : at + _AT_ONCE]))
        for row in tx.execute(used.order_by(number_uses.c.series, number_uses.c.value)):
            yield DayNumber(row.series, row.value, row.code, row.entry)


def _files(body: bytes | None) -> tuple[str, ...]:
    try:
        return read_body(body or b"{}").files
    except EntryMalformed:
        return ()
