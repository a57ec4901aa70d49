"""A central system for the tests, as a child process: tells its port, and stands still in mid-batch when asked to."""

import json
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from sync.central import entries
from sync.central.admission import Admission
from sync.central.house import open_central
from sync.central.serve import serve
from tests.sync.central.world import PUBLISHED, RULES


def main(told: dict[str, Any]) -> None:
    if told["pause_after"]:
        stand_still_after(told["pause_after"])
    key = bytes.fromhex(told["signing_key"])
    with open_central(told["database"], Path(told["folder"]), RULES, PUBLISHED, key) as central:
        certificate, tls_key = (
            Path(told[name]) if told[name] else None for name in ("certificate", "tls_key")
        )
        serve(central, ready=say, certificate=certificate, key=tls_key, admission=Admission(told["writers"]))


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
    main(json.loads(sys.argv[1]))
