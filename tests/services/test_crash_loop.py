"""kill -9, again and again, at every named point, with central in the picture: the promises hold over the whole life."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from clerk_app.desk import open_desk
from clerk_app.progress import Progress
from sync.journal import snapshots
from sync.second_place import left_at
from tests.services.crash_nursery import ANY_MOMENT, POINTS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the nursery forks its counters")
SHORT, LONG = 20, 400


@dataclass
class Life:
    """What the counters told their officers before they died."""

    received: dict[str, str] = field(default_factory=dict)  # dossier id -> code
    slips: dict[str, str] = field(default_factory=dict)  # document id -> dossier id
    printed: list[tuple[str, int]] = field(default_factory=list)
    chains: set[str] = field(default_factory=set)
    reached: Counter[str] = field(default_factory=Counter)

    def note(self, told: dict[str, object]) -> None:
        match told["what"]:
            case "received":
                self.received[str(told["id"])] = str(told["code"])
            case "slip":
                self.slips[str(told["id"])] = str(told["dossier"])
            case "printed":
                self.printed.append((str(told["id"]), int(str(told["copy"]))))
            case "news":
                assert told["news"] == [], "an alarm without a cause"
                self.chains.add(str(told["chain"]))
            case "failed":
                raise AssertionError(told["why"])


@pytest.fixture
def nursery(settings, central) -> Iterator[subprocess.Popen[str]]:
    script = Path(__file__).with_name("crash_nursery.py")
    child = subprocess.Popen(
        [sys.executable, str(script), str(settings.folder), central.address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield child
    child.kill()
    child.communicate()


def killed_at(nursery: subprocess.Popen[str], order: dict[str, object], life: Life) -> None:
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(json.dumps(order) + "\n")
    nursery.stdin.flush()
    for line in nursery.stdout:
        told = json.loads(line)
        if told["what"] == "killed":
            life.reached[str(order["point"])] += 1
            return
        life.note(told)
    raise AssertionError("the nursery has ended")


def orders(seed: random.Random, count: int) -> Iterator[dict[str, object]]:
    """Every point in turn, in an order of its own each time; two of five at any moment."""
    points: list[str] = []
    for _ in range(count):
        if not points:
            named = [point for point in POINTS if point != ANY_MOMENT]
            points = seed.sample(named, len(named)) + [ANY_MOMENT] * (len(named) // 2)
            seed.shuffle(points)
        yield {"point": points.pop(), "number": seed.choice((1, 1, 1, 2)), "seed": seed.randrange(2**32)}


@pytest.mark.timeout(7200)
def test_whatever_moment_a_counter_is_killed_at_every_promise_holds(
    settings, clerk, central, nursery, seed: random.Random, long_run: bool
) -> None:
    life = Life()
    for number, order in enumerate(orders(seed, LONG if long_run else SHORT), 1):
        killed_at(nursery, order, life)
        if number % 7 == 0:  # central dies as well, and comes back on its port
            central.stop()
            killed_at(nursery, next(orders(seed, 1)), life)
            central.start()
    online = replace(settings, central=central.address)
    with open_desk(online, clerk) as desk:
        for _ in range(2):
            desk.exchange(Progress())
        sending, notices = desk.sending(), desk.upkeep()
        dossiers = {dossier.id: dossier for dossier in desk.find_dossiers("", limit=100_000)}
        verdict = desk.verify_journal()
        kept = desk.upkeep.keeping.snapshots
        left = [box for each in left_at(settings.recovery.second_place) for box in each.boxes]

    assert (sending.entries_waiting, sending.parked, sending.files_waiting) == (0, 0, 0)
    assert notices == ()
    assert verdict.valid
    check_papers(life, dossiers)
    check_central(central, life, dossiers)
    assert len(life.chains) == 1
    assert all(snapshots.check(snapshot.path, kept.key).seq for snapshot in kept.every())
    assert left == []
    sys.stdout.write(f"{sum(life.reached.values())} kills, {len(life.received)} told, {len(dossiers)} kept\n")


def check_papers(life: Life, dossiers: dict[str, object]) -> None:
    """What was told is there under the number told, and no number nor copy was given twice."""
    codes = [dossier.code for dossier in dossiers.values()]
    assert len(set(codes)) == len(codes)
    assert {each: dossiers[each].code for each in life.received} == life.received
    assert len(set(life.printed)) == len(life.printed)
    documents = {each.id: each for dossier in dossiers.values() for each in dossier.documents}
    assert set(life.slips) <= set(documents)
    assert all(documents[each].prints >= copy for each, copy in life.printed)


def check_central(central, life: Life, dossiers: dict[str, object]) -> None:
    """Central has each act once, and nothing to ask a person."""
    assert central.count("alarms WHERE settled_at IS NULL") == 0
    assert central.count("entries WHERE kind = 'received' AND verdict = 'accepted'") == len(dossiers)
    assert central.count("entries") == central.count("(SELECT DISTINCT id FROM entries)")
    assert set(life.received) <= set(dossiers)
