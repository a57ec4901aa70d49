"""Who watches a round with central: told of each step, and able to stop it between two steps by raising."""

from typing import Protocol


class Watch(Protocol):
    """Fits any progress that has `step`."""

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Take note of one step; whatever it raises ends the round, and nothing is lost by that."""
        ...
