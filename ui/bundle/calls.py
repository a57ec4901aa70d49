"""What the screen of bundles asks of the office: plain callables, each of which may block."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clerk_app.domain.handing import HandedOut, ToHand
from clerk_app.progress import Progress
from clerk_app.services.hand_over_bundle import HandedOver
from clerk_app.services.take_in_bundle import TakenIn


@dataclass(frozen=True, slots=True)
class BundleCalls:
    """The part of the desk that this screen needs. Counters by the authors of their devices."""

    waiting: Callable[[], tuple[ToHand, ...]]
    out: Callable[[], tuple[HandedOut, ...]]
    receivers: Callable[[], tuple[str, ...]]
    called: Callable[[str], str]  # how people call a counter
    hand_over: Callable[[Path, str, Sequence[str], Progress], HandedOver]  # folder, receiver, document ids
    again: Callable[[str, Path], HandedOver]  # bundle id, folder
    take_in: Callable[[Path, Progress], TakenIn]
    recall: Callable[[Sequence[str], str], tuple[HandedOut, ...]]  # document ids, reason
