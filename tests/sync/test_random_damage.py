"""Damage anywhere: what was promised is read, or said to be missing; and `recover` brings back all that can be read."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from sync.entry import new_id
from sync.errors import JournalDamaged, JournalRestored
from sync.journal import Journal
from sync.journal.verify import Flaw, verify_chain
from tests.sync import counter_to_cut
from tests.sync.counter_to_cut import KEY, Counter, keys_of, receive

HOUSE = Path(__file__).parents[2]
SHORT, LONG = 24, 900
PAGE, FRAME, HEAD = (
    4096,
    4120,
    32,
)  # bytes: of a page, of one in the log with what stands before it, of the log's head


@dataclass(frozen=True)
class Morning:
    """A counter that died with acts in its log, and its entries: id to (chain, seq)."""

    root: Path
    acts: dict[str, tuple[str, int]]
    numbers: frozenset[str]


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Morning:
    root = tmp_path_factory.mktemp("morning") / "root"
    (root / "second").mkdir(parents=True)
    command = [sys.executable, counter_to_cut.__file__, str(root), "its end", "1"]
    ended = subprocess.run(command, cwd=HOUSE, env=os.environ | {"PYTHONPATH": str(HOUSE)}, check=False)
    assert ended.returncode == 9
    copy = root.with_name("to-look-at")
    shutil.copytree(root, copy)
    with Counter(copy).open() as journal, journal.reading() as tx:
        acts = {
            row.id: (row.chain, row.seq) for row in tx.execute(text("SELECT id, chain, seq FROM entries"))
        }
        given = tx.execute(text("SELECT series || '-' || value FROM number_uses")).scalars().all()
    assert (root / "counter" / "journal.db-wal").stat().st_size > 5 * FRAME
    return Morning(root, acts, frozenset(given))


@pytest.fixture
def room() -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("where", ["journal.db", "journal.db-wal", "both"])
def test_no_damage_takes_an_act_in_silence(
    morning: Morning, room: Path, where: str, seed: random.Random, long_run: bool
) -> None:
    names = ["journal.db", "journal.db-wal"] if where == "both" else [where]
    for number in range((LONG if long_run else SHORT) // 3):
        counter = Counter(room / str(number))
        shutil.copytree(morning.root, counter.root)
        done = [damage(counter.folder / name, seed) for name in names]
        try:
            check(morning, counter)
        except BaseException as broken:
            broken.add_note(f"{number}: {done}")
            raise
        shutil.rmtree(counter.root)


def check(morning: Morning, counter: Counter) -> None:
    readable = what_can_be_read(counter)
    found = opened(counter)
    if found is None:
        counter.recover()
        found = counter.open()
    with found as journal:
        kept, declared = read(journal)
        if not declared and journal.news:
            assert isinstance(journal.news[0], JournalRestored)
        assert readable <= kept, "what could be read is not there"
        for act, place in morning.acts.items():
            assert act in kept or place in declared, f"{place} is lost, and nobody says so"
        draft = new_id()
        receive(journal, draft, counter.files.put(draft.encode()))
        with journal.reading() as tx:
            number = text("SELECT series || '-' || value FROM number_uses ORDER BY rowid DESC LIMIT 1")
            assert tx.execute(number).scalar_one() not in morning.numbers


def opened(counter: Counter) -> Journal | None:
    """Open it and read all of it; None when it says that it is damaged."""
    try:
        journal = counter.open()
    except JournalDamaged:
        return None
    try:
        journal.check_file()
        read(journal)
    except JournalDamaged:
        journal.close()
        return None
    return journal


def read(journal: Journal) -> tuple[set[str], set[tuple[str, int]]]:
    """Return the ids of what is there, and the places of what is said to be lost; all the rest is sound."""
    with journal.reading() as tx:
        report = verify_chain(tx, keys_of)
        assert {each.flaw for each in report.found} <= {Flaw.LOST}
        kept = set(tx.execute(text("SELECT id FROM entries")).scalars())
        lost = set()
        for body in tx.execute(
            text("SELECT body FROM bodies JOIN entries ON id = entry WHERE kind = 'chain_opened'")
        ).scalars():
            for chain, first, last in json.loads(body).get("lost", []):
                lost |= {(chain, seq) for seq in range(first, last + 1)}
    return kept, lost


def what_can_be_read(counter: Counter) -> set[str]:
    """Return the entries that SQLite alone, row by row, gets out of the damaged file with their bodies."""
    copy = counter.root.with_name(f"{counter.root.name}-looked-at")
    shutil.copytree(counter.folder, copy)
    found: set[str] = set()
    connection = _looking_at(copy)
    for number in range(1, 60):
        try:
            row = connection.execute("SELECT id FROM entries WHERE rowid = ?", (number,)).fetchone()
            if row and connection.execute("SELECT body FROM bodies WHERE entry = ?", row).fetchone():
                found.add(row[0])
        except (sqlcipher.Error, UnicodeDecodeError):  # it knows nothing any more: the next one looks anew
            connection.close()
            connection = _looking_at(copy)
    connection.close()
    shutil.rmtree(copy)
    return found


def _looking_at(folder: Path) -> Any:
    uri = f"{(folder / 'journal.db').as_uri()}?mode=ro"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def damage(path: Path, chance: random.Random) -> str:
    """Do to a file what disks do; return what."""
    data = bytearray(path.read_bytes())
    kind = chance.choice((flip_bits, zero_pages, cut_off, tear_the_tail, write_rubbish))
    kind(data, chance)
    path.write_bytes(data)
    return f"{kind.__name__} in {path.name}"


def flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def zero_pages(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) // PAGE) * PAGE
        data[at : at + PAGE] = bytes(PAGE)


def cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def tear_the_tail(data: bytearray, chance: random.Random) -> None:
    """The last pages hold something else from a sector on."""
    at = max(0, len(data) - chance.randint(1, 4 * PAGE // 512) * 512)
    data[at:] = chance.randbytes(len(data) - at)


def write_rubbish(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.randint(1, 3 * PAGE))
    data[at:end] = chance.randbytes(end - at)
