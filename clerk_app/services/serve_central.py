"""Serve the reference central system with the office's rules; needs the extra `central`."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from fastapi import FastAPI

from clerk_app.services.central_house import open_office_central
from sync.central.app import create_app
from sync.central.serve import serve
from sync.central.workers import end_with_supervisor, serve_with_workers

_WORKER = f"{__name__}:worker"
_FOLDER, _DATABASE = "CLERK_APP_CENTRAL_FOLDER", "CLERK_APP_CENTRAL_DATABASE"
_open = ExitStack()  # what a worker holds open until it ends


def serve_central(
    folder: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    database: str = "",
    ready: Callable[[int], None] | None = None,
    workers: int = 1,
) -> None:
    """Serve until the process is told to stop.

    `database` is an SQLAlchemy URL, by default an SQLite file in `folder`; `ready` is told the port once
    requests are answered. Accounts are enrolled beforehand. Several `workers` are processes of their own.
    """
    with open_office_central(folder, database) as central:
        if workers == 1:
            serve(central, host, port, ready)
            return
    os.environ |= {
        _FOLDER: str(folder),
        _DATABASE: database,
    }  # not the command line: an address may hold a password
    serve_with_workers(_WORKER, workers, host, port, ready)


def worker() -> FastAPI:
    """Return the app of one of several workers, which finds what to open in its environment."""
    end_with_supervisor()
    folder, database = Path(os.environ[_FOLDER]), os.environ[_DATABASE]
    return create_app(_open.enter_context(open_office_central(folder, database)))
