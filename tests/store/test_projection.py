"""What others wrote comes by the feed: whatever stands in it, no dossier hides another one."""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.entry_rules import entry_rules
from clerk_app.store.projection import Projection
from sync import keys
from sync.clock import Clock
from sync.contract.messages import Answer, Carried, FeedItem, Page, Verdict
from sync.entry import NO_HASH, Entry, Fields, new_id, seal
from sync.journal import Journal, entries, feed, open_journal
from tests.store.conftest import KEY, MORNING

Act = tuple[str, Mapping[str, Any]]

_PROCEDURE = {
    "dossier_code": "H26.99.01-260928-0001",
    "provisional": False,
    "code": "2.000815",
    "version": "2026-07-01",
    "title": "Chứng thực bản sao",
    "time_limit": "trong ngày",
    "papers": [],
    "sets": 1,
    "received_at": "2026-09-28T01:30:00.000Z",
    "due_at": "2026-09-28T09:30:00.000Z",
    "calendar_confirmed": True,
    "received_by": "Lê Thị Thu",
    "note": "",
}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path / "journal", KEY, str(uuid.uuid4()), keys.generate("device:q1")) as journal:
        yield journal


@pytest.fixture
def projection(archive: Archive, journal: Journal) -> Projection:
    return Projection(archive, journal, entry_rules())


@pytest.fixture
def comes(journal: Journal) -> Callable[..., None]:
    """Another counter's dossiers come down the feed, each a list of its acts."""
    signer, chain = keys.generate("officer:xa"), str(uuid.uuid4())

    def write(seq: int, subject: str, act: Act, prev: str) -> Entry:
        kind, body = act
        at = MORNING + timedelta(seconds=seq)
        clock = Clock(at, "boot", seq)
        fields = Fields(new_id(), chain, seq, subject, kind, None, signer.author, at, clock, prev)
        return seal(fields, json.dumps(body).encode(), signer)

    written: list[Entry] = []

    def come(*told: Sequence[Act], on: str = "") -> None:
        before = len(written)
        for acts in told:
            subject = on or str(uuid.uuid4())
            for act in acts:
                prev = written[-1].hash if written else NO_HASH
                written.append(write(len(written) + 1, subject, act, prev))
        items = tuple(
            FeedItem(place, Answer(e.id, e.hash, Verdict.ACCEPTED), Carried(e.header, e.sig, e.salt, e.body))
            for place, e in enumerate(written[before:], before + 1)
        )
        with journal.writing() as tx:
            feed.apply_page(tx, Page(items, "end", more=False, epoch="e1", durable_to=0, server_time=""))

    return come


def received(owner: str = "Đặng Thị Ánh", **procedure: object) -> Act:
    groups = {
        "applicant": {"owner_kind": "citizen", "owner_name": owner, "relation": "self"},
        "authorisation": {},
        "fee": {"lines": []},
        "return_channel": {},
        "procedure": {**_PROCEDURE, **procedure},
    }
    return "received", {"v": 1, "move": {"from": None, "to": "received"}, "set": groups}


def slip(id: str = "d1", **more: object) -> Act:
    told = {"id": id, "kind": "slip", "issue": 1, "replaces": ""}
    move = {"from": "received", "to": "slip_issued"}
    return "slip_signed", {"v": 1, "document": told, "revisions": [], "move": move, **more}


@pytest.mark.parametrize(
    "acts",
    [
        [received("\ud800")],
        [received(received_at="9999-12-31T23:00:00.000Z")],
        [received(due_at="0001-01-01T00:00:00+14:00")],
        [received(), slip(revisions=[{"sha256": "\udfff"}])],
        [received(), slip(), ("print_started", {"document": {"id": "d1"}, "copy": float("inf")})],
    ],
    ids=["half a letter", "no such place", "no such time", "half a letter in a slip", "endless copies"],
)
def test_a_dossier_that_cannot_be_shown_hides_no_other(projection, comes, acts) -> None:
    comes(acts, [received("Lê Đức")])

    projection.catch_up()

    with projection.archive.reading() as view:
        shown = owners(view)
    assert "Lê Đức" in shown
    assert projection.catch_up() == 0


def test_a_document_claimed_by_two_dossiers_stays_with_the_first(projection, comes) -> None:
    comes([received("Lê Đức"), slip("d1")], [received(), slip("d1")], [received("Hà Thu")])

    projection.catch_up()

    with projection.archive.reading() as view:
        owner = dossiers.get(view, dossiers.document(view, "d1").dossier).applicant.owner.name
        shown = owners(view)
    assert owner == "Lê Đức"
    assert "Hà Thu" in shown


def test_a_redacted_dossier_whose_line_cannot_be_read_leaves_no_row_behind(
    projection, comes, journal
) -> None:
    comes([received("Phùng Thị Xoan"), slip()], [received("Lê Đức")])
    projection.catch_up()
    with journal.reading() as tx:
        subjects = {subject for _, subject in entries.changes_since(tx, 0, 10)}
        [mine] = [each for each in subjects if "Xoan" in told(tx, each)]
        named = [each.id for each in entries.history(tx, mine)]
    order = {"ground": "QĐ 12", "ordered_by": "Chủ tịch", "line": {"status": "of a later version"}}
    comes([("redacted", {"v": 1, **order, "redacts": {"entries": named, "files": []}})], on=mine)

    projection.catch_up()

    with projection.archive.reading() as view:
        assert owners(view) == {"Lê Đức"}


def told(tx: Connection, subject: str) -> str:
    return "".join((each.body or b"").decode() for each in entries.history(tx, subject))


class SlowArchive:
    """An archive whose writer is had only after somebody else has acted and brought the rows up to date."""

    def __init__(self, archive: Archive, meanwhile: Callable[[], object]) -> None:
        self._archive, self._meanwhile = archive, [meanwhile]

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        while self._meanwhile:
            self._meanwhile.pop()()
        with self._archive.writing() as view:
            yield view


def test_a_lane_that_waited_for_the_rows_does_not_put_an_old_state_last(projection, comes) -> None:
    def meanwhile() -> None:
        comes([received("Lê Đức")])
        projection.catch_up()

    slow = replace(projection, archive=SlowArchive(projection.archive, meanwhile))

    assert slow.catch_up() == 0
    with projection.archive.reading() as view:
        assert dossiers.count(view) == 1


def owners(view: Connection) -> set[str]:
    return set(view.exec_driver_sql("SELECT owner FROM dossiers").scalars())
