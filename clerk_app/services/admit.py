"""Let an officer to the desk, and let them act on: by what the journal knows of central's word and of legal time."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from clerk_app.clock import format_moment
from clerk_app.domain.kinds import KINDS
from clerk_app.domain.officer import ROLE_TITLES, Officer, Role
from clerk_app.errors import OfficeError
from clerk_app.services.unlock import Unlocked
from sync import authors
from sync.clock import read_time
from sync.contract.messages import AuthorKey
from sync.journal import Journal
from sync.keys import Ed25519Signer

_CERTIFIED = frozenset(role for role in Role if any(role.value in kind.roles for kind in KINDS))
"""The roles that write entries: central's word counts. Who looks after this computer, or only reads, its settings say."""


class MayNotStay(OfficeError):
    """Central has taken something back: the counter is locked, what was done stays."""


class OfficerRevoked(MayNotStay):
    message = "Quyền của {officer} đã bị thu hồi trên máy chủ từ {when}."
    remedy = (
        "Việc đã làm vẫn được giữ, gửi và đánh dấu, không mất. Người khác mở quầy; nếu thu hồi nhầm, người quản trị "
        "đăng ký lại bằng lệnh enrol officer --new-key."
    )


class RoleTaken(MayNotStay):
    message = "Vai trò {role} của {officer} đã bị thu hồi trên máy chủ."
    remedy = (
        "Việc đã làm vẫn được giữ, gửi và đánh dấu, không mất. Mở lại quầy để làm tiếp bằng vai trò còn lại, nếu còn; "
        "nếu thu hồi nhầm, người quản trị cấp mã đăng ký mới với đủ vai trò."
    )


@dataclass(frozen=True, slots=True)
class Admit:
    journal: Journal
    now: Callable[[], datetime]

    def __call__(self, unlocked: Unlocked) -> Unlocked:
        """Return who may work here now, with the roles that are left to them, and with a signer that asks each time.

        Raises `OfficerRevoked`, `RoleTaken` for somebody without any role, `SignInFirst` or `ClockPutBack`.
        """
        standing = Standing(self.journal, unlocked.officer, unlocked.signer)
        left = unlocked.officer.roles - standing.taken()
        if not left and unlocked.officer.roles:
            raise _role_taken(unlocked.officer, unlocked.officer.roles)
        if unlocked.days is not None:
            unlocked.days.check(legal=self.now())
        officer = replace(unlocked.officer, roles=left)
        asking = AskingSigner(
            unlocked.signer.author, unlocked.signer.private_bytes, replace(standing, officer=officer)
        )
        return replace(unlocked, officer=officer, signer=asking)


@dataclass(frozen=True, slots=True)
class Standing:
    """Asked while an officer sits here: whether central still lets them do what they sat down for.

    What the journal knows counts at once, whatever this computer's clock says: central dates nothing ahead.
    """

    journal: Journal
    officer: Officer
    signer: Ed25519Signer

    def __call__(self) -> None:
        """Raise `OfficerRevoked` or `RoleTaken`, both `MayNotStay`."""
        if taken := self.taken():
            raise _role_taken(self.officer, taken)

    def taken(self) -> frozenset[Role]:
        """Return the officer's roles that central certified once for others only; raises `OfficerRevoked`."""
        own = self._own_key()
        if own is None:
            return frozenset()
        if own.revoked_at is not None:
            raise OfficerRevoked(officer=self.officer.name, when=format_moment(read_time(own.revoked_at)))
        return frozenset(role for role in self.officer.roles & _CERTIFIED if role.value not in own.roles)

    def certified_to(self) -> datetime | None:
        """Return until when central certified this key; None before it did."""
        own = self._own_key()
        return None if own is None else read_time(own.valid_to)

    def _own_key(self) -> AuthorKey | None:
        """Return what central says of this very key; None before it was certified."""
        public, author = self.signer.public_bytes, self.signer.author
        known = authors.known(self.journal).keys
        return next((key for key in known if key.author == author and key.public_key == public), None)


@dataclass(frozen=True, slots=True)
class AskingSigner(Ed25519Signer):
    """An officer's signer that writes no entry once it is known that they may not: the narrowest place of every act."""

    standing: Callable[[], None] = field(repr=False, compare=False, default=lambda: None)

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the signature; raises `MayNotStay`, and the act is not done."""
        self.standing()
        return Ed25519Signer.sign(self, data)


def who_is_out(journal: Journal) -> frozenset[str]:
    """Return the ids of the officers all whose keys were taken back: nothing is in their hands any more."""
    known = [key for key in authors.known(journal).keys if key.author.startswith("officer:")]
    here = {key.author for key in known if key.revoked_at is None}
    return frozenset(key.author.partition(":")[2] for key in known if key.author not in here)


def _role_taken(officer: Officer, roles: frozenset[Role]) -> RoleTaken:
    words = ", ".join(ROLE_TITLES[role] for role in Role if role in roles)
    return RoleTaken(officer=officer.name, role=words)
