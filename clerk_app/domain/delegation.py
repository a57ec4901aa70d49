"""Ủy quyền ký duyệt có thời hạn: a leader lets an officer approve from day to day, on a ground. Who, for how long, and what is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from clerk_app.domain.kinds import KINDS, Kind
from clerk_app.domain.officer import Officer, Role
from clerk_app.domain.reason import checked_reason
from clerk_app.errors import OfficeError

DELEGABLE = next(kind.grants for kind in KINDS if kind.name is Kind.DELEGATED)
"""The acts that go together: sign as the leader, give back unsigned, take a turn."""


class DelegateUnfit(OfficeError):
    message = "Không ủy quyền ký duyệt cho {name} được: {why}."
    remedy = "Chọn một người tiếp nhận khác của đơn vị."


class DelegationDaysWrong(OfficeError):
    message = "Thời hạn ủy quyền chưa đúng: từ ngày {since} đến ngày {until}."
    remedy = "Ngày đầu không trước hôm nay, ngày cuối không trước ngày đầu."


class DelegationGroundMissing(OfficeError):
    message = "Chưa ghi căn cứ ủy quyền."
    remedy = "Ghi số, ngày của văn bản ủy quyền, ví dụ 12/GUQ-UBND ngày 01/12/2026."


class State(StrEnum):
    """Where a delegation stands on a day."""

    COMING = "coming"
    HOLDS = "holds"
    OVER = "over"
    ENDED = "ended"  # taken back before its last day


@dataclass(frozen=True, slots=True)
class Delegation:
    """As it is shown. Days are office days, both included."""

    id: str  # of the entry
    by: str  # names
    to: str
    officer: str  # author of the delegate
    since: date
    until: date
    ground: str
    made_at: datetime  # UTC
    ended_at: datetime | None = None

    def state(self, today: date) -> State:
        """Say where it stands."""
        if self.ended_at is not None:
            return State.ENDED
        if today > self.until:
            return State.OVER
        return State.HOLDS if today >= self.since else State.COMING


@dataclass(frozen=True, slots=True)
class DelegationOrder:
    """What a leader asks for."""

    to: str  # id of the officer
    since: date
    until: date
    ground: str  # number and day of the paper that says so


def may_be_delegate(officer: Officer) -> bool:
    """Tell whether approval may be delegated to somebody at all: to whom signs at the counter and holds no seal."""
    return not _why_unfit(officer)


def check_delegation(order: DelegationOrder, leader: Officer, to: Officer, today: date) -> DelegationOrder:
    """Return the order as it is written down; raises one of the above, or `ReasonTooLong`."""
    why = "không tự ủy quyền cho mình" if to.id == leader.id else _why_unfit(to)
    if why:
        raise DelegateUnfit(name=to.name, why=why)
    if not today <= order.since <= order.until:
        days = (each.strftime("%d/%m/%Y") for each in (order.since, order.until))
        raise DelegationDaysWrong(since=next(days), until=next(days))
    ground = checked_reason(order.ground)
    if not ground:
        raise DelegationGroundMissing
    return DelegationOrder(order.to, order.since, order.until, ground)


def delegated_body(order: DelegationOrder) -> dict[str, Any]:
    """Return what the entry says; `grant` is read by every counter and by central."""
    days = {"from": order.since.isoformat(), "until": order.until.isoformat()}
    grant = {"to": f"officer:{order.to}", "kinds": sorted(DELEGABLE), **days}
    return {"v": 1, "grant": grant, "ground": order.ground}


def ended_body(delegation: str) -> dict[str, Any]:
    """Return what the entry says that takes a delegation back."""
    return {"v": 1, "ends": delegation}


def ground_of(body: Mapping[str, Any]) -> str:
    """Return the paper that a delegation stands on, as its entry says."""
    ground = body.get("ground", "")
    return ground if isinstance(ground, str) else ""


def _why_unfit(officer: Officer) -> str:
    if Role.REGISTRAR in officer.roles:
        return "người giữ con dấu không ký duyệt văn bản mình sẽ đóng dấu"
    if Role.LEADER in officer.roles:
        return "đã là lãnh đạo"
    return "" if Role.OFFICER in officer.roles else "không ký số ở quầy"
