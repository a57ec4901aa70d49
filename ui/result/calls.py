"""What the screen of results asks of the office: plain callables, each of which may block."""

from collections.abc import Callable
from dataclasses import dataclass

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.handover import Handover


@dataclass(frozen=True, slots=True)
class ResultCalls:
    """The part of the desk that this screen needs."""

    find: Callable[[str, int], tuple[Dossier, ...]]  # text, limit; newest first
    dossier: Callable[[str], Dossier]  # id
    originals_kept: Callable[[str], tuple[str, ...]]  # dossier id -> titles
    return_result: Callable[[str, Handover], Dossier]  # dossier id
