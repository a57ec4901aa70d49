"""Central serves what the office imported: to a counter at its next exchange, and after every restart."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert

from clerk_app import catalogue as packaged
from clerk_app.desk import Desk
from clerk_app.domain.catalogue import Catalogue, read_catalogue, write_catalogue
from clerk_app.domain.catalogue_update import updated
from clerk_app.practice.office import PracticeOffice
from clerk_app.progress import Progress
from clerk_app.services.central_house import (
    CatalogueOvertaken,
    NoCentralThere,
    open_office_central,
    publish_catalogue,
    published_catalogue,
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


@pytest.fixture
def folder(office: PracticeOffice, tmp_path: Path) -> Path:
    return Path(shutil.copytree(office.central, tmp_path / "central"))


def test_a_counter_gets_it_at_the_next_exchange_from_a_central_that_went_on_running(
    online: Desk, receive, central
) -> None:
    dossier = receive(online)
    online.exchange(Progress())

    publish_catalogue(central.folder, write_catalogue(with_new_fee(PACKAGED)))
    online.exchange(Progress())

    law = online.find_procedures.law
    assert law.catalogue().get("1.004194", date(2026, 11, 26)).fees[0].amount == 99_000
    assert law.catalogue().version_of(dossier.procedure, dossier.procedure_version) is not None


def test_a_dossier_keeps_its_version_though_a_later_catalogue_lost_it(online: Desk, receive, central) -> None:
    online.exchange(Progress())
    dossier = receive(online)
    others = tuple(each for each in PACKAGED.procedures if each.code != dossier.procedure)
    for label in ("2098-01-01", "2099-01-01"):
        publish_catalogue(central.folder, write_catalogue(Catalogue(label, others, "office")))
        online.exchange(Progress())

    law = online.find_procedures.law
    assert law.catalogue().version_of(dossier.procedure, dossier.procedure_version) is None
    pinned = law.version_of(dossier.procedure, dossier.procedure_version)
    assert pinned is not None
    assert pinned.title == dossier.procedure_title
    assert law.version_of(dossier.procedure, "1999-01-01") is None


def test_a_catalogue_that_cannot_be_read_leaves_the_one_before_in_force(online: Desk, central) -> None:
    publish_catalogue(central.folder, write_catalogue(with_new_fee(PACKAGED)))
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
    ours = write_catalogue(with_new_fee(PACKAGED))
    first = publish_catalogue(folder, ours)

    for _ in range(2):
        with open_office_central(folder) as central:
            assert central.content_of("catalogue") == ours

    assert published_catalogue(folder) == ours
    assert publish_catalogue(folder, write_catalogue(with_new_fee(read_catalogue(ours)))) == first + 1


def test_an_older_catalogue_never_takes_the_place_of_a_newer_one(folder: Path) -> None:
    newer = with_new_fee(PACKAGED)
    publish_catalogue(folder, write_catalogue(newer))

    with pytest.raises(CatalogueOvertaken):
        publish_catalogue(folder, write_catalogue(replace(newer, version=PACKAGED.version)))
    assert published_catalogue(folder) == write_catalogue(newer)


def test_a_newer_program_brings_its_catalogue_where_nobody_imported_one(folder: Path) -> None:
    older = json.loads(packaged.load(packaged.PROCEDURES)) | {"version": "2026-01-01"}
    with open_office_central(folder) as central:
        central.publish_if("catalogue", lambda _: json.dumps(older).encode())

    assert published_catalogue(folder) == packaged.load(packaged.PROCEDURES)


def test_an_older_program_takes_nothing_back(folder: Path) -> None:
    newer = json.dumps(json.loads(packaged.load(packaged.PROCEDURES)) | {"version": "2099-01-01"}).encode()
    with open_office_central(folder) as central:
        central.publish_if("catalogue", lambda _: newer)

    assert published_catalogue(folder) == newer


def test_a_mistyped_folder_becomes_no_new_central(tmp_path: Path) -> None:
    with pytest.raises(NoCentralThere):
        published_catalogue(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
