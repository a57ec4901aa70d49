"""A practice office made once, and for each test a counter of its own with real files and real tokens."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.document import ShownDocument, shown
from clerk_app.domain.dossier import Dossier, Draft
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.token_card import TypedPin
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.practice.office import PracticeOffice
from clerk_app.services.unlock import Unlocked, unlock
from clerk_app.settings import Settings, read_settings
from tests import nursery
from tests.practice_office import new_office
from tests.second_counter import add_counter
from tests.services.two_counters import Pair

OpenDesk = Callable[..., AbstractContextManager[Desk]]

PROCEDURE = "1.004222"  # Đăng ký thường trú: by appointment, three papers
PAPERS = ("ct01", "giay-to-cho-o", "can-cuoc")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> PracticeOffice:
    return new_office(tmp_path_factory.mktemp("office") / "practice")


@pytest.fixture(scope="session")
def everybody(office: PracticeOffice) -> dict[str, Unlocked]:
    """Every officer, unlocked once: argon2 is slow on purpose."""
    return {
        person.officer.id: unlock(office.counter, person.officer.id, bytearray(people.PASSPHRASE.encode()))
        for person in people.PEOPLE
    }


@pytest.fixture
def settings(office: PracticeOffice, tmp_path: Path) -> Settings:
    """The settings of a counter that has received nothing yet; central is not running."""
    folder = tmp_path / "counter"
    shutil.copytree(office.counter, folder)
    (tmp_path / "second-place").mkdir()
    return replace(read_settings(folder), central="http://127.0.0.1:9")


@pytest.fixture
def clerk(everybody: dict[str, Unlocked]) -> Unlocked:
    return everybody[people.OFFICER.officer.id]


@pytest.fixture
def leader(everybody: dict[str, Unlocked]) -> Unlocked:
    return everybody[people.LEADER.officer.id]


@pytest.fixture
def registrar(everybody: dict[str, Unlocked]) -> Unlocked:
    return everybody[people.REGISTRAR.officer.id]


@pytest.fixture
def open_again(settings: Settings, clerk: Unlocked) -> OpenDesk:
    return partial(open_desk, settings, clerk)


@pytest.fixture
def desk(open_again: OpenDesk) -> Iterator[Desk]:
    with open_again() as opened:
        yield opened


@pytest.fixture
def pin() -> Callable[[Desk], TypedPin]:
    """Type the PIN for the token that an unlocked desk shows first."""
    return lambda desk: TypedPin(desk.token_cards()[0], bytearray(people.PIN.encode()))


@pytest.fixture
def seal_pin() -> Callable[[Desk], TypedPin]:
    """Type the PIN for the agency's token."""
    return lambda desk: TypedPin(desk.seal_cards()[0], bytearray(people.PIN.encode()))


@pytest.fixture
def looked_at() -> Callable[..., list[ShownDocument]]:
    """Open documents on a desk's screen, as they are now."""
    return lambda desk, *ids: [shown(each, desk.slip_pdf(each)) for each in ids]


@pytest.fixture
def fill() -> Callable[..., Draft]:
    """Fill a draft that may be received."""

    def filled(desk: Desk, name: str = "Đặng Thị Ánh", **more: object) -> Draft:
        laid = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in PAPERS)
        owner = Person(name=name, id_number="001188012345", phone="0912345678")
        draft = replace(desk.start_draft(), procedure=PROCEDURE, applicant=Applicant(owner), papers=laid)
        return desk.save_draft(replace(draft, **more))

    return filled


@pytest.fixture
def receive(fill: Callable[..., Draft]) -> Callable[..., Dossier]:
    return lambda desk, name="Đặng Thị Ánh", **more: desk.receive_dossier(fill(desk, name, **more))


class RunningCentral:
    """Central in a process of its own, on data of its own; may be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self._child: nursery.Child | None = None

    def start(self) -> str:
        port = self.address.rpartition(":")[2]
        self._child = nursery.begin("tests.services.run_central", str(self.folder), port)
        self.address = f"http://127.0.0.1:{int(self._child.says())}"
        return self.address

    def stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None

    def count(self, question: str) -> int:
        """Ask the database how many rows there are."""
        with closing(sqlite3.connect(self.folder / "central.db")) as database:
            (found,) = database.execute(f"SELECT count(*) FROM {question}").fetchone()  # noqa: S608 - of this test
        return int(found)


@pytest.fixture
def central(office: PracticeOffice, tmp_path: Path) -> Iterator[RunningCentral]:
    folder = tmp_path / "central"
    shutil.copytree(office.central, folder)
    running = RunningCentral(folder)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def online(settings: Settings, central: RunningCentral, clerk: Unlocked) -> Iterator[Desk]:
    """A desk whose central answers."""
    with open_desk(replace(settings, central=central.address), clerk) as opened:
        yield opened


class SteppingClock:
    """A clock that stands until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def wall(self) -> datetime:
        return self._now

    def boot(self) -> str:
        return "boot"

    def monotonic(self) -> int:
        return int(self._now.timestamp() * 1000)

    def move(self, by: timedelta) -> None:
        self._now += by


@pytest.fixture
def clock() -> SteppingClock:
    now = datetime.now(UTC)
    return SteppingClock(now.replace(microsecond=0))


@pytest.fixture(params=["here", pytest.param("anywhere", marks=pytest.mark.long)])
def turns(request: pytest.FixtureRequest) -> str:
    """Where a unit lets further turns be signed."""
    return request.param


@pytest.fixture
def pair(
    settings: Settings, turns: str, tmp_path: Path, central: RunningCentral, clerk: Unlocked, leader: Unlocked
) -> Iterator[Pair]:
    """Two counters that have heard of each other and lost central since."""
    first = replace(settings, central=central.address, further_turns=turns)
    there = add_counter(first, central.folder, tmp_path / "upstairs", "quay-05")
    stick = tmp_path / "stick"
    stick.mkdir()
    with open_desk(first, clerk) as hall, open_desk(there, leader) as upstairs:
        pair = Pair(hall, upstairs, stick, central)
        pair.rounds(hall, upstairs)
        central.stop()
        hall.sending.lost()
        upstairs.sending.lost()
        yield pair
