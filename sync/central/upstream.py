"""A hub's line to the system above it: what counters brought goes up in our order, its word comes down.

One round is safe to stop anywhere: what the system above has taken and we have not noted is offered again, and it
knows it. Counters are answered meanwhile, with or without that line.
"""

import logging
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, select

from sync import heads
from sync.central import blocks, entries, hub, published, redactions, wards
from sync.central.above import Above, out_of_reach
from sync.central.accounts import Device
from sync.central.database import Database
from sync.central.entries import Taking
from sync.central.files import FileRoom, Upload
from sync.central.refusal import Refusal
from sync.central.schema import devices, hub_files, hub_leases, leases, server
from sync.central.schema import files as file_rows
from sync.client import Account, HttpCentral
from sync.clock import office_day
from sync.contract import seals
from sync.contract.enrolling import Enrolled
from sync.contract.messages import BATCH_ENTRIES, LEASES_SHOWN, Answer, LeaseRequest, Signed
from sync.documents import check
from sync.errors import (
    CentralBusy,
    CentralFailed,
    ContractBroken,
    EpochChanged,
    FileNotTaken,
    HeadForged,
    LeaseForged,
    LeasesHeldBack,
    SyncError,
)
from sync.keys import Ed25519Signer
from sync.leases import read_lease
from sync.push import Offering, how_many_fit
from sync.rules import Rules

_log = logging.getLogger(__name__)
_EVERY = 20.0  # seconds between two rounds in which nothing came; a new entry starts one at once
_PARTING = 5.0  # seconds for a round under way; what is cut goes on at the next start
_PATIENCE = 5.0  # seconds that a wish for numbers waits behind another one
_FILES_AT_ONCE = 1000  # in one question

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class House:
    """What a hub stands on: the same as any central system."""

    database: Database
    files: FileRoom
    rules: Rules
    signer: Ed25519Signer  # the hub's device key: the system above certifies it in its list of authors


class Upstream:
    """The line of one hub. `begin` once, then `round` as often as one likes, or all the time `going_on`."""

    def __init__(self, above: Above, house: House) -> None:
        self.above = above
        self._house = house
        self._alone = threading.Lock()  # one round at a time
        self._asking = (
            threading.Lock()
        )  # for numbers: a counter that waits for some does not wait for a round's files
        self._learning = threading.Lock()  # what was fetched first is kept first
        self._news = threading.Event()

    @property
    def device(self) -> Device:
        return Device(self.above.device, self.above.unit, self.above.device)

    def begin(self) -> None:
        """Make the database a hub's; the first time, fetch who its counters are. Raises `CentralError`."""
        with self._house.database.writing() as tx:
            hub.begin(tx, self.above.unit)
            hub.shown_itself(tx, self.above.device)
            is_known = wards.authors_kept(tx) is not None
        if not is_known:
            with self.above.connected() as city:
                self._learn(city)

    def poke(self) -> None:
        """Let the next round begin at once."""
        self._news.set()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Do rounds in a thread as long as this is open."""
        stop = threading.Event()
        thread = threading.Thread(target=self._keep_going, args=(stop,), name="upstream", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            self._news.set()
            thread.join(_PARTING)

    def _keep_going(self, stop: threading.Event) -> None:
        """Do rounds until told to stop; the first one, and each after a failure, at a moment of chance."""
        chance = random.Random()  # noqa: S311 - spreads load, guards nothing
        pause = chance.uniform(0, 2)
        while not stop.is_set():
            self._news.wait(pause)
            if stop.is_set():
                return
            self._news.clear()
            pause = _EVERY
            try:
                self.round()
            except SyncError as problem:
                _log.warning("upstream: %s %s", type(problem).__name__, problem.facts)
                stop.wait(chance.uniform(0, _EVERY))  # also where there is news: the line is down
            except Exception:  # noqa: BLE001 - whatever it is, counters are answered and the next round is tried
                _log.exception("upstream")
                stop.wait(_EVERY)

    def round(self) -> None:
        """Do one round; raises `Offline` and other errors of the line, and what had come by then stays."""
        with self._alone, self.above.connected() as city:
            self._meet(city.news().epoch)
            self._learn(city)
            self._show_leases(city)
            self._pull(city)
            if self._forward(city):
                self._pull(city)
            self._tell_leases(city)
            self._send_files(city)
            self._fetch_blocks(city)
            for name in published.NAMES:
                self._hand_down(city, name)

    def fetch_numbers(self, wish: LeaseRequest) -> None:
        """Ask for numbers that a counter wants and we do not have; the wish stays when nobody answers.

        Behind others who ask already it waits a little and no longer: whoever waits here holds a writer's place.
        """
        with self._house.database.writing() as tx:
            blocks.want(tx, wish)
        try:
            with self.above.connected() as city:
                self._fetch_blocks(city, _PATIENCE)
        except SyncError as problem:
            _log.warning("upstream: %s %s", type(problem).__name__, problem.facts)

    def enrol(self, wish: Signed, account: Account) -> Enrolled:
        """Have a code redeemed above, and know at once whom it made known; raises `Refusal`, see `Above.redeem`."""
        enrolled = self.above.redeem(wish, account)
        try:
            with self.above.connected() as city:
                self._learn(city)
        except SyncError as problem:  # it was made known all the same; the next round tells us
            _log.warning("upstream: %s %s", type(problem).__name__, problem.facts)
            self.poke()
        return enrolled

    def day(self, day: str, device: Device) -> Signed:
        """Return the account of a day of one of our counters, as the system above signs it; raises `Refusal` 503."""

        def question(city: HttpCentral) -> Signed:
            self._tell_leases(city)  # what was given out since the last round belongs to its books
            return city.day(day, device.id)

        return self._asked(question)

    def fetch_file(self, sha256: str) -> None:
        """Take a file in that only the system above has; raises `Refusal` 404 or 503."""
        data = self._asked(lambda city: city.get_file(sha256))
        upload = Upload(self.device, sha256, len(data))
        arrived = self._house.files.arrived(self.device, sha256)
        self._house.files.receive(upload, arrived, data[arrived:])
        redactions.own(self._house.database, self._house.files, upload, _now())

    def _asked(self, question: Callable[[HttpCentral], Read]) -> Read:
        try:
            with self.above.connected() as city:
                return question(city)
        except CentralFailed as problem:
            raise Refusal(404, "file_missing") from problem
        except SyncError as problem:
            raise out_of_reach() from problem

    def _taking(self, tx: Connection) -> Taking:
        return entries.begin(tx, self.device, self._house.rules, _now())

    def _meet(self, epoch: str) -> None:
        with self._house.database.writing() as tx:
            known = hub.state(tx).epoch
            if known != epoch:
                hub.begin_anew(tx, epoch)
        if known not in (None, epoch):
            _log.warning("upstream: another life of the system above: %s", epoch)

    def _learn(self, city: HttpCentral) -> None:
        """Take over who belongs to the unit: its devices, and whose signature counts."""
        with self._learning:
            told = city.unit()
            self.above.believe(told, seals.UNIT, "unit")
            with self._house.database.reading() as tx:
                kept = wards.authors_kept(tx)
            fetched = city.authors(kept[1] if kept else "")
            if fetched is not None:
                self.above.believe(fetched[0], seals.AUTHORS, "authors")
            with self._house.database.writing() as tx:
                wards.keep_unit(tx, told)
                if fetched is not None:
                    wards.keep_authors(tx, *fetched)
                hub.shown_itself(tx, self.above.device)
                hub.judge_again(tx, self._house.rules, _now())

    def _show_leases(self, city: HttpCentral) -> None:
        """Show a restored system all ranges that it ever gave to our unit; we have all when every counter has shown its own."""
        with self._house.database.reading() as tx:
            state = hub.state(tx)
            if not state.to_show or state.epoch is None:
                return
            held = [*blocks.held(tx), *self._leased_from_above(tx)]
            complete = not self._silent(tx)
        for first in range(0, len(held) or 1, LEASES_SHOWN):
            last = first + LEASES_SHOWN >= len(held)
            city.show_leases(held[first : first + LEASES_SHOWN], state.epoch, more=not (last and complete))
        if complete:
            with self._house.database.writing() as tx:
                hub.show(tx, again=False)

    def _tell_leases(self, city: HttpCentral) -> None:
        """Tell which counter has which numbers out of our blocks: the account of a day names them."""
        with self._house.database.reading() as tx:
            epoch, told = hub.state(tx).epoch, select(hub_leases.c.request_id)
            fresh = select(leases.c.request_id, leases.c.data, leases.c.sig)
            rows = tx.execute(fresh.where(leases.c.request_id.not_in(told)).limit(LEASES_SHOWN)).all()
        if not rows or epoch is None:
            return
        city.show_leases([Signed(row.data, row.sig) for row in rows], epoch, more=True)
        with self._house.database.writing() as tx:
            for row in rows:
                wards.note_once(tx, hub_leases, {"request_id": row.request_id})

    def _leased_from_above(self, tx: Connection) -> Sequence[Signed]:
        """Return what counters showed us of the time before they had a hub."""
        rows = tx.execute(select(leases.c.data, leases.c.sig))
        ours = self._house.signer.public_bytes
        known = [Signed(row.data, row.sig) for row in rows]
        return [signed for signed in known if not seals.holds(signed, seals.LEASE, ours)]

    def _silent(self, tx: Connection) -> bool:
        """Whether a counter of ours has not shown its ranges since our life began."""
        life = select(server.c.epoch).scalar_subquery()
        waited = devices.c.shown_epoch.is_distinct_from(life) & devices.c.revoked_at.is_(None)
        mine = (devices.c.unit == self.above.unit) & (devices.c.id != self.above.device)
        return tx.execute(select(devices.c.id).where(mine, waited)).first() is not None

    def _pull(self, city: HttpCentral) -> None:
        while True:
            with self._house.database.reading() as tx:
                state = hub.state(tx)
            page = city.feed(state.cursor)
            if page.epoch != state.epoch:
                raise EpochChanged(known=state.epoch, now=page.epoch)
            if page.more and (page.next == state.cursor or not page.items):
                raise ContractBroken(reason="cursor")
            with self._house.database.reading() as tx:
                knows_all = hub.knows_authors(tx, page)
            if not knows_all:  # certified since we asked: our counters are to know them before they see this
                self._learn(city)
            with self._house.database.writing() as tx:
                hub.apply(self._taking(tx), page)
            if redactions.ordered_in([item.entry for item in page.items]):
                redactions.clear_at_work(self._house.database, self._house.files)
                self._house.database.shorten_log()
            if not page.more:
                return

    def _forward(self, city: HttpCentral) -> int:
        """Send on what has no answer yet, in our order; returns how many got one."""
        with self._house.database.reading() as tx:
            epoch = hub.state(tx).epoch
        offering = Offering(self._note, city, epoch)
        after: int | None = None
        while not offering.is_over and (batch := self._batch(after)):
            offering.was = {each.entry.id: each.was for each in batch if each.was is not None}
            offering.offer([each.entry for each in batch])
            after = batch[-1].n
        problems: list[SyncError] = list(offering.problems)
        try:
            heads.believed(offering.told, (self.above.public_key,), epoch)
        except HeadForged as forged:
            problems.append(forged)
        for problem in problems:
            _log.warning("upstream: %s %s", type(problem).__name__, problem.facts)
        return offering.sent

    def _batch(self, after: int | None) -> Sequence[hub.Waiting]:
        with self._house.database.reading() as tx:
            waiting = hub.waiting(tx, after, BATCH_ENTRIES)
        return waiting[: how_many_fit([each.entry for each in waiting])]

    def _note(self, answers: Sequence[Answer]) -> None:
        with self._house.database.writing() as tx:
            hub.note(self._taking(tx), answers)

    def _send_files(self, city: HttpCentral) -> None:
        """Send on the files that lie here; one that the system above does not take holds no other back."""
        with self._house.database.reading() as tx:
            there = select(hub_files.c.sha256)
            here = select(file_rows.c.sha256).where(file_rows.c.sha256.not_in(there))
            waiting = list(tx.execute(here.order_by(file_rows.c.size)).scalars())
        for first in range(0, len(waiting), _FILES_AT_ONCE):
            asked = waiting[first : first + _FILES_AT_ONCE]
            missing = set(city.have(asked))
            for sha256 in asked:
                if sha256 not in missing or self._sent(city, sha256):
                    with self._house.database.writing() as tx:
                        wards.note_once(tx, hub_files, {"sha256": sha256})

    def _sent(self, city: HttpCentral, sha256: str) -> bool:
        try:
            city.put_file(sha256, self._house.files.read(sha256))
        except CentralBusy as problem:
            if problem.speaks_of_itself:
                raise
            _log.warning("upstream: %s %s", FileNotTaken.__name__, problem.facts)
            return False
        except (CentralFailed, ContractBroken, Refusal) as problem:
            _log.warning("upstream: file not sent: %s", problem)
            return False
        return True

    def _fetch_blocks(self, city: HttpCentral, patience: float = -1) -> None:
        """Ask for the numbers that are wanted; a lost answer burns nothing."""
        if not self._asking.acquire(timeout=patience):
            return
        try:
            self._fetch_wanted(city)
        finally:
            self._asking.release()

    def _fetch_wanted(self, city: HttpCentral) -> None:
        with self._house.database.writing() as tx:
            blocks.forget_before(tx, office_day(_now()).isoformat())
            wishes = blocks.asked(tx, hub.state(tx).chain)
        for wish in wishes:
            try:
                signed = city.lease(wish)
                lease = read_lease(signed, wish, (self.above.public_key,))
            except (LeasesHeldBack, LeaseForged) as problem:
                _log.warning("upstream: %s %s", type(problem).__name__, problem.facts)
                with self._house.database.writing() as tx:
                    hub.show(tx, again=isinstance(problem, LeasesHeldBack))
                return
            except CentralFailed:
                with self._house.database.writing() as tx:
                    blocks.void(tx, wish.request_id)
                continue
            with self._house.database.writing() as tx:
                blocks.hold(tx, lease, signed)

    def _hand_down(self, city: HttpCentral, name: str) -> None:
        with self._house.database.reading() as tx:
            etag = published.etags(tx).get(name, "")
        document = city.document(name, etag)
        if document is not None:
            check(document, name, self.above.public_key)
            with self._house.database.writing() as tx:
                published.keep(tx, document)


def _now() -> datetime:
    return datetime.now(UTC)
