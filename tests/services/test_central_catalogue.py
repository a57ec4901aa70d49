"""Central serves what the office imported: to a counter at its next exchange, and after every restart."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from clerk_app import catalogue as packaged
from clerk_app.domain.calendar import Calendar, SpecialDay, read_calendar, write_calendar
from clerk_app.domain.calendar_update import with_years
from clerk_app.domain.catalogue import Catalogue, read_catalogue, write_catalogue
from clerk_app.domain.catalogue_update import updated
from clerk_app.furniture import Desk
from clerk_app.practice.office import PracticeOffice
from clerk_app.progress import Progress
from clerk_app.services.central_house import (
    CALENDAR,
    CATALOGUE,
    NoCentralThere,
    Overtaken,
    Published,
    open_office_central,
    publish_content,
    published_content,
)
from sync.journal import published

PACKAGED = read_catalogue(packaged.load(packaged.PROCEDURES))
TODAY = date.today()  # noqa: DTZ011 - any day from the packaged catalogue's on


def with_new_fee(known: Catalogue) -> Catalogue:
    """Temporary residence costs 99.000 from tomorrow's label on."""
    old = next(each for each in known.procedures if each.code == "1.004194")
    fees = (replace(old.fees[0], amount=99_000), *old.fees[1:])
    ended = replace(old, valid_to=date(2026, 11, 25))
    new = replace(old, version="2026-11-26", valid_from=date(2026, 11, 26), fees=fees)
    return updated(known, [ended, new], TODAY)


def with_new_name(known: Catalogue) -> Catalogue:
    """A small change that may be made to a published version: one more everyday name."""
    first = known.procedures[0]
    return updated(known, [replace(first, keywords=(*first.keywords, "sao y giấy tờ"))], TODAY)


def put_out(folder: Path, after: Catalogue, instead_of: str = PACKAGED.version) -> int:
    return publish_content(Published(folder, CATALOGUE), write_catalogue(after), instead_of)


@pytest.fixture
def folder(office: PracticeOffice, tmp_path: Path) -> Path:
    return Path(shutil.copytree(office.central, tmp_path / "central"))


def test_a_counter_gets_it_at_the_next_exchange_from_a_central_that_went_on_running(
    online: Desk, receive, central
) -> None:
    dossier = receive(online)
    online.exchange(Progress())

    put_out(central.folder, with_new_fee(PACKAGED))
    online.exchange(Progress())

    law = online.find_procedures.law
    assert law.catalogue().get("1.004194", date(2026, 11, 26)).fees[0].amount == 99_000
    assert law.catalogue().version_of(dossier.procedure, dossier.procedure_version) is not None


def test_a_dossier_keeps_its_version_though_a_later_catalogue_lost_it(online: Desk, receive, central) -> None:
    online.exchange(Progress())
    dossier = receive(online)
    others = tuple(each for each in PACKAGED.procedures if each.code != dossier.procedure)
    for before, label in ((PACKAGED.version, "2098-01-01"), ("2098-01-01", "2099-01-01")):
        put_out(central.folder, Catalogue(label, others, "office"), before)
        online.exchange(Progress())

    law = online.find_procedures.law
    assert law.catalogue().version_of(dossier.procedure, dossier.procedure_version) is None
    pinned = law.version_of(dossier.procedure, dossier.procedure_version)
    assert pinned is not None
    assert pinned.title == dossier.procedure_title
    assert law.version_of(dossier.procedure, "1999-01-01") is None


def test_a_catalogue_that_cannot_be_read_leaves_the_one_before_in_force(online: Desk, central) -> None:
    put_out(central.folder, with_new_fee(PACKAGED))
    online.exchange(Progress())
    law = online.find_procedures.law
    with law.journal.writing() as tx:
        newest = published.latest(tx, "catalogue")
        assert newest is not None
        content = law.files.put(b"not a catalogue")
        tx.execute(
            insert(published.published).values(
                name="catalogue",
                version=newest.version + 1,
                etag='"x"',
                sha256=content,
                statement=b"",
                signature=b"",
            )
        )

    assert law.catalogue().get("1.004194", date(2026, 11, 26)).fees[0].amount == 99_000


def test_what_the_office_imported_stays_over_restarts(folder: Path) -> None:
    ours = with_new_fee(PACKAGED)
    first = put_out(folder, ours)

    for _ in range(2):
        with open_office_central(folder) as central:
            assert central.content_of("catalogue") == write_catalogue(ours)

    assert published_content(Published(folder, CATALOGUE)) == write_catalogue(ours)
    assert put_out(folder, with_new_name(ours), ours.version) == first + 1


def test_an_older_catalogue_never_takes_the_place_of_a_newer_one(folder: Path) -> None:
    newer = with_new_fee(PACKAGED)
    put_out(folder, newer)

    with pytest.raises(Overtaken):
        put_out(folder, replace(newer, version=PACKAGED.version), newer.version)
    assert published_content(Published(folder, CATALOGUE)) == write_catalogue(newer)


def test_two_imports_at_once_lose_nothing_of_each_other(folder: Path) -> None:
    first = with_new_fee(PACKAGED)
    put_out(folder, first)

    with pytest.raises(Overtaken):
        put_out(folder, replace(with_new_name(PACKAGED), version="2098-01-01"))
    assert published_content(Published(folder, CATALOGUE)) == write_catalogue(first)


def test_a_newer_program_brings_its_catalogue_where_nobody_imported_one(folder: Path) -> None:
    older = json.loads(packaged.load(packaged.PROCEDURES)) | {"version": "2026-01-01"}
    with open_office_central(folder) as central:
        central.publish_if("catalogue", lambda _: json.dumps(older).encode())

    assert published_content(Published(folder, CATALOGUE)) == packaged.load(packaged.PROCEDURES)


def test_an_older_program_takes_nothing_back(folder: Path) -> None:
    newer = json.dumps(json.loads(packaged.load(packaged.PROCEDURES)) | {"version": "2099-01-01"}).encode()
    with open_office_central(folder) as central:
        central.publish_if("catalogue", lambda _: newer)

    assert published_content(Published(folder, CATALOGUE)) == newer


def test_days_off_that_are_announced_reach_the_counter_s_due_times(online: Desk, central) -> None:
    online.exchange(Progress())
    before = read_calendar(published_content(Published(central.folder, CALENDAR)))
    off = SpecialDay(date(2027, 2, 9), "Tết", "Thông báo", confirmed=True)
    told = Calendar(hours=(), days_off=(off,), confirmed_years=frozenset({2027}))

    after = write_calendar(with_years(before, told, TODAY))
    publish_content(Published(central.folder, CALENDAR), after, before.version)
    online.exchange(Progress())

    due = online.work_out_deadline("1.001193", datetime(2027, 2, 8, 9, tzinfo=UTC))  # after 15:00 here
    assert (due.due_at, due.calendar_confirmed) == (datetime(2027, 2, 10, 10, 30, tzinfo=UTC), True)


def test_a_mistyped_folder_becomes_no_new_central(tmp_path: Path) -> None:
    with pytest.raises(NoCentralThere):
        published_content(Published(tmp_path / "nowhere", CATALOGUE))
    assert not (tmp_path / "nowhere").exists()
