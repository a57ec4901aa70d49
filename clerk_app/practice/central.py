"""The reference central system in a process of its own: started, stopped for an outage, started again."""

import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from clerk_app.errors import OfficeError

_PATIENCE = 60.0  # seconds until it has to say that it answers
_PORTS = range(20_000, 30_000)
_PARTING = 10.0  # seconds for requests under way


class CentralNotStarted(OfficeError):
    message = "Máy chủ trung tâm luyện tập không khởi động được."
    remedy = "Xem tệp {log}; đóng chương trình đang dùng cổng {port} rồi chạy lại."


class NoFreePort(OfficeError):
    message = "Không còn cổng trống nào từ {first} đến {last} cho máy chủ trung tâm luyện tập."
    remedy = "Đóng bớt chương trình rồi chạy lại."


@dataclass(frozen=True, slots=True)
class RunningCentral:
    """A central system that answers on `port` until it is stopped."""

    child: "subprocess.Popen[str]"
    port: int

    def stop(self) -> None:
        """Ask it to end, and make sure that it did; harmless to repeat."""
        if self.child.stdin:
            self.child.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(_PARTING)
        self.kill()

    def kill(self) -> None:
        """End it at once, whatever it does: an outage."""
        self.child.kill()
        self.child.wait()
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe:
                pipe.close()


def start_central(
    folder: Path, port: int, tell: Callable[[str], None] = lambda line: None, upstream: str = ""
) -> RunningCentral:
    """Start central on the data in `folder`; returns once it answers. Raises `CentralNotStarted`.

    `port` 0 takes a free one; with `upstream` it is the hub of a ward under that address. Its first line on standard output is the address at which it answers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "clerk_app.cli", "central", "--data", str(folder), "--port", str(port)]
    command += ["--upstream", upstream] if upstream else []
    log = folder / "central.log"
    with log.open("ab") as errors:
        child = subprocess.Popen(
            [*command, "--with-parent"],
            stdin=subprocess.PIPE,  # its end tells the child that we are gone, however we went
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        )
    line = _first_line(child)
    if not line:
        RunningCentral(child, port).kill()
        raise CentralNotStarted(log=log, port=port)
    tell(line)
    return RunningCentral(child, int(line.rpartition(":")[2]))


def free_port() -> int:
    """Return a port of this computer that nobody listens on now.

    Below the ports that systems hand out for outgoing connections: one of those could take the place of a
    central system that is away for a while.
    """
    found = next((port for port in random.sample(_PORTS, len(_PORTS)) if is_free(port)), None)
    if found is None:
        raise NoFreePort(first=_PORTS.start, last=_PORTS.stop - 1)
    return found


def is_free(port: int) -> bool:
    """Whether nobody on this computer listens on the port now."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def _first_line(child: "subprocess.Popen[str]") -> str:
    """Wait for the line that says where it answers; empty when it ended or took too long."""
    impatience = threading.Timer(_PATIENCE, child.kill)
    impatience.start()
    try:
        return child.stdout.readline().strip() if child.stdout else ""
    finally:
        impatience.cancel()
