"""What a wreck still tells where pages are bad, and how often it is asked."""

import os
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from sync.journal.wreck import Wreck
from tests.sync.conftest import KEY
from tests.sync.raw_pages import pages_of

PAGE = 4096
ROWS = 40_000
LEAF, INTERIOR = 0x0D, 0x05


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of so many rows that its pages stand in three floors."""
    path = tmp_path_factory.mktemp("wreck") / "whole.db"
    with closing(sqlcipher.connect(str(path))) as connection:
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        connection.execute("CREATE TABLE t (data BLOB)")
        connection.executemany("INSERT INTO t VALUES (?)", [(bytes(40),)] * ROWS)
        connection.commit()
    return path


def wrecked(whole: Path, *bad: int) -> Wreck:
    """A copy in which pages, from 1, are not what was written."""
    data = bytearray(whole.read_bytes())
    for page in bad:
        data[(page - 1) * PAGE : page * PAGE] = os.urandom(PAGE)
    path = whole.with_name("wrecked.db")
    path.write_bytes(data)
    return Wreck(path, KEY)


def kept(wreck: Wreck) -> list[int]:
    with wreck:
        return [int(row["at"]) for row in wreck.rows("t")]


def of_type(whole: Path, kind: int) -> list[int]:
    """Pages of one kind that are not the root, in the order of their rows: it was filled from the first row on."""
    return [number for number, page in pages_of(whole, KEY) if number > 2 and page[0] == kind]


def test_a_bad_page_near_the_root_hides_its_rows_alone_and_costs_a_bounded_number_of_tries(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = 0
    open_file = Wreck._opened

    def counted(wreck: Wreck) -> object:
        nonlocal opened
        opened += wreck._connection is None
        return open_file(wreck)

    monkeypatch.setattr(Wreck, "_opened", counted)

    found = kept(wrecked(whole, of_type(whole, INTERIOR)[0]))

    hidden = sorted(set(range(1, ROWS + 1)) - set(found))
    assert hidden == list(range(1, len(hidden) + 1))  # the first of the middle floor: one stretch
    assert 10_000 < len(hidden) < ROWS
    assert found == sorted(found)
    assert opened < 2200


def test_rows_between_bad_pages_are_found(whole: Path) -> None:
    leaves = of_type(whole, LEAF)

    found = kept(wrecked(whole, leaves[100], leaves[102], leaves[103], leaves[105]))

    (hidden,) = {len(kept(wrecked(whole, leaves[100]))) - ROWS}
    assert len(found) == ROWS + 4 * hidden
    assert found == sorted(found)
