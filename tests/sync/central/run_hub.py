"""One round of a hub for the tests, as a child process that ends itself as a power cut would, at a named point of it."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from sync.central import blocks, hub, upstream
from sync.central.above import Above
from sync.central.house import open_central
from tests.sync.central.run_counter import dying_after, dying_before
from tests.sync.central.world import RULES


def main(point: str, told: dict[str, object]) -> None:
    if point == "answer_not_noted":
        hub.note = dying_before(hub.note)
    elif point == "answer_not_committed":
        hub.note = dying_after(hub.note)
    elif point == "page_not_committed":
        hub.apply = dying_after(hub.apply)
    elif point == "file_not_noted":
        upstream.Upstream._sent = dying_after(upstream.Upstream._sent)
    elif point == "block_not_kept":
        blocks.hold = dying_before(blocks.hold)
    above = Above(**{**told["above"], "public_key": bytes.fromhex(told["above"]["public_key"])})
    key = bytes.fromhex(str(told["signing_key"]))
    with open_central(str(told["database"]), Path(str(told["folder"])), RULES, {}, key, above) as central:
        central.upstream.round()


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
