"""Finding a dossier as one types."""

import pytest

from clerk_app.domain.dossier import Dossier
from clerk_app.store import dossiers, search
from clerk_app.store.archive import Archive


@pytest.fixture
def morning(archive: Archive, make_dossier) -> Archive:
    with archive.writing() as tx:
        dossiers.save(tx, make_dossier(1, "Đặng Thị Ánh", id_number="001188012345", phone="0912 345 678"))
        dossiers.save(tx, make_dossier(2, "Nguyễn Văn Thuý", submitter="Trần Đức Long"))
        dossiers.save(tx, make_dossier(3, "NGUYỄN THỊ VÂN", code="TAM-Q3-260928-0001", phone="+84987654321"))
    return archive


def names(found: tuple[Dossier, ...]) -> list[str]:
    return [dossier.applicant.owner.name for dossier in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dang", ["Đặng Thị Ánh"]),
        ("đặng thi a", ["Đặng Thị Ánh"]),
        ("nguyen v", ["NGUYỄN THỊ VÂN", "Nguyễn Văn Thuý"]),
        ("nguyen thi v", ["NGUYỄN THỊ VÂN"]),
        ("duc long", ["Nguyễn Văn Thuý"]),
        ("h26.99.01-260928-0001", ["Đặng Thị Ánh"]),
        ("260928-0002", ["Nguyễn Văn Thuý"]),
        ("tam-q3", ["NGUYỄN THỊ VÂN"]),
        ("8-0002", ["Nguyễn Văn Thuý"]),
        ("002", ["Nguyễn Văn Thuý"]),
        ("0001", ["NGUYỄN THỊ VÂN", "Đặng Thị Ánh"]),
        ("001188012345", ["Đặng Thị Ánh"]),
        ("0011880", ["Đặng Thị Ánh"]),
        ("0912345", ["Đặng Thị Ánh"]),
        ("0912 345", ["Đặng Thị Ánh"]),
        ("098765", ["NGUYỄN THỊ VÂN"]),
        ("", ["NGUYỄN THỊ VÂN", "Nguyễn Văn Thuý", "Đặng Thị Ánh"]),
        ("không có ai", []),
        ('"', []),
        ("nguyen OR *", []),
        ("%", []),
    ],
)
def test_what_one_types_finds_the_newest_first(morning: Archive, typed: str, expected: list[str]) -> None:
    with morning.reading() as tx:
        found = search.find(tx, typed)

    assert names(found) == expected


def test_a_name_changed_is_found_only_under_the_new_one(morning: Archive, make_dossier) -> None:
    with morning.writing() as tx:
        dossiers.save(tx, make_dossier(1, "Lý Thường Kiệt"))

    with morning.reading() as tx:
        assert names(search.find(tx, "dang")) == []
        assert names(search.find(tx, "0912345")) == []
        assert names(search.find(tx, "ly thuong")) == ["Lý Thường Kiệt"]


def test_the_limit_keeps_the_newest(archive: Archive, make_dossier) -> None:
    with archive.writing() as tx:
        for n in range(1, 8):
            dossiers.save(tx, make_dossier(n, f"Phạm Văn {'ABCDEFGH'[n]}"))

    with archive.reading() as tx:
        assert names(search.find(tx, "pham", limit=2)) == ["Phạm Văn H", "Phạm Văn G"]


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
