"""What was done to the pages of a draft, and the way back. No window."""

from collections import deque
from dataclasses import dataclass

from clerk_app.domain.pages import Papers, taken_back

KEPT = 100  # acts that can be taken back


@dataclass(frozen=True, slots=True)
class Act:
    """One act on the pages: the papers before and after it, in which words it is told, and the pages it was about."""

    before: Papers
    after: Papers
    words: str
    leaves: frozenset[tuple[str, int]]


class PagesHistory:
    """Takes acts back and does them again, newest first. What was filed or ticked meanwhile stays."""

    def __init__(self) -> None:
        self._done: deque[Act] = deque(maxlen=KEPT)
        self._undone: list[Act] = []

    @property
    def last(self) -> Act | None:
        """The act that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Act | None:
        """The act that redo would do again."""
        return self._undone[-1] if self._undone else None

    def note(self, act: Act) -> None:
        """Remember what was done; what had been taken back cannot be done again from here on."""
        self._done.append(act)
        self._undone.clear()

    def undo(self, now: Papers) -> Papers:
        """Return the papers without the last act; there is one."""
        act = self._done.pop()
        self._undone.append(act)
        return taken_back(now, act.before, act.after)

    def redo(self, now: Papers) -> Papers:
        """Return the papers with the act last taken back; there is one."""
        act = self._undone.pop()
        self._done.append(act)
        return taken_back(now, act.after, act.before)

    def forget(self) -> None:
        """There is no way back from here."""
        self._done.clear()
        self._undone.clear()
