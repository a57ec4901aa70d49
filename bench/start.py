"""`start.*`: from the program's door to the first paint of the unlock page, against a bare PySide6 window.

Each start is a process of its own on Qt's offscreen platform, which measures itself at its first paint: CPU of
the whole process, Python's own start included, and resident memory. Ours opens a practice counter's folder.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figure import Figure
from clerk_app.practice.office import make_practice

HOUSE = Path(__file__).parents[1]
PAIRS = 15
YARDSTICK = "bare PySide6: QApplication, QMainWindow, QLabel; offscreen"
LIBRARIES = ("PySide6-Essentials",)

Start = tuple[float, float]  # CPU ms, resident MiB


def first_paint_cpu() -> Figure:
    """Measure the CPU that a start costs until its first paint."""
    ours, theirs = zip(*((our[0], their[0]) for our, their in _pairs()), strict=True)
    return Figure("ms CPU", YARDSTICK, ours, theirs, LIBRARIES)


def memory() -> Figure:
    """Measure the memory held at the first paint."""
    ours, theirs = zip(*((our[1], their[1]) for our, their in _pairs()), strict=True)
    return Figure("MiB RSS", YARDSTICK, ours, theirs, LIBRARIES)


def _pairs() -> list[tuple[Start, Start]]:
    with tempfile.TemporaryDirectory() as name:
        counter = str(make_practice(Path(name) / "practice").counter)
        for _ in range(2):  # the disk's cache and compiled modules are warm on both sides
            _start("bench.our_start", counter), _start("bench.bare_start")
        return [(_start("bench.our_start", counter), _start("bench.bare_start")) for _ in range(PAIRS)]


def _start(program: str, *words: str) -> Start:
    ended = subprocess.run(
        [sys.executable, "-m", program, *words],
        cwd=HOUSE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,  # the offscreen platform grumbles about every window's size
        text=True,
        timeout=120,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    cpu, resident = ended.stdout.split()
    return float(cpu), float(resident)
