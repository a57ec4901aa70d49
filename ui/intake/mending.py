"""Cấp lại do sai sót: an issued slip whose data lies open again."""

from dataclasses import dataclass

from clerk_app.domain.correction import Correction
from clerk_app.domain.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Mending:
    """The dossier as it was issued, and what is to stand in its place."""

    dossier: Dossier
    correction: Correction
