"""The command line called in this process, on one practice office without its central system."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from clerk_app.cli import main
from clerk_app.practice.office import PracticeOffice
from tests.practice_office import new_office

QR = "001089000012||Trần Văn Được|14071989|Nam|Tổ 21, phường Luyện Tập|01012024"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> PracticeOffice:
    """The office at which commands work, one after the other: what one leaves the next one finds."""
    made = new_office(tmp_path_factory.mktemp("office") / "practice")
    shutil.copytree(made.folder, _as_made(made))
    return made


@pytest.fixture
def untouched(office: PracticeOffice) -> PracticeOffice:
    """The same office before anybody worked there, to be copied."""
    return PracticeOffice(_as_made(office))


def _as_made(office: PracticeOffice) -> Path:
    return office.folder.with_name("as-made")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Said]]:
    """Run a command as if typed; what it printed comes back."""

    def typed(*words: object) -> Said:
        try:
            code = main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    yield typed
    structlog.reset_defaults()


@pytest.fixture
def typed_pin() -> Iterator[Callable[[str], int]]:
    """Hand a PIN over as a descriptor that can be read once."""
    opened: list[int] = []

    def hand(pin: str) -> int:
        reading, writing = os.pipe()
        os.write(writing, f"{pin}\n".encode())
        os.close(writing)
        opened.append(reading)
        return reading

    yield hand
    for descriptor in opened:
        os.close(descriptor)


@pytest.fixture
def birth(office: PracticeOffice) -> list[object]:
    """The words that receive a birth registration with all its papers."""
    papers: Path = office.papers
    return [
        *("intake", "--data", office.counter, "--json", "--procedure", "1.001193", "--applicant-qr", QR),
        *("--paper", f"to-khai={papers / 'to-khai-khai-sinh.pdf'}"),
        *("--paper", f"giay-chung-sinh={papers / 'giay-chung-sinh.jpg'}"),
        *("--shown", "can-cuoc"),
    ]
