"""Whether this counter is well, without its window."""

from collections.abc import Callable

from clerk_app.domain.verdict import Check, Health
from clerk_app.progress import Progress
from ui.one_work import OneWork
from ui.tasks import Tasks

Diagnose = Callable[[Progress], tuple[Check, ...]]


class HealthViewModel(OneWork):
    """`checks` holds what the last look found, what is worst first; `doing` names what is looked at now."""

    def __init__(self, diagnose: Diagnose, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._diagnose = diagnose
        self.checks: tuple[Check, ...] = ()

    def count(self, health: Health) -> int:
        """How many checks ended so."""
        return sum(each.health is health for each in self.checks)

    def look(self) -> None:
        """Look at everything, unless that is under way."""
        self._start(self._diagnose, self._on_found)

    def look_once(self) -> None:
        """Look at everything when nobody has yet."""
        if not self.checks:
            self.look()

    def _on_found(self, checks: tuple[Check, ...]) -> None:
        worst_first = [Health.FAIL, Health.WARN, Health.OK]
        self.checks = tuple(sorted(checks, key=lambda each: worst_first.index(each.health)))
