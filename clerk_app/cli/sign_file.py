"""The command that signs a file from anywhere: approve, issue, take in, copy."""

import argparse

from clerk_app import clock
from clerk_app.cli.commands import card_to_sign
from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome
from clerk_app.cli.secrets import secret
from clerk_app.domain.file_act import A_MM, CopyForm, FileAct, FileOrder, Place
from clerk_app.domain.token_card import TypedPin


def sign_file(options: argparse.Namespace) -> Outcome:
    """Sign a PDF and write the signed one beside it."""
    with unlocked_desk(options) as desk:
        look = desk.sign_file.look(options.file)
        order = FileOrder(
            FileAct(options.act), _place(options), options.number, CopyForm[options.copy.upper()]
        )
        desk.sign_file.check(look, order)
        card = card_to_sign(desk.sign_file.cards(order.act), desk.officer.name)
        typed = TypedPin(card, secret("Mã PIN", "pin-fd", options.pin_fd))
        signed = desk.sign_file(look, order, typed)
    told = {"path": signed.path, "sha256": signed.sha256, "act": signed.act.value, "signer": signed.signer}
    return {**told, "at": clock.format_moment(signed.at), "stamped": signed.stamped}, 0


def _place(options: argparse.Namespace) -> Place | None:
    if options.at is None:
        return None
    x, y = options.at
    return Place(max(0, options.page - 1), x * A_MM, y * A_MM)
