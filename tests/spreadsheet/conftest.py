"""Spreadsheets as people send them: the packaged catalogue, exported, then changed cell by cell."""

import pytest

from clerk_app import catalogue as packaged
from clerk_app.domain.calendar import Calendar, read_calendar
from clerk_app.domain.catalogue import Catalogue, read_catalogue
from clerk_app.domain.procedure import Procedure
from clerk_app.spreadsheet.writing import write_spreadsheet


@pytest.fixture(scope="session")
def known() -> Catalogue:
    return read_catalogue(packaged.load(packaged.PROCEDURES))


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return read_calendar(packaged.load(packaged.CALENDAR))


@pytest.fixture(scope="session")
def residence(known: Catalogue) -> Procedure:
    return next(each for each in known.procedures if each.code == "1.004194")


@pytest.fixture(scope="session")
def one(residence: Procedure) -> bytes:
    """Temporary residence alone: four fees, three papers."""
    return write_spreadsheet([residence])
