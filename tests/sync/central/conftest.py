"""A central system in another process for each module, and counters that are enrolled in it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sync.central.fake_network import FakeNetwork
from tests.sync.central.hub_desks import Desks, rounds
from tests.sync.central.town import Town
from tests.sync.central.ward import Ward
from tests.sync.central.world import (
    Counter,
    Enrolment,
    Registry,
    RunningCentral,
    a_setting,
    open_counter,
    open_registry,
    running_central,
)


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentral]:
    with running_central(a_setting(tmp_path_factory.mktemp("central"))) as central:
        yield central


@pytest.fixture(scope="module")
def registry(central: RunningCentral) -> Iterator[Registry]:
    with open_registry(central) as registry:
        yield registry


@pytest.fixture
def enrolment(registry: Registry, tmp_path: Path) -> Enrolment:
    return registry.enrol(tmp_path / "counter")


@pytest.fixture
def counter(enrolment: Enrolment) -> Iterator[Counter]:
    with open_counter(enrolment) as counter:
        yield counter


@pytest.fixture
def opened() -> Iterator[Callable[[Enrolment], Counter]]:
    """Open further counters; all are closed when the test ends."""
    with ExitStack() as stack:
        yield lambda enrolment: stack.enter_context(open_counter(enrolment))


@pytest.fixture
def network(central: RunningCentral) -> Iterator[FakeNetwork]:
    network = FakeNetwork(central.port)
    yield network
    network.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = Town(tmp_path_factory.mktemp("town"))
    yield town
    town.close()


@pytest.fixture
def pair(town: Town, opened: Callable[[Enrolment], Counter], tmp_path: Path) -> tuple[Counter, Counter]:
    """Two counters of one unit that know each other."""
    first = town.enrol(tmp_path / "first")
    one, two = opened(first), opened(town.enrol(tmp_path / "second", first.unit))
    for counter in (one, two, one):
        counter.exchange()
    return one, two


@pytest.fixture
def ward(town: Town, tmp_path: Path) -> Iterator[Ward]:
    ward = Ward(town, tmp_path / "ward")
    yield ward
    ward.close()


@pytest.fixture
def desks(ward: Ward, opened: Callable[[Enrolment], Counter], tmp_path: Path) -> Desks:
    """Two officers and a leader who have all been at work with an open line."""
    one, two, leader = (
        opened(ward.enrol(tmp_path / name, role))
        for name, role in (("one", "officer"), ("two", "officer"), ("leader", "leader"))
    )
    rounds(ward, (one, two, leader), 1)
    return one, two, leader
