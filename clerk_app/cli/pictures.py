"""Commands for the pictures on signatures: list, set, drop."""

import argparse

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome
from clerk_app.domain.record import as_json


def listed(options: argparse.Namespace) -> Outcome:
    """Tell who may have a picture and who has one."""
    with unlocked_desk(options) as desk:
        return [as_json(each) for each in desk.pictures()], 0


def keep(options: argparse.Namespace) -> Outcome:
    """Take a picture for a leader, or for the agency's seal with its real size."""
    with unlocked_desk(options) as desk:
        desk.pictures.keep_file(options.whose, options.file, options.mm)
        return [as_json(each) for each in desk.pictures()], 0


def drop(options: argparse.Namespace) -> Outcome:
    """Let a picture go."""
    with unlocked_desk(options) as desk:
        desk.pictures.drop(options.whose)
        return [as_json(each) for each in desk.pictures()], 0
