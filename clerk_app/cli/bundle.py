"""Commands for signing while central is away: bundle out, in, list, again, recall."""

import argparse

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome
from clerk_app.domain.record import as_json
from clerk_app.services.hand_over_bundle import HandedOver

_DEVICE = "device:"


def out(options: argparse.Namespace) -> Outcome:
    """Hand turns to another counter and write their bundle."""
    with unlocked_desk(options) as desk:
        receiver = options.to if options.to.startswith(_DEVICE) else f"{_DEVICE}{options.to}"
        codes = {code.strip().upper() for code in options.code}
        chosen = [each.document for each in desk.bundles.waiting() if each.code in codes]
        return _written(desk.bundles.hand_over(options.file, receiver, chosen if codes else None)), 0


def again(options: argparse.Namespace) -> Outcome:
    """Write a bundle once more."""
    with unlocked_desk(options) as desk:
        return _written(desk.bundles.again(options.bundle, options.file)), 0


def take_in(options: argparse.Namespace) -> Outcome:
    """Take in a bundle."""
    with unlocked_desk(options) as desk:
        return as_json(desk.bundles.take_in(options.file)), 0


def listed(options: argparse.Namespace) -> Outcome:
    """List what may be handed over, what is out, and to whom it can go."""
    with unlocked_desk(options) as desk:
        bundles = desk.bundles
        told = {"waiting": as_json(bundles.waiting()), "out": as_json(bundles.out())}
        return {**told, "receivers": list(bundles.receivers())}, 0


def recall(options: argparse.Namespace) -> Outcome:
    """Take back the turns of one dossier that were handed over."""
    with unlocked_desk(options) as desk:
        code = options.code.strip().upper()
        meant = [each.document for each in desk.bundles.out() if each.code == code]
        return as_json(desk.bundles.recall(meant, options.reason)), 0


def _written(done: HandedOver) -> dict[str, object]:
    return {
        "file": str(done.file),
        "bundle": done.bundle,
        "receiver": done.receiver,
        "documents": done.documents,
        "unsure": done.unsure,
        "news": done.news,
        "left": done.left,
    }
