"""A child program at the other end of two pipes: asked with a deadline, ended when it makes no sense."""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from signing import wire
from signing.errors import ModuleFailed, TokenTimeout

# What drivers need of ours: where they keep settings, caches and the reader's socket.
_PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"),
    *("PCSCLITE_CSOCK_NAME", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "USERPROFILE"),
    *("APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "COMMONPROGRAMFILES"),
)


class Child:
    """One running child. Safe to ask from several threads; it answers them one after another."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it. Raises `ModuleFailed` when the system cannot."""
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=_environment(environment),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise ModuleFailed(reason=f"không khởi động được, mã {error.errno}") from None
        if process.stdin is None or process.stdout is None:
            raise ModuleFailed(reason="không có ống dẫn")
        self._process, self._requests, self._replies = process, process.stdin, process.stdout
        self._answers: queue.SimpleQueue[wire.Message | None] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self._number = 0
        self._ended = False
        threading.Thread(target=self._listen, name="token-process", daemon=True).start()

    @property
    def ended(self) -> bool:
        """True once nothing more can be asked."""
        return self._ended or self._process.poll() is not None

    def ask(
        self, op: str, seconds: float, members: Mapping[str, object], secret: bytearray | None = None
    ) -> wire.Message:
        """Ask once and return the reply (`ok`, or `fault` and `facts`).

        `secret` goes along as member `pin` and is wiped here. Raises `TokenTimeout` or `ModuleFailed`; the
        child is then gone.
        """
        with self._turn:
            try:
                request = {"op": op, **members}
                return self._ask(request, seconds, secret)
            except (ModuleFailed, TokenTimeout):
                self._kill()
                raise
            finally:
                if secret is not None:
                    wire.wipe(secret)

    def end(self, patience: float = 2.0) -> None:
        """End it: close its pipe and wait a little; by force when it is busy or does not go."""
        self._ended = True
        idle = self._turn.acquire(timeout=patience)
        try:
            if idle:
                self._requests.close()
                self._process.wait(patience)
            else:
                self._kill()
        except subprocess.TimeoutExpired:
            self._kill()
        finally:
            if idle:
                self._turn.release()

    def _ask(self, request: wire.Message, seconds: float, secret: bytearray | None) -> wire.Message:
        if self.ended:
            raise ModuleFailed(reason="đã dừng")
        self._number += 1
        request["id"] = self._number
        if secret is None:
            self._write(wire.encode(request))
        else:
            self._write(wire.encode_with_secret(request, "pin", secret))
        try:
            reply = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise TokenTimeout(seconds=f"{seconds:g}") from None
        if reply is None or reply.pop("id", None) != self._number:
            raise ModuleFailed(reason=self._how_it_ended())
        return reply

    def _write(self, frame: bytearray) -> None:
        """Send one request. Requests are far smaller than a pipe's buffer: this never waits."""
        try:
            wire.write_frame(self._requests.fileno(), frame)
        except (OSError, ValueError):
            raise ModuleFailed(reason=self._how_it_ended()) from None
        finally:
            wire.wipe(frame)

    def _listen(self) -> None:
        """Read answers until the pipe ends or a frame does not fit; `None` tells whoever waits.

        An answer is taken before the next question is asked: a second one is a flood, and nothing more is read.
        """
        with self._replies as pipe:
            try:
                while (body := wire.read_body(pipe.fileno())) is not None and self._answers.empty():
                    self._answers.put(wire.decode(body))
            except (wire.Garbled, OSError):
                pass  # told below, as every other end
            self._answers.put(None)

    def _how_it_ended(self) -> str:
        try:
            return f"mã {self._process.wait(0.5)}"
        except subprocess.TimeoutExpired:
            return "trả lời sai quy cách"

    def _kill(self) -> None:
        self._ended = True
        self._process.kill()
        self._process.wait()
        self._requests.close()


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return what drivers need of ours (folders, sockets), where our packages lie, and what was given."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    house = str(Path(__file__).resolve().parents[1])
    return {**passed, "PYTHONPATH": house, "PYTHONDONTWRITEBYTECODE": "1", **given}


def own_program(module: str, *arguments: str) -> tuple[str, ...]:
    """Return the command that runs one of our modules as a program of its own, wherever we were started.

    `-P`: nothing is imported from the current folder.
    """
    return (sys.executable, "-P", "-m", module, *arguments)
