"""What the signing of lists may ask of the desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clerk_app.domain.approval import Batch, Elsewhere, ToSign
from clerk_app.domain.document import Document, ShownDocument
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.progress import Progress

Seen = tuple[ShownDocument, tuple[bytes, ...]]  # what is shown, and its pages as PNG


@dataclass(frozen=True, slots=True)
class ApprovalCalls:
    """Every one blocks: a lane's work."""

    list: Callable[[], tuple[ToSign, ...]]
    look: Callable[[str, int], Seen]  # document id, width in px
    cards: Callable[[], tuple[TokenCard, ...]]
    sign: Callable[[Sequence[ShownDocument], TypedPin, Progress], Batch]
    elsewhere: Callable[[], tuple[Elsewhere, ...]]  # what waits at other counters
    take: Callable[[Sequence[str]], int]  # document ids: asks central for their turns
    send_back: Callable[[ShownDocument, str], Document]  # unsigned, with the reason
