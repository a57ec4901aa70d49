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
from tests.sync.central.paper_hall import OFFICE, PaperHall
from tests.sync.central.town import Town

DESKS = st.integers(0, 2)
OFFICERS = st.integers(0, 1)
SIGNERS = st.integers(1, 2)
FURTHER = ("ask", "take over", "begin", "end", "sign", "sign")
PICK = st.integers(0, 10_000)


class Days(RuleBasedStateMachine):
    """Days in the life of a unit."""

    town: ClassVar[Town]
    folder: ClassVar[Path]
    steps: ClassVar[Tally[str]]
    done: ClassVar[Tally[str]]  # what came of them
    numbers: ClassVar[Iterator[int]]
    short: ClassVar[tuple[int, int]] = (6, 50)  # lives, steps in each
    long: ClassVar[tuple[int, int]] = (130, 100)  # some lives end before their last step

    def __init__(self) -> None:
        super().__init__()
        self.life: Tally[str] = Tally()  # steps of this life alone: a row of steps must play the same again
        self.hall = self.new_hall(self.folder / f"hall-{next(self.numbers)}")

    def new_hall(self, folder: Path) -> PaperHall:
        return PaperHall(self.town, folder)

    def teardown(self) -> None:
        try:
            self.hall.make_peace()
            self.hall.check()
        finally:
            self.done.update(self.hall.done)
            self.done["signature without effect"] += self.hall.late
            self.hall.close()

    @rule(
        desk=OFFICERS, brings=st.sampled_from(("nothing", "a file", "papers", "papers")), online=st.booleans()
    )
    def a_citizen_comes(self, desk: int, brings: str, online: bool) -> None:
        self._count("received, online" if online else "received, alone")
        at = self.hall.desks[desk]
        if online:
            self.hall.exchange(at)
        self.hall.receive(at, with_file=brings == "a file", with_papers=brings == "papers")
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

    @precondition(lambda self: self.hall.subjects or self.hall.papered)
    @rule(pick=PICK)
    def the_leader_has_a_dossier_deleted(self, pick: int) -> None:
        self._count("redact")
        every = self.hall.subjects + self.hall.papered
        self.hall.redact(every[pick % len(every)])

    @precondition(lambda self: self.hall.papered)
    @rule(desk=OFFICERS, pick=PICK, what=st.sampled_from(("issue", "reissue", "return", "prove")))
    def at_the_counter(self, desk: int, pick: int, what: str) -> None:
        self._count(what)
        self.hall.at_the_counter(desk, pick, what)

    @precondition(lambda self: self.hall.papered)
    @rule(desk=SIGNERS, pick=PICK, what=st.sampled_from(FURTHER), online=st.booleans())
    def somebody_signs_further(self, desk: int, pick: int, what: str, online: bool) -> None:
        self._count(f"further, {what}")
        at = self.hall.desks[desk]
        if online:
            self.hall.exchange(at)
        self.hall.sign_further(desk, pick, what, online=online)
        if online:
            self.hall.exchange(at)

    @precondition(lambda self: self.hall.papered)
    @rule(desk=SIGNERS, pick=PICK, told=st.booleans())
    def two_sign_one_paper(self, desk: int, pick: int, told: bool) -> None:
        self._count("two sign")
        self.hall.two_sign_one(desk, pick, told=told)

    @precondition(lambda self: self.hall.papered)
    @rule(desk=DESKS, pick=PICK, what=st.sampled_from(("hand over", "take in", "recall", "give back")))
    def a_turn_goes_by_hand(self, desk: int, pick: int, what: str) -> None:
        self._count(what)
        self.hall.by_hand(desk, pick, what)

    @precondition(lambda self: self.hall.papered)
    @rule(desk=DESKS)
    def a_month_goes_by(self, desk: int) -> None:
        self._count("month")
        self.hall.a_month_goes_by(desk)

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
                self.hall.town.restart()
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
    town = Town(tmp_path, OFFICE)
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
    lives, steps = days.long if long_run else days.short
    days.town, days.folder, days.numbers = town, folder, itertools.count(1)
    days.steps, days.done = Tally(), Tally()
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
    taken, done = (
        ", ".join(f"{it} {count}" for it, count in sorted(each.items())) for each in (days.steps, days.done)
    )
    return f"\n{days.steps.total()} steps: {taken}\nThat made: {done}\n"
