"""A thin, far or lossy line in a process of its own: a TCP relay that shapes what passes and counts it.

What it models. One link with a rate each way, shared by all connections in the order in which their segments come; a
delay each way; the first exchange of a connection (a round trip) before its first byte. A lost segment takes its time
on the link, and again when it is sent anew a round trip later; what follows it in its connection waits there, as TCP
delivers in order. With `reno`, each connection has a window that opens by slow start and then by a segment a round
trip, and is halved by a loss, once a round trip: a single connection does not fill a lossy line. Without it the window
stands open, which shows what the link itself can carry. `cut_after` resets a connection after so many bytes upwards.

What it does not: queues that overflow, time-outs of TCP, lost acknowledgements, other people's traffic, TLS.
Counted is what the two ends say, headers included, both ways; not the headers of TCP and IP, nor what is sent anew.
"""

import asyncio
import json
import random
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

SEGMENT = 1460  # bytes
_BUFFER = 64 * 1024  # bytes that a sender may hand over ahead of the link
_FIRST_WINDOW, _LEAST_WINDOW, _LARGEST_WINDOW = 10 * SEGMENT, 2 * SEGMENT, 1024 * 1024
_TICK = 0.004  # seconds of the link that one step of ours takes at most
_AHEAD = 0.015  # seconds of the link that are given away before they come, so that it never waits for us


@dataclass(frozen=True, slots=True)
class Shape:
    """A line. `mbps` counts a million bits a second each way, `rtt` seconds there and back, `loss` a share of segments."""

    mbps: float
    rtt: float
    loss: float = 0.0
    reno: bool = True
    cut_after: int = 0  # bytes upwards; 0: never
    seed: int = 1


@dataclass(slots=True)
class Counted:
    """Bytes that passed, and connections that were made."""

    up: int = 0
    down: int = 0
    connections: int = 0


@dataclass(slots=True)
class _Way:
    """One direction of the link, shared by all connections."""

    rate: float  # bytes a second
    free_at: float = 0.0

    def take(self, count: int, now: float) -> float:
        """Occupy the link for so many bytes and return when the last of them is on it."""
        self.free_at = max(self.free_at, now) + count / self.rate
        return self.free_at


class _Line:
    def __init__(self, shape: Shape, port: int) -> None:
        self.shape = shape
        self.port = port
        self.counted = Counted()
        rate = shape.mbps * 1e6 / 8
        self.up, self.down = _Way(rate), _Way(rate)
        self.chance = random.Random(shape.seed)  # noqa: S311 - not for keys
        self.step = SEGMENT if shape.loss else max(SEGMENT, int(rate * _TICK))

    async def relay(self, asker: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        self.counted.connections += 1
        ready = asyncio.get_running_loop().time() + self.shape.rtt
        try:
            server, there = await asyncio.open_connection("127.0.0.1", self.port, limit=_BUFFER)
        except OSError:
            back.transport.abort()
            return
        ways = (_Stream(self, self.up, ready), _Stream(self, self.down, ready))
        with suppress(OSError, asyncio.IncompleteReadError):
            await asyncio.gather(ways[0].carry(asker, there, upwards=True), ways[1].carry(server, back))
        for end in (there, back):
            end.transport.abort()


class _Stream:
    """One connection in one direction."""

    def __init__(self, line: _Line, way: _Way, ready: float) -> None:
        self.line, self.way, self.ready = line, way, ready
        self.window = float(_FIRST_WINDOW if line.shape.reno else _LARGEST_WINDOW)
        self.threshold = float(_LARGEST_WINDOW)
        self.last_halved = 0.0
        self.on_the_way: deque[tuple[float, bytes]] = deque()
        self.unanswered = 0
        self.changed = asyncio.Event()
        self.ended = False

    async def carry(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, upwards: bool = False
    ) -> None:
        delivering = asyncio.create_task(self._deliver(sink))
        loop, shape = asyncio.get_running_loop(), self.line.shape
        passed = 0
        try:
            while data := await source.read(self.line.step):
                while self.unanswered and self.unanswered + len(data) > self.window:
                    self.changed.clear()
                    await self.changed.wait()
                at = self.way.take(len(data), max(loop.time(), self.ready))
                self.unanswered += len(data)
                self.on_the_way.append((self._arrival(at, len(data)), data))
                self.changed.set()
                if (ahead := at - loop.time()) > 2 * _AHEAD:
                    await asyncio.sleep(ahead - _AHEAD)
                passed += len(data)
                if upwards:
                    self.line.counted.up += len(data)
                    if shape.cut_after and passed >= shape.cut_after:
                        raise ConnectionResetError
                else:
                    self.line.counted.down += len(data)
            self.ended = True
            self.changed.set()
            await delivering
            sink.write_eof()
        finally:
            delivering.cancel()

    def _arrival(self, at: float, count: int) -> float:
        """Return when a segment is delivered that is on the link at `at`: later than all before it."""
        shape, arrives = self.line.shape, at + self.line.shape.rtt / 2
        while shape.loss and self.line.chance.random() < shape.loss:
            self._halve(at)
            self.way.free_at += count / self.way.rate  # it takes its time on the link again
            arrives += shape.rtt
        return max(arrives, self.on_the_way[-1][0] if self.on_the_way else 0.0)

    def _halve(self, now: float) -> None:
        if self.line.shape.reno and now - self.last_halved > self.line.shape.rtt:
            self.last_halved = now
            self.threshold = self.window = max(float(_LEAST_WINDOW), self.window / 2)

    async def _deliver(self, sink: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        while self.on_the_way or not self.ended:
            if not self.on_the_way:
                self.changed.clear()
                await self.changed.wait()
                continue
            at, data = self.on_the_way[0]
            if at > loop.time():
                await asyncio.sleep(at - loop.time())
            self.on_the_way.popleft()
            sink.write(data)
            await sink.drain()
            loop.call_later(self.line.shape.rtt / 2, self._answered, len(data))

    def _answered(self, count: int) -> None:
        self.unanswered -= count
        grown = count if self.window < self.threshold else SEGMENT * count / self.window
        self.window = min(float(_LARGEST_WINDOW), self.window + (grown if self.line.shape.reno else 0))
        self.changed.set()


class ShapedLine:
    """The relay as its user sees it: a port to ask instead of central's, and what has passed."""

    def __init__(self, shape: Shape, port: int) -> None:
        told = json.dumps({"shape": asdict(shape), "port": port})
        command = [sys.executable, str(Path(__file__)), told]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.port = int(self._says())

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def counted(self) -> Counted:
        """Return what has passed until now."""
        assert self._child.stdin is not None
        self._child.stdin.write("counted\n")
        self._child.stdin.flush()
        return Counted(**json.loads(self._says()))

    def close(self) -> None:
        self._child.kill()
        self._child.wait()

    def _says(self) -> str:
        assert self._child.stdout is not None
        return self._child.stdout.readline()


@contextmanager
def shaped_line(shape: Shape, port: int) -> Iterator[ShapedLine]:
    """Put a line before a port of this machine."""
    line = ShapedLine(shape, port)
    try:
        yield line
    finally:
        line.close()


async def _main(told: dict[str, object]) -> None:
    line = _Line(Shape(**told["shape"]), int(str(told["port"])))  # type: ignore[arg-type]
    server = await asyncio.start_server(line.relay, "127.0.0.1", 0, limit=_BUFFER)
    print(server.sockets[0].getsockname()[1], flush=True)
    asked = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(asked), sys.stdin)
    while await asked.readline():
        print(json.dumps(asdict(line.counted)), flush=True)


if __name__ == "__main__":
    asyncio.run(_main(json.loads(sys.argv[1])))
