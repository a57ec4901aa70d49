"""The last signed word of central on each chain that we sent of: kept whole, as evidence."""

import json
from base64 import b64decode, b64encode

from sqlalchemy import Connection

from sync.contract.messages import Signed
from sync.journal import meta

_NAME = "head of {chain}"


def of(tx: Connection, chain: str) -> Signed | None:
    """Return central's last word on a chain, None while there is none; it was believed before it was kept."""
    told = meta.get(tx, _NAME.format(chain=chain))
    if told is None:
        return None
    parts = json.loads(told)
    return Signed(b64decode(parts["data"]), b64decode(parts["sig"]))


def keep(tx: Connection, chain: str, signed: Signed) -> None:
    """Write central's word on a chain over the one before."""
    parts = {"data": b64encode(signed.data).decode(), "sig": b64encode(signed.sig).decode()}
    meta.put(tx, _NAME.format(chain=chain), json.dumps(parts))
