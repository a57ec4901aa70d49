"""Child processes of the tests that are at work at once: forked from one that has imported what they need.

A central system takes longer to import than to start, and the tests start hundreds. Where a system can't fork, each
child is a program of its own, as the product starts it.
"""

import importlib
import multiprocessing
import os
import subprocess
import sys
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import TextIO

HOUSE = Path(__file__).parents[1]
_KNOWN = (
    "tests.sync.central.run_central",
    "tests.services.run_central",
    "tests.services.counter_to_kill",
    "tests.services.scanning_to_kill",
)
_CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()


class Forked:
    """A child of the nursery. It says its lines on the standard output, like a program."""

    def __init__(self, module: str, *words: str) -> None:
        context = _nursery()
        says, self._hears = context.Pipe(duplex=False)[::-1]
        self._process = context.Process(target=_be, args=(module, words, says), daemon=True)
        self._process.start()
        says.close()  # so that what it says ends with it
        self._lines = os.fdopen(os.dup(self._hears.fileno()), encoding="utf-8")
        self._hears.close()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def says(self) -> str:
        """Wait for the child's next line; "" when it ended."""
        return self._lines.readline().strip()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self.wait()

    def terminate(self) -> None:
        self._process.terminate()

    def wait(self, seconds: float = 60) -> int:
        """Wait for its end and return how it ended; raises `TimeoutError`."""
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise TimeoutError
        self._lines.close()
        return self._process.exitcode


class Program:
    """The same as a program of its own."""

    def __init__(self, module: str, *words: str) -> None:
        script = HOUSE.joinpath(*module.split(".")).with_suffix(".py")
        self._child = subprocess.Popen(
            [sys.executable, str(script), *words],
            cwd=HOUSE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self._child.stdout is not None
        self._lines: TextIO = self._child.stdout

    @property
    def pid(self) -> int:
        return self._child.pid

    def says(self) -> str:
        return self._lines.readline().strip()

    def kill(self) -> None:
        self._child.kill()
        self._child.communicate()

    def terminate(self) -> None:
        self._child.terminate()

    def wait(self, seconds: float = 60) -> int:
        return self._child.wait(seconds)


Child = Forked | Program


def begin(module: str, *words: str, alone: bool = False) -> Child:
    """Start `main(*words)` of a module of the tests in a child process; `alone`: as a program in any case."""
    return Program(module, *words) if alone or not _CAN_FORK else Forked(module, *words)


def _nursery() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_KNOWN])
    return context


def _be(module: str, words: tuple[str, ...], says: Connection) -> None:
    os.dup2(says.fileno(), sys.stdout.fileno())
    says.close()
    importlib.import_module(module).main(*words)
