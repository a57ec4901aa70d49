"""What a hub knows of the system above it: what it only holds, in which order that goes up, and the word that came back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, case, delete, func, insert, select, update

from sync.central import accounts, chains, entries
from sync.central.accounts import Device
from sync.central.entries import Taking
from sync.central.judging import Judgement, authentic
from sync.central.schema import alarms, devices, hub, hub_entries, hub_files, hub_leases, server, units
from sync.central.schema import entries as entry_rows
from sync.contract.messages import Answer, Carried, FeedItem, Page, Verdict, Was
from sync.entry import Entry, parse
from sync.redaction import REDACTED
from sync.rules import Rules

_LIFE, _OLDER = (
    10**15,
    10**12,
)  # what was final once goes up before everything, that of an older life after that
_NOT_BELIEVED = frozenset({"malformed", "id_reused", "signature_invalid", "body_mismatch", "body_missing"})
"""Reasons of a refusal that never comes by the feed: nothing of such an entry is believed above."""


@dataclass(frozen=True, slots=True)
class State:
    """Where the hub stands in the life of the system above it."""

    unit: str
    chain: str
    epoch: str | None
    cursor: str
    to_show: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that has to go up. `was`: what the system above said of it in a life that it has lost."""

    n: int
    entry: Entry
    was: Was | None


def begin(tx: Connection, unit: str) -> None:
    """Make this database a hub's, unless it is one."""
    if tx.execute(select(hub.c.id)).first() is None:
        row = {"unit": unit, "chain": str(uuid.uuid4()), "cursor": "", "to_show": False, "authors_etag": ""}
        tx.execute(insert(hub).values(id=1, **row))


def state(tx: Connection) -> State:
    """Return where we stand."""
    row = tx.execute(select(hub)).one()
    return State(row.unit, row.chain, row.epoch, row.cursor, row.to_show)


def marked(tx: Connection, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Note what came new and has to go up; say of each answer whether it is the last word or only ours.

    What nobody signed stays here: sent on by us it would look like ours. Its alarm is here.
    """
    return tuple(_marked(tx, answer) for answer in answers)


def _marked(tx: Connection, answer: Answer) -> Answer:
    found = select(entry_rows.c.hash).where(entry_rows.c.hash == answer.hash, entry_rows.c.authentic)
    if tx.execute(found).first() is None:
        return answer
    final = tx.execute(select(hub_entries.c.final).where(hub_entries.c.hash == answer.hash)).scalar()
    if final is None:
        row = {"hash": answer.hash, "n": _next(tx), "answered": False, "final": False}
        tx.execute(insert(hub_entries).values(row))
    judged = answer.judged
    if final or judged is Verdict.WAITS:
        return answer
    return replace(answer, verdict=Verdict.HELD, first=judged)


def judge_again(tx: Connection, rules: Rules, now: datetime) -> None:
    """Judge what waits for the key of its author, who may be known by now: who brought it may be gone."""
    strange = (alarms.c.reason == "author_unknown") & alarms.c.settled_at.is_(None)
    found = select(entry_rows, devices.c.name).join(alarms, alarms.c.hash == entry_rows.c.hash).join(devices)
    for row in tx.execute(
        found.where(strange, ~entry_rows.c.authentic).order_by(entry_rows.c.received_at)
    ).all():
        carried = Carried(row.header, row.sig, row.salt, row.body)
        brought_by = Device(row.device, row.unit, row.name)
        marked(tx, entries.take(tx, brought_by, [carried], rules, now))


def _next(tx: Connection) -> int:
    return max(int(tx.execute(select(func.max(hub_entries.c.n))).scalar() or 0), 0) + 1


def waiting(tx: Connection, after: int | None, count: int) -> tuple[Waiting, ...]:
    """Return what the system above has not answered, in our order; what was final in a life it has lost comes first."""
    columns = (hub_entries.c.n, entry_rows.c.header, entry_rows.c.sig, entry_rows.c.salt, entry_rows.c.body)
    found = select(*columns, entry_rows.c.verdict, entry_rows.c.reason).join(hub_entries)
    found = found.where(~hub_entries.c.final, ~hub_entries.c.answered)
    if after is not None:
        found = found.where(hub_entries.c.n > after)
    return tuple(
        Waiting(
            row.n,
            parse(row.header, row.sig, row.salt, row.body),
            Was(Verdict(row.verdict), row.reason) if row.n < 0 and row.verdict != Verdict.WAITS else None,
        )
        for row in tx.execute(found.order_by(hub_entries.c.n).limit(count))
    )


def note(taking: Taking, answers: Sequence[Answer]) -> None:
    """Note what the system above answered. Its word counts when it comes by the feed, at its place among the others."""
    for answer in answers:
        if answer.judged is Verdict.WAITS:
            continue
        mine = hub_entries.c.hash == answer.hash
        taking.tx.execute(update(hub_entries).where(mine, ~hub_entries.c.final).values(answered=True))
        if answer.reason in _NOT_BELIEVED:
            _settle(taking, answer, None, None)


def knows_authors(tx: Connection, page: Page) -> bool:
    """Whether each entry of a page is signed by a key that we know; raises `EntryMalformed`."""
    known = accounts.authors_of(tx, state(tx).unit)
    for carried in (item.entry for item in page.items):
        entry = parse(carried.header, carried.sig, carried.salt, carried.body)
        keys = [key for key in known if key.author == entry.author]
        if isinstance(authentic(entry, keys, bare=True), Judgement):
            return False
    return True


def apply(taking: Taking, page: Page) -> None:
    """Settle what a page of the feed above says, in its order, and move the cursor; harmless to repeat."""
    tx = taking.tx
    for item in page.items:
        _settle(taking, item.answer, item, item.position)
    tx.execute(update(hub).values(cursor=page.next))
    within = (hub_entries.c.place <= page.durable_to) & hub_entries.c.final
    reached = select(func.max(entry_rows.c.position)).join(hub_entries).where(within)
    durable = {"durable_to": int(tx.execute(reached).scalar() or 0)}
    tx.execute(update(units).where(units.c.id == taking.device.unit).values(durable))


def _settle(taking: Taking, answer: Answer, item: FeedItem | None, place: int | None) -> None:
    tx, mine = taking.tx, hub_entries.c.hash == answer.hash
    row = tx.execute(select(hub_entries.c.final).where(mine)).one_or_none()
    if row is not None and row.final:
        return
    entry = _entry(tx, answer.hash, item)
    if entry is None:
        return
    entries.settle(taking, entry, Judgement(answer.judged, answer.reason, answer.flags))
    told = {"answered": True, "final": True, "place": place}
    if row is None:
        tx.execute(insert(hub_entries).values(hash=entry.hash, n=_next(tx), **told))
    else:
        tx.execute(update(hub_entries).where(mine).values(told))


def _entry(tx: Connection, digest: str, item: FeedItem | None) -> Entry | None:
    """Return an entry as it lies here, else as it came."""
    columns = (entry_rows.c.header, entry_rows.c.sig, entry_rows.c.salt, entry_rows.c.body)
    row = tx.execute(
        select(*columns).where(entry_rows.c.hash == digest, entry_rows.c.authentic)
    ).one_or_none()
    if row is not None:
        return parse(*row)
    if item is None:
        return None
    return parse(item.entry.header, item.entry.sig, item.entry.salt, item.entry.body)


def begin_anew(tx: Connection, epoch: str) -> None:
    """Follow the system above into a new life: everything is only held again, and goes up in the order in which it stood.

    Our counters are told by a new life of ours: they read our feed anew, and show their ranges for us to hand on.
    """
    known = state(tx).epoch
    tx.execute(update(hub).values(epoch=epoch, cursor="", to_show=True))
    if known is None:
        return
    left = ~hub_entries.c.final & (hub_entries.c.n < 0)
    tx.execute(update(hub_entries).where(left).values(n=hub_entries.c.n + _OLDER))
    was_final = hub_entries.c.final & hub_entries.c.place.is_not(None)
    orders = select(entry_rows.c.hash).where(
        entry_rows.c.kind == REDACTED
    )  # before what they name is offered bare
    earlier = case((hub_entries.c.hash.in_(orders), 2 * _LIFE), else_=_LIFE)
    again = {"n": hub_entries.c.place - earlier, "final": False, "place": None}
    tx.execute(update(hub_entries).where(was_final).values(again))
    tx.execute(update(hub_entries).where(~hub_entries.c.final).values(answered=False))
    for sent in (hub_files, hub_leases):  # it may have lost them
        tx.execute(delete(sent))
    tx.execute(update(server).values(epoch=chains.new_epoch()))
    tx.execute(update(units).values(durable_to=0))


def shown_itself(tx: Connection, device: str) -> None:
    """Note that the hub holds no numbers of which it would have to be reminded."""
    life = select(server.c.epoch).scalar_subquery()
    tx.execute(update(devices).where(devices.c.id == device).values(shown_epoch=life))


def show(tx: Connection, *, again: bool) -> None:
    """Note whether the system above still waits for ranges that it gave to our unit in a life that it has lost."""
    tx.execute(update(hub).values(to_show=again))
