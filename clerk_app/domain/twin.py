"""Hồ sơ trùng: what is under way of the same person by the same procedure, as much of it as the one who asks may see."""

from dataclasses import dataclass

from clerk_app.domain.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Twin:
    """That there is one, its code, and whom to ask; `dossier` only for who may read it."""

    code: str
    ask: str  # name of the officer who received it; empty: whoever asks did so
    dossier: Dossier | None = None
