"""A line that is paid for by the byte: a limit a day, a pause by the officer, what the system says of the network."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.domain.sending import FilesOnTheLine
from clerk_app.furniture import Desk
from clerk_app.line_settings import LineSettings
from clerk_app.progress import Progress
from clerk_app.services.metered import AskedOfTheSystem, read_metering
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from sync.journal import references
from tests.services.conftest import RunningCentral

PAGE, BOOKLET = 100 * 1024, 700 * 1024  # bytes


def lay(desk: Desk, *sizes: int) -> None:
    """Let a file of each size wait for central."""
    with desk.waiting.journal.writing() as tx:
        for size in sizes:
            sha256 = desk.waiting_files.files.put(os.urandom(size))
            references.add(tx, sha256, references.OF_DOCUMENT + sha256, size)


def waiting(desk: Desk) -> list[int]:
    with desk.waiting.journal.reading() as tx:
        return [desk.waiting_files.files.size(sha256) for sha256 in references.not_uploaded(tx)]


def test_large_files_wait_while_they_are_paused_and_acts_and_pages_go(
    settings: Settings, central: RunningCentral, clerk: Unlocked, receive
) -> None:
    here = replace(settings, central=central.address)
    with open_desk(here, clerk) as desk:
        desk.pause_files(True)
        receive(desk)
        lay(desk, PAGE, BOOKLET)

        sending = desk.exchange(Progress())

        assert (sending.entries_waiting, waiting(desk)) == (0, [BOOKLET])
        assert sending.files == FilesOnTheLine(True, None, PAGE, 0, 1, BOOKLET)
    with open_desk(here, clerk) as desk:  # it holds over a restart
        assert desk.sending().files.paused
        desk.pause_files(False)

        assert desk.exchange(Progress()).files == FilesOnTheLine(sent_today=PAGE + BOOKLET)
        assert waiting(desk) == []


def test_a_day_has_its_limit_of_files(
    settings: Settings, central: RunningCentral, clerk: Unlocked, receive
) -> None:
    line = LineSettings(file_mb_a_day=1)
    with open_desk(replace(settings, central=central.address, line=line), clerk) as desk:
        lay(desk, BOOKLET, BOOKLET)

        sending = desk.exchange(Progress())
        receive(desk)

        assert (sending.files.sent_today, sending.files.limit) == (BOOKLET, 1024 * 1024)
        assert (sending.files.held, sending.files.held_size) == (1, BOOKLET)
        assert desk.exchange(Progress()).entries_waiting == 0
        assert waiting(desk) == [BOOKLET]


@pytest.mark.parametrize(("hold", "left"), [(True, [BOOKLET]), (False, [])])
def test_a_metered_network_holds_large_files_where_the_settings_say_so(
    settings: Settings,
    central: RunningCentral,
    clerk: Unlocked,
    monkeypatch: pytest.MonkeyPatch,
    hold: bool,
    left: list[int],
) -> None:
    monkeypatch.setattr(AskedOfTheSystem, "_ask", lambda _: True)
    line = LineSettings(hold_when_metered=hold)
    with open_desk(replace(settings, central=central.address, line=line), clerk) as desk:
        lay(desk, PAGE, BOOKLET)

        assert desk.exchange(Progress()).files.metered is True
        assert waiting(desk) == left


@pytest.mark.parametrize(
    ("said", "metered"),
    [
        ("no (guessed)\n\nunknown\n", False),
        ("no\nyes (guessed)\n", True),
        ("unknown\n", None),
        ("", None),
        ("Unrestricted\r\n", False),
        ("Fixed\r\n", True),
        ("Variable\r\n", True),
        ("Unknown\r\n", None),
    ],
)
def test_what_the_system_s_tools_say_is_read(said: str, metered: bool | None) -> None:
    assert read_metering(said) is metered


def test_the_system_is_asked_once_a_minute_and_what_it_cannot_say_is_not_known(tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    tool = tmp_path / "tool.py"
    tool.write_text(f"open({str(asked)!r}, 'a').write('x'); print('yes (guessed)')", "utf-8")
    now = [0.0]
    metering = AskedOfTheSystem((sys.executable, str(tool)), lambda: now[0])

    assert metering.known is None
    assert [metering(), metering()] == [True, True]
    assert (metering.known, asked.read_text("utf-8")) == (True, "x")
    now[0] = 61.0
    metering()
    assert asked.read_text("utf-8") == "xx"
    tool.write_text("raise SystemExit(1)", "utf-8")
    assert AskedOfTheSystem((sys.executable, str(tool)))() is None
    assert AskedOfTheSystem((str(tmp_path / "none"),))() is None
