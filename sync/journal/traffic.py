"""How many bytes of files went out on which day, as they left: what was cut and sent again counts again."""

import json

from sqlalchemy import Connection

from sync.journal import meta

_SENT, _DAYS = "file_bytes_sent", 62  # how many days are kept


def sent_on(tx: Connection, day: str) -> int:
    """Return the bytes of files that were sent on a day, YYYY-MM-DD."""
    return _kept(tx).get(day, 0)


def note(tx: Connection, day: str, count: int) -> None:
    """Add bytes to a day."""
    days = _kept(tx)
    days[day] = days.get(day, 0) + count
    newest = sorted(days)[-_DAYS:]
    meta.put(tx, _SENT, json.dumps({each: days[each] for each in newest}))


def _kept(tx: Connection) -> dict[str, int]:
    kept: dict[str, int] = json.loads(meta.get(tx, _SENT) or "{}")
    return kept
