"""Records what a program does to the files of one folder: `recorder.c` is loaded before the C library and writes it down."""

import ctypes
import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SOURCE = Path(__file__).with_name("recorder.c")
_HEAD = struct.Struct("<QQIIII")
HOUSE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done: o(pen) w(rite) t(runcate) s(ync) r(ename) u(nlink) m(kdir) n(ote)."""

    what: str
    inode: int
    at: int
    first: bytes
    second: bytes

    @property
    def path(self) -> str:
        return os.path.normpath(os.fsdecode(self.first))  # noqa: PTH - nothing is looked up

    @property
    def new_path(self) -> str:
        return os.path.normpath(os.fsdecode(self.second))  # noqa: PTH - nothing is looked up

    @property
    def note(self) -> dict[str, object]:
        """What the program said of itself."""
        told: dict[str, object] = json.loads(self.first)
        return told


def why_not() -> str:
    """Return why nothing can be recorded here, "" where it can."""
    if sys.platform != "linux":
        return "writes are recorded by LD_PRELOAD, which is Linux's"
    return "" if shutil.which("gcc") else "no gcc here to make the recorder with"


def recorder(folder: Path) -> Path:
    """Make the library that records."""
    made = folder / "recorder.so"
    command = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(made), str(_SOURCE), "-lpthread"]
    subprocess.run(command, check=True, capture_output=True)
    return made


def record(library: Path, root: Path, trace: Path, program: list[str], lives: int = 0) -> None:
    """Run a Python program and add what it does under `root` to the trace; after `lives` steps (0: never) it is dead."""
    told = {
        "LD_PRELOAD": str(library),
        "DISK_ROOT": str(root),
        "DISK_TRACE": str(trace),
        "DISK_LIVES": str(lives),
    }
    ran = subprocess.run(
        [sys.executable, *program],
        cwd=HOUSE,
        env=os.environ | told | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, 9 if lives else 0), ran.stderr


def read(trace: Path) -> Iterator[Step]:
    """Return the steps of a trace."""
    with trace.open("rb") as file:
        while head := file.read(_HEAD.size):
            inode, at, first, second, what, _ = _HEAD.unpack(head)
            yield Step(chr(what), inode, at, file.read(first), file.read(second))


def let_room(writes: int) -> int:
    """Inside the program: let the disk be full after so many writes (-1: never); return how many were left of those before."""
    return int(ctypes.CDLL(None).disk_room(ctypes.c_long(writes)))


def note(**told: object) -> None:
    """Write into the record, from inside the program, what has just been promised; nothing when nobody records."""
    recording = getattr(ctypes.CDLL(None), "disk_note", None)
    if recording is not None:
        recording(json.dumps(told).encode("utf-8"))
