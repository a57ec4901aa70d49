"""What the two start-ups say at their first paint: CPU since the process began, and the memory they hold.

Used by the measured programs themselves, so it reads nothing that a bare program would not have read.
"""

import os
import sys
import time
from pathlib import Path

_STATUS = Path("/proc/self/status")


def report() -> None:
    """Print `CPU milliseconds, resident MiB` and leave at once: what comes after is not the question."""
    print(_cpu_ms(), resident_mib(), flush=True)
    os._exit(0)


def _cpu_ms() -> float:
    """User and system time of this process, in all its threads."""
    return time.process_time_ns() / 1e6


def resident_mib() -> float:
    """VmRSS where Linux tells it; elsewhere the largest it ever was, which at a start is nearly the same."""
    if _STATUS.exists():
        line = next(each for each in _STATUS.read_text("ascii").splitlines() if each.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024
    import resource  # noqa: PLC0415 - not on Windows, and not needed on Linux

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
