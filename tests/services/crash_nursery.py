"""Counters that are born quickly and die at a named point: everything is imported and unlocked once, then forked.

Reads one order a line (`{"point", "number", "seed"}`), forks a counter that works until it stands still there, kills
it with SIGKILL, and writes what the counter had told its officer by then, one JSON object a line, ended by "killed".
"""

import io
import json
import os
import random
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.document import DocumentKind
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.errors import CentralOffline
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.progress import Progress
from clerk_app.services.keep_documents import KeepDocuments
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings, read_settings
from clerk_app.store import projection
from clerk_app.store.projection import Projection
from sync import leases, transfer
from sync.ballast import Ballast
from sync.client import HttpCentral
from sync.files import FileStore
from sync.journal import Act, Journal, feed, reconcile, snapshots
from sync.journal.mark import MarkFile
from sync.push import Offering
from sync.second_place import SecondPlace

ANY_MOMENT = "any moment"

# Where a counter stands still: before a call, or inside the transaction right after one ("+").
POINTS: dict[str, tuple[Any, str]] = {
    "before file write": (FileStore, "_write"),
    "after file write": (FileStore, "put+"),
    "before received": (Act, "finish"),
    "after received, before its mark": (Journal, "_mark"),
    "while the mark is written": (MarkFile, "write"),
    "after the mark": (MarkFile, "write+"),
    "after received": (Projection, "after_act"),
    "during projection": (projection, "_mark"),
    "before the slip is kept": (KeepDocuments, "issue"),
    "after the slip is kept": (KeepDocuments, "issue+"),
    "before the push's answer": (HttpCentral, "offer"),
    "before the push's answer is noted": (Offering, "_note"),
    "after the push's answer is noted": (Offering, "_note+"),
    "during pull": (feed, "apply_page+"),
    "before a range is kept": (leases, "read_lease+"),
    "before a file is noted as sent": (transfer.references, "uploaded"),
    "during snapshot": (snapshots, "check"),
    "before a snapshot counts": (snapshots, "check+"),
    "while old snapshots go": (snapshots.Snapshots, "thin_out"),
    "during the second place": (SecondPlace, "_write"),
    "after a second place's write": (SecondPlace, "_write+"),
    "while the ballast is made": (Ballast, "_fill"),
    "while the mark is compared": (reconcile, "_compare+"),
    "during print": (None, ""),
    ANY_MOMENT: (None, ""),
}


def main(folder: Path, address: str) -> None:
    settings = replace(read_settings(folder), central=address)
    unlocked = unlock(folder, people.OFFICER.officer.id, bytearray(people.PASSPHRASE.encode()))
    for line in sys.stdin:
        order = json.loads(line)
        here, standing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(here)
            os._exit(work(settings, unlocked, order, standing))
        os.close(standing)
        wait_for(here, order)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(here)
        tell("killed")


def wait_for(here: int, order: dict[str, Any]) -> None:
    """Wait until the counter stands still or has ended; any moment: not so long."""
    if order["point"] == ANY_MOMENT:
        chance = random.Random(order["seed"])  # noqa: S311 - not for keys
        select.select([here], [], [], chance.uniform(0.05, 1.2))
        return
    os.read(here, 1)


def work(settings: Settings, unlocked: Unlocked, order: dict[str, Any], standing: int) -> int:
    def stand_still(*_: Any, **__: Any) -> None:
        os.write(standing, b"!")
        signal.pause()

    prepare(order, stand_still)
    chance = random.Random(order["seed"])  # noqa: S311 - not for keys
    try:
        with open_desk(settings, unlocked) as desk:
            if order["point"] == "while the mark is compared":
                stand_still()  # an opening that had no mark to compare
            printer = Printer(stand_still if order["point"] == "during print" else None)
            for turn in range(order["number"]):
                visit(desk, chance, printer, first=turn == 0)
    except BaseException as error:
        tell("failed", why=repr(error))
        raise
    return 0


def prepare(order: dict[str, Any], stand_still: Callable[..., None]) -> None:
    owner, name = POINTS[order["point"]]
    if owner is None:
        return
    after = name.endswith("+")
    name = name.removesuffix("+")
    whole, calls = getattr(owner, name), []

    def counting(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        if len(calls) != order["number"]:
            return whole(*args, **kwargs)
        result = whole(*args, **kwargs) if after else None
        stand_still()
        return result

    setattr(owner, name, counting)


class Printer:
    """Takes every page, or stands still with the first."""

    def __init__(self, stand_still: Callable[..., None] | None) -> None:
        self.stand_still = stand_still

    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        if self.stand_still is not None:
            self.stand_still()


def visit(desk: Desk, chance: random.Random, printer: Printer, *, first: bool) -> None:
    """What an officer does for one citizen, and what the counter does for itself."""
    if first:
        journal = desk.upkeep.journal
        tell("news", news=[type(each).__name__ for each in journal.news], chain=journal.chain)
        for document in desk.unfinished().prints:
            desk.settle_print(document.id, came_out=True)
    owner = Person(name=f"Người {chance.randrange(10**6)}")
    laid = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("giay-to-cho-o", "can-cuoc"))
    draft = replace(desk.start_draft(), procedure="1.004222", applicant=Applicant(owner), papers=laid)
    draft = desk.lay_papers(desk.save_draft(draft), "ct01", page(chance), "ct01.jpg")
    dossier = desk.receive_dossier(draft)
    tell("received", id=dossier.id, code=dossier.code)
    slip = desk.slip_for_pen(dossier.id, "thử")
    tell("slip", id=slip.id, dossier=dossier.id)
    copy = desk.print_slip(slip.id, printer)
    tell("printed", id=slip.id, copy=copy)
    desk.upkeep()
    if first:
        desk.upkeep.snapshot()
    try:
        desk.exchange(Progress())
    except CentralOffline:
        tell("alone")


def page(chance: random.Random) -> bytes:
    """A scan like no other."""
    scan = io.BytesIO()
    Image.new("RGB", (310, 438), (chance.randrange(256), chance.randrange(256), chance.randrange(256))).save(
        scan, "JPEG", comment=str(chance.random()).encode()
    )
    return scan.getvalue()


def tell(what: str, **told: object) -> None:
    os.write(1, json.dumps({"what": what, **told}).encode() + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
