"""Small facts of the journal about itself, by name: unit, server time, feed cursor, doubts."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.clock import ServerTime, read_time, rfc3339
from sync.journal.schema import meta

UNIT = "unit"
FEED_CURSOR = "feed_cursor"
FEED_EPOCH = "feed_epoch"
FEED_DURABLE_TO = "feed_durable_to"
INSTALLATION = "installation"  # which mark belongs to this file
RESTORED = (
    "restored"  # this file was put in the place by a person: whatever the marks say, it is an older copy
)
DOUBT = "doubt"  # the chain of ours of which central knows another course, and the reason for a new one
UNCLEAN = "redaction_to_clean"  # the last redaction whose traces outside the tables are not removed yet
SHADOWS = "redaction_shadows"  # a file too large to be written anew while people work; "1" or ""
ASIDE = (
    "redaction_aside"  # files that lay aside when content was redacted, and may hold it; JSON list of names
)
TOO_NEW = "feed_too_new"  # the newest form of entry that was read when one of a newer form was passed by; "" for none
_SERVER_TIME = "server_time"


def get(tx: Connection, name: str) -> str | None:
    """Return a fact, or None."""
    return tx.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one_or_none()


def put(tx: Connection, name: str, value: str) -> None:
    """Write a fact over the one before."""
    row = insert(meta).values(name=name, value=value)
    tx.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def server_time(tx: Connection) -> ServerTime | None:
    """Return the last server time noted, or None."""
    told = get(tx, _SERVER_TIME)
    if told is None:
        return None
    moment, boot, monotonic = told.split(" ")
    return ServerTime(read_time(moment), boot, int(monotonic))


def put_server_time(tx: Connection, server: ServerTime) -> None:
    """Note a server time, and the moment of this PC at which it held."""
    put(tx, _SERVER_TIME, f"{rfc3339(server.time)} {server.boot} {server.monotonic}")


def durable_to(tx: Connection) -> int:
    """Return the position in the feed up to which central's backup reaches, 0 when it tells of none."""
    return int(get(tx, FEED_DURABLE_TO) or 0)
