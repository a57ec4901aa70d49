"""Collects Python's garbage in the window's thread alone.

Python collects cycles in whichever thread happens to make the next object. Where a lane's thread does it, and a window
that was let go is among them, Qt's objects are destroyed outside their thread: a crash, rare and without a trace.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # milliseconds between two looks
_GENERATIONS = (2, 1, 0)  # the oldest that is due takes the younger ones with it


class GarbageCollector(QObject):
    """From its making on, nobody else collects; not even when it is gone, since Qt's objects may outlive it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY)

    def look(self) -> None:
        """Collect what is due."""
        counts = gc.get_count()
        due = (each for each in _GENERATIONS if counts[each] > self._thresholds[each])
        oldest = next(due, None)
        if oldest is not None:
            gc.collect(oldest)
