"""What the screen that checks signatures asks of the office: plain callables, each of which may block."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clerk_app.domain.signed_paper import DocumentVerdict
from clerk_app.progress import Progress


@dataclass(frozen=True, slots=True)
class VerifyCalls:
    """The part of the office that this screen needs; each raises a `Notice` where it cannot."""

    read: Callable[[Path], bytes]
    judge: Callable[[bytes, Progress], DocumentVerdict]  # in a child; breaks off when cancelled
    slip_pdf: Callable[[str], bytes]  # document id
    save: Callable[[Path, str], None]  # where to, the report
