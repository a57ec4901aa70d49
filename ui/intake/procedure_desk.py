"""Which procedure is asked for: found while typing, chosen, and when its result would be due."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from clerk_app.clock import now as utc_now
from clerk_app.domain.deadline import DueTime
from clerk_app.domain.procedure import Procedure
from ui.intake.calls import IntakeCalls
from ui.tasks import Lane, Tasks

MINUTE_MS = 60_000  # the promised time moves with the clock
Now = Callable[[], datetime]


class ProcedureDesk(QObject):
    """Searches as one types; an answer to an older question is thrown away."""

    changed = Signal()
    named = Signal(object)  # Procedure that the draft's code names
    failed = Signal(object)  # a Notice

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject, now: Now = utc_now) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self._now = now
        self._asked = 0
        self.chosen: Procedure | None = None
        self.found: tuple[Procedure, ...] = ()
        self.due: DueTime | None = None
        self._clock = QTimer(self, interval=MINUTE_MS)
        self._clock.timeout.connect(self.preview_due)
        self._clock.start()

    def search(self, text: str) -> None:
        """Look for procedures by what was typed; `found` follows."""
        self._asked += 1
        mine = self._asked
        task = self._tasks.start(Lane.READING, lambda _: self._calls.find_procedures(text))
        task.succeeded.connect(lambda found: self._on_found(found) if mine == self._asked else None)
        task.failed.connect(self.failed)

    def choose(self, procedure: Procedure | None) -> None:
        """Take a procedure; the due time follows."""
        self.chosen, self.due = procedure, None
        self.preview_due()
        self.changed.emit()

    def recall(self, code: str) -> None:
        """Take the procedure that a draft from the shelf names."""
        self.choose(None)
        if not code:
            return
        self._asked += 1
        mine = self._asked
        task = self._tasks.start(Lane.READING, lambda _: self._calls.find_procedures(code))
        task.succeeded.connect(lambda found: self._on_recalled(code, found) if mine == self._asked else None)
        task.failed.connect(self.failed)

    def preview_due(self) -> None:
        """Work out when the result would be due if the dossier were accepted now."""
        procedure = self.chosen
        if procedure is None:
            return
        task = self._tasks.start(
            Lane.READING, lambda _: self._calls.work_out_deadline(procedure.code, self._now())
        )
        task.succeeded.connect(lambda due: self._on_due(procedure, due))
        task.failed.connect(self.failed)

    def _on_found(self, found: tuple[Procedure, ...]) -> None:
        self.found = found
        self.changed.emit()

    def _on_recalled(self, code: str, found: tuple[Procedure, ...]) -> None:
        procedure = next((each for each in found if each.code == code), None)
        if procedure is not None:
            self.choose(procedure)
            self.named.emit(procedure)

    def _on_due(self, procedure: Procedure, due: DueTime) -> None:
        if procedure is self.chosen:
            self.due = due
            self.changed.emit()
