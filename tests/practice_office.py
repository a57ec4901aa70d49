"""Practice offices for the tests: made once in each process, and copied to wherever one is asked for.

Making one takes seconds: keys, slots that are slow on purpose, tokens.
"""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from clerk_app.practice.central import free_port
from clerk_app.practice.office import PracticeOffice, make_practice, move_central

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
    return folder, make_practice(Path(folder.name) / "practice")
