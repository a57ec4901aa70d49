"""The system above a hub: where it is, which way leads there, as whom the hub is known to it, and what is its word."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sync.client import Account, HttpCentral
from sync.contract import seals
from sync.contract.members import read_object, text
from sync.contract.messages import Malformed, Signed
from sync.errors import StatementForged
from sync.route import Route


@dataclass(frozen=True, slots=True)
class Above:
    """The system above a hub, and as whom the hub is known to it."""

    address: str
    unit: str
    device: str
    token: str
    public_key: bytes  # of the system above, Ed25519, 32 bytes
    route: Route = field(default_factory=Route)

    def __repr__(self) -> str:
        return f"Above({self.address!r}, {self.device!r})"

    @contextmanager
    def connected(self, account: Account | None = None) -> Iterator[HttpCentral]:
        """Return a connection of the hub's own, or for the `account` of one of its counters."""
        with HttpCentral(self.address, account or Account(self.device, self.token), self.route) as city:
            yield city

    def believe(self, told: Signed, purpose: bytes, name: str) -> None:
        """Raise `StatementForged` unless the system above said this of our unit."""
        if not seals.holds(told, purpose, self.public_key):
            raise StatementForged(name=name)
        try:
            is_ours = text(read_object(told.data), "unit") == self.unit
        except Malformed as error:
            raise StatementForged(name=name) from error
        if not is_ours:
            raise StatementForged(name=name)
