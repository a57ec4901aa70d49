"""What a command comes to: an answer and an exit code, or a refusal of what was typed."""

import argparse
from collections.abc import Callable
from typing import Any

from clerk_app.errors import OfficeError

Answer = dict[str, Any] | list[Any] | str  # text is told as it is
Outcome = tuple[Answer | None, int]
Command = Callable[[argparse.Namespace], Outcome]


class WrongUsage(OfficeError):
    """What was typed cannot be understood or read: nothing was done."""
