"""Delegations of a unit: what holds now, and for whom; a leader makes one and takes it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from clerk_app.clock import in_vietnam
from clerk_app.domain.delegation import (
    DELEGABLE,
    Delegation,
    DelegationOrder,
    State,
    check_delegation,
    delegated_body,
    ended_body,
    ground_of,
    may_be_delegate,
)
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.errors import OfficeError
from clerk_app.services.roles import require_for
from clerk_app.store.entry_rules import entry_rules
from clerk_app.store.projection import body_of
from sync import authors
from sync.entry import Entry, Signer
from sync.grants import Grant, covering, granting_kinds, grants_of, roles_by
from sync.journal import Journal, entries

_RULES = entry_rules()


class NoSuchDelegate(OfficeError):
    message = "Không có cán bộ {officer} ở quầy này."
    remedy = "Chọn người trong danh sách; người ở quầy khác phải có tên trong cài đặt của quầy này."


class NoSuchDelegation(OfficeError):
    message = "Không có ủy quyền này, hoặc đã chấm dứt."
    remedy = "Xem lại danh sách ủy quyền."


class DelegationNotCounted(OfficeError):
    message = "Ủy quyền đã ghi, nhưng chưa có hiệu lực: máy chủ chưa xác nhận vai trò lãnh đạo của người lập."
    remedy = "Báo quản trị cấp đúng vai trò tại máy chủ, gửi, nhận dữ liệu rồi lập lại ủy quyền."


@dataclass(frozen=True, slots=True)
class Delegations:
    """What the journal tells of the unit's delegations. Central judges by the same entries and the same rules."""

    journal: Journal
    officers: Mapping[str, Officer]  # of this counter, by author ("officer:<id>")
    now: Callable[[], datetime]

    def __call__(self) -> tuple[Delegation, ...]:
        """Return every delegation that was validly made, the newest first."""
        told = self._told()
        grounds = {entry.id: ground_of(body_of(entry)) for entry in told}
        return tuple(self._shown(each, grounds[each.id]) for each in reversed(self._grants(told)))

    def kinds_for(self, author: str) -> frozenset[str]:
        """Return the kinds that somebody lets this author write now."""
        now, roles_at = self.now(), self._roles_at
        holding = (grant for grant in self._grants(self._told()) if grant.to == author)
        return frozenset(
            kind
            for grant in holding
            for kind in grant.kinds
            if grant.covers(author, kind, now) and _WRITERS[kind] & roles_at(grant.by, now)
        )

    def under(self, entry: Entry) -> Delegation | None:
        """Return by which delegation somebody wrote what their own role does not let them; None for everything else."""
        if entry.kind not in DELEGABLE or _WRITERS[entry.kind] & self._roles_at(
            entry.author, entry.occurred_at
        ):
            return None
        told = self._told()
        grant = covering(self._grants(told), entry, _RULES, self._roles_at)
        if grant is None:
            return None
        grounds = {each.id: ground_of(body_of(each)) for each in told}
        return self._shown(grant, grounds[grant.id])

    def delegates_at(self, at: datetime) -> tuple[str, ...]:
        """Return the authors who might approve for a leader at a time."""
        kind, roles_at = Kind.SLIP_APPROVED, self._roles_at
        return tuple(
            grant.to
            for grant in self._grants(self._told())
            if grant.covers(grant.to, kind, at) and _WRITERS[kind] & roles_at(grant.by, at)
        )

    def _told(self) -> tuple[Entry, ...]:
        with self.journal.reading() as tx:
            return entries.counted_of_kinds(tx, self.journal.unit, granting_kinds(_RULES))

    def _grants(self, told: tuple[Entry, ...]) -> tuple[Grant, ...]:
        return grants_of(told, _RULES, self._roles_at)

    def _roles_at(self, author: str, at: datetime) -> frozenset[str]:
        """The roles that settings and central's certificates both give; of somebody in one of them alone, that one's."""
        certified = authors.known(self.journal)
        known = [key for key in certified.keys if key.author == author]
        here = self.officers.get(author)
        own = frozenset(role.value for role in here.roles) if here else None
        if not known:
            return own or frozenset()
        roles = roles_by(known)(author, at)
        return roles if own is None else own & roles

    def _shown(self, grant: Grant, ground: str) -> Delegation:
        return Delegation(
            id=grant.id,
            by=self._name(grant.by),
            to=self._name(grant.to),
            officer=grant.to,
            since=grant.since,
            until=grant.until,
            ground=ground,
            made_at=grant.made_at,
            ended_at=grant.ended_at,
        )

    def _name(self, author: str) -> str:
        return self.officers[author].name if author in self.officers else author


_WRITERS = {kind: rule.roles for kind, rule in _RULES.kinds.items()}


@dataclass(frozen=True, slots=True)
class Delegate:
    """Of one officer; only a leader's own role counts here, so nobody passes on what was delegated to them."""

    delegations: Delegations
    officer: Officer
    signer: Signer

    def candidates(self) -> tuple[Officer, ...]:
        """Return to whom approval may be delegated. Raises `NotYourRole`."""
        require_for(self.officer, Kind.DELEGATED)
        known = self.delegations.officers.values()
        return tuple(each for each in known if each.id != self.officer.id and may_be_delegate(each))

    def __call__(self, order: DelegationOrder) -> Delegation:
        """Let an officer approve from day to day; in force at this counter at once, elsewhere with the next exchange.

        Raises `NotYourRole`, `NoSuchDelegate`, `DelegateUnfit`, `DelegationDaysWrong`, `DelegationGroundMissing`,
        `ReasonTooLong`; `DelegationNotCounted` when central's certificate does not make the author a leader.
        """
        require_for(self.officer, Kind.DELEGATED)
        to = self.delegations.officers.get(f"officer:{order.to}")
        if to is None:
            raise NoSuchDelegate(officer=order.to)
        journal = self.delegations.journal
        with journal.act(self.signer) as act:
            checked = check_delegation(order, self.officer, to, in_vietnam(act.now).date())
            made = act.add(journal.unit, Kind.DELEGATED, delegated_body(checked))
        shown = next((each for each in self.delegations() if each.id == made.id), None)
        if shown is None:
            raise DelegationNotCounted
        return shown

    def end(self, delegation: str) -> None:
        """Take one back from now on; what was signed under it stays. Raises `NotYourRole`, `NoSuchDelegation`."""
        require_for(self.officer, Kind.DELEGATION_ENDED)
        today = in_vietnam(self.delegations.now()).date()
        open_ones = {each.id for each in self.delegations() if each.state(today) in _OPEN}
        if delegation not in open_ones:
            raise NoSuchDelegation
        with self.delegations.journal.act(self.signer) as act:
            act.add(self.delegations.journal.unit, Kind.DELEGATION_ENDED, ended_body(delegation))


_OPEN = (State.COMING, State.HOLDS)
