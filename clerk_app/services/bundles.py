"""The room of bundles: what one officer may do with turns that go by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clerk_app.domain.handing import HandedOut, ToHand
from clerk_app.services.counter import Counter
from clerk_app.services.hand_over_bundle import HandedOver, HandOver
from clerk_app.services.pack_bundle import PackBundle
from clerk_app.services.recall_turns import RecallTurns
from clerk_app.services.take_in_bundle import TakeInBundle
from clerk_app.services.turns_at_hand import TurnsAtHand
from clerk_app.services.unlock import Unlocked


@dataclass(frozen=True, slots=True)
class Bundles:
    """Every callable blocks."""

    waiting: Callable[[], tuple[ToHand, ...]]
    out: Callable[[], tuple[HandedOut, ...]]
    receivers: Callable[[], tuple[str, ...]]  # authors of devices
    called: Callable[[str], str]  # how people call a counter, by the author of its device
    hand_over: HandOver  # (folder or file, receiver, documents=None, progress=None)
    again: Callable[[str, Path], HandedOver]  # bundle id, folder or file
    take_in: TakeInBundle  # (file, progress=None)
    recall: Callable[[Sequence[str], str], tuple[HandedOut, ...]]  # document ids, reason


def bundles(counter: Counter, unlocked: Unlocked) -> Bundles:
    """Return the room for one officer."""
    author = counter.device.author
    turns = TurnsAtHand(counter.journal, counter.archive, counter.projection, author, counter.line.alone)
    pack = PackBundle(counter.journal, counter.files, counter.device)
    hand_over = HandOver(turns, pack, unlocked.signer)
    return Bundles(
        waiting=turns.waiting,
        out=turns.out,
        receivers=pack.receivers,
        called=pack.called,
        hand_over=hand_over,
        again=hand_over.again,
        take_in=TakeInBundle(counter.journal, counter.files, counter.projection, counter.device),
        recall=RecallTurns(turns, unlocked.signer),
    )
