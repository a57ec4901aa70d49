"""How many numbers of today's range are left at this counter: asked for, or told by the window."""

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.sending import Sending
from ui.intake.calls import IntakeCalls
from ui.tasks import Lane, Tasks


class NumbersDesk(QObject):
    """`left` is None until it is known."""

    changed = Signal()
    failed = Signal(object)  # a Notice

    def __init__(self, calls: IntakeCalls, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._calls, self._tasks = calls, tasks
        self.left: int | None = None

    def refresh(self) -> None:
        """Ask for the state of the exchange."""
        task = self._tasks.start(Lane.READING, lambda _: self._calls.sending())
        task.succeeded.connect(self.show)
        task.failed.connect(self.failed)

    def show(self, sending: Sending) -> None:
        """Take the state of the exchange; the window may push it too."""
        self.left = sending.numbers_left
        self.changed.emit()
