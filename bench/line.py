"""`sync.*`: what the line to central costs, behind a line that is shaped.

`sync.drain_*`: a full outbox (dossiers with two acts and one scan each) drained by one round over a shaped line, against
the link itself: the same bytes in one PUT of plain `requests` through the same line with its window wide open.
`sync.idle_bytes`: one round of a counter that has nothing to say and nothing to hear, headers both ways.
"""

import io
import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests

from bench.figure import Figure
from bench.shaped_line import Shape, shaped_line
from sync.journal import deliveries, references
from sync.push import carried
from tests.sync.central.world import (
    Counter,
    Registry,
    a_setting,
    open_counter,
    open_registry,
    running_central,
)

LIBRARIES = ("requests", "urllib3", "uvicorn")
GOOD, LOSSY = Shape(10, 0.05), Shape(1, 0.5, 0.05)
SCANS = (40_000, 120_000, 300_000, 1_200_000)  # bytes: a card, a page, a form of pages, a booklet
SMALL_SCANS = (25_000, 60_000, 90_000, 225_000)
PATIENCE = 600  # seconds
IDLE_ROUNDS = 5


def drain_10mbps() -> Figure:
    """Measure the share of 10 Mbps, 50 ms that a drain uses."""
    return _drained("sync.drain_10mbps", GOOD, SCANS, 60, 3)


def drain_1mbps_lossy() -> Figure:
    """Measure the share of 1 Mbps, 500 ms, 5 per cent lost that a drain uses."""
    return _drained("sync.drain_1mbps_lossy", LOSSY, SMALL_SCANS, 40, 3)


def idle_bytes() -> Figure:
    """Measure the bytes of a round with nothing to say."""
    ours, theirs = [], []
    with _town() as registry, shaped_line(Shape(100, 0.0), registry.central.port) as line:
        known = registry.enrol(registry.central.setting.folder / "idle", base=line.base)
        with open_counter(known) as counter:
            counter.receive()
            counter.exchange()
        for _ in range(IDLE_ROUNDS):
            before = line.counted()
            with open_counter(known) as counter:  # a connection of its own, as each round has
                counter.exchange()
            between = line.counted()
            requests.get(f"{line.base}/v1/health", timeout=PATIENCE)
            after = line.counted()
            ours.append(float(between.up + between.down - before.up - before.down))
            theirs.append(float(after.up + after.down - between.up - between.down))
    yardstick = "one GET of /v1/health by plain requests through the same line"
    return Figure("bytes", yardstick, tuple(ours), tuple(theirs), LIBRARIES)


def _drained(key: str, shape: Shape, scans: Sequence[int], dossiers: int, runs: int) -> Figure:
    ours, theirs = [], []
    with _town() as registry, _sink() as sink:
        for run in range(runs):
            here = replace(shape, seed=run)
            with shaped_line(here, registry.central.port) as line:
                known = registry.enrol(registry.central.setting.folder / f"counter-{run}", base=line.base)
                with open_counter(known) as counter:
                    counter.exchange()  # a counter's first round asks for everything that there is
                    size = _fill(counter, scans, dossiers)
                with open_counter(known) as counter:  # a connection of its own, as each round has
                    began = time.perf_counter()
                    done = counter.exchange()
                    took = time.perf_counter() - began
                    assert not done.problems, done.problems
                    assert done.files_sent == dossiers
                    with counter.journal.reading() as tx:
                        assert not references.not_uploaded(tx)
                        assert not deliveries.counts(tx).entries
                connections = line.counted().connections
            with shaped_line(replace(here, reno=False), sink) as line:
                alone = _put(line.base, size)
            ours.append(size / took / 1e3)
            theirs.append(size / alone / 1e3)
            print(
                f"{key}: {size / 1e6:.1f} MB in {took:.1f} s, {connections} connections; the link {alone:.1f} s"
            )
    yardstick = "the same bytes in one PUT of plain requests over the same link, its window wide open"
    return Figure("kB/s", yardstick, tuple(ours), tuple(theirs), LIBRARIES)


def _fill(counter: Counter, scans: Sequence[int], dossiers: int) -> int:
    """Let so many dossiers wait for central; returns how many bytes they are."""
    chance = random.Random(dossiers)  # noqa: S311 - not for keys
    size = 0
    for number in range(dossiers):
        scan = chance.randbytes(scans[number % len(scans)])
        subject = counter.receive(files=[counter.files.put(scan)])
        counter.act(subject, "slip_signed", move={"from": "received", "to": "slip_issued"})
        size += len(scan)
    with counter.journal.reading() as tx:
        return size + sum(carried(entry).size for entry in deliveries.pending(tx, 10_000))


def _put(base: str, size: int) -> float:
    began = time.perf_counter()
    requests.put(base, data=io.BytesIO(bytes(size)), timeout=PATIENCE).raise_for_status()
    return time.perf_counter() - began


@contextmanager
def _town() -> Iterator[Registry]:
    with tempfile.TemporaryDirectory() as name, running_central(a_setting(Path(name))) as central:  # noqa: SIM117
        with open_registry(central) as registry:
            yield registry


class _Sink(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(left, 65536)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _sink() -> Iterator[int]:
    """Take whatever is put, at full speed; yields the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
