"""Which pictures stand on signatures, as one counter's settings say it: a leader's handwriting, the agency's seal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SEAL = "seal"
"""Whose picture the agency's is, where an officer's id would name a person's."""

LEAST_MM, MOST_MM = 15, 60  # across: no seal of an agency is smaller or larger


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """Pictures by their SHA-256, in the counter's sealed store. No figure for the seal's size is law here: its own is."""

    seal: str = ""  # empty: none
    seal_mm: int = 0  # across; needed where there is a picture
    people: Mapping[str, str] = field(default_factory=dict)  # officer id -> picture

    def of(self, whose: str) -> str:
        """Return the picture of an officer, or of `SEAL`; empty where there is none."""
        return self.seal if whose == SEAL else self.people.get(whose, "")


def read_pictures(data: Mapping[str, Any]) -> PictureSettings:
    """Read what `settings.json` says under `pictures`; raises `ValueError` and the like for what cannot be meant."""
    seal, across = str(data.get("seal", "")), int(data.get("seal_mm", 0))
    if seal and not LEAST_MM <= across <= MOST_MM:
        raise ValueError(across)
    people = {str(whose): str(sha256) for whose, sha256 in data.get("people", {}).items() if sha256}
    return PictureSettings(seal, across, people)


def pictures_as_json(settings: PictureSettings) -> dict[str, Any]:
    """Return what `read_pictures` reads."""
    return {"seal": settings.seal, "seal_mm": settings.seal_mm, "people": dict(settings.people)}
