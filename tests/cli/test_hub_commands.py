"""A ward's hub is enrolled by a file, runs in a folder of its own, and is no city."""

import json
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from clerk_app.practice.central import RunningCentral, free_port, start_central
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import UNIT
from sync.central import alarms
from sync.central.database import open_database
from tests.cli.conftest import Said

Run = Callable[..., Said]


@pytest.fixture
def city(office: PracticeOffice, tmp_path: Path) -> Path:
    folder = tmp_path / "city"
    shutil.copytree(office.central, folder)
    return folder


@pytest.fixture
def hub(run: Run, city: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "hub"
    folder.mkdir()
    made = run("central-hub", folder / "hub.json", "--into", city, "--json")
    assert (made.code, made.json["device"][:4]) == (0, "hub-")
    return folder


@pytest.fixture
def answering(city: Path) -> Iterator[RunningCentral]:
    running = start_central(city, 0)
    yield running
    running.stop()


def kind(said: Said) -> str:
    return str(said.json["error"]["kind"])


def test_the_file_of_a_hub_is_secret_and_never_written_over(run: Run, city: Path, hub: Path) -> None:
    file = hub / "hub.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text("utf-8"))["unit"] == UNIT.id
    assert kind(run("central-hub", file, "--into", city, "--json")) == "HubFileThere"
    unknown = run("central-hub", hub / "x.json", "--into", city, "--unit", "nowhere", "--json")
    assert kind(unknown) == "NoSuchUnit"
    assert UNIT.id in unknown.json["error"]["message"]
    assert not (hub / "x.json").exists()
    assert kind(run("central-hub", hub / "x.json", "--into", hub / "none", "--json")) == "NoCentralThere"


def a_counter(office: PracticeOffice, folder: Path) -> Path:
    """Return a folder with settings and nobody in it."""
    folder.mkdir()
    shutil.copy(office.counter / "settings.json", folder)
    return folder


def test_a_hub_has_to_reach_the_city_once_and_then_runs_without_it(
    run: Run, office: PracticeOffice, hub: Path, answering: RunningCentral, tmp_path: Path
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    alone = run("central", "--data", hub, "--upstream", nobody, "--json")
    assert kind(alone) == "CityNotReached"
    many = run("central", "--data", hub, "--upstream", nobody, "--workers", "2", "--json")
    assert kind(many) == "HubIsOneProcess"
    start_central(hub, 0, upstream=f"http://127.0.0.1:{answering.port}").stop()
    running = start_central(hub, 0, upstream=nobody)
    try:
        there = (
            "--central",
            f"http://127.0.0.1:{running.port}",
            "--data",
            a_counter(office, tmp_path / "counter"),
        )
        enrolled = run("enrol", "device", "--code", "7K2M-9QXD-4TRW", *there, "--json")
        sign_in = requests.get(f"{there[1]}/.well-known/openid-configuration", timeout=30)
    finally:
        running.stop()
    assert (enrolled.code, kind(enrolled)) == (4, "CityOutOfReach")
    assert (sign_in.status_code, sign_in.json()) == (404, {"reason": "sign_in_elsewhere"})


def test_a_hub_is_told_its_way_to_the_city_like_a_counter(run: Run, hub: Path) -> None:
    def started(line: dict[str, object]) -> Said:
        (hub / "settings.json").write_text(json.dumps({"line": line}), "utf-8")
        return run("central", "--data", hub, "--upstream", "https://127.0.0.1:9", "--json")

    assert kind(started({"ca_file": "goc.pem"})) == "RootsUnreadable"
    assert str(hub / "goc.pem") in started({"ca_file": "goc.pem"}).out
    assert kind(started({"proxy": "khong phai dia chi"})) == "SettingsBroken"
    unheeded = started({"proxy": "none", "file_mb_a_day": 50})
    assert (kind(unheeded), "line.file_mb_a_day" in unheeded.out) == ("SettingsBroken", True)
    assert kind(started({"proxy": "none"})) == "CityNotReached"


def test_no_code_makes_a_hub_a_counter(run: Run, city: Path, hub: Path) -> None:
    device = json.loads((hub / "hub.json").read_text("utf-8"))["device_id"]
    assert kind(run("central-enrol", "device", device, "--into", city, "--json")) == "DeviceIsHub"
    run("central-enrol", "revoke", "device", device, "--into", city, "--json")
    assert kind(run("central-enrol", "device", device, "--into", city, "--json")) == "DeviceIsHub"


def test_a_folder_is_either_a_hubs_or_a_citys(
    run: Run, city: Path, hub: Path, answering: RunningCentral, tmp_path: Path
) -> None:
    start_central(hub, 0, upstream=f"http://127.0.0.1:{answering.port}").stop()
    for said in (
        run("central", "--data", hub, "--json"),
        run("central", "--data", city, "--upstream", "http://127.0.0.1:9", "--json"),
        run("catalogue", "export", tmp_path / "x.xlsx", "--into", hub, "--json"),
        run("central-hub", tmp_path / "x.json", "--into", hub, "--json"),
    ):
        assert kind(said) == "NotThisRole"
    empty = tmp_path / "empty"
    assert (
        kind(run("central", "--data", empty, "--upstream", "http://127.0.0.1:9", "--json"))
        == "HubNotEnrolled"
    )


def test_who_is_known_is_told_to_the_city_and_not_to_a_hub_that_would_forget_it(
    run: Run, hub: Path, answering: RunningCentral
) -> None:
    start_central(hub, 0, upstream=f"http://127.0.0.1:{answering.port}").stop()
    officer = ("officer", "qt-01")
    for words in (("revoke", *officer), (*officer, "--role", "leader"), ("device", "quay-09")):
        assert kind(run("central-enrol", *words, "--into", hub, "--json")) == "NotThisRole"
    assert run("central-enrol", "list", "--into", hub, "--json").code == 0


def test_the_alarms_of_a_central_are_listed_until_they_are_over(run: Run, city: Path) -> None:
    assert run("central-alarms", "--into", city, "--json").code == 0
    database = open_database(f"sqlite:///{city / 'central.db'}")
    with database.writing() as tx:
        alarm = alarms.Alarm("malformed", "a" * 64, UNIT.id, "Trưởng bộ phận", b"no header", "device quay-01")
        alarms.raise_alarm(tx, alarm, datetime.now(UTC))
    said = run("central-alarms", "--into", city, "--json")
    [told] = said.json["alarms"]
    assert (said.code, said.json["hub"], told["alarm"], told["answers"]) == (
        *(1, False, "malformed"),
        "Trưởng bộ phận",
    )
    assert "Dữ liệu của việc này không đúng định dạng." in run("central-alarms", "--into", city).out
    with database.writing() as tx:
        alarms.settle(tx, "malformed", "a" * 64, datetime.now(UTC))
    database.close()
    assert run("central-alarms", "--into", city, "--json").json["alarms"] == []
    over = run("central-alarms", "--into", city, "--all", "--json")
    assert (over.code, len(over.json["alarms"])) == (0, 1)


def test_a_hub_is_backed_up_and_put_back_like_a_central_system(
    run: Run, hub: Path, answering: RunningCentral, tmp_path: Path
) -> None:
    address = f"http://127.0.0.1:{answering.port}"
    start_central(hub, 0, upstream=address).stop()
    copy = tmp_path / "hub.db"
    assert run("central-backup", copy, "--into", hub, "--json").code == 0
    assert run("central-restored", "--into", hub, "--from", copy, "--json").code == 0
    start_central(hub, 0, upstream=address).stop()
