"""Other people's programs that look at our documents: poppler's pdfsig and qpdf, where they are installed."""

import shutil
import subprocess
from pathlib import Path

_VALID = "Signature is Valid."
_SECONDS = 60


def valid_for_pdfsig(file: Path) -> int | None:
    """Return how many signatures pdfsig calls valid, None without pdfsig. It knows no practice CA: bytes only."""
    said = _run("pdfsig", str(file))
    return None if said is None else said.stdout.count(_VALID)


def sound_for_qpdf(file: Path) -> bool | None:
    """Return whether `qpdf --check` finds nothing wrong, None without qpdf."""
    said = _run("qpdf", "--check", str(file))
    return None if said is None else said.returncode == 0


def _run(program: str, *words: str) -> "subprocess.CompletedProcess[str] | None":
    if shutil.which(program) is None:
        return None
    return subprocess.run(
        [program, *words], capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
    )
