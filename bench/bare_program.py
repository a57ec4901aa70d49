"""A yardstick in a program of its own: each line on its stdin is a count, the answer is its CPU time for so many, in nanoseconds."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager


@contextmanager
def bare_program(
    command: Sequence[str], environment: Mapping[str, str] = os.environ
) -> Iterator[Callable[[int], float]]:
    """Start it and yield how to ask it: a count in, the CPU of one in ms out."""
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        asked, told = child.stdin, child.stdout

        def cost(count: int) -> float:
            print(count, file=asked, flush=True)
            return int(told.readline()) / count / 1e6

        yield cost
        asked.close()
