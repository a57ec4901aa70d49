"""How many writers central lets in at once; whoever comes beyond is asked to come again, before its body is read."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from sync.central.refusal import busy

WRITERS, WRITERS_OF_ONE = 64, 16  # at once: in all, and of one device


@dataclass(slots=True)
class Admission:
    """The places there are. A body in memory and a wait for the database belong to one place each."""

    most: int = WRITERS
    most_of_one: int = WRITERS_OF_ONE
    _inside: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def place(self, device: str) -> Iterator[None]:
        """Hold a place; raises `Refusal` 503 where there is none."""
        with self._lock:
            if self._inside.total() >= self.most or self._inside[device] >= self.most_of_one:
                raise busy()
            self._inside[device] += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[device] -= 1
                if not self._inside[device]:
                    del self._inside[device]
