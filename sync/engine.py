"""One round with central: the time, what came, what waits, numbers for the days ahead, what is published."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from sync import authors, documents, heads
from sync.authors import Authors
from sync.client import Central
from sync.clock import read_time
from sync.contract.messages import News
from sync.errors import (
    EpochChanged,
    HeadForged,
    LeaseForged,
    StatementForged,
    SyncError,
    TimeNotBelieved,
    VersionWentBack,
)
from sync.files import FileStore
from sync.heads import Told
from sync.journal import Journal, feed
from sync.leases import Leases, Want
from sync.pull import pull
from sync.push import ENOUGH, Pushed, push
from sync.retell import held_back, is_due, meet, retell, show_leases
from sync.transfer import Quota, transferring
from sync.watch import Watch

_GO_ON = (EpochChanged, HeadForged, LeaseForged, StatementForged, TimeNotBelieved, VersionWentBack)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a round needs. `central_key` is central's public key (32 bytes)."""

    journal: Journal
    files: FileStore
    central: Central
    central_key: bytes
    quota: Quota | None = None


@dataclass(frozen=True, slots=True)
class NumbersAhead:
    """Which numbers this counter wants to have at hand, on which days (today first)."""

    wants: Sequence[Want] = ()
    days: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a round did. `problems` are news for a person; none of them held the rest up."""

    sent: int  # entries that got an answer
    parked: int  # of those, not taken
    received: int  # entries of others
    files_sent: int
    leases: int  # ranges
    documents: tuple[str, ...] = ()  # names of those that are new
    problems: tuple[SyncError, ...] = field(default=())


def exchange(parts: Parts, ahead: NumbersAhead, watch: Watch) -> Exchanged:
    """Do one round; raises `Offline` (also when central asks to wait), `DeviceRefused`, or what `watch` raises.

    Safe to stop at any point: the next round goes on. The feed is read before anything is added to it, and small
    entries go before large files. What shows that our chain is not ours alone ends it before new numbers are asked for.
    """
    problems: list[SyncError] = []
    journal, central = parts.journal, parts.central
    told, passed = _asked_for_news(central)
    with _noting(problems):
        note_time(journal, told.server_time, passed)
    if (news := meet(journal, told.epoch)) is not None:
        problems.append(news)
    restored = is_due(journal)
    with _keeping_words(parts, problems) as said:
        received = _retold(parts, watch, said, problems)
        pushed = Pushed(0, 0)
        if received is not None:
            with _noting(problems):
                if not restored:  # what it lost unsaid would hide behind what we add
                    received += _news_read(parts, told, watch)
                pushed = push(journal, central, watch, said, held_back(journal))
        received = received or 0
        with transferring(journal, parts.files, central, passed.total_seconds(), parts.quota) as transfer:
            if restored or pushed.sent:
                with _noting(problems):
                    received += _read(parts, watch)
            journal.settle_doubt()
            hub_keys = authors.known(journal).hub_keys  # read after the feed, which brings a new hub's
            granted = Leases(journal, central, parts.central_key, hub_keys).ensure(ahead.wants, ahead.days)
            known = documents.are_known(journal, told.published)
            asked = [name for name in documents.NAMES if name not in known]
            new = tuple(name for name in asked if _refresh(parts, name, problems))
            moved = transfer.wait(watch)
    problems += (*pushed.problems, *moved.problems, *granted.problems)
    return Exchanged(pushed.sent, pushed.parked, received, moved.sent, granted.ranges, new, tuple(problems))


def note_time(journal: Journal, told: str, passed: timedelta) -> None:
    """Keep central's time, so that legal now follows its clock and not this PC's; raises `TimeNotBelieved`."""
    journal.note_server_time(read_time(told), passed)


def _asked_for_news(central: Central) -> tuple[News, timedelta]:
    asked = time.monotonic()
    told = central.news()
    return told, timedelta(seconds=time.monotonic() - asked)


@contextmanager
def _keeping_words(parts: Parts, problems: list[SyncError]) -> Iterator[Told]:
    """Keep what central says of whole chains while the body runs, however that ends: what was answered is not asked again.

    Believed at its end, when the feed was read, which brings a new hub's key.
    """
    said = Told()
    try:
        yield said
    finally:
        with _noting(problems):
            keys = (parts.central_key, *authors.known(parts.journal).hub_keys)
            heads.witness(parts.journal, said, keys)


def _retold(parts: Parts, watch: Watch, said: Told, problems: list[SyncError]) -> int | None:
    """Where central was restored, read its feed to the end and tell it what is not there.

    Returns how many entries of others came; None: that could not be done to the end, and nothing new may be sent on top
    of what is not told yet.
    """
    journal, central = parts.journal, parts.central
    if not is_due(journal):
        return 0
    with _noting(problems):
        problems += show_leases(journal, central)
        received = _read(parts, watch)
        told = retell(journal, central, watch, said)
        problems += told
        return None if len(told) >= ENOUGH else received
    return None


def _news_read(parts: Parts, told: News, watch: Watch) -> int:
    """Read the feed where there is more in it than we know; returns how many entries of others came."""
    journal = parts.journal
    with journal.reading() as tx:
        is_read = feed.is_read_to(tx, told)
    if not is_read:
        return _read(parts, watch)
    if not authors.are_known(journal, told.authors):
        _authors(parts)
    return 0


def _read(parts: Parts, watch: Watch) -> int:
    return pull(parts.journal, parts.central, lambda: _authors(parts).check, watch)


def _authors(parts: Parts) -> Authors:
    return authors.refresh(parts.journal, parts.central, parts.central_key)


def _refresh(parts: Parts, name: str, problems: list[SyncError]) -> bool:
    with _noting(problems):
        return documents.refresh(parts.journal, parts.files, parts.central, parts.central_key, name)
    return False


@contextmanager
def _noting(problems: list[SyncError]) -> Iterator[None]:
    """Let a problem that concerns only this step be news, not the end of the round."""
    try:
        yield
    except _GO_ON as problem:
        problems.append(problem)
