"""The office's data of law and of the world: procedures, calendar, countries as bytes; reading is the domain's work."""

from importlib.resources import files

PROCEDURES = "procedures.json"
CALENDAR = "calendar.json"
COUNTRIES = "countries.json"


def load(name: str) -> bytes:
    """Return the bytes of one data file of this folder."""
    return files(__name__).joinpath(name).read_bytes()
