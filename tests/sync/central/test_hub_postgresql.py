"""A hub on a real PostgreSQL, speaking to the city by itself while its counters work at once."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.sync.central.hub_desks import SIGNED, Desks, at_the_city, open_entries, seen
from tests.sync.central.test_exchange_postgresql import cluster, pytestmark
from tests.sync.central.told import ahead, numbered, series_of, today
from tests.sync.central.town import Town
from tests.sync.central.ward import Ward
from tests.sync.central.world import Counter, Enrolment

__all__ = ["cluster", "pytestmark"]


@pytest.fixture
def ward(town: Town, cluster: str, tmp_path: Path) -> Iterator[Ward]:
    ward = Ward(town, tmp_path / "ward", database=cluster, by_itself=True)
    yield ward
    ward.close()


@pytest.fixture
def desks(ward: Ward, opened: Callable[[Enrolment], Counter], tmp_path: Path) -> Desks:
    one, two, three = (opened(ward.enrol(tmp_path / name)) for name in ("one", "two", "three"))
    for desk in (one, two, three):
        desk.exchange(ahead(desk))
    return one, two, three


def test_counters_that_work_at_once_through_a_hub_on_postgresql_agree_with_the_city(
    ward: Ward, desks: Desks
) -> None:
    def work(desk: Counter) -> list[str]:
        received = []
        for number in range(12):
            received.append(desk.receive())
            if number % 3 == 0:
                desk.exchange(ahead(desk))
        desk.exchange(ahead(desk))
        return received

    ward.wan.down = True
    with ThreadPoolExecutor(3) as pool:
        subjects = [subject for each in pool.map(work, desks) for subject in each]
    taken = [numbered(desk, series_of(desk), today()) for desk in desks]
    assert len({*taken}) == len(desks)
    assert None not in taken
    for desk in desks:
        desk.exchange()
    for subject in subjects[:12]:
        desks[1].act(subject, "slip_signed", **SIGNED)
    desks[1].exchange()
    ward.wan.down = False
    patience = time.monotonic() + 200
    while any(open_entries(desk) for desk in desks):
        assert time.monotonic() < patience
        time.sleep(1)
        for desk in desks:
            desk.exchange()
    for subject in subjects:
        order = [kind for kind, _ in at_the_city(ward, subject)]
        assert {verdict for _, verdict in at_the_city(ward, subject)} == {"accepted"}
        assert [[entry.kind for entry in seen(desk, subject).entries] for desk in desks] == [order] * 3
    assert ward.town.registry.alarms(ward.unit) == []
    assert ward.registry.alarms(ward.unit) == []
