"""Several workers at one address: processes that share a listening socket, a folder, and a PostgreSQL database.

What keeps them apart lies in the database (`database.hold`) and at the folder of the files, never in one process.
"""

import signal
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from multiprocessing import connection, parent_process

import uvicorn
from uvicorn.supervisors import Multiprocess

from sync.central.serve import Address

_LOOK_AGAIN = 0.1  # seconds
_PATIENCE = 5.0  # seconds for one answer


def serve_with_workers(
    app: str,
    count: int,
    address: Address,
    begin: Callable[[str], None],
    ready: Callable[[int], None] | None = None,
) -> None:
    """Answer with `count` processes until this one is told to stop (SIGINT, SIGTERM); one that dies is started again.

    `app` names what makes the app in each of them, as `package.module:function`; `begin` is told the issuer before the
    first of them starts.
    """
    listener = address.listening()
    port = listener.getsockname()[1]
    begin(address.issuer_at(port))
    config = uvicorn.Config(app, factory=True, workers=count, **address.settings())
    supervisor = Multiprocess(config, sockets=[listener])
    if ready is not None:
        told = (supervisor.should_exit, address, port, ready)
        threading.Thread(target=_tell_when_ready, args=told, daemon=True).start()
    supervisor.run()


def end_with_supervisor() -> None:
    """Let this worker stop when the process that started it is gone, however it went."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for_the_end_of, args=(parent.sentinel,), daemon=True).start()


def _wait_for_the_end_of(sentinel: int) -> None:
    connection.wait([sentinel])
    signal.raise_signal(signal.SIGTERM)


def _tell_when_ready(
    stopping: threading.Event, address: Address, port: int, ready: Callable[[int], None]
) -> None:
    while not (stopping.is_set() or _answers(address, port)):
        time.sleep(_LOOK_AGAIN)
    if not stopping.is_set():
        ready(port)


def _answers(address: Address, port: int) -> bool:
    """Whether some worker answers; a connection alone says nothing, the socket listens before they do."""
    with closing(_connection(address, port)) as asked:
        try:
            asked.request("GET", "/v1/health")
            return asked.getresponse().status == HTTPStatus.OK
        except (HTTPException, OSError):
            return False


def _connection(address: Address, port: int) -> HTTPConnection:
    """Return a way to our own workers; by what name they are known elsewhere is not looked at."""
    if address.certificate is None:
        return HTTPConnection(address.host, port, timeout=_PATIENCE)
    ours = ssl.create_default_context(cafile=address.certificate)
    ours.check_hostname = False
    return HTTPSConnection(address.host, port, timeout=_PATIENCE, context=ours)
