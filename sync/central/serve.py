"""Central as a running program: uvicorn on one address, which tells its port once it answers."""

import socket
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from sync.central.admission import WRITERS
from sync.central.app import create_app
from sync.central.house import Central

_GRACE = 5  # seconds for requests under way when the server is told to stop


@dataclass(frozen=True, slots=True)
class Address:
    """Where central answers, and how.

    Port 0 takes a free one; `issuer`: where browsers reach it, if elsewhere (behind a TLS proxy). With a `certificate`
    (PEM, with those between it and its root) and its `key`, it speaks TLS. At most `writers` are let in at once, by each worker.
    """

    host: str = "127.0.0.1"
    port: int = 0
    issuer: str = ""
    certificate: Path | None = None
    key: Path | None = None
    writers: int = WRITERS

    def listening(self) -> socket.socket:
        """Return a socket here; raises `OSError` where somebody has it.

        It names its protocol: only then does asyncio send what is short at once. An answer goes out in two pieces, and the
        second would wait some 40 ms for the other side to confirm the first.
        """
        made = socket.create_server((self.host, self.port))
        return socket.socket(made.family, made.type, socket.IPPROTO_TCP, made.detach())

    def issuer_at(self, port: int) -> str:
        """Return where browsers reach it, once the port is known."""
        return self.issuer or self.url(port)

    def url(self, port: int) -> str:
        """Return its address, once the port is known."""
        return f"{'https' if self.certificate else 'http'}://{self.host}:{port}"

    def settings(self) -> dict[str, Any]:
        """Return how uvicorn is to run here: silent, and with an end to its patience when it is told to stop."""
        return {
            "host": self.host,
            "port": self.port,
            "log_config": None,
            "access_log": False,
            "server_header": False,
            "lifespan": "off",
            "timeout_graceful_shutdown": _GRACE,
            "ssl_certfile": self.certificate,
            "ssl_keyfile": self.key,
        }


def serve(central: Central, address: Address = Address(), ready: Callable[[int], None] | None = None) -> None:
    """Answer until the process is told to stop (SIGINT, SIGTERM); `ready` is told the port as soon as requests are answered."""
    listener = address.listening()
    port = listener.getsockname()[1]
    config = uvicorn.Config(
        create_app(central, address.issuer_at(port), address.writers), **address.settings()
    )
    with central.upstream.going_on() if central.upstream else nullcontext():
        _Announcing(config, port, ready).run(sockets=[listener])


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, port: int, ready: Callable[[int], None] | None) -> None:
        super().__init__(config)
        self._port = port
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._ready is not None:
            self._ready(self._port)
