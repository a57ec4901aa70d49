"""A counter whose disk is full from the first write of an act on, from the second, and so on. Run as a program.

    counter_without_room.py ROOT

Ends with an error as soon as an act that was refused left something, or one that was kept left something out.
"""

import itertools
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from clerk_app.settings import replace_file
from sync.errors import SyncError
from sync.journal import Journal, drafts, entries, numbers, snapshots
from sync.journal.verify import verify_chain
from tests.disk.recorded import let_room, note
from tests.sync.counter_to_cut import DAY, KEY, SERIES, Counter, keys_of, lend, receive


def tried(what: Callable[[], object], room: int) -> tuple[bool, bool]:
    """Do something while only so many writes find room; return whether it was kept, and whether room ran out."""
    let_room(room)
    try:
        what()
        kept = True
    except (SyncError, OSError):
        kept = False
    return kept, let_room(-1) == 0


def acts(counter: Counter, journal: Journal) -> int:
    """Receive a citizen with every number of writes that find room, until all do; return how many tries that took."""
    for room in itertools.count():
        draft = f"01938f4e-0000-7000-8000-{room:012d}"
        with journal.writing() as tx:
            drafts.save(tx, draft, b"typed")
        free = left(journal)

        def act(draft: str = draft) -> None:
            receive(journal, draft, counter.files.put(f"scan of {draft}".encode() * 2000))

        kept, ran_out = tried(act, room)
        with journal.reading() as tx:
            assert bool(entries.of_subject(tx, draft)) == kept, (
                "what was refused is there, or what was kept is not"
            )
            assert (drafts.get(tx, draft) is None) == kept
            assert numbers.left(tx, SERIES, DAY, journal.chain) == free - kept
            assert verify_chain(tx, keys_of).sound
        if not ran_out:
            return room
        if not kept:
            act()
    raise AssertionError


def around(counter: Counter, journal: Journal) -> int:
    """Snapshots, the second place, settings: each whole or not at all, and done when there is room."""
    setting, tries = counter.folder / "settings.json", 0
    replace_file(setting, b"old")
    for what in (
        lambda: counter.snapshots.take(journal, datetime(2026, 7, 1, tzinfo=UTC)),
        lambda: counter.second.follow(journal, counter.files),
        lambda: replace_file(setting, b"new" * 9000),
    ):
        for room in itertools.count():
            tries += 1
            kept, ran_out = tried(what, room)
            assert setting.read_bytes() in (b"old", b"new" * 9000)
            for each in counter.snapshots.every():
                snapshots.check(each.path, KEY)
            with journal.reading() as tx:
                assert verify_chain(tx, keys_of).sound
            if kept and not ran_out:
                break
    return tries


def left(journal: Journal) -> int:
    with journal.reading() as tx:
        return numbers.left(tx, SERIES, DAY, journal.chain)


def main(counter: Counter) -> None:
    with counter.open() as journal:
        lend(journal, first=1)
        note(what="tried", acts=acts(counter, journal), around=around(counter, journal))
    with counter.open() as journal:
        assert journal.news == ()


if __name__ == "__main__":
    main(Counter(Path(sys.argv[1])))
