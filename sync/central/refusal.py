"""How central refuses a whole request; what it says of single entries are answers, never refusals."""

from collections.abc import Sequence

RETRY_AFTER = 5  # seconds; who asks spreads its coming back by chance


class Refusal(Exception):
    """An HTTP status with a reason word, and headers or names where the contract asks for them."""

    def __init__(
        self, status: int, reason: str, headers: dict[str, str] | None = None, about: Sequence[str] = ()
    ) -> None:
        self.status = status
        self.reason = reason
        self.about = tuple(about)
        self.headers = headers or {}
        super().__init__(f"{status} {reason}")


def busy() -> Refusal:
    """Return what is answered where no more can be taken now, and when to ask again."""
    return Refusal(503, "busy", {"Retry-After": str(RETRY_AFTER)})
