"""Signs that our chain is not ours alone: noted with what showed them, acted upon between two pieces of work."""

from sqlalchemy import Connection

from sync.journal import meta
from sync.journal.entries import current_chain
from sync.journal.reason import Reason

_SIGNS = {"second_hash": Reason.DOUBTED, "chain_broken": Reason.DOUBTED, "chain_closed": Reason.FOLLOWED}


def note(tx: Connection, chain: str, *signs: str) -> None:
    """Note the first sign that concerns the chain we write."""
    found = next((sign for sign in signs if sign in _SIGNS), None)
    if found is not None and chain == current_chain(tx) and standing(tx) is None:
        meta.put(tx, meta.DOUBT, f"{chain} {_SIGNS[found].value}")


def standing(tx: Connection) -> Reason | None:
    """Return why the chain we write has to end, None when nothing speaks against it."""
    chain, _, reason = (meta.get(tx, meta.DOUBT) or "").partition(" ")
    return Reason(reason) if chain and chain == current_chain(tx) else None
