"""The system above a hub: where it is, which way leads there, as whom the hub is known to it, and what is its word."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sync.central.refusal import Refusal, busy
from sync.client import Account, HttpCentral
from sync.contract import seals
from sync.contract.enrolling import Enrolled
from sync.contract.members import read_object, text
from sync.contract.messages import UPSTREAM, Malformed, Signed
from sync.errors import CentralBusy, CentralFailed, CodeRefused, DeviceRefused, StatementForged, SyncError
from sync.route import Route

_CODE_WRONG = "code_wrong"


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

    def redeem(self, wish: Signed, account: Account) -> Enrolled:
        """Have a code redeemed for one of our counters, asking in its name; raises `Refusal`, in the words from above.

        503 `upstream` where nobody answers there: the code may be used all the same, and the same wish is answered again.
        """
        try:
            with self.connected(account) as city:
                return city.enrol(wish)
        except CodeRefused as refused:
            raise Refusal(404 if refused.why == _CODE_WRONG else 409, refused.why) from refused
        except DeviceRefused as refused:
            is_unknown = refused.facts.get("status") == 401
            raise Refusal(*((401, "device_unknown") if is_unknown else (403, "device_revoked"))) from refused
        except CentralFailed as refused:
            raise Refusal(400, "malformed") from refused
        except CentralBusy as later:
            raise busy() from later
        except SyncError as away:
            raise out_of_reach() from away


def out_of_reach() -> Refusal:
    """Return what a hub answers where only the system above it could, and that one is away."""
    return Refusal(503, UPSTREAM, {"Retry-After": "60"})
