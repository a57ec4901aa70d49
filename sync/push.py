"""Send what waits, batch by batch, in chain order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.body import resolved_by
from sync.client import Central
from sync.contract.messages import BATCH_BYTES, BATCH_ENTRIES, Answer, Carried, Verdict, Was
from sync.entry import Entry
from sync.errors import CentralBusy, CentralFailed, ContractBroken, EntryNotTaken, SyncError
from sync.heads import Told
from sync.journal import Journal, deliveries, feed
from sync.watch import Watch

_PARKED = (Verdict.CONFLICT, Verdict.REFUSED)
ENOUGH = 8  # entries in a row without an answer: it is not them, and nothing more is offered in this round


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many entries got an answer, how many of those central did not take, and which got none."""

    sent: int
    parked: int
    problems: tuple[SyncError, ...] = ()


def push(
    journal: Journal, central: Central, watch: Watch, told: Told, held_back: frozenset[str] = frozenset()
) -> Pushed:
    """Offer every open entry once: ours, and those that another counter handed to us.

    Safe to stop at any point: what central has taken and we have not yet noted is offered again, and
    central knows it. A refused entry holds back only its own subject, and so does one at which central
    fails: it stays open, and the rest goes on. Nothing is offered of the subjects `held_back`. What central says of
    whole chains is added to `told`. Raises `EpochChanged` when central was restored meanwhile.
    """
    with journal.reading() as tx:
        offering = Offering(
            noting(journal),
            central,
            feed.epoch(tx),
            unit=journal.unit,
            stuck=set(held_back),
            in_order=True,
            told=told,
        )
    last: Entry | None = None
    while not offering.is_over and (batch := _next_batch(journal, last)):
        watch.step(offering.sent, offering.sent + len(batch), "Đang gửi hồ sơ")
        offering.offer(batch)
        last = batch[-1]
    return Pushed(offering.sent, offering.parked, tuple(offering.problems))


@dataclass(slots=True)
class Offering:
    """One round's offers, and the subjects that wait because central failed at one of their entries."""

    note: Callable[[Sequence[Answer]], None]
    central: Central
    epoch: str | None = None  # the life of central that we know: in another one nothing is offered
    was: Mapping[str, Was] = field(default_factory=dict)  # by entry: what it said in a life it has lost
    sent: int = 0
    parked: int = 0
    problems: list[SyncError] = field(default_factory=list)
    stuck: set[str] = field(default_factory=set)
    unanswered: int = 0  # entries in a row
    unit: str = ""  # the subject of acts on no dossier, which wait for nobody
    in_order: bool = False  # of what is new; what is told again has its order from the feed
    behind: dict[str, str] = field(default_factory=dict)  # subject -> the chain that waits at central
    told: Told = field(default_factory=Told)

    @property
    def is_over(self) -> bool:
        return self.unanswered >= ENOUGH

    def offer(self, batch: Sequence[Entry]) -> None:
        """Offer a batch; one at which central fails is halved until the entry is found."""
        batch = [entry for entry in batch if self._may_go(entry)]
        if not batch or self.is_over:
            return
        try:
            carriage = [carried(entry, self.was.get(entry.id)) for entry in batch]
            offered = self.central.offer(carriage, self.epoch)
        except (CentralBusy, CentralFailed) as problem:
            if isinstance(problem, CentralBusy) and problem.speaks_of_itself:
                raise
            self._halve(batch, problem)
            return
        self._note([_matched(*pair) for pair in zip(batch, offered.answers, strict=True)])
        self.told.note(batch, offered)
        for entry, answer in zip(batch, offered.answers, strict=True):
            if self.in_order and answer.settled is Verdict.WAITS:
                self.behind.setdefault(entry.subject, entry.chain)

    def _may_go(self, entry: Entry) -> bool:
        """What was built on another chain's entry does not reach central before that one is settled there.

        An entry that resolves others may go: that one may wait for it.
        """
        chain = self.behind.get(entry.subject, entry.chain)
        is_free = chain == entry.chain or entry.subject == self.unit or bool(resolved_by(entry.body))
        return is_free and entry.subject not in self.stuck

    def _halve(self, batch: Sequence[Entry], problem: SyncError) -> None:
        if len(batch) > 1:
            middle = len(batch) // 2
            self.offer(batch[:middle])
            self.offer(batch[middle:])
            return
        [entry] = batch
        self.stuck.add(entry.subject)
        self.unanswered += 1
        self.problems.append(EntryNotTaken(entry=entry.id, status=problem.facts.get("status", "")))

    def _note(self, answers: Sequence[Answer]) -> None:
        self.note(answers)
        self.unanswered = 0
        self.sent += len(answers)
        self.parked += sum(answer.judged in _PARKED for answer in answers)


def noting(journal: Journal) -> Callable[[Sequence[Answer]], None]:
    """Return what keeps answers in a journal, each batch of them in one transaction."""

    def note(answers: Sequence[Answer]) -> None:
        with journal.writing() as tx:
            deliveries.acknowledge(tx, answers)

    return note


def carried(entry: Entry, was: Was | None = None) -> Carried:
    """Return an entry as it travels: the very bytes that are stored."""
    return Carried(entry.header, entry.sig, entry.salt, entry.body, was)


def how_many_fit(waiting: Sequence[Entry]) -> int:
    """Return how many entries, from the first on, one request may carry; at least one of them, however large."""
    size = 0
    for count, entry in enumerate(waiting[:BATCH_ENTRIES]):
        size += carried(entry).size
        if count and size > BATCH_BYTES:
            return count
    return min(len(waiting), BATCH_ENTRIES)


def _next_batch(journal: Journal, last: Entry | None) -> Sequence[Entry]:
    """Return the next entries that one request may carry.

    Of two chains that speak of one subject the second waits for the answer to the first.
    """
    with journal.reading() as tx:
        waiting = deliveries.pending(tx, BATCH_ENTRIES, last)
    chains: dict[str, str] = {}
    after_another = (each.chain != chains.setdefault(each.subject, each.chain) for each in waiting)
    alone = next((count for count, is_second in enumerate(after_another) if is_second), len(waiting))
    return waiting[: how_many_fit(waiting[:alone])]


def _matched(entry: Entry, answer: Answer) -> Answer:
    """Name the entry that was answered, also where central could not read its id."""
    if answer.hash != entry.hash:
        raise ContractBroken(reason="answer")
    return replace(answer, id=entry.id)
