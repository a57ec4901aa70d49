"""A further counter of the practice office: its own device, files and number; the same unit, people and tokens."""

import shutil
from dataclasses import replace
from pathlib import Path

from clerk_app.settings import Settings, read_enrolment, read_settings, write_enrolment, write_settings
from sync import keys
from sync.central import accounts
from sync.central.database import open_database

_COPIED = ("settings.json", "keys.json", "enrolment.json", "trust")


def add_counter(first: Settings, central: Path, folder: Path, device: str) -> Settings:
    """Enrol `device` (its last letter is the counter's number) in central's database and furnish its data folder.

    `central` is central's folder, `first` the counter that it is modelled on. The officers' passphrases are the same.
    """
    folder.mkdir(parents=True)
    for name in _COPIED:
        there = first.folder / name
        (shutil.copytree if there.is_dir() else shutil.copy2)(there, folder / name)
    key = keys.generate(f"device:{device}")
    enrolment = replace(
        read_enrolment(first.folder),
        device_id=device,
        device_token=accounts.new_token(),
        device_key=key.private_bytes,
    )
    write_enrolment(folder, enrolment)
    database = open_database(f"sqlite:///{(central / 'central.db').as_posix()}")
    try:
        with database.writing() as tx:
            known = accounts.Device(device, first.unit.id, f"Quầy {device[-1]}")
            accounts.enrol_device(tx, known, enrolment.device_token, key.public_bytes)
    finally:
        database.close()
    copied = read_settings(folder)
    beside = replace(copied.recovery, second_place=None, state=folder / ".." / f"state-{device}")
    settings = replace(
        copied,
        unit=replace(copied.unit, counter=device[-1]),
        central=first.central,
        further_turns=first.further_turns,
        recovery=beside,
    )
    write_settings(settings)
    return settings
