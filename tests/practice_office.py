"""Practice offices for the tests: made once in each process, and copied to wherever one is asked for.

Making one takes seconds: keys, slots that are slow on purpose, tokens. The copies have light slots: hundreds are opened.
"""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from clerk_app.practice.central import free_port
from clerk_app.practice.office import PracticeOffice, make_practice, move_central
from clerk_app.practice.people import PASSPHRASE, PEOPLE
from clerk_app.settings import read_enrolment
from clerk_app.store.key_slots import Hardness, add_slot, open_slot

LIGHT = Hardness(time_cost=1, memory_kib=8, lanes=1)

_NAMING_THEIR_PLACE = ("counter/settings.json", "people.json", "token/softhsm2.conf")


def new_office(folder: Path) -> PracticeOffice:
    """Return an office at which nobody has worked yet, in a folder that is not there, with a port of its own."""
    _, made = _first()
    shutil.copytree(made.folder, folder)
    office = PracticeOffice(folder.resolve())
    for name in _NAMING_THEIR_PLACE:
        file = office.folder / name
        told = file.read_text("utf-8")
        file.write_text(told.replace(str(made.folder), str(office.folder)), "utf-8")
    move_central(office, free_port())
    return office


@cache
def _first() -> tuple[TemporaryDirectory[str], PracticeOffice]:
    """Make the office that is copied; its folder goes with the process."""
    folder = TemporaryDirectory(prefix="practice-office-")
    office = make_practice(Path(folder.name) / "practice")
    _lighten(office)
    return folder, office


def _lighten(office: PracticeOffice) -> None:
    secret = read_enrolment(office.counter).device_secret
    for person in PEOPLE:
        name, typed = person.officer.id, PASSPHRASE.encode()
        opened = open_slot(office.counter, name, bytearray(typed), secret)
        add_slot(office.counter, name, bytearray(typed), secret, opened, LIGHT)
