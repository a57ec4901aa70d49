"""A spreadsheet brings the catalogue up to date: all of it or nothing, and no published figure ever changes."""

from dataclasses import replace
from datetime import date

import pytest

from clerk_app import catalogue as packaged
from clerk_app.domain.calendar import Calendar, read_calendar
from clerk_app.domain.catalogue import Catalogue, read_catalogue, write_catalogue
from clerk_app.domain.catalogue_update import follows, next_label
from clerk_app.domain.procedure import Procedure
from clerk_app.services.import_catalogue import Imported, NothingToImport, import_catalogue
from clerk_app.spreadsheet.writing import write_spreadsheet
from tests.spreadsheet.sheets import cell, changed, put

TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return read_catalogue(packaged.load(packaged.PROCEDURES))


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return read_calendar(packaged.load(packaged.CALENDAR))


@pytest.fixture(scope="module")
def residence(known: Catalogue) -> Procedure:
    return known.get("1.004222", TODAY)


def told(done: Imported) -> list[tuple[str, int, str, str]]:
    return [(f.place.sheet, f.place.row, f.place.column, type(f.notice).__name__) for f in done.faults]


def dearer(residence: Procedure) -> tuple[Procedure, Procedure]:
    """The version in force until the end of the year, and the one after it with another fee."""
    fees = (replace(residence.fees[0], amount=25_000), *residence.fees[1:])
    new = replace(residence, version="2027-01-01", valid_from=date(2027, 1, 1), fees=fees)
    return replace(residence, valid_to=date(2026, 12, 31)), new


def test_the_same_catalogue_again_changes_nothing(known: Catalogue, calendar: Calendar) -> None:
    done = import_catalogue(write_spreadsheet(known.procedures), known, calendar, TODAY)

    assert done.catalogue is known
    assert (done.added, done.changed, done.faults) == ((), (), ())


def test_a_fee_that_changes_on_a_date_comes_as_a_new_version(
    known: Catalogue, calendar: Calendar, residence: Procedure
) -> None:
    done = import_catalogue(write_spreadsheet(dearer(residence)), known, calendar, TODAY)

    assert (done.faults, done.added, done.changed) == (
        (),
        (("1.004222", "2027-01-01"),),
        (("1.004222", residence.version),),
    )
    after = done.catalogue
    assert after.get("1.004222", date(2026, 12, 31)).fees[0].amount == 20_000
    assert after.get("1.004222", date(2027, 1, 1)).fees[0].amount == 25_000
    assert len(after.procedures) == len(known.procedures) + 1
    assert after.version == "2026-12-01"
    assert read_catalogue(write_catalogue(after)) == after


def test_a_published_figure_never_changes(known: Catalogue, calendar: Calendar, residence: Procedure) -> None:
    data = changed(write_spreadsheet([residence]), put("Lệ phí", 2, "Mức thu (đồng)", 25_000))
    done = import_catalogue(data, known, calendar, TODAY)

    assert told(done) == [("Thủ tục", 2, "Bản", "PublishedChanged")]
    assert done.catalogue is known


def test_what_a_published_figure_rests_on_may_be_confirmed(
    known: Catalogue, calendar: Calendar, residence: Procedure
) -> None:
    data = changed(write_spreadsheet([residence]), put("Giấy tờ", 3, "Nguồn", "Luật Cư trú Điều 21"))
    done = import_catalogue(data, known, calendar, TODAY)

    assert done.changed == (("1.004222", residence.version),)
    assert done.catalogue.get("1.004222", TODAY).papers[1].source == "Luật Cư trú Điều 21"


def test_a_new_version_that_overlaps_the_published_one_is_refused_at_its_row(
    known: Catalogue, calendar: Calendar, residence: Procedure
) -> None:
    done = import_catalogue(write_spreadsheet([dearer(residence)[1]]), known, calendar, TODAY)

    assert told(done) == [("Thủ tục", 2, "Hiệu lực từ", "VersionsOverlap")]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "fault"),
    [
        ("Lệ phí", 3, "Mức thu (đồng)", -5, "FeeNegative"),
        ("Thủ tục", 3, "Giờ chốt", "12:30", "CutOffOutsideHours"),
        ("Giấy tờ", 4, "Số bản", 100, "CountImpossible"),
        ("Miễn thu", 2, "Đối tượng được miễn", " ", "CellMissing"),
        ("Thủ tục", 3, "Mã thủ tục", "khai sinh", "CodeOdd"),
    ],
)
def test_an_impossible_figure_is_named_where_it_stands(
    known: Catalogue, calendar: Calendar, sheet: str, row: int, column: str, value: object, fault: str
) -> None:
    """The sheet holds a copy of residence (2 fees, 4 papers) and one of birth (2 fees, 9 papers)."""
    pair = [replace(known.get(code, TODAY), code=f"9{code[1:]}") for code in ("1.004222", "1.001193")]
    data = changed(write_spreadsheet(pair), put(sheet, row, column, value))
    done = import_catalogue(data, known, calendar, TODAY)

    assert (sheet, row, column, fault) in told(done)
    assert done.catalogue is known
    assert done.added == ()


def test_with_skip_bad_the_right_procedures_are_taken_and_the_others_named(
    known: Catalogue, calendar: Calendar
) -> None:
    pair = [replace(known.get(code, TODAY), code=f"9{code[1:]}") for code in ("1.004222", "1.001193")]
    data = changed(write_spreadsheet(pair), put("Lệ phí", 2, "Mức thu (đồng)", "nhiều"))
    done = import_catalogue(data, known, calendar, TODAY, skip_bad=True)

    assert done.added == (("9.001193", pair[1].version),)
    assert done.left == ("9.004222",)
    assert told(done) == [("Lệ phí", 2, "Mức thu (đồng)", "NumberUnclear")]
    assert len(done.catalogue.procedures) == len(known.procedures) + 1


def test_one_bad_version_leaves_its_whole_procedure_out(
    known: Catalogue, calendar: Calendar, residence: Procedure
) -> None:
    data = changed(write_spreadsheet(dearer(residence)), put("Thủ tục", 3, "Thời hạn", "?"))
    done = import_catalogue(data, known, calendar, TODAY, skip_bad=True)

    assert done.catalogue is known
    assert done.left == ("1.004222",)


@pytest.mark.parametrize("typed", [None, "1.999999"])
def test_a_paper_adrift_lets_nothing_be_skipped_because_some_procedure_lacks_it(
    known: Catalogue, calendar: Calendar, typed: str | None
) -> None:
    pair = [replace(known.get(code, TODAY), code=f"9{code[1:]}") for code in ("1.004222", "1.001193")]
    data = changed(write_spreadsheet(pair), put("Giấy tờ", 3, "Mã thủ tục", typed))
    done = import_catalogue(data, known, calendar, TODAY, skip_bad=True)

    assert done.catalogue is known
    assert done.added == ()
    assert [(sheet, row) for sheet, row, _, _ in told(done)] == [("Giấy tờ", 3)]


def test_nothing_is_ever_dropped(known: Catalogue, calendar: Calendar, residence: Procedure) -> None:
    done = import_catalogue(write_spreadsheet(dearer(residence)), known, calendar, TODAY)

    kept = {(each.code, each.version) for each in done.catalogue.procedures}
    assert {(each.code, each.version) for each in known.procedures} < kept


def test_an_empty_spreadsheet_is_refused_in_words(known: Catalogue, calendar: Calendar) -> None:
    with pytest.raises(NothingToImport):
        import_catalogue(write_spreadsheet(()), known, calendar, TODAY)


def test_a_formula_spoils_only_its_own_procedure(known: Catalogue, calendar: Calendar) -> None:
    pair = [replace(known.get(code, TODAY), code=f"9{code[1:]}") for code in ("1.004222", "1.001193")]

    def change(book: object) -> None:
        cell(book, "Giấy tờ", 2, "Tên giấy tờ").value = "=A1"  # type: ignore[arg-type]

    done = import_catalogue(changed(write_spreadsheet(pair), change), known, calendar, TODAY, skip_bad=True)
    assert (done.added, done.left) == ((("9.001193", pair[1].version),), ("9.004222",))


@pytest.mark.parametrize(
    ("label", "today", "following"),
    [
        ("2026-11-25", date(2026, 12, 1), "2026-12-01"),
        ("2026-12-01", date(2026, 12, 1), "2026-12-01.2"),
        ("2026-12-01.9", date(2026, 12, 1), "2026-12-01.10"),
        ("2027-01-01", date(2026, 12, 1), "2027-01-01.2"),  # a clock that went back
        ("bản đầu", date(2026, 12, 1), "2026-12-01"),
    ],
)
def test_labels_never_go_back(label: str, today: date, following: str) -> None:
    assert next_label(label, today) == following
    assert follows(following, label)
    assert not follows(label, following)
