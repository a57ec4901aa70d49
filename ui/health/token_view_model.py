"""Kiểm tra thẻ without its window: examine, find drivers, take one into use, export a bundle; one thing at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Signal

from clerk_app.domain.token_library import FoundDriver, FoundDrivers
from clerk_app.domain.verdict import Check, Health
from clerk_app.progress import Progress
from ui.one_work import OneWork
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class TokenCalls:
    """What the counter does for tokens; every call blocks."""

    examine: Callable[[Progress], tuple[Check, ...]]
    find: Callable[[Progress], FoundDrivers]
    choose: Callable[[str], FoundDriver]
    export: Callable[[Path, Progress], None]


class Shown(Enum):
    """Which list is on the screen."""

    CHECKS = auto()
    DRIVERS = auto()


class TokenViewModel(OneWork):
    """`checks` holds what is worst first, `found` what the last search showed."""

    chosen = Signal(object)  # FoundDriver: it now stands in the settings
    exported = Signal(object)  # Path

    def __init__(self, calls: TokenCalls, tasks: Tasks) -> None:
        super().__init__(tasks)
        self._calls = calls
        self.shown = Shown.CHECKS
        self.checks: tuple[Check, ...] = ()
        self.found = FoundDrivers((), "")

    def count(self, health: Health) -> int:
        """How many checks ended so."""
        return sum(each.health is health for each in self.checks)

    def driver(self, library: str) -> FoundDriver | None:
        """Return the driver that was found under a path."""
        return next((each for each in self.found.drivers if each.library == library), None)

    def examine(self) -> None:
        """Examine drivers, tokens and certificates."""
        self._start(self._calls.examine, self._on_examined)

    def examine_once(self) -> None:
        """Examine when nobody has yet."""
        if not self.checks and not self.found.drivers:
            self.examine()

    def find(self) -> None:
        """Search this computer for drivers and try each."""
        self._start(self._calls.find, self._on_found)

    def choose(self, library: str) -> None:
        """Try a driver and take it into the settings."""
        if library:
            self._start(lambda _: self._calls.choose(library), self._on_chosen)

    def export(self, path: str) -> None:
        """Examine anew and write the bundle."""
        if path:
            file = Path(path)
            self._start(
                lambda progress: self._calls.export(file, progress), lambda _: self._on_exported(file)
            )

    def _on_examined(self, checks: tuple[Check, ...]) -> None:
        worst_first = [Health.FAIL, Health.WARN, Health.OK]
        self.checks = tuple(sorted(checks, key=lambda each: worst_first.index(each.health)))
        self.shown = Shown.CHECKS

    def _on_found(self, found: FoundDrivers) -> None:
        self.found, self.shown = found, Shown.DRIVERS

    def _on_chosen(self, driver: FoundDriver) -> None:
        others = tuple(each for each in self.found.drivers if each.library != driver.library)
        self.found = FoundDrivers((driver, *others), self.found.checked, self.found.notes)
        self.shown = Shown.DRIVERS
        self.chosen.emit(driver)

    def _on_exported(self, file: Path) -> None:
        self.exported.emit(file)
