"""Two counters, a leader and central, and chance: whatever happens to them, nothing is lost, doubled or invented.

Hypothesis chooses the steps and makes a failing row of them as short as it can; `--seed` repeats a run.
"""

import itertools
import sys
from collections import Counter as Tally
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as start_with
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from sync.journal import incarnation
from tests.sync.central.town import Town
from tests.sync.central.town_hall import Hall

DESKS = st.integers(0, 2)
OFFICERS = st.integers(0, 1)
PICK = st.integers(0, 10_000)
SHORT = (6, 50)  # lives, steps in each
LONG = (110, 100)


class Days(RuleBasedStateMachine):
    """Days in the life of a unit."""

    town: ClassVar[Town]
    folder: ClassVar[Path]
    steps: ClassVar[Tally[str]]
    numbers: ClassVar[Iterator[int]]

    def __init__(self) -> None:
        super().__init__()
        self.life: Tally[str] = Tally()  # steps of this life alone: a row of steps must play the same again
        self.hall = self.new_hall(self.folder / f"hall-{next(self.numbers)}")

    def new_hall(self, folder: Path) -> Hall:
        return Hall(self.town, folder)

    def teardown(self) -> None:
        try:
            self.hall.make_peace()
            self.hall.check()
        finally:
            self.hall.close()

    @rule(desk=OFFICERS, with_file=st.booleans(), online=st.booleans())
    def a_citizen_comes(self, desk: int, with_file: bool, online: bool) -> None:
        self._count("received, online" if online else "received, alone")
        at = self.hall.desks[desk]
        if online:
            self.hall.exchange(at)
        self.hall.receive(at, with_file=with_file)
        if online:
            self.hall.exchange(at)

    @precondition(lambda self: self.hall.subjects)
    @rule(desk=OFFICERS, pick=PICK, what=st.sampled_from(("sign", "withdraw", "change", "note")))
    def an_officer_goes_on(self, desk: int, pick: int, what: str) -> None:
        self._count(what)
        hall = self.hall
        at, subject = hall.desks[desk], hall.subjects[pick % len(hall.subjects)]
        match what:
            case "sign":
                hall.move(at, subject, "slip_signed", "slip_issued")
            case "withdraw":
                hall.move(at, subject, "withdrawn", "withdrawn")
            case "change":
                hall.change(at, subject)
            case _:
                hall.note(at, subject)

    @precondition(lambda self: self.hall.subjects)
    @rule(pick=PICK)
    def the_leader_approves(self, pick: int) -> None:
        self._count("approve")
        hall = self.hall
        hall.move(hall.desks[2], hall.subjects[pick % len(hall.subjects)], "approved", "approved")

    @precondition(lambda self: self.hall.subjects)
    @rule(pick=PICK)
    def the_leader_has_a_dossier_deleted(self, pick: int) -> None:
        self._count("redact")
        self.hall.redact(self.hall.subjects[pick % len(self.hall.subjects)])

    @rule(
        desk=DESKS,
        fault=st.sampled_from(("none", "down", "lost", "cut")),
        amount=st.integers(1, 4),
    )
    def a_round(self, desk: int, fault: str, amount: int) -> None:
        self._count(f"round, {fault}")
        self.hall.exchange(
            self.hall.desks[desk],
            down=fault == "down",
            lost_answers=amount if fault == "lost" else 0,
            up=amount * 900 if fault == "cut" else None,
        )

    @rule(desk=DESKS, what=st.sampled_from(("settle", "restart", "second", "copy", "put back", "clone")))
    def at_a_desk(self, desk: int, what: str) -> None:
        self._count(what)
        at = self.hall.desks[desk]
        match what:
            case "settle":
                self.hall.settle(at)
            case "restart":
                self.hall.restart(at)
            case "second":
                self.hall.second_process(at)
            case "copy":
                self.hall.copy(at)
            case "put back":
                self.hall.put_back(at)
            case _:
                self.hall.clone(at)

    @rule(desk=DESKS, days=st.integers(-2, 2))
    def a_clock_is_moved(self, desk: int, days: int) -> None:
        self._count("clock")
        self.hall.wind(self.hall.desks[desk], days)

    @rule(what=st.sampled_from(("back up", "back up", "put back", "restart", "revoke", "revoke")), desk=DESKS)
    def central(self, what: str, desk: int) -> None:
        if what == "restart" and not self._is_time_for("central, restart", 50):
            what = "back up"
        self._count(f"central, {what}")
        match what:
            case "back up":
                self.hall.back_up()
            case "put back":
                self.hall.restore_central()
            case "restart":
                self.town.restart()
            case _:
                self.hall.revoke(self.hall.desks[desk])

    @precondition(lambda self: self._is_time_for("peace", 15))
    @rule()
    def all_is_quiet(self) -> None:
        self._count("peace")
        self.hall.make_peace()
        self.hall.check()

    def _is_time_for(self, step: str, every: int) -> bool:
        """Whether a step that takes longer than all others together was not taken for long."""
        return self.life[step] * every < self.life.total()

    def _count(self, step: str) -> None:
        self.life[step] += 1
        self.steps[step] += 1


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


@pytest.fixture(autouse=True)
def _time_passes_between_two_lives_of_a_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Provisional numbers of a second life begin above those of an earlier one by the minute."""
    minutes = itertools.count(1)
    monkeypatch.setattr(incarnation, "office_minute", lambda _: next(minutes) % 1440)


@pytest.mark.timeout(7200)
def test_nothing_is_lost_doubled_or_invented(
    town: Town, tmp_path: Path, seed: Random, long_run: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    told = live(Days, town, tmp_path, seed, long_run=long_run)
    with capsys.disabled():
        sys.stdout.write(told)


def live(days: type[Days], town: Town, folder: Path, seed: Random, *, long_run: bool) -> str:
    """Let chance choose, and say which steps were taken."""
    lives, steps = LONG if long_run else SHORT
    days.town, days.folder, days.steps, days.numbers = town, folder, Tally(), itertools.count(1)
    start_with(seed.getrandbits(32))(days)
    run_state_machine_as_test(
        days,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink) if long_run else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
    told = ", ".join(f"{step} {count}" for step, count in sorted(days.steps.items()))
    return f"\n{days.steps.total()} steps: {told}\n"
