"""The counter behind a command: finds its folder, unlocks it, opens the desk."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from clerk_app.cli.secrets import secret
from clerk_app.desk import open_desk
from clerk_app.furniture import Desk
from clerk_app.places import counter_folder
from clerk_app.practice import people
from clerk_app.services.offline_days import SignedIn
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings, read_settings


@contextmanager
def unlocked_desk(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk for the officer of the command; asks for the passphrase where it must."""
    with open_desk(*unlocked(options)) as desk:
        yield desk


def unlocked(options: argparse.Namespace, signed_in: SignedIn | None = None) -> tuple[Settings, Unlocked]:
    """Return the counter's settings and the unlocked officer, with nothing opened yet."""
    settings, officer = chosen(options)
    passphrase = _passphrase(settings, options.passphrase_fd)
    return settings, unlock(settings.folder, officer, passphrase, signed_in)


def chosen(options: argparse.Namespace) -> tuple[Settings, str]:
    """Return the counter's settings and the id of the officer whom the command names."""
    settings = read_settings(counter_folder(options.data))
    return settings, options.officer or settings.officers[0].id


def _passphrase(settings: Settings, descriptor: int | None) -> bytearray:
    if descriptor is None and settings.unit.practice:
        return bytearray(people.PASSPHRASE.encode())  # published on purpose
    return secret("Mật khẩu mở quầy", "passphrase-fd", descriptor)
