"""The command for books without gaps: list them, open one, hand it over, take it over, call a number void."""

import argparse
from datetime import UTC, datetime

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome
from clerk_app.clock import in_vietnam
from clerk_app.domain.record import as_json
from clerk_app.furniture import Desk


def books(options: argparse.Namespace) -> Outcome:
    """Do what was asked, and list the books as they stand then; central decides at the next exchange."""
    with unlocked_desk(options) as desk:
        _do(desk, options, options.year or in_vietnam(datetime.now(UTC)).year)
        found = desk.books()
    whole = all(not (book.missing or book.late) for book in found)
    return [as_json(book) | {"missing": list(book.missing)} for book in found], 0 if whole else 1


def _do(desk: Desk, options: argparse.Namespace, year: int) -> None:
    name, room = options.name, desk.books
    if options.open is not None:
        room.open(name, year, options.open)
    if options.to:
        room.hand_over(name, year, options.to, options.reason)
    if options.take_over:
        room.take_over(name, year, options.reason)
    if options.void is not None:
        room.void(name, year, options.void, options.reason)
