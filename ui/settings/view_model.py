"""The settings as they are being changed, without their window."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from clerk_app.errors import Notice
from clerk_app.papers.scanner import ScannerInfo
from clerk_app.services.change_settings import ChangeSettings, Choices, Remarks, mistakes, tidied, warnings
from ui.tasks import Lane, Task, Tasks


@dataclass(frozen=True, slots=True)
class SettingsCalls:
    """The part of the desk that this screen needs; all block."""

    settings: ChangeSettings
    list_scanners: Callable[[], tuple[ScannerInfo, ...]]
    list_printers: Callable[[], tuple[str, ...]]


class SettingsViewModel(QObject):
    """`choices` is what stands in the fields, None before the file was read; `saved` comes after a write."""

    changed = Signal()
    saved = Signal()

    def __init__(self, calls: SettingsCalls, tasks: Tasks) -> None:
        super().__init__()
        self._calls, self._tasks = calls, tasks
        self._written: Choices | None = None
        self._running: Task | None = None
        self.choices: Choices | None = None
        self.scanners: tuple[ScannerInfo, ...] = ()
        self.looked_for_scanners = False
        self.printers: tuple[str, ...] = ()
        self.notice: Notice | None = None

    @property
    def busy(self) -> bool:
        """Whether the file is read or written, or scanners are looked for."""
        return self._running is not None

    @property
    def dirty(self) -> bool:
        """Whether something differs from the file."""
        return self.choices is not None and tidied(self.choices) != self._written

    @property
    def mistakes(self) -> Remarks:
        """What keeps it from being saved, by the name of the choice."""
        return mistakes(tidied(self.choices)) if self.choices else {}

    @property
    def warnings(self) -> Remarks:
        """What may stay and is worth a look."""
        return warnings(tidied(self.choices)) if self.choices else {}

    def refresh(self) -> None:
        """Read the file, unless something was typed that is not saved yet."""
        if self.dirty or self.busy:
            return
        self._start(Lane.ARCHIVE, self._calls.settings.read).succeeded.connect(self._on_read)

    def put(self, name: str, value: str | bool) -> None:
        """Take what was typed into a field, chosen or ticked."""
        if self.choices is not None:
            typed: dict[str, Any] = {name: value}
            self.choices = replace(self.choices, **typed)
            self.changed.emit()

    def add_token(self, path: str) -> None:
        """Take a driver in; one that is there already stays once."""
        if self.choices is not None and path and path not in self.choices.tokens:
            self.choices = replace(self.choices, tokens=(*self.choices.tokens, path))
            self.changed.emit()

    def drop_token(self, path: str) -> None:
        """Let a driver go."""
        if self.choices is not None:
            left = tuple(each for each in self.choices.tokens if each != path)
            self.choices = replace(self.choices, tokens=left)
            self.changed.emit()

    def undo(self) -> None:
        """Put back what stands in the file."""
        if self._written is not None:
            self.choices, self.notice = self._written, None
            self.changed.emit()

    def save(self) -> None:
        """Write the choices."""
        choices = self.choices
        if choices is None or self.busy:
            return
        task = self._start(Lane.ARCHIVE, lambda: self._calls.settings(choices))
        task.succeeded.connect(self._on_saved)

    def find_scanners(self) -> None:
        """Ask which scanners this computer sees."""
        if not self.busy:
            self._start(Lane.PAPER, self._calls.list_scanners).succeeded.connect(self._on_scanners)

    def _start(self, lane: Lane, work: Callable[[], object]) -> Task:
        self.notice = None
        self._running = task = self._tasks.start(lane, lambda _: work())
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._end)
        self.changed.emit()
        return task

    def _on_read(self, choices: Choices) -> None:
        self._written = self.choices = choices
        self._end()
        found = self._tasks.start(
            Lane.PAPER, lambda _: self._calls.list_printers()
        )  # beside what is done here
        found.succeeded.connect(self._on_printers)

    def _on_printers(self, found: tuple[str, ...]) -> None:
        self.printers = found
        self.changed.emit()

    def _on_saved(self, choices: Choices) -> None:
        self._written = self.choices = choices
        self._end()
        self.saved.emit()

    def _on_scanners(self, found: tuple[ScannerInfo, ...]) -> None:
        self.scanners, self.looked_for_scanners = found, True
        self._end()

    def _on_failed(self, notice: Notice) -> None:
        self.notice = notice
        self._end()

    def _end(self) -> None:
        self._running = None
        self.changed.emit()
