"""Puts a journal together from damaged files and snapshots, and then in the place of the damaged one."""

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sync.durable import TEMPORARY, disk_errors
from sync.entry import KeysOf
from sync.errors import JournalNewer, JournalSound
from sync.journal import aside, connection, incarnation, meta, salvage, schema
from sync.journal.check import is_sound
from sync.journal.incarnation import Cause
from sync.journal.journal import Holder
from sync.journal.lock import FolderLock
from sync.journal.mark import Mark
from sync.journal.open import LOCK, NAME, note_made
from sync.journal.reason import Reason
from sync.journal.reconcile import retire, settle_here
from sync.journal.salvage import Salvage, Salvaged
from sync.journal.wreck import Wreck

Sources = Sequence[Wreck]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a journal lies, under which key (32 bytes), of which unit."""

    folder: Path
    key: bytes
    unit: str

    @property
    def file(self) -> Path:
        return self.folder / NAME


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was taken over, and where the file that was in the place lies now."""

    salvaged: Salvaged
    aside: Path | None


def rebuild(
    place: Place,
    holder: Holder,
    snapshots: Sequence[Path],
    keys: Callable[[Sources], KeysOf],
    *,
    even_if_sound: bool = False,
) -> Rebuilt:
    """Take over what can be read of the journal in the place, of those moved aside, and of the snapshots.

    Safe to stop at any point: the damaged file is moved only once the new one is whole, and is a source as
    well where it was moved. `keys` tells whose signature counts, from what the sources say of themselves.
    Raises `JournalSound` for a journal that can be read whole, unless told to; `JournalNewer`, `JournalHeld`,
    `DiskFull`, `DiskFailed`.
    """
    lock = FolderLock(place.folder / LOCK)
    made = place.folder / f"{TEMPORARY}{secrets.token_hex(8)}.db"
    try:
        if not even_if_sound and is_sound(place.file, place.key):
            raise JournalSound
        with ExitStack() as stack:
            older = sorted((*aside.set_aside(place.file), *snapshots), key=_age, reverse=True)
            paths = [place.file, *older]
            sources = [stack.enter_context(_wreck(path, place.key)) for path in paths if path.exists()]
            _require_known(sources)
            lives = {name for name in salvage.said_of_itself(sources, meta.INSTALLATION) if name}
            found = _make(made, place, holder, sources, keys(sources))
        moved = aside.move_aside(place.file, aside.DAMAGED)
        aside.put_in_place(made, place.file)
        note_made(place.folder, place.key)
        if holder.safety.mark is not None:
            for installation in lives:
                retire(holder.safety.mark, installation)
        for path in filter(aside.was_pushed_aside, older):
            aside.note_taken_over(path)
    finally:
        made.unlink(missing_ok=True)
        lock.release()
    return Rebuilt(found, moved)


def _require_known(sources: Sources) -> None:
    """Refuse what a newer program made: of tables that nobody here knows nothing would be taken over."""
    newest = max((source.version() for source in sources), default=0)
    if newest > schema.SCHEMA_VERSION:
        raise JournalNewer(found=newest, known=schema.SCHEMA_VERSION)


def _age(path: Path) -> str:
    """Return what files are ordered by: when one was moved or taken; a time that has not come yet says nothing."""
    at = aside.moved_at(path)
    return at if at <= f"{datetime.now(UTC):%Y%m%d%H%M%S%f}" else ""


def _wreck(path: Path, key: bytes) -> Wreck:
    return Wreck(path, key, was_pushed_aside=aside.was_pushed_aside(path))


def _make(made: Path, place: Place, holder: Holder, sources: Sources, keys_of: KeysOf) -> Salvaged:
    keeper = holder.safety.mark
    engine = connection.writer(made, place.key)
    try:
        with connection.translated(engine):
            with engine.begin() as tx:
                salvage.begin(tx, place.unit)
                work = Salvage(tx, holder.device.author, keys_of)
                for source in sources:
                    work.take_orders(source)
                for source in sources:
                    work.take(source)
                found = work.finish(_mark(holder, sources))
                meta.put(tx, meta.UNIT, place.unit)
                cause = Cause(Reason.SALVAGED, found.after, found.lost)
                incarnation.begin(tx, holder.device, holder.source, cause)
                if keeper is not None:
                    settle_here(tx, keeper)
                schema.guard(tx)
            connection.set_wal(engine)
    finally:
        engine.dispose()
    with disk_errors(), made.open("rb+") as file:
        os.fsync(file.fileno())
    return found


def _mark(holder: Holder, sources: Sources) -> Mark | None:
    """Return the mark of the newest of the lives that the sources are of and that is not ended."""
    keeper = holder.safety.mark
    if keeper is None:
        return None
    known = (keeper.read(name) for name in salvage.said_of_itself(sources, meta.INSTALLATION) if name)
    return next((mark for mark in known if mark is not None and not mark.is_ended), None)
