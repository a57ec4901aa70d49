"""Whether the network that this PC is on is paid for by the byte, as far as the system says so."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

_PATIENCE = 5.0  # seconds for the system's own tool
_HOLDS = 60.0  # seconds for which an answer is believed
_NMCLI = ("nmcli", "-t", "-g", "GENERAL.METERED", "device", "show")
# Windows.Networking.Connectivity: Unrestricted, Fixed, Variable, Unknown. The tool comes with every Windows 10 and later.
_COST = (
    "[Windows.Networking.Connectivity.NetworkInformation, Windows.Networking.Connectivity, ContentType=WindowsRuntime]"
    "::GetInternetConnectionProfile().GetConnectionCost().NetworkCostType"
)
_WINDOWS = (
    "powershell",
    "-NoProfile",
    "-NonInteractive",
    "-Command",
    _COST,
)


class Metering(Protocol):
    """Asks the system, which may take a moment; None: it does not say. `known` is what it said last."""

    def __call__(self) -> bool | None: ...

    @property
    def known(self) -> bool | None: ...


@dataclass(slots=True)
class AskedOfTheSystem:
    """NetworkManager on Linux, where it is there; Windows by its own shell. An answer is kept for a minute."""

    command: Sequence[str] = _WINDOWS if sys.platform == "win32" else _NMCLI
    monotonic: Callable[[], float] = time.monotonic
    known: bool | None = None
    _asked: float | None = field(default=None)

    def __call__(self) -> bool | None:
        now = self.monotonic()
        if self._asked is None or now - self._asked > _HOLDS:
            self._asked, self.known = now, self._ask()
        return self.known

    def _ask(self) -> bool | None:
        program = shutil.which(self.command[0])
        if program is None:
            return None
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            asked = subprocess.run(
                [program, *self.command[1:]],
                capture_output=True,
                text=True,
                timeout=_PATIENCE,
                check=True,
                creationflags=hidden,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return read_metering(asked.stdout)


def read_metering(said: str) -> bool | None:
    """Read what either tool says: a word for each device, or one for the line; one that is paid for counts."""
    words = {line.strip().split(" ")[0].lower() for line in said.splitlines() if line.strip()}
    if words & {"yes", "fixed", "variable"}:
        return True
    return False if words & {"no", "unrestricted"} else None
