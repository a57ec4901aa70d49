"""Serve the reference central system with the office's rules; needs the extra `central`."""

from collections.abc import Callable
from pathlib import Path

from clerk_app.services.central_house import open_office_central
from sync.central.admission import WRITERS, Admission
from sync.central.serve import serve


def serve_central(
    folder: Path,
    host: str = "127.0.0.1",
    port: int = 0,
    database: str = "",
    ready: Callable[[int], None] | None = None,
    certificate: Path | None = None,
    key: Path | None = None,
    writers: int = WRITERS,
) -> None:
    """Serve until the process is told to stop.

    `database` is an SQLAlchemy URL, by default an SQLite file in `folder`; `ready` is told the port once
    requests are answered. With a `certificate` and its `key` (PEM) it speaks TLS. At most `writers` are let in
    at once. Accounts are enrolled beforehand.
    """
    with open_office_central(folder, database) as central:
        serve(central, host, port, ready, certificate, key, Admission(writers))
