"""Ranges of numbers, asked for days ahead: the request is kept before it is sent, the grant only when it is signed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sync.client import Central
from sync.contract import seals
from sync.contract.messages import Lease, LeaseRequest, Malformed, Signed
from sync.contract.wire import lease_from
from sync.errors import CentralFailed, HubOutOfNumbers, LeaseForged, LeasesHeldBack, SyncError
from sync.journal import Journal, numbers

_LOW = 4  # ask again when less than a quarter is left


@dataclass(frozen=True, slots=True)
class Want:
    """How many numbers of a series this counter likes to have for each day."""

    series: str
    count: int


@dataclass(frozen=True, slots=True)
class Granted:
    """How many ranges came, and what is wrong with the others."""

    ranges: int
    problems: tuple[SyncError, ...] = ()


@dataclass(frozen=True, slots=True)
class Leases:
    """Keeps enough numbers at hand. `central_key` is central's public key (32 bytes); `hub_keys` those of the unit's hub."""

    journal: Journal
    central: Central
    central_key: bytes
    hub_keys: tuple[bytes, ...] = ()

    def ensure(self, wants: Sequence[Want], days: Sequence[date]) -> Granted:
        """Ask for what is missing on these days, today first; raises `Offline`.

        A lost answer burns nothing: the same request id is asked again and gets the same range.
        """
        self._note_wishes(wants, days)
        ranges = 0
        problems: list[SyncError] = []
        for request in self._open_requests():
            if days and request.day < min(days).isoformat():
                continue  # nobody can take a number of a past day; an entry calls it void
            try:
                self._fetch(request)
            except LeaseForged as problem:
                problems.append(problem)
            except LeasesHeldBack as problem:
                problems.append(problem)
                break  # the wish stays; it is asked again with the same id
            except HubOutOfNumbers as problem:
                problems = [each for each in problems if not isinstance(each, HubOutOfNumbers)]
                problems.append(problem)  # once, however many days; the wishes stay
            except CentralFailed as problem:
                self._give_up(request)
                problems.append(problem)
            else:
                ranges += 1
        return Granted(ranges, tuple(problems))

    def _note_wishes(self, wants: Sequence[Want], days: Sequence[date]) -> None:
        chain = self.journal.chain
        with self.journal.reading() as tx:
            asked = {(request.series, request.day) for request in numbers.asked(tx, chain)}
            wishes = [
                LeaseRequest(str(uuid.uuid4()), chain, want.series, day.isoformat(), want.count)
                for want in wants
                for day in days
                if (want.series, day.isoformat()) not in asked
                and numbers.left(tx, want.series, day, chain) * _LOW < want.count
            ]
        if wishes:
            with self.journal.writing() as tx:
                for wish in wishes:
                    numbers.ask(tx, wish)

    def _open_requests(self) -> Sequence[LeaseRequest]:
        with self.journal.reading() as tx:
            return numbers.asked(tx, self.journal.chain)

    def _fetch(self, request: LeaseRequest) -> None:
        signed = self.central.lease(request)
        lease = read_lease(signed, request, (self.central_key, *self.hub_keys))
        with self.journal.writing() as tx:
            numbers.hold(tx, lease, signed)

    def _give_up(self, request: LeaseRequest) -> None:
        with self.journal.writing() as tx:
            numbers.void(tx, request.request_id)


def read_lease(signed: Signed, request: LeaseRequest, keys: Sequence[bytes]) -> Lease:
    """Return the range that central or the unit's hub (`keys`) signed for this very request; raises `LeaseForged`."""
    if not any(seals.holds(signed, seals.LEASE, key) for key in keys):
        raise LeaseForged
    try:
        lease = lease_from(signed.data)
    except Malformed as error:
        raise LeaseForged from error
    asked = (request.request_id, request.chain, request.series, request.day, request.count)
    if (lease.request_id, lease.chain, lease.series, lease.day, lease.last - lease.first + 1) != asked:
        raise LeaseForged
    return lease
