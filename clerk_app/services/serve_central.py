"""Serve the reference central system with the office's rules; needs the extra `central`."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from fastapi import FastAPI

from clerk_app.services.central_house import open_office_central
from clerk_app.services.hub_house import open_office_hub
from sync.central.app import create_app
from sync.central.serve import Address, serve
from sync.central.workers import end_with_supervisor, serve_with_workers

__all__ = ["Address", "serve_central", "worker"]

_WORKER = f"{__name__}:worker"
_FOLDER, _DATABASE, _ISSUER, _WRITERS = (
    f"CLERK_APP_CENTRAL_{name}" for name in ("FOLDER", "DATABASE", "ISSUER", "WRITERS")
)
_open = ExitStack()  # what a worker holds open until it ends


def serve_central(
    folder: Path,
    address: Address,
    database: str = "",
    ready: Callable[[int], None] | None = None,
    workers: int = 1,
    upstream: str = "",
) -> None:
    """Serve until the process is told to stop.

    `database` is an SQLAlchemy URL, by default an SQLite file in `folder`; `ready` is told the port once
    requests are answered. Accounts are enrolled beforehand. Several `workers` are processes of their own.
    `upstream`: the address of the city's central system, of which this is a ward's hub, in one process; raises what
    `open_office_hub` does.
    """
    if upstream:
        with open_office_hub(folder, upstream, database) as hub:
            serve(hub, address, ready)
        return
    with open_office_central(folder, database) as central:
        if workers == 1:
            serve(central, address, ready)
            return

    def begin(issuer: str) -> None:
        # Not the command line, where everybody on the machine could read it: an address may hold a password.
        where = {_FOLDER: str(folder), _DATABASE: database}
        os.environ |= where | {_ISSUER: issuer, _WRITERS: str(address.writers)}

    serve_with_workers(_WORKER, workers, address, begin, ready)


def worker() -> FastAPI:
    """Return the app of one of several workers, which finds what to open in its environment."""
    end_with_supervisor()
    central = open_office_central(Path(os.environ[_FOLDER]), os.environ[_DATABASE])
    return create_app(_open.enter_context(central), os.environ[_ISSUER], int(os.environ[_WRITERS]))
