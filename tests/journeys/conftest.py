"""One practice office for each file of journeys, with its central system in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from clerk_app.practice.central import RunningCentral, start_central
from clerk_app.practice.office import PracticeOffice, make_practice


@dataclass(frozen=True)
class Said:
    """What a command, in a process of its own, answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> PracticeOffice:
    return make_practice(tmp_path_factory.mktemp("journey") / "practice")


@pytest.fixture(scope="module")
def central(office: PracticeOffice) -> Iterator[RunningCentral]:
    running = start_central(office.central, office.central_port)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen of the office's size that nobody looks at."""
    if not all(map(shutil.which, ("Xvfb", "xdotool"))):
        pytest.skip("needs Xvfb and xdotool")
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert screen.stdout is not None
    yield f":{screen.stdout.readline().strip()}"
    screen.terminate()
    screen.wait(10)
    screen.stdout.close()


@pytest.fixture
def clerk_app(office: PracticeOffice) -> Callable[..., Said]:
    """Run `clerk-app COMMAND …` on the office's counter as a process; `pin` goes through a pipe of its own."""

    def run(*words: object, pin: str = "") -> Said:
        reading, writing = os.pipe()
        os.write(writing, pin.encode())
        os.close(writing)
        command = [sys.executable, "-m", "ui", *map(str, words), "--json"]
        if pin:
            command += ["--pin-fd", str(reading)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                encoding="utf-8",
                pass_fds=(reading,),
                env=os.environ | {"CLERK_APP_DATA": str(office.counter)},
                timeout=120,
                check=False,
            )
        finally:
            os.close(reading)
        return Said(done.returncode, done.stdout, done.stderr)

    return run
