"""`archive.growth_intake`: what a received dossier costs the archive when it holds a million, against ten thousand.

One transaction a dossier, as the projection keeps it: its row, its tokens, its place in the lists. The journal's share does
not grow with the number of dossiers and is not in it.
"""

import random
import time
from dataclasses import replace
from datetime import timedelta
from statistics import median

from bench.archives import NOW, SEED, Filled, a_dossier, archive_of
from bench.figure import Figure
from clerk_app.domain.dossier import Dossier, SendState, Status
from clerk_app.store import dossiers
from sync.entry import new_id

FEW, MOST = 10_000, 1_000_000
ROUNDS, EACH = 15, 20


def growth_intake() -> Figure:
    """Measure in turn: some dossiers into the large archive, the same into the small one."""
    chance = random.Random(SEED + 3)  # noqa: S311 - the same dossiers each time
    large, small = archive_of(MOST), archive_of(FEW)
    pairs = []
    for number in range(ROUNDS + 1):
        new = [a_new_dossier(number * EACH + each, chance) for each in range(EACH)]
        pair = _cost(large, new), _cost(small, new)
        pairs += [pair] if number else []  # the first one warms both
    ours, theirs = zip(*pairs, strict=True)
    return Figure("ms CPU", "the same into an archive of 10,000", ours, theirs, ("sqlcipher3", "SQLAlchemy"))


def a_new_dossier(number: int, chance: random.Random) -> Dossier:
    """Make a dossier that comes in now and waits to be sent."""
    made = a_dossier(number, 10**9, chance)
    moment = NOW + timedelta(seconds=number)
    coming = {"received_at": moment, "sending": SendState.WAITING, "status": Status.RECEIVED}
    return replace(made, id=new_id(), code=f"H26.99.01-new-{number}", **coming)


def _cost(filled: Filled, new: list[Dossier]) -> float:
    costs = []
    for dossier in new:
        begun = time.process_time()
        with filled.archive.writing() as tx:
            dossiers.save(tx, dossier)
        costs.append((time.process_time() - begun) * 1e3)
    return median(costs)
