"""What the mailbox asks of the office: plain callables, each of which may block."""

from collections.abc import Callable
from dataclasses import dataclass

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.kinds import Kind
from clerk_app.domain.sending import Waiting, WaitingFiles


@dataclass(frozen=True, slots=True)
class MailboxCalls:
    """The part of the desk that this screen needs."""

    waiting: Callable[[], tuple[Waiting, ...]]  # oldest first
    files: Callable[[], tuple[WaitingFiles, ...]]
    settle: Callable[[str, str], None]  # Waiting.entry, how it was settled ("": only looked at)
    dossier: Callable[[str], Dossier]  # id
    pause_files: Callable[[bool], None]  # let large files wait, or go on
    acts: frozenset[Kind] = frozenset(Kind)  # of who sits here
