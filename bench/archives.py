"""Archives of many dossiers, made once a run: filled in bulk, through the archive's own tables and by its own functions.

A counter fills its archive one act at a time, over years; no journal stands behind these.
"""

import atexit
import json
import os
import random
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from bench.vietnamese_names import a_name
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Dossier, ReturnChannel, SendState, Status
from clerk_app.domain.record import as_json, from_json
from clerk_app.store import dossiers, finds, parts, schema
from clerk_app.store.archive import Archive, open_archive

BATCH = 5_000
_AT_HAND = 200 * 1024  # KiB of pages, while so much is written
SEED = 20261123
KEY = bytes(range(32))
FIRST = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PROCEDURES = (
    ("2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", 40),
    ("1.001193", "Đăng ký khai sinh", 15),
    ("2.000635", "Cấp bản sao trích lục hộ tịch", 15),
    ("1.004222", "Đăng ký thường trú", 12),
    ("1.004194", "Đăng ký tạm trú", 8),
    ("1.000894", "Đăng ký kết hôn", 6),
    ("1.001612", "Đăng ký thành lập hộ kinh doanh", 4),
)
OFFICERS = ("Nguyễn Thị Hạnh", "Lê Văn Sơn", "Phạm Thu Trang")


_made = ExitStack()
atexit.register(_made.close)


@dataclass(frozen=True, slots=True)
class Filled:
    """An archive, and some of the people in it."""

    archive: Archive
    people: Sequence[Person]
    count: int


@cache
def archive_of(count: int) -> Filled:
    """Return an archive of so many dossiers; it goes when the program ends, but for one in `BENCH_ARCHIVES`."""
    kept = os.environ.get("BENCH_ARCHIVES")
    folder = Path(kept or _made.enter_context(tempfile.TemporaryDirectory())) / f"v{schema.VERSION}-{count}"
    whole = folder / "people.json"
    archive = _made.enter_context(open_archive(folder, KEY))
    if whole.exists():
        people = [from_json(Person, each) for each in json.loads(whole.read_text("utf-8"))]
        return Filled(archive, people, count)
    begun = time.perf_counter()
    people = fill(archive, count)
    whole.write_text(json.dumps([as_json(each) for each in people]), "utf-8")
    size = archive.path.stat().st_size / 2**20
    print(f"archive of {count}: {time.perf_counter() - begun:.0f} s in bulk, {size:.0f} MiB")
    return Filled(archive, people, count)


def fill(archive: Archive, count: int) -> list[Person]:
    """Put `count` dossiers of the last two years into an empty archive; return some of their people."""
    chance = random.Random(SEED)  # noqa: S311 - the same archive each time, no secret
    people: list[Person] = []
    for first in range(0, count, BATCH):
        some = [a_dossier(number, count, chance) for number in range(first, min(first + BATCH, count))]
        people += (each.applicant.owner for each in some[::50])
        with archive.writing() as tx:
            tx.exec_driver_sql(f"PRAGMA cache_size = -{_AT_HAND}")
            _put(tx, some)
    return people


def a_dossier(number: int, count: int, chance: random.Random) -> Dossier:
    """Make the `number`-th of `count` dossiers."""
    received = FIRST + (NOW - FIRST) * number / count
    code, title = chance.choices([each[:2] for each in PROCEDURES], [each[2] for each in PROCEDURES])[0]
    owner = Person(
        name=a_name(chance),
        id_number=f"0{chance.randrange(10**11):011}",
        phone=f"09{chance.randrange(10**8):08}",
    )
    helper = Person(name=a_name(chance), phone=f"03{chance.randrange(10**8):08}")
    return Dossier(
        id=f"0199b000-0000-7000-8000-{number:012}",
        code=f"H26.99.01-{received:%y%m%d}-{number % 400 + 1:04}",
        provisional=False,
        procedure=code,
        procedure_version="2026-07-01",
        procedure_title=title,
        applicant=Applicant(owner, helper if chance.random() < 0.1 else None),
        papers=(),
        sets=1,
        return_channel=ReturnChannel(),
        received_at=received,
        due_at=received + timedelta(days=chance.choice((0, 1, 5, 7))),
        received_by=chance.choice(OFFICERS),
        status=Status.RECEIVED if number > count - 30 else Status.SLIP_ISSUED,
        entry_hash=f"{number:064x}",
        sending=SendState.WAITING if number > count - 100 else SendState.SENT,
    )


def _put(tx: Connection, some: Sequence[Dossier]) -> None:
    rows: list[tuple[dict[str, Any], str]] = []
    for dossier in some:
        place = dossiers.first_place(dossier.received_at) + len(rows) + 1
        rows.append(
            (dossiers.row_of(dossier, place, words := finds.tokens(dossier, _labels(dossier))), words)
        )
    tx.execute(insert(schema.dossiers), [row for row, _ in rows])
    parts.put(tx, {row["place"]: words for row, words in rows})
    for number, (code, title, _) in enumerate(PROCEDURES, 1):
        tx.execute(
            insert(schema.procedures).prefix_with("OR IGNORE").values(number=number, code=code, title=title)
        )
    for number, name in enumerate(OFFICERS, 1):
        tx.execute(insert(schema.officers).prefix_with("OR IGNORE").values(number=number, name=name))


def _labels(dossier: Dossier) -> finds.Labels:
    codes = [code for code, _, _ in PROCEDURES]
    return finds.Labels(codes.index(dossier.procedure) + 1, OFFICERS.index(dossier.received_by) + 1)
