"""The archive is only a view: thrown away, damaged or behind, it comes back from the journal the same."""

from pathlib import Path

import pytest

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Dossier
from clerk_app.furniture import Desk
from clerk_app.store.archive import FILE, ArchiveDamaged
from clerk_app.store.projection import Projection


@pytest.fixture
def morning(open_again, receive, pin) -> tuple[Dossier, ...]:
    """Three dossiers: received, signed, corrected."""
    with open_again() as desk:
        for name in ("Đặng Thị Ánh", "Nguyễn Văn Thuý", "Lê Đức"):
            receive(desk, name)
        newest, middle, _ = desk.find_dossiers("")
        slip = desk.issue_slip(newest.id, pin(desk))
        desk.print_slip(slip.id, QuietPrinter())
        desk.slip_for_pen(middle.id, "quên thẻ")
        return desk.find_dossiers("")


class QuietPrinter:
    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        assert pdf


def rows(desk: Desk) -> list[tuple[object, ...]]:
    archive = desk.find_dossiers.archive
    with archive.reading() as tx:
        return [
            tuple(row)
            for table in ("dossiers", "procedures", "officers", "documents", "marks")
            for row in tx.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608 - names of our own
        ]


def test_an_archive_thrown_away_comes_back_row_by_row(open_again, morning, settings) -> None:
    with open_again() as desk:
        before = rows(desk)
    for part in settings.folder.glob(f"{FILE}*"):
        part.unlink()

    with open_again() as desk:
        assert rows(desk) == before
        assert desk.find_dossiers("") == morning


def test_a_damaged_archive_is_moved_aside_and_comes_back(open_again, morning, settings) -> None:
    path: Path = settings.folder / FILE
    path.write_bytes(b"\x00" * 8192)

    with open_again() as desk:
        assert desk.find_dossiers("") == morning

    assert len(list(settings.folder.glob(f"{FILE}.damaged-*"))) >= 1


def test_catching_up_again_changes_nothing(open_again, morning) -> None:
    with open_again() as desk:
        before = rows(desk)
        projection = desk.receive_dossier.projection
        with projection.archive.writing() as tx:
            tx.exec_driver_sql("UPDATE marks SET value = '0' WHERE name = 'applied_to'")

        assert projection.catch_up() > 0
        assert projection.catch_up() == 0

        assert rows(desk) == before


def test_small_batches_come_to_the_same_rows(open_again, morning, settings, monkeypatch) -> None:
    with open_again() as desk:
        before = rows(desk)
        whole = desk.receive_dossier.projection
        with whole.archive.writing() as tx:
            tx.exec_driver_sql("DELETE FROM marks")
        small = Projection(whole.archive, whole.journal, whole.rules, batch=2)

        small.catch_up()

        assert rows(desk) == before


def test_rows_of_another_journal_are_dropped(open_again, morning) -> None:
    with open_again() as desk:
        projection = desk.receive_dossier.projection
        with projection.archive.writing() as tx:
            tx.exec_driver_sql("UPDATE marks SET value = 'another' WHERE name = 'chain'")
            tx.exec_driver_sql("UPDATE dossiers SET owner = 'somebody else'")

        projection.catch_up()

        assert desk.find_dossiers("") == morning


def test_an_act_is_kept_and_shown_even_when_the_archive_breaks(open_again, fill, monkeypatch) -> None:
    with open_again() as desk:
        draft = fill(desk)

        def broken(self: Projection) -> int:
            raise ArchiveDamaged

        monkeypatch.setattr(Projection, "catch_up", broken)
        dossier = desk.receive_dossier(draft)
        monkeypatch.undo()

    with open_again() as desk:
        assert desk.dossier(dossier.id) == dossier


def test_a_full_disk_under_the_archive_takes_back_no_act(open_again, fill) -> None:
    with open_again() as desk:
        archive = desk.find_dossiers.archive
        with archive.writing() as tx:
            pages = tx.exec_driver_sql("PRAGMA page_count").scalar_one()
            tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        received = [desk.receive_dossier(fill(desk, f"Lê Đức {n}", note="x" * 4000)) for n in range(3)]

        with archive.writing() as tx:
            tx.exec_driver_sql("PRAGMA max_page_count = 100000")
        desk.receive_dossier(fill(desk))

        assert {dossier.id for dossier in received} <= {dossier.id for dossier in desk.find_dossiers("")}


def test_damage_of_the_archive_is_never_taken_for_damage_of_the_journal(
    open_again, morning, settings, fill
) -> None:
    path = settings.folder / FILE
    data = bytearray(path.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 + 100] ^= 0xFF
    path.write_bytes(data)

    with open_again() as desk:
        received = desk.receive_dossier(fill(desk))

    with open_again() as desk:
        assert desk.find_dossiers("") == (received, *morning)
