"""A round that nobody watches."""


class Unwatched:
    """Takes no note of any step."""

    def step(self, done: int, total: int, doing: str = "") -> None:
        pass
