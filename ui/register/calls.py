"""What the register asks of the office: plain callables, each of which may block."""

from collections.abc import Callable
from dataclasses import dataclass

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.history import HistoryLine
from clerk_app.domain.procedure import Procedure


@dataclass(frozen=True, slots=True)
class RegisterCalls:
    """The part of the desk that this screen needs; the window has bound printer and pictures."""

    find: Callable[[str, int], tuple[Dossier, ...]]  # text, limit; newest first
    history: Callable[[str], tuple[HistoryLine, ...]]  # dossier id, oldest first
    find_procedures: Callable[[str], tuple[Procedure, ...]]
    slip_pages: Callable[[str, int], tuple[bytes, ...]]  # document id, width in px -> PNG of each page
    print_slip: Callable[[str], int]  # document id -> copy number
    settle_print: Callable[[str, bool], Document]  # document id, did the paper come out?
