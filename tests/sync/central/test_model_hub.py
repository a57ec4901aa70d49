"""The same days with a hub in between, whose line to the city drops: the same promises, kept by three floors."""

import itertools
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule

from sync.journal import incarnation
from tests.sync.central.paper_hall import PaperHall
from tests.sync.central.test_model import Days, live, town
from tests.sync.central.town import Town
from tests.sync.central.ward_hall import WardHall

__all__ = ["town"]  # the fixture


class WardDays(Days):
    """Days in the life of a ward with a hub."""

    short = (2, 50)  # lives, steps in each: every step of theirs takes three times as long
    long = (24, 100)

    def new_hall(self, folder: Path) -> PaperHall:
        return WardHall(self.town, folder)

    @property
    def ward(self) -> WardHall:
        assert isinstance(self.hall, WardHall)
        return self.hall

    @rule(fault=st.sampled_from(("none", "none", "down", "lost", "cut")), amount=st.integers(1, 6))
    def the_hub_speaks_to_the_city(self, fault: str, amount: int) -> None:
        self._count(f"hub, {fault}")
        self.ward.hub_round(
            down=fault == "down",
            lost_answers=amount if fault == "lost" else 0,
            up=amount * 900 if fault == "cut" else None,
        )

    @rule(what=st.sampled_from(("back up", "back up", "put back", "restart")))
    def the_hub(self, what: str) -> None:
        if not self._is_time_for(f"hub, {what}", 15 if what == "back up" else 40):
            what = "none"
        self._count(f"hub, {what}")
        match what:
            case "back up":
                self.ward.back_up_hub()
            case "put back":
                self.ward.put_hub_back()
            case "none":
                self.ward.hub_round()
            case _:
                self.ward.ward.restart()


@pytest.fixture(autouse=True)
def _time_passes_between_two_lives_of_a_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = itertools.count(1)
    monkeypatch.setattr(incarnation, "office_minute", lambda _: next(minutes) % 1440)


@pytest.mark.timeout(7200)
def test_nothing_is_lost_doubled_or_invented_with_a_hub_in_between(
    town: Town, tmp_path: Path, seed: Random, long_run: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    told = live(WardDays, town, tmp_path, seed, long_run=long_run)
    with capsys.disabled():
        sys.stdout.write(told)
