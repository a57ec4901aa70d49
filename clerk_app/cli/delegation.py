"""Commands for delegations: list, add, end."""

import argparse
from datetime import date

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.day import DayUnclear, day_in
from clerk_app.cli.outcome import Outcome
from clerk_app.clock import in_vietnam, now
from clerk_app.domain.delegation import Delegation, DelegationOrder
from clerk_app.domain.record import as_json


def listed(options: argparse.Namespace) -> Outcome:
    """Tell every delegation of the unit, newest first."""
    with unlocked_desk(options) as desk:
        return [_told(each) for each in desk.delegations()], 0


def add(options: argparse.Namespace) -> Outcome:
    """Let an officer approve from day to day; a leader's act."""
    order = DelegationOrder(options.to, _day(options.since), _day(options.until), options.ground)
    with unlocked_desk(options) as desk:
        return _told(desk.delegate(order)), 0


def end(options: argparse.Namespace) -> Outcome:
    """Take a delegation back."""
    with unlocked_desk(options) as desk:
        desk.delegate.end(options.id)
        return [_told(each) for each in desk.delegations()], 0


def _day(text: str) -> date:
    day = day_in(text)
    if day is None:
        raise DayUnclear(text=text)
    return day


def _told(each: Delegation) -> dict[str, object]:
    return {**as_json(each), "state": each.state(in_vietnam(now()).date()).value}
