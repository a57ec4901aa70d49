"""What earlier versions of the program left on a counter opens with today's, and nothing of it is lost.

The files are real: made by the code of each version (`make.py`), byte for byte as it left them.
"""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clerk_app.domain.dossier import Status
from clerk_app.progress import Progress
from clerk_app.store.archive import FILE
from clerk_app.store.key_slots import KeySlotsNewer
from sync.errors import JournalNewer
from sync.journal import schema, snapshots
from tests.old_files.conftest import EVERY, HOUSE, OldOffice
from tests.services.conftest import RunningCentral

NEVER_CHANGED = ("entries", "bodies", "number_uses", "revisions", "published", "chains", "files")
STEP = 'from tests.old_files.test_old_counters import take_half_a_step; take_half_a_step("{folder}")'


def test_every_form_that_the_files_had_is_here() -> None:
    assert len(EVERY) == 8


def test_an_old_counter_opens_with_everything_that_was_told(old: OldOffice) -> None:
    archive = (old.counter / FILE).read_bytes()
    before = {table: old.rows(table) for table in (*NEVER_CHANGED, "deliveries", "drafts", "documents")}

    with old.opened() as desk:
        assert desk.upkeep.journal.news == ()
        assert desk.verify_journal().valid
        check_dossiers(desk, old)
        (draft,) = desk.drafts()
        assert draft.id == old.told["draft"]["id"]
        for sha256 in old.told["draft"]["files"]:
            assert desk.page_picture(sha256, 0, 100).startswith(b"\x89PNG")
        assert desk.sending().entries_waiting == old.told["waiting"]

    for table, rows in before.items():
        assert old.rows(table)[: len(rows)] == rows, table
    moved = [path.read_bytes() for path in old.counter.glob(f"{FILE}.damaged-*")]
    assert moved in ([], [archive])  # of another version: moved aside, and built anew


def check_dossiers(desk, old: OldOffice) -> None:
    found = {dossier.id: dossier for dossier in desk.find_dossiers("")}
    assert {each: dossier.code for each, dossier in found.items()} == old.told["dossiers"]
    for each, name in old.told["owners"].items():
        assert found[each].applicant.owner.name == name
        assert found[each].status is (Status.SLIP_ISSUED if each in old.told["slips"] else Status.RECEIVED)
        assert [line.kind for line in desk.history(each)] == old.told["histories"][each]
        assert each in {dossier.id for dossier in desk.find_dossiers(name)}
    for dossier, slip in old.told["slips"].items():
        assert [document.id for document in found[dossier].documents] == [slip]
        assert desk.slip_pdf(slip).startswith(b"%PDF")


def test_an_old_counter_works_on_with_its_old_central(old: OldOffice) -> None:
    central = RunningCentral(old.central)
    try:
        with old.opened(central.start()) as desk:
            (draft,) = desk.drafts()
            added = desk.receive_dossier(draft)
            assert added.code not in old.told["dossiers"].values()
            for _ in range(2):
                sending = desk.exchange(Progress())
            assert (sending.entries_waiting, sending.parked, sending.files_waiting) == (0, 0, 0)
            assert desk.verify_journal().valid
        received = "entries WHERE kind = 'received' AND verdict = 'accepted'"
        assert central.count(received) == len(old.told["dossiers"]) + 1
        of_clocks = "reason = 'clock_ahead'"  # the counter's stands where its old files were made
        assert central.count(f"alarms WHERE settled_at IS NULL AND NOT {of_clocks}") == 0
    finally:
        central.stop()


def test_a_journal_of_a_newer_program_is_refused_in_words_and_left_as_it_is(oldest: OldOffice) -> None:
    with closing(oldest.journal()) as journal:
        journal.execute("PRAGMA user_version = 99")
    before = (oldest.counter / "journal.db").read_bytes()
    with pytest.raises(JournalNewer, match="99"), oldest.opened():
        pass
    assert (oldest.counter / "journal.db").read_bytes() == before


def test_key_slots_of_a_newer_program_are_refused_in_words(oldest: OldOffice) -> None:
    path = oldest.counter / "keys.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"v": 2}), "utf-8")
    with pytest.raises(KeySlotsNewer):
        assert oldest.clerk


def take_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tables of tomorrow have one more."""
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    monkeypatch.setitem(schema.STEPS, schema.SCHEMA_VERSION - 1, add_a_table)


def add_a_table(tx) -> None:
    tx.exec_driver_sql("CREATE TABLE of_tomorrow (n INTEGER PRIMARY KEY)")
    tx.exec_driver_sql("INSERT INTO of_tomorrow SELECT n FROM entries")


def test_before_a_journal_is_brought_up_to_date_it_is_copied(oldest: OldOffice, monkeypatch) -> None:
    old = oldest
    version, entries = version_of(old), old.rows("entries")
    take_a_step(monkeypatch)

    with old.opened() as desk:
        assert desk.verify_journal().valid
        (copy,) = desk.upkeep.keeping.snapshots.every()[-1:]

    assert version_of(old) == schema.SCHEMA_VERSION > version
    assert old.rows("of_tomorrow") == [(row[0],) for row in entries]
    snapshots.check(copy.path, old.key("journal"))
    assert version_of(old, copy.path) == version


def test_a_step_that_is_killed_half_way_is_taken_at_the_next_opening(oldest: OldOffice, monkeypatch) -> None:
    version, entries = version_of(oldest), oldest.rows("entries")
    child = subprocess.run(
        [sys.executable, "-c", STEP.format(folder=oldest.folder)],
        cwd=HOUSE,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        check=False,
    )
    assert child.returncode == 9
    assert (version_of(oldest), oldest.rows("entries")) == (version, entries)

    take_a_step(monkeypatch)
    with oldest.opened() as desk:
        check_dossiers(desk, oldest)
    assert oldest.rows("of_tomorrow") == [(row[0],) for row in entries]


def take_half_a_step(folder: str) -> None:
    """Be killed in the middle of a step."""

    def half(tx) -> None:
        add_a_table(tx)
        os._exit(9)

    schema.SCHEMA_VERSION += 1
    schema.STEPS[schema.SCHEMA_VERSION - 1] = half
    with OldOffice(Path(folder)).opened():
        pass


def version_of(old: OldOffice, path: Path | None = None) -> int:
    with closing(old.journal(path)) as journal:
        return int(journal.execute("PRAGMA user_version").fetchone()[0])
