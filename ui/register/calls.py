"""What the register asks of the office: plain callables, each of which may block."""

from collections.abc import Callable
from dataclasses import dataclass

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.found_so_far import FoundSoFar
from clerk_app.domain.history import HistoryLine
from clerk_app.domain.kinds import Kind
from clerk_app.domain.procedure import Procedure
from clerk_app.domain.register_filter import RegisterChoices, RegisterFilter
from clerk_app.progress import Progress


@dataclass(frozen=True, slots=True)
class RegisterCalls:
    """The part of the desk that this screen needs; the window has bound printer and pictures."""

    # one step: text, limit, filter, where to go on ("": from the newest on); breaks off when cancelled
    find: Callable[[str, int, RegisterFilter, str, Progress], FoundSoFar]
    count: Callable[[str, RegisterFilter, Progress], int]
    choices: Callable[[], RegisterChoices]
    history: Callable[[str], tuple[HistoryLine, ...]]  # dossier id, oldest first
    find_procedures: Callable[[str], tuple[Procedure, ...]]
    page_picture: Callable[[str, int, int], bytes]  # sha256, page from 0, width in px -> PNG
    slip_pages: Callable[[str, int], tuple[bytes, ...]]  # document id, width in px -> PNG of each page
    print_slip: Callable[[str], int]  # document id -> copy number
    retired: Callable[[str], Dossier]  # dossier id; the whole of it from central
    retired_pages: Callable[
        [str, int], tuple[bytes, ...]
    ]  # sha256 of one of its papers, width in px -> PNG of each page
    resubmit: Callable[[str, str], Document]  # document id that was given back unsigned, what to say
    settle_print: Callable[[str, bool], Document]  # document id, did the paper come out?
    acts: frozenset[Kind] = frozenset(Kind)  # what this officer may do
