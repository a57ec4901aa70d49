"""Every list is read by an index: what it costs does not grow with the number of dossiers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from clerk_app.domain.document import Document, DocumentKind, ProofLevel, SignatureField
from clerk_app.domain.dossier import Dossier, Gone, GoneBy, SendState, Status
from clerk_app.domain.register_filter import Due, RegisterFilter
from clerk_app.domain.turn import Turn
from clerk_app.services.find_dossiers import CountDossiers, FindDossiers
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.schema import metadata, moved
from tests.store.conftest import MORNING, MakeDossier

SMALL = {
    "parts",
    "procedures",
    "officers",
    "moved",
}  # as many rows as an office has procedures, officers, papers to take over
OF_WHAT_IS_TO_BE_DONE = {
    index.name
    for table in metadata.sorted_tables
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
FILTERS = (
    RegisterFilter(),
    RegisterFilter(status=Status.RECEIVED),
    RegisterFilter(unsent=True),
    RegisterFilter(procedure="2.000815"),
    RegisterFilter(officer="Lê Thị Thu"),
    RegisterFilter(received_from=MORNING.date(), received_to=MORNING.date()),
    *(RegisterFilter(due=due) for due in Due),
)
CLOSED = (Status.RETURNED, Status.REFUSED)
LISTS: dict[str, Callable[[Connection], object]] = {
    "received": dossiers.received,
    "prints_unfinished": dossiers.prints_unfinished,
    "sent_back": dossiers.sent_back,
    "with_turn": lambda tx: dossiers.with_turn(tx, SignatureField.LEADER),
    "unproven": dossiers.unproven,
    "moved": lambda tx: dossiers.moved_documents(tx, 10),
    "codes": lambda tx: dossiers.codes(tx, ["a", "b"]),
    "code_waits": dossiers.code_waits,
    "coded": lambda tx: dossiers.coded(tx, "H26.99.01-260928-0001"),
    "whole_and_closed": lambda tx: dossiers.whole_and_closed(tx, CLOSED, MORNING + timedelta(days=9), -1, 1),
}


@pytest.fixture
def plans(archive: Archive, make_dossier: MakeDossier) -> Callable[[Callable[[], object]], list[str]]:
    """Do something, and tell the steps by which the database looked for what was asked."""
    with archive.writing() as tx:
        for number in range(3):
            dossiers.save(tx, make_dossier(number, "Nguyễn Thị Ánh"))
    with archive.reading() as tx:
        connection: Any = tx.connection.driver_connection

    def steps(act: Callable[[], object]) -> list[str]:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        act()
        connection.set_trace_callback(None)
        selects = [each for each in asked if each.startswith("SELECT")]
        assert selects
        return [row[3] for each in selects for row in connection.execute(f"EXPLAIN QUERY PLAN {each}")]

    return steps


def scans(steps: list[str]) -> list[str]:
    """Return the steps that go through a whole table; a question to the index of tokens is none."""
    tables = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in step]
    whole = [step for step in tables if step.split()[1] not in SMALL and "finds1_" not in step]
    return [step for step in whole if step.split()[-1] not in OF_WHAT_IS_TO_BE_DONE]


@pytest.mark.parametrize(
    "wanted", FILTERS, ids=lambda wanted: ", ".join(f for f in wanted.__slots__ if getattr(wanted, f))
)
@pytest.mark.parametrize("text", ["", "nguyen a", "260928-0001", "01"])
def test_a_page_of_the_register_is_found_by_an_index(archive: Archive, plans, wanted, text: str) -> None:
    find, count = FindDossiers(archive, lambda: MORNING), CountDossiers(archive, lambda: MORNING)

    assert scans(plans(lambda: find(text, 50, wanted))) == []
    assert scans(plans(lambda: find(text, 50, wanted, after="0199b000-0000-7000-8000-000000000002"))) == []
    assert scans(plans(lambda: count(text, wanted))) == []


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_what_is_to_be_done_is_found_by_an_index(archive: Archive, plans, name: str) -> None:
    def read() -> None:
        with archive.reading() as tx:
            LISTS[name](tx)

    assert scans(plans(read)) == []


@pytest.fixture
def work(archive: Archive) -> Callable[[Callable[[], object]], int]:
    """Do something, and count what the database's machine does for it."""
    with archive.reading() as tx:
        connection: Any = tx.connection.driver_connection

    def counted(act: Callable[[], object]) -> int:
        done = 0

        def one_more() -> int:
            nonlocal done
            done += 1
            return 0

        connection.set_progress_handler(one_more, 1)
        act()
        connection.set_progress_handler(None, 1)
        return done

    return counted


def ended(made: Dossier) -> Dossier:
    """A dossier of which nothing is to be done any more."""
    slip = Document(
        f"slip-{made.id}", made.id, DocumentKind.SLIP, "0" * 64, tuple(SignatureField), proof=ProofLevel.TIME
    )
    return replace(
        made, status=Status.RETURNED, sending=SendState.SENT, documents=(slip,), gone=Gone(GoneBy.AGE)
    )


def under_way(made: Dossier) -> Dossier:
    """A dossier that stands in every list of what is to be done."""
    slip = Document(f"slip-{made.id}", made.id, DocumentKind.SLIP, "0" * 64, (SignatureField.OFFICER,))
    turned = replace(slip, turn=Turn(SignatureField.LEADER, "q3"), print_unfinished=True)
    back = replace(slip, id=f"back-{made.id}", turn=turned.turn, sent_back="Sai tên")
    return replace(made, provisional=True, documents=(turned, back))


def test_no_list_of_what_is_to_be_done_costs_more_when_ten_times_as_much_is_done(
    archive: Archive, work, make_dossier: MakeDossier
) -> None:
    def read(wanted: Callable[[Connection], object]) -> int:
        def act() -> None:
            with archive.reading() as tx:
                wanted(tx)

        return work(act)

    def put(*some: Dossier) -> None:
        with archive.writing() as tx:
            for dossier in some:
                dossiers.save(tx, dossier)
            tx.execute(moved.delete())

    put(*(under_way(make_dossier(number, "Lê Lợi")) for number in range(1, 4)))
    put(*(ended(make_dossier(number, "Lý Nam Đế")) for number in range(4, 34)))
    few = {name: read(wanted) for name, wanted in LISTS.items()}
    put(*(ended(make_dossier(number, "Lý Nam Đế")) for number in range(34, 334)))
    many = {name: read(wanted) for name, wanted in LISTS.items()}

    assert {name: (few[name], many[name]) for name in LISTS if many[name] > few[name] + 100} == {}
    every = "SELECT id FROM dossiers WHERE data LIKE '%x%'"
    assert read(lambda tx: tx.exec_driver_sql(every).all()) > 300  # such a one would be seen


def test_a_list_without_an_index_would_be_seen(archive: Archive, plans) -> None:
    def read() -> None:
        with archive.reading() as tx:
            tx.exec_driver_sql("SELECT id FROM dossiers WHERE data LIKE '%x%'").all()

    assert scans(plans(read)) == ["SCAN dossiers"]
