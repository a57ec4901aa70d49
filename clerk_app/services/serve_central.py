"""Serve the reference central system with the office's rules; needs the extra `central`."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from fastapi import FastAPI

from clerk_app.errors import OfficeError
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


class HubIsOneProcess(OfficeError):
    message = "Máy chủ phường chỉ chạy bằng một tiến trình, không dùng được --workers {workers}."
    remedy = (
        "Bỏ --workers rồi chạy lại: một tiến trình đủ cho các quầy của một phường. "
        "Nhiều tiến trình chỉ dành cho máy chủ thành phố dùng PostgreSQL."
    )


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
    `upstream`: the address of the city's central system, of which this is a ward's hub; raises what `open_office_hub`
    does, and `HubIsOneProcess`: one line to the city and one stock of numbers are kept by one process.
    """
    if upstream:
        if workers != 1:
            raise HubIsOneProcess(workers=workers)
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
