"""Finding a dossier as one types."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clerk_app.domain.dossier import Dossier, SendState, Status
from clerk_app.domain.found_so_far import FoundSoFar
from clerk_app.domain.register_filter import EVERYTHING, Due, RegisterFilter
from clerk_app.progress import Cancelled, Progress
from clerk_app.services.find_dossiers import CountDossiers, FindDossiers, ListChoices, SeekDossiers
from clerk_app.store import dossiers, parts
from clerk_app.store.archive import Archive

NOON = datetime(2026, 9, 28, 5, 0, tzinfo=UTC)  # in Việt Nam; the morning's dossiers came from 08:30 on


def put(archive: Archive, *some: Dossier) -> None:
    with archive.writing() as tx:
        for dossier in some:
            dossiers.save(tx, dossier)


@pytest.fixture
def find(archive: Archive) -> FindDossiers:
    return FindDossiers(archive, lambda: NOON)


@pytest.fixture
def count(archive: Archive) -> CountDossiers:
    return CountDossiers(archive, lambda: NOON)


@pytest.fixture
def morning(archive: Archive, make_dossier) -> Archive:
    put(
        archive,
        make_dossier(1, "Đặng Thị Ánh", id_number="001188012345", phone="0912 345 678"),
        make_dossier(2, "Nguyễn Văn Thuý", submitter="Trần Đức Long"),
        replace(
            make_dossier(3, "NGUYỄN THỊ VÂN", code="TAM-Q3-260928-0001", phone="+84987654321"),
            procedure="1.004222",
            procedure_title="Đăng ký thường trú",
        ),
    )
    return archive


def names(found: Sequence[Dossier]) -> list[str]:
    return [dossier.applicant.owner.name for dossier in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dang", ["Đặng Thị Ánh"]),
        ("đặng thi a", ["Đặng Thị Ánh"]),
        ("anh dang", ["Đặng Thị Ánh"]),
        ("nguyen v", ["NGUYỄN THỊ VÂN", "Nguyễn Văn Thuý"]),
        ("nguyen thi v", ["NGUYỄN THỊ VÂN"]),
        ("NGUYỄN THỊ", ["NGUYỄN THỊ VÂN"]),
        ("thuý", ["Nguyễn Văn Thuý"]),
        ("thúy", ["Nguyễn Văn Thuý"]),
        ("duc long", ["Nguyễn Văn Thuý"]),
        ("guyen", []),
        ("h26.99.01-260928-0001", ["Đặng Thị Ánh"]),
        ("H269901", ["Nguyễn Văn Thuý", "Đặng Thị Ánh"]),
        ("260928-0002", ["Nguyễn Văn Thuý"]),
        ("2609280002", ["Nguyễn Văn Thuý"]),
        ("01-2609", ["Nguyễn Văn Thuý", "Đặng Thị Ánh"]),
        ("tam-q3", ["NGUYỄN THỊ VÂN"]),
        ("tam", ["NGUYỄN THỊ VÂN"]),
        ("8-0002", ["Nguyễn Văn Thuý"]),
        ("002", ["Nguyễn Văn Thuý"]),
        ("02", ["Nguyễn Văn Thuý"]),
        ("1", ["NGUYỄN THỊ VÂN", "Đặng Thị Ánh"]),
        ("0001", ["NGUYỄN THỊ VÂN", "Đặng Thị Ánh"]),
        ("0001 dang", ["Đặng Thị Ánh"]),
        ("001188012345", ["Đặng Thị Ánh"]),
        ("0011880", ["Đặng Thị Ánh"]),
        ("2345", ["Đặng Thị Ánh"]),
        ("0912345", ["Đặng Thị Ánh"]),
        ("0912 345", ["Đặng Thị Ánh"]),
        ("098765", ["NGUYỄN THỊ VÂN"]),
        ("+84987", ["NGUYỄN THỊ VÂN"]),
        ("thuong tru", ["NGUYỄN THỊ VÂN"]),
        ("dang ky", ["NGUYỄN THỊ VÂN"]),
        ("nguyen chung thuc", ["Nguyễn Văn Thuý"]),
        ("chứng", ["Nguyễn Văn Thuý", "Đặng Thị Ánh"]),  # nobody is called so
        ("2.000815", ["Nguyễn Văn Thuý", "Đặng Thị Ánh"]),
        ("", ["NGUYỄN THỊ VÂN", "Nguyễn Văn Thuý", "Đặng Thị Ánh"]),
        ("không có ai", []),
        ('"', []),
        ("nguyen OR *", []),
        ("%", []),
    ],
)
def test_what_one_types_finds_the_newest_first(
    morning: Archive, find: FindDossiers, count: CountDossiers, typed: str, expected: list[str]
) -> None:
    assert names(find(typed)) == expected
    assert count(typed) == len(expected)


def test_a_name_changed_is_found_only_under_the_new_one(
    morning: Archive, find: FindDossiers, make_dossier
) -> None:
    put(morning, make_dossier(1, "Lý Thường Kiệt"))

    assert names(find("anh")) == []
    assert names(find("0912345")) == []
    assert names(find("ly thuong")) == ["Lý Thường Kiệt"]


def test_a_dossier_received_at_another_time_stands_there_and_nowhere_else(
    archive: Archive, find: FindDossiers, count: CountDossiers, make_dossier
) -> None:
    asked, other = make_dossier(1, "Lý Thường Kiệt"), make_dossier(2, "Lý Nam Đế")
    put(archive, asked, other, received := replace(asked, received_at=asked.received_at + timedelta(days=2)))

    assert list(find("ly")) == list(find("")) == [received, other]
    assert count("ly") == count("") == 2


def test_the_limit_keeps_the_newest(archive: Archive, find: FindDossiers, make_dossier) -> None:
    put(archive, *(make_dossier(n, f"Phạm Văn {'ABCDEFGH'[n]}") for n in range(1, 8)))

    assert names(find("pham", limit=2)) == ["Phạm Văn H", "Phạm Văn G"]


def test_a_step_looks_through_the_newest_alone_and_says_how_to_go_on(
    archive: Archive, make_dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FULL", 2)
    old = make_dossier(1, "Lý Nam Đế")
    put(archive, old, *(make_dossier(number, "Lê Lợi") for number in (2, 3, 4)))
    seek = SeekDossiers(archive, lambda: NOON, patience=0)

    first = seek("ly")
    assert (first.dossiers, bool(first.goes_on)) == ((), True)  # not "nothing": not looked at yet
    assert seek("ly", goes_on=first.goes_on) == FoundSoFar((old,))
    assert len(seek("").dossiers) == 4  # what stands in order of receipt is not looked for


def test_every_dossier_is_found_in_one_part_whenever_it_came_and_wherever_it_went(
    archive: Archive, find: FindDossiers, make_dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FULL", 2)
    first, late, moved, gone, last = (make_dossier(number, "Lê Lợi") for number in range(1, 6))
    put(archive, first, moved, gone, late, last)  # one came late, among older ones
    put(archive, replace(first, status=Status.RETURNED), replace(last, status=Status.RETURNED))
    put(archive, now := replace(moved, received_at=last.received_at + timedelta(days=1)))
    with archive.writing() as tx:
        dossiers.remove(tx, gone.id)

    assert [each.id for each in find("le")] == [each.id for each in (now, last, late, first)]
    assert len(find("le", wanted=RegisterFilter(status=Status.RETURNED))) == 2
    with archive.reading() as tx:
        counted = tx.exec_driver_sql("SELECT sum(dossiers), count(*) FROM parts").one()
    assert counted == (4, 3)


def test_a_part_that_takes_nothing_new_is_merged_while_the_next_one_grows(
    archive: Archive, find: FindDossiers, make_dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FULL", 8)
    for number in range(1, 16):
        put(archive, make_dossier(number, "Lê Lợi"))

    with archive.reading() as tx:
        merged = tx.exec_driver_sql("SELECT merged FROM parts ORDER BY number").scalars().all()
        pieces = tx.exec_driver_sql("SELECT count(DISTINCT segid) FROM finds1_idx").scalar_one()
    assert (merged, pieces) == ([2, 0], 1)
    assert len(find("le loi")) == 15


@pytest.mark.parametrize("typed", ["", "pham"])
def test_page_by_page_every_dossier_comes_once(
    archive: Archive, find: FindDossiers, make_dossier, typed: str
) -> None:
    put(archive, *(make_dossier(n, "Phạm Văn Mười") for n in range(1, 12)))
    pages: list[tuple[Dossier, ...]] = []
    after = ""

    while page := find(typed, 3, after=after):
        pages.append(page)
        after = page[-1].id

    assert [len(page) for page in pages] == [3, 3, 3, 2]
    assert [dossier for page in pages for dossier in page] == list(find(typed))


def test_a_dossier_received_meanwhile_moves_no_later_page(
    archive: Archive, find: FindDossiers, make_dossier
) -> None:
    put(archive, *(make_dossier(n, "Phạm Văn Mười") for n in range(1, 7)))
    first = find("", 3)
    put(archive, make_dossier(9, "Phạm Văn Mới"))

    second = find("", 3, after=first[-1].id)

    assert [dossier.code[-4:] for dossier in (*first, *second)] == [f"{n:04}" for n in range(6, 0, -1)]


@pytest.mark.parametrize("typed", ["", "pham"])
def test_a_page_is_read_where_it_begins_and_never_counted_off(
    archive: Archive, find: FindDossiers, make_dossier, typed: str
) -> None:
    put(archive, make_dossier(1, "Phạm Văn Mười"))
    asked: list[str] = []
    with archive.reading() as tx:
        tx.connection.driver_connection.set_trace_callback(asked.append)

    find(typed, 3, after=make_dossier(1, "").id)

    pages = [each for each in asked if each.startswith("SELECT") and "data" in each]
    with archive.reading() as tx:
        tx.connection.driver_connection.set_trace_callback(None)
        plans = [
            " ".join(row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}"))
            for statement in pages
        ]
    assert plans
    assert not any("OFFSET" in statement.upper() for statement in pages)
    assert not any("TEMP B-TREE" in plan or "SCAN dossiers" in plan for plan in plans)


def test_filters_and_words_have_to_hold_together(
    archive: Archive, find: FindDossiers, count: CountDossiers, make_dossier
) -> None:
    signed = replace(make_dossier(1, "Đặng Thị Ánh"), status=Status.SLIP_ISSUED, sending=SendState.SENT)
    hers = replace(make_dossier(2, "Đặng Văn Lâm"), received_by="Phạm Quang Vinh")
    moved = replace(
        make_dossier(3, "Nguyễn Văn Thuý"), procedure="1.004222", procedure_title="Đăng ký thường trú"
    )
    before = replace(make_dossier(4, "Lê Lợi"), received_at=NOON - timedelta(days=1))
    put(archive, signed, hers, moved, before)
    day = date(2026, 9, 28)

    def found(typed: str = "", **wanted: object) -> list[str]:
        asked = RegisterFilter(**wanted)
        listed = names(find(typed, wanted=asked))
        assert count(typed, asked) == len(listed)
        return listed

    assert found(status=Status.SLIP_ISSUED) == ["Đặng Thị Ánh"]
    assert found(unsent=True) == ["Nguyễn Văn Thuý", "Đặng Văn Lâm", "Lê Lợi"]
    assert found("dang", unsent=True) == ["Đặng Văn Lâm"]
    assert found(procedure="1.004222") == ["Nguyễn Văn Thuý"]
    assert found(procedure="9.999999") == []
    assert found(officer="Phạm Quang Vinh") == ["Đặng Văn Lâm"]
    assert found(officer="Ai khác") == []
    assert found(received_from=day) == ["Nguyễn Văn Thuý", "Đặng Văn Lâm", "Đặng Thị Ánh"]
    assert found(received_to=day - timedelta(days=1)) == ["Lê Lợi"]
    assert found("dang", received_from=day, received_to=day, status=Status.RECEIVED) == ["Đặng Văn Lâm"]


@pytest.mark.parametrize(
    ("minutes", "due"),
    [
        (-60 * 24 * 400, {Due.OVERDUE}),
        (-60 * 24 * 40, {Due.OVERDUE}),
        (-60 * 24, {Due.OVERDUE}),
        (-61, {Due.OVERDUE, Due.TODAY}),
        (-1, {Due.OVERDUE, Due.TODAY}),
        (0, {Due.TODAY}),
        (1, {Due.TODAY}),
        (60 * 11, {Due.TODAY}),
        (60 * 12, {Due.TOMORROW}),
        (60 * 36, set()),
        (60 * 24 * 40, set()),
        (60 * 24 * 365 * 30, set()),
    ],
)
def test_what_is_due_is_told_to_the_minute(
    archive: Archive, find: FindDossiers, make_dossier, minutes: int, due: set[Due]
) -> None:
    put(archive, replace(make_dossier(1, "Lê Lợi"), due_at=NOON + timedelta(minutes=minutes)))

    assert {each for each in Due if find("", wanted=RegisterFilter(due=each))} == due


def test_the_choices_are_what_the_dossiers_have(archive: Archive, make_dossier) -> None:
    first, second = make_dossier(1, "Một"), make_dossier(2, "Hai")
    put(archive, first, replace(second, procedure_title="Chứng thực bản sao điện tử", received_by="An"))

    listed = ListChoices(archive)()

    assert listed.procedures == (("2.000815", "Chứng thực bản sao điện tử"),)
    assert listed.officers == ("An", "Lê Thị Thu")


def test_a_search_that_is_wanted_no_more_breaks_off_in_the_middle(archive: Archive, make_dossier) -> None:
    put(archive, make_dossier(1, "Lê Lợi"))
    progress, asking = Progress(), threading.Event()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def cancel() -> None:
        asking.wait(30)
        progress.cancel()

    other = threading.Thread(target=cancel)
    other.start()
    with archive.reading(progress) as tx:
        asking.set()
        with pytest.raises(Cancelled):
            tx.exec_driver_sql(endless).all()
    other.join()

    find = FindDossiers(archive, lambda: NOON)
    assert len(find("", wanted=EVERYTHING, progress=Progress())) == 1  # the next one asks as ever
    with pytest.raises(Cancelled):
        find("le", progress=progress)


def test_two_dossiers_of_one_moment_keep_a_place_each(archive: Archive, make_dossier) -> None:
    first = make_dossier(1, "Một")
    with archive.writing() as tx:
        dossiers.save(tx, first)
        (place,) = tx.exec_driver_sql("SELECT place FROM dossiers").one()
        tx.exec_driver_sql("UPDATE dossiers SET id = 'other'")
        dossiers.save(tx, first)

        assert tx.exec_driver_sql("SELECT place FROM dossiers ORDER BY place").all() == [
            (place,),
            (place + 1,),
        ]
