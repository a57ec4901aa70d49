"""A ward with a hub: received at one counter, seen at another, signed by the leader at a third, while the city is away."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.dossier import SendState
from clerk_app.domain.token_card import TypedPin
from clerk_app.furniture import Desk
from clerk_app.practice.central import RunningCentral, start_central
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import LEADER, OFFICER, PASSPHRASE, PIN, PracticePerson
from clerk_app.progress import Progress
from clerk_app.services.hub_house import HubFileThere, enrol_hub
from clerk_app.services.unlock import unlock
from clerk_app.settings import Settings
from tests.journeys.test_a_leaders_noon import fields, issue
from tests.leaks import files_in, leaks
from tests.second_counter import add_counter


@dataclass
class WardOffice:
    """The city's central system, the hub of the ward and its three counters, each on files of its own."""

    city: Callable[[], RunningCentral]
    hub_folder: Path
    one: Desk
    two: Desk
    leader: Desk

    @property
    def desks(self) -> tuple[Desk, ...]:
        return (self.one, self.two, self.leader)

    def exchange(self) -> None:
        for desk in self.desks:
            desk.exchange(Progress())

    def until_settled(self) -> None:
        """Exchange until nothing waits any more: the hub looks for the city by itself."""
        patience = time.monotonic() + 200
        while any(desk.sending().entries_waiting or desk.sending().files_waiting for desk in self.desks):
            assert time.monotonic() < patience, [desk.sending() for desk in self.desks]
            time.sleep(1)
            self.exchange()


def opened(stack: ExitStack, settings: Settings, person: PracticePerson) -> Desk:
    unlocked = unlock(settings.folder, person.officer.id, bytearray(PASSPHRASE.encode()))
    return stack.enter_context(open_desk(settings, unlocked))


@pytest.fixture
def ward(office: PracticeOffice, central: RunningCentral, tmp_path: Path) -> Iterator[WardOffice]:
    hub = tmp_path / "hub"
    hub.mkdir()
    enrol_hub(office.central, tmp_path / "hub.json")
    with pytest.raises(HubFileThere):
        enrol_hub(office.central, tmp_path / "hub.json")
    shutil.copy(tmp_path / "hub.json", hub / "hub.json")
    first = replace(office.settings(), further_turns="anywhere")
    others = [add_counter(first, office.central, tmp_path / name, name) for name in ("quay-05", "quay-07")]
    running = [central]

    def again() -> RunningCentral:
        running.append(start_central(office.central, office.central_port))
        return running[-1]

    with ExitStack() as stack:
        stack.callback(lambda: [each.stop() for each in running[1:]])
        hub_runs = start_central(hub, 0, upstream=f"http://127.0.0.1:{office.central_port}")
        stack.callback(hub_runs.stop)
        here = [replace(each, central=f"http://127.0.0.1:{hub_runs.port}") for each in (first, *others)]
        desks = [
            opened(stack, settings, who)
            for settings, who in zip(here, (OFFICER, OFFICER, LEADER), strict=True)
        ]
        yield WardOffice(again, hub, *desks)


@pytest.mark.timeout(600)
def test_a_slip_is_received_seen_and_signed_in_the_ward_and_settled_by_the_city_afterwards(
    ward: WardOffice, central: RunningCentral, office: PracticeOffice
) -> None:
    ward.exchange()
    ward.exchange()
    central.stop()  # the line to the city is cut

    slip = issue(ward.one, 1)
    ward.exchange()
    (listed,) = ward.leader.signing_room.turns.elsewhere()
    assert listed.document == slip
    assert [each.code for each in ward.two.find_dossiers(listed.code)] == [listed.code]
    ward.leader.signing_room.turns([slip])
    ward.exchange()  # the hub grants the turn, and has the paper
    room = ward.leader.signing_room
    (item,) = room.list()
    pin = TypedPin(ward.leader.token_cards()[0], bytearray(PIN.encode()))
    batch = room.sign([item.shown], pin, Progress())
    assert batch.signed
    ward.exchange()
    ward.exchange()
    dossier = batch.signed[0].dossier
    for desk in ward.desks:
        assert desk.dossier(dossier).status == ward.one.dossier(dossier).status
    assert fields(ward.one, slip) == ["CanBo", "LanhDao"]
    assert ward.one.dossier(dossier).sending is SendState.HELD
    sending = ward.one.sending()
    assert (sending.alone_since, sending.held > 0, sending.held) == (None, True, sending.entries_waiting)
    assert {line.sending for line in ward.two.history(dossier)} == {SendState.HELD}

    told = next(str(check.sentence) for check in ward.one.diagnose() if check.name == "central")
    assert f"Máy chủ phường giữ {sending.held} việc" in told

    ward.city()
    ward.until_settled()

    for desk in ward.desks:
        assert desk.dossier(dossier).sending is SendState.SENT
        assert {line.sending for line in desk.history(dossier)} == {SendState.SENT}
        assert desk.waiting() == ()
        assert desk.verify_journal().valid
        day = desk.reconcile_day()
        assert day.asked_at is not None
        found = [str(each.what) for line in day.lines for each in line.findings]
        assert set(found) <= {"Giấy hẹn chưa in lần nào."}
    secrets = json.loads((ward.hub_folder / "hub.json").read_text("utf-8")).values()
    hidden = [PIN, PASSPHRASE, *(each for each in secrets if isinstance(each, str) and len(each) > 40)]
    assert len(hidden) > 2  # what the hub shows to the city lies in its own file alone
    assert leaks(files_in(ward.hub_folder, but=[ward.hub_folder / "hub.json"]), hidden) == set()
    assert leaks(files_in(office.central, but=[office.central / "central.key"]), hidden[2:]) == set()
    logs = [ward.hub_folder / "central.log", office.central / "central.log"]
    assert leaks(logs, ["Đặng Thị", "0912345678", *hidden]) == set()
