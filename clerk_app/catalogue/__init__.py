"""The office's data of law: where procedures and calendar lie, as bytes; reading them is the domain's work."""

from importlib.resources import files

PROCEDURES = "procedures.json"
CALENDAR = "calendar.json"


def load(name: str) -> bytes:
    """Return the bytes of one data file of this folder."""
    return files(__name__).joinpath(name).read_bytes()
