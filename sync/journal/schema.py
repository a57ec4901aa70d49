"""The tables of journal.db, and the triggers that keep its truth insert-only."""

from sqlalchemy import (
    BLOB,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

SCHEMA_VERSION = 1

_tables = MetaData()


def _id(name: str) -> "Column[str]":
    return Column(name, Text, nullable=False)


meta = Table("meta", _tables, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

chains = Table(  # our own, the newest is the one that is written to
    "chains",
    _tables,
    Column("n", Integer, primary_key=True),
    Column("chain", Text, nullable=False, unique=True),
    Column("prev_hash", Text, nullable=False),  # last known hash of the chain before
    sqlite_autoincrement=True,
)

entries = Table(  # columns are copies of header members; one that differs from its header is damage
    "entries",
    _tables,
    Column("n", Integer, primary_key=True),  # the order in which they came here
    Column("id", Text, nullable=False, unique=True),
    _id("chain"),
    Column("seq", Integer, nullable=False),
    _id("subject"),
    _id("kind"),
    Column("base", Text),
    _id("author"),
    _id("occurred_at"),
    _id("body_commit"),
    _id("prev_hash"),
    Column("hash", Text, nullable=False, unique=True),
    Column("header", BLOB, nullable=False),
    Column("sig", BLOB, nullable=False),
    UniqueConstraint("chain", "seq"),
    UniqueConstraint("chain", "prev_hash"),
    Index("entries_of_subject", "subject"),
    sqlite_autoincrement=True,
)

bodies = Table(  # apart, so that a body can be retired and its entry stays
    "bodies",
    _tables,
    Column("entry", ForeignKey("entries.id"), primary_key=True),
    Column("salt", BLOB, nullable=False),
    Column("body", BLOB, nullable=False),
)

deliveries = Table(
    "deliveries",
    _tables,
    Column("entry", ForeignKey("entries.id"), primary_key=True),
    _id("verdict"),  # see sync.journal.deliveries
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("answer", Text, nullable=False, server_default="{}"),  # JSON: reason, flags, owner
    Column("place", Integer),  # position in central's feed, once known
    Index("deliveries_unsettled", "verdict", sqlite_where=text("verdict <> 'accepted'")),
)

changes = Table(  # what a projection has to fold again
    "changes",
    _tables,
    Column("n", Integer, primary_key=True),
    _id("subject"),
    sqlite_autoincrement=True,
)

alarms = Table(  # what came and does not fit; kept whole for a person to look at
    "alarms",
    _tables,
    Column("n", Integer, primary_key=True),
    _id("what"),
    _id("entry"),
    Column("header", BLOB, nullable=False),
    Column("sig", BLOB, nullable=False),
    Column("salt", BLOB),
    Column("body", BLOB),
    sqlite_autoincrement=True,
)

leases = Table(
    "leases",
    _tables,
    Column("request_id", Text, primary_key=True),
    _id("chain"),
    _id("series"),
    _id("day"),  # YYYY-MM-DD in Asia/Ho_Chi_Minh
    Column("wanted", Integer, nullable=False),  # how many numbers were asked for
    _id("state"),  # asked | held | void
    Column("first", Integer),
    Column("last", Integer),
    Column("grant", BLOB),  # the very bytes that central signed
    Column("signature", BLOB),
    Index("leases_of_day", "series", "day"),
)

number_uses = Table(
    "number_uses",
    _tables,
    _id("series"),
    _id("day"),  # "" for provisional numbers
    Column("value", Integer, nullable=False),
    _id("chain"),
    Column("entry", ForeignKey("entries.id"), unique=True),  # filled before the same transaction ends
    PrimaryKeyConstraint("series", "day", "value"),
)

files = Table(
    "files",
    _tables,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),  # bytes of plaintext; 0: not known
    Column("uploaded", Integer, nullable=False, server_default="0"),
)

file_owners = Table(
    "file_owners",
    _tables,
    Column("sha256", ForeignKey("files.sha256"), nullable=False),
    _id("owner"),
    PrimaryKeyConstraint("sha256", "owner"),
    Index("files_of_owner", "owner"),
)

revisions = Table(
    "revisions",
    _tables,
    _id("document"),
    _id("sha256"),
    Column("parent", Text),
    _id("kind"),  # base | signature | proof
    _id("field"),  # signature field that it fills, else ""
    PrimaryKeyConstraint("document", "sha256"),
)

documents = Table(
    "documents", _tables, Column("document", Text, primary_key=True), Column("head", Text, nullable=False)
)

turns = Table("turns", _tables, Column("document", Text, primary_key=True), _id("field"), _id("holder"))

drafts = Table("drafts", _tables, Column("id", Text, primary_key=True), Column("data", BLOB, nullable=False))

published = Table(  # versions of signed documents; their bytes are kept as files
    "published",
    _tables,
    _id("name"),
    Column("version", Integer, nullable=False),
    _id("etag"),
    _id("sha256"),
    Column("statement", BLOB, nullable=False),
    Column("signature", BLOB, nullable=False),
    PrimaryKeyConstraint("name", "version"),
)

_FROZEN = ("entries", "changes", "chains", "alarms", "revisions", "published")
_GUARDS = (
    ("bodies", "UPDATE", "1"),
    (
        "bodies",
        "DELETE",  # the narrow door: only what central has settled may be retired
        "(SELECT verdict FROM deliveries WHERE entry = OLD.entry) <> 'accepted'",
    ),
    ("deliveries", "DELETE", "1"),
    ("number_uses", "DELETE", "1"),
    ("number_uses", "UPDATE", "OLD.entry IS NOT NULL OR NEW.value <> OLD.value OR NEW.series <> OLD.series"),
    ("leases", "DELETE", "1"),
)


def create(tx: Connection) -> None:
    """Make every table and trigger, and note the version."""
    _tables.create_all(tx)
    for table in _FROZEN:
        for verb in ("UPDATE", "DELETE"):
            _forbid(tx, table, verb, "1")
    for table, verb, when in _GUARDS:
        _forbid(tx, table, verb, when)
    tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _forbid(tx: Connection, table: str, verb: str, when: str) -> None:
    tx.exec_driver_sql(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: {verb.lower()} is not allowed'); END"
    )
