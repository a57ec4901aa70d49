"""A counter that accepts one dossier, or many, and dies at a named point. Run as a program by the crash tests.

    dying_counter.py FOLDER UNIT DRAFT POINT

It dies by `os._exit`, as a killed program does: nothing is flushed, closed or rolled back.
"""

import itertools
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sync import durable
from sync.contract.messages import Lease, LeaseRequest, Signed
from sync.entry import new_id
from sync.files import FileStore
from sync.journal import Act, Journal, drafts, entries, numbers, open_journal, revisions
from sync.journal import open as opening
from sync.keys import Ed25519Signer

KEY = bytes(range(32))
DEVICE, OFFICER = Ed25519Signer("device:q3", bytes([1]) * 32), Ed25519Signer("officer:an", bytes([2]) * 32)
DAY, SERIES = date(2026, 7, 1), "H26.99.01"

POINTS: dict[str, tuple[Any, str]] = {
    "before the file is written": (durable, "write_temporary"),
    "before the file has its name": (Path, "replace"),
    "before the folder is settled": (durable, "settle_folder"),
    "before the entry": (entries, "append"),
    "before the number is bound": (numbers, "bind"),
    "before the revision": (revisions, "begin"),
    "before the draft is dropped": (drafts, "drop"),
    "before the commit": (Act, "finish"),
    "while the journal is made": (entries, "append"),
    "before the made journal has its mark": (opening, "write_durably"),
}
BETWEEN, AFTER = "between file and act", "after the commit"


def die(*_: object, **__: object) -> None:
    os._exit(9)


def die_at(point: str) -> None:
    """From now on the program ends where this point begins."""
    if point in POINTS:
        place, name = POINTS[point]
        setattr(place, name, die)


def say(*words: object) -> None:
    """Tell the test; what is said has happened."""
    print(*words, flush=True)  # noqa: T201


def accept(journal: Journal, files: FileStore, draft: str, between: Callable[[], None] = lambda: None) -> str:
    """File a scan, then accept the draft in one act: number, entry, document, draft."""
    scan = files.put(b"%PDF scan of " + draft.encode())
    between()
    with journal.act(OFFICER) as act:
        value = numbers.take(act.tx, SERIES, DAY, act.chain)
        number = {"series": SERIES, "value": value, "code": f"{SERIES}-{value}"}
        body = {"move": {"from": None, "to": "received"}, "files": [scan], "number": number}
        entry = act.add(draft, "received", body)
        revisions.begin(act.tx, draft, scan)
        drafts.drop(act.tx, draft)
    return entry.id


def prepare(journal: Journal, draft: str, count: int) -> None:
    """Lay a draft on the counter and lend it numbers."""
    request = LeaseRequest(new_id(), journal.chain, SERIES, DAY.isoformat(), count)
    with journal.writing() as tx:
        drafts.save(tx, draft, b"a form")
        if not numbers.left(tx, SERIES, DAY, journal.chain):
            numbers.ask(tx, request)
            signed = Signed(b"", b"")
            numbers.hold(
                tx, Lease(request.request_id, request.chain, SERIES, request.day, 1, count, ""), signed
            )


def main(folder: Path, unit: str, draft: str, point: str) -> None:
    if "journal" in point:
        die_at(point)
    journal = open_journal(folder, KEY, unit, DEVICE)
    files = FileStore(folder / "files", KEY)
    prepare(journal, draft, 10_000)
    if point == "any moment":
        for _ in itertools.count():
            say(accept(journal, files, new_id()))
    die_at(point)
    entry = accept(journal, files, draft, between=die if point == BETWEEN else lambda: None)
    if point == AFTER:
        die()
    say(entry)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
