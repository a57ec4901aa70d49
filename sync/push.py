"""Send what waits, batch by batch, in chain order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sync.client import Central
from sync.contract.messages import BATCH_BYTES, BATCH_ENTRIES, Answer, Carried, Verdict
from sync.entry import Entry
from sync.errors import ContractBroken
from sync.journal import Journal, deliveries
from sync.watch import Watch

_PARKED = (Verdict.CONFLICT, Verdict.REFUSED)


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many entries got an answer, and how many of those central did not take."""

    sent: int
    parked: int


def push(journal: Journal, central: Central, watch: Watch) -> Pushed:
    """Offer every open entry once.

    Safe to stop at any point: what central has taken and we have not yet noted is offered again, and
    central knows it. A refused entry holds back only its own subject; the rest goes on.
    """
    sent = parked = 0
    last: Entry | None = None
    while batch := _next_batch(journal, last):
        watch.step(sent, sent + len(batch), "Đang gửi hồ sơ")
        offered = central.offer([carried(entry) for entry in batch])
        answers = [_matched(*pair) for pair in zip(batch, offered.answers, strict=True)]
        with journal.writing() as tx:
            deliveries.acknowledge(tx, answers)
        sent += len(answers)
        parked += sum(answer.settled in _PARKED for answer in answers)
        last = batch[-1]
    return Pushed(sent, parked)


def carried(entry: Entry) -> Carried:
    """Return an entry as it travels: the very bytes that are stored."""
    return Carried(entry.header, entry.sig, entry.salt, entry.body)


def _next_batch(journal: Journal, last: Entry | None) -> Sequence[Entry]:
    """Return the next entries that one request may carry; at least one, however large."""
    with journal.reading() as tx:
        waiting = deliveries.pending(tx, BATCH_ENTRIES, last)
    size = 0
    for count, entry in enumerate(waiting):
        size += carried(entry).size
        if count and size > BATCH_BYTES:
            return waiting[:count]
    return waiting


def _matched(entry: Entry, answer: Answer) -> Answer:
    """Name the entry that was answered, also where central could not read its id."""
    if answer.hash != entry.hash:
        raise ContractBroken(reason="answer")
    return replace(answer, id=entry.id)
