"""A central system for the tests, as a child process: tells its port, and stands still in mid-batch when asked to."""

import json
import os
import sys
import threading
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from fastapi import FastAPI

from sync.central import entries
from sync.central.above import Above
from sync.central.app import create_app
from sync.central.house import Central, open_central
from sync.central.serve import Address, serve
from sync.central.upstream import Upstream
from sync.central.workers import end_with_supervisor, serve_with_workers
from sync.rules import Rules
from tests.sync.central.world import PUBLISHED

_HERE = "tests.sync.central.run_central"
_TOLD = "TEST_CENTRAL"
_open = ExitStack()


def main(setting: str) -> None:
    told: dict[str, Any] = json.loads(setting)
    if told["pause_after"]:
        stand_still_after(told["pause_after"])
    if told["workers"] == 1:
        with central_of(told) as central:
            tls = (Path(told[name]) if told[name] else None for name in ("certificate", "tls_key"))
            serve(central, Address("127.0.0.1", 0, "", *tls, told["writers"]), ready=say)
        return
    serve_with_workers(f"{_HERE}:worker", told["workers"], Address(), lambda issuer: note(told, issuer), say)


def note(told: dict[str, Any], issuer: str) -> None:
    os.environ[_TOLD] = json.dumps({**told, "issuer": issuer})


def central_of(told: dict[str, Any]) -> AbstractContextManager[Central]:
    key = bytes.fromhex(told["signing_key"])
    above = None
    if told["above"]:
        above = Above(**{**told["above"], "public_key": bytes.fromhex(told["above"]["public_key"])})
        if told["alone"]:
            Upstream.going_on = lambda _: nullcontext()
    published = PUBLISHED if above is None else {}
    rules = Rules.from_json(told["rules"])
    return open_central(told["database"], Path(told["folder"]), rules, published, key, above)


def worker() -> FastAPI:
    end_with_supervisor()
    told = json.loads(os.environ[_TOLD])
    return create_app(_open.enter_context(central_of(told)), told["issuer"])


def stand_still_after(count: int) -> None:
    record, recorded = entries._record, []

    def pausing(*args: Any, **kwargs: Any) -> Any:
        recorded.append(record(*args, **kwargs))
        if len(recorded) == count:
            say("standing still")
            threading.Event().wait()
        return recorded[-1]

    entries._record = pausing


def say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
