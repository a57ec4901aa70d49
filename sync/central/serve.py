"""Central as a running program: uvicorn on one address, which tells its port once it answers."""

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from sync.central.admission import Admission
from sync.central.app import create_app
from sync.central.house import Central

_GRACE = 5  # seconds for requests under way when the server is told to stop


def serve(
    central: Central,
    host: str = "127.0.0.1",
    port: int = 0,
    ready: Callable[[int], None] | None = None,
    certificate: Path | None = None,
    key: Path | None = None,
    admission: Admission | None = None,
) -> None:
    """Answer until the process is told to stop (SIGINT, SIGTERM).

    Port 0 takes a free one; `ready` is told the port as soon as requests are answered. With a `certificate` (PEM, with
    those between it and its root) and its `key`, it speaks TLS. `admission`: how many may write at once.
    """
    config = uvicorn.Config(
        create_app(central, admission),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_GRACE,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    listener = socket.create_server((host, port))
    _Announcing(config, listener.getsockname()[1], ready).run(sockets=[listener])


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, port: int, ready: Callable[[int], None] | None) -> None:
        super().__init__(config)
        self._port = port
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._ready is not None:
            self._ready(self._port)
