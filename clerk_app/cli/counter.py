"""The counter behind a command: finds its folder, unlocks it, opens the desk."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from clerk_app.cli.secrets import secret
from clerk_app.desk import Desk, open_desk
from clerk_app.practice import people
from clerk_app.services.unlock import unlock
from clerk_app.settings import Settings, read_settings


def counter_folder(chosen: Path | None) -> Path:
    """Return the counter's data folder: the one named, CLERK_APP_DATA, or the user's own."""
    if chosen is not None:
        return chosen.resolve()
    if told := os.environ.get("CLERK_APP_DATA"):
        return Path(told).resolve()
    return platformdirs.user_data_path("quay-mot-cua", appauthor=False)


def central_folder(chosen: Path | None) -> Path:
    """Return the reference central system's folder: the one named, or one of its own beside the user's counter."""
    if chosen is not None:
        return chosen.resolve()
    return platformdirs.user_data_path("quay-mot-cua-trung-tam", appauthor=False)


@contextmanager
def unlocked_desk(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk for the officer of the command; asks for the passphrase where it must."""
    settings = read_settings(counter_folder(options.data))
    officer = options.officer or settings.officers[0].id
    passphrase = _passphrase(settings, options.passphrase_fd)
    with open_desk(settings, unlock(settings.folder, officer, passphrase)) as desk:
        yield desk


def _passphrase(settings: Settings, descriptor: int | None) -> bytearray:
    if descriptor is None and settings.unit.practice:
        return bytearray(people.PASSPHRASE.encode())  # published on purpose
    return secret("Mật khẩu mở quầy", "passphrase-fd", descriptor)
