"""A counter that is killed: nothing acknowledged is lost, no act is half done, and work goes on."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from sync.entry import new_id
from sync.files import FileStore
from sync.journal import Journal, drafts, entries, numbers, references, revisions
from sync.journal.verify import verify_chain
from tests.sync import dying_counter
from tests.sync.dying_counter import AFTER, BETWEEN, DAY, POINTS, SERIES, accept, prepare

UNIT = "01938f4e-0000-7000-8000-00000000b001"
HOUSE = Path(__file__).parents[2]
IN_THE_ACT = [point for point in POINTS if "journal" not in point]
KeysOf = Callable[[str], tuple[bytes, ...]]


@pytest.fixture
def draft() -> str:
    return new_id()


@pytest.fixture
def start(counter: Path, draft: str) -> Iterator[Callable[[str], "subprocess.Popen[str]"]]:
    """Start a counter that dies at a point."""
    started: list[subprocess.Popen[str]] = []

    def at(point: str) -> "subprocess.Popen[str]":
        command = [sys.executable, dying_counter.__file__, str(counter), UNIT, draft, point]
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=HOUSE, env=os.environ | {"PYTHONPATH": str(HOUSE)}
        )
        started.append(child)
        return child

    yield at
    for child in started:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


@pytest.mark.parametrize("point", [*IN_THE_ACT, BETWEEN])
def test_an_act_cut_before_its_commit_never_happened_and_can_be_done_again(
    point: str,
    start: Callable[[str], "subprocess.Popen[str]"],
    reopen: Callable[[], Journal],
    files: FileStore,
    draft: str,
    keys_of: KeysOf,
) -> None:
    child = start(point)
    assert child.communicate()[0] == ""
    assert child.returncode == 9

    journal = reopen()
    with journal.reading() as tx:
        assert entries.of_subject(tx, draft) == ()
        assert drafts.get(tx, draft) is not None
        assert revisions.head(tx, draft) is None
        assert numbers.left(tx, SERIES, DAY, journal.chain) == 10_000
        assert verify_chain(tx, keys_of).sound
    accept(journal, files, draft)
    check_whole(journal, files, draft, keys_of)


def test_an_act_cut_after_its_commit_happened_whole(
    start: Callable[[str], "subprocess.Popen[str]"],
    reopen: Callable[[], Journal],
    files: FileStore,
    draft: str,
    keys_of: KeysOf,
) -> None:
    assert start(AFTER).wait() == 9
    check_whole(reopen(), files, draft, keys_of)


@pytest.mark.parametrize("point", ["while the journal is made", "before the made journal has its mark"])
def test_a_journal_cut_while_it_is_made_is_made_at_the_next_opening(
    point: str,
    start: Callable[[str], "subprocess.Popen[str]"],
    reopen: Callable[[], Journal],
    keys_of: KeysOf,
) -> None:
    assert start(point).wait() == 9
    with reopen().reading() as tx:
        report = verify_chain(tx, keys_of)
    assert (report.entries, report.sound) == (1, True)


def test_nothing_acknowledged_is_lost_whenever_the_counter_is_killed(
    start: Callable[[str], "subprocess.Popen[str]"],
    reopen: Callable[[], Journal],
    files: FileStore,
    keys_of: KeysOf,
    seed: random.Random,
    long_run: bool,
) -> None:
    acknowledged: list[str] = []
    for _ in range(20 if long_run else 3):
        child = start("any moment")
        assert child.stdout is not None
        acknowledged += [child.stdout.readline().strip() for _ in range(seed.randint(1, 12))]
        child.kill()
        acknowledged += child.communicate()[0].split()
        journal = reopen()
        check_all(journal, files, acknowledged, keys_of)
        journal.close()
    assert len(set(acknowledged)) == len(acknowledged) > 0


def test_the_next_counter_goes_on_where_the_dead_one_stopped(
    start: Callable[[str], "subprocess.Popen[str]"],
    reopen: Callable[[], Journal],
    files: FileStore,
    draft: str,
) -> None:
    start(AFTER).wait()
    journal = reopen()
    later = new_id()
    prepare(journal, later, 10_000)
    accept(journal, files, later)
    with journal.reading() as tx:
        assert [uses(tx, subject) for subject in (draft, later)] == [1, 2]


def check_whole(journal: Journal, files: FileStore, draft: str, keys_of: KeysOf) -> None:
    """The act is there with everything that belongs to it, once."""
    with journal.reading() as tx:
        (entry,) = entries.of_subject(tx, draft)
        assert uses(tx, draft) == 1
        assert drafts.get(tx, draft) is None
        head = revisions.head(tx, draft)
        assert head is not None
        assert files.get(head)
        assert references.referenced(tx) == {head}
        assert entry.author == "officer:an"
        assert verify_chain(tx, keys_of).sound


def check_all(journal: Journal, files: FileStore, acknowledged: list[str], keys_of: KeysOf) -> None:
    """Every acknowledged act is there; each act has its number, its document and a sound file."""
    with journal.reading() as tx:
        report = verify_chain(tx, keys_of)
        assert report.sound
        kept = set(tx.execute(text("SELECT id FROM entries WHERE kind = 'received'")).scalars())
        assert set(acknowledged) <= kept
        numbered = tx.execute(text("SELECT entry FROM number_uses")).scalars().all()
        assert sorted(numbered) == sorted(kept)
        assert tx.execute(text("SELECT count(*) FROM documents")).scalar_one() == len(kept)
        for sha256 in references.referenced(tx):
            assert files.get(sha256)


def uses(tx: Connection, subject: str) -> int:
    (entry,) = entries.of_subject(tx, subject)
    use = numbers.use_of(tx, entry.id)
    assert use is not None
    return use.value
