"""The tables of journal.db, and the triggers that keep its truth insert-only."""

from collections.abc import Callable

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
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import SchemaItem

SCHEMA_VERSION = 2

DoesNotFit = IntegrityError
"""What a row raises that hangs on another which is not there."""

_tables = MetaData()


def _table(name: str, *parts: SchemaItem, counts: bool = False) -> Table:
    """A table that keeps the types it names; `counts`: its `n` never goes back."""
    return Table(name, _tables, *parts, sqlite_strict=True, sqlite_autoincrement=counts)


def _word(name: str) -> "Column[str]":
    return Column(name, Text, nullable=False)


meta = _table("meta", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

chains = _table(  # our own, the newest is the one that is written to
    "chains",
    Column("n", Integer, primary_key=True),
    Column("chain", Text, nullable=False, unique=True),
    Column("prev_hash", Text, nullable=False),  # last known hash of the chain before
    counts=True,
)

entries = _table(  # columns are copies of header members; one that differs from its header is damage
    "entries",
    Column("n", Integer, primary_key=True),  # the order in which they came here
    Column("id", Text, nullable=False, unique=True),
    _word("chain"),
    Column("seq", Integer, nullable=False),
    _word("subject"),
    _word("kind"),
    Column("base", Text),
    _word("author"),
    _word("occurred_at"),
    _word("body_commit"),
    _word("prev_hash"),
    Column("hash", Text, nullable=False, unique=True),
    Column("header", BLOB, nullable=False),
    Column("sig", BLOB, nullable=False),
    UniqueConstraint("chain", "seq"),
    UniqueConstraint("chain", "prev_hash"),
    Index("entries_of_subject", "subject"),
    counts=True,
)

bodies = _table(  # apart, so that a body can be retired and its entry stays
    "bodies",
    Column("entry", ForeignKey("entries.id"), primary_key=True),
    Column("salt", BLOB, nullable=False),
    Column("body", BLOB, nullable=False),
)

gone = _table(  # bodies that are no more, or must not come; the entry may not be here
    "gone",
    _word("entry"),
    _word("subject"),
    _word("state"),  # retired | redacted
    _word("by"),  # id of the entry that ordered it; "" for age
    PrimaryKeyConstraint("entry", "subject"),
    Index("gone_by_order", "by", sqlite_where=text("by <> ''")),  # orders are few, what is retired is much
)

gone_files = _table(  # files that were redacted
    "gone_files", Column("sha256", Text, primary_key=True), _word("by")
)

lines = _table(  # what stays to be shown of a subject whose bodies were retired; opaque
    "lines", Column("subject", Text, primary_key=True), Column("line", BLOB, nullable=False)
)

deliveries = _table(
    "deliveries",
    Column("entry", ForeignKey("entries.id"), primary_key=True),
    _word("verdict"),  # see sync.journal.deliveries
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("answer", Text, nullable=False, server_default="{}"),  # JSON: reason, flags, owner
    Column("place", Integer),  # position in central's feed, once known
    Index("deliveries_unsettled", "verdict", sqlite_where=text("verdict <> 'accepted'")),
    Index("deliveries_flagged", "entry", sqlite_where=text("json_array_length(answer, '$.flags') > 0")),
    Index("deliveries_by_place", "place"),
)

changes = _table(  # what a projection has to fold again
    "changes",
    Column("n", Integer, primary_key=True),
    _word("subject"),
    counts=True,
)

alarms = _table(  # what came and does not fit; kept whole for a person to look at
    "alarms",
    Column("n", Integer, primary_key=True),
    _word("what"),
    _word("entry"),
    Column("header", BLOB, nullable=False),
    Column("sig", BLOB, nullable=False),
    Column("salt", BLOB),
    Column("body", BLOB),
    counts=True,
)

leases = _table(
    "leases",
    Column("request_id", Text, primary_key=True),
    _word("chain"),
    _word("series"),
    _word("day"),  # YYYY-MM-DD in Asia/Ho_Chi_Minh
    Column("wanted", Integer, nullable=False),  # how many numbers were asked for
    _word("state"),  # asked | held | void
    Column("first", Integer),
    Column("last", Integer),
    Column("grant", BLOB),  # the very bytes that central signed
    Column("signature", BLOB),
    Index("leases_of_day", "series", "day"),
)

number_uses = _table(
    "number_uses",
    _word("series"),
    _word("day"),  # "" for provisional numbers
    Column("value", Integer, nullable=False),
    _word("chain"),
    Column("entry", ForeignKey("entries.id"), unique=True),  # filled before the same transaction ends
    PrimaryKeyConstraint("series", "day", "value"),
)

files = _table(
    "files",
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),  # bytes of plaintext; 0: not known
    Column("uploaded", Integer, nullable=False, server_default="0"),
    Index("files_waiting", "uploaded", sqlite_where=text("uploaded = 0")),
)

file_owners = _table(
    "file_owners",
    Column("sha256", ForeignKey("files.sha256"), nullable=False),
    _word("owner"),
    PrimaryKeyConstraint("sha256", "owner"),
    Index("files_of_owner", "owner"),
)

revisions = _table(
    "revisions",
    _word("document"),
    _word("sha256"),
    Column("parent", Text),
    _word("kind"),  # base | signature | proof
    _word("field"),  # signature field that it fills, else ""
    PrimaryKeyConstraint("document", "sha256"),
)

documents = _table(
    "documents", Column("document", Text, primary_key=True), Column("head", Text, nullable=False)
)

turns = _table(
    "turns",
    Column("document", Text, primary_key=True),
    _word("field"),
    _word("holder"),
    Index("turns_by_holder", "holder", "field"),
)

drafts = _table("drafts", Column("id", Text, primary_key=True), Column("data", BLOB, nullable=False))

published = _table(  # versions of signed documents; their bytes are kept as files
    "published",
    _word("name"),
    Column("version", Integer, nullable=False),
    _word("etag"),
    _word("sha256"),
    Column("statement", BLOB, nullable=False),
    Column("signature", BLOB, nullable=False),
    PrimaryKeyConstraint("name", "version"),
)

_FROZEN = ("entries", "changes", "chains", "revisions", "published")
_ACCEPTED = "(SELECT verdict FROM deliveries WHERE entry = {row}.entry) = 'accepted'"
_GONE = (
    "EXISTS (SELECT 1 FROM gone JOIN entries ON entries.id = gone.entry AND entries.subject = gone.subject"
    " WHERE gone.entry = {row}.entry AND {state})"
)
_REDACTED = "gone.state = 'redacted'"
_MAY_GO = f"({_REDACTED} OR {_ACCEPTED.format(row='OLD')})"
_NOT_A_REDACTED_ALARM = (
    "NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.header <> OLD.header OR NEW.sig <> OLD.sig"
    " OR NEW.what <> OLD.what OR NEW.entry <> OLD.entry OR NEW.n <> OLD.n"
    " OR NOT EXISTS (SELECT 1 FROM gone WHERE entry = OLD.entry AND state = 'redacted')"
)
_GUARDS = (
    ("bodies", "UPDATE", "1"),
    (
        "bodies",
        "DELETE",  # the narrow door: what is noted as gone, and if by age, only what central has settled
        f"NOT {_GONE.format(row='OLD', state=_MAY_GO)}",
    ),
    ("bodies", "INSERT", _GONE.format(row="NEW", state=_REDACTED)),  # what was redacted never comes back
    ("gone", "INSERT", f"NEW.state <> 'redacted' AND NOT {_ACCEPTED.format(row='NEW')}"),
    ("gone", "UPDATE", "OLD.state <> 'retired' OR NEW.state <> 'redacted' OR NEW.entry <> OLD.entry"),
    ("gone", "DELETE", "1"),
    ("gone_files", "UPDATE", "1"),
    ("gone_files", "DELETE", "1"),
    ("alarms", "DELETE", "1"),
    (
        "alarms",
        "UPDATE",  # of a redacted entry the bytes of the body go here too
        _NOT_A_REDACTED_ALARM,
    ),
    ("deliveries", "DELETE", "1"),
    ("number_uses", "DELETE", "1"),
    ("number_uses", "UPDATE", "OLD.entry IS NOT NULL OR NEW.value <> OLD.value OR NEW.series <> OLD.series"),
    ("leases", "DELETE", "1"),
)


def table(name: str) -> Table:
    """Return a table by its name."""
    return _tables.tables[name]


def create(tx: Connection) -> None:
    """Make every table and trigger, and note the version."""
    create_tables(tx)
    guard(tx)


def bring_up_to_date(tx: Connection, version: int) -> None:
    """Make of the tables of an older version those of today, step by step."""
    for number in range(version, SCHEMA_VERSION):
        STEPS[number](tx)
    tx.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _let_bodies_go(tx: Connection) -> None:
    """From 1 to 2: tables of what is gone, and a narrow door in the triggers for it."""
    _tables.create_all(tx)
    for name in tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
        tx.exec_driver_sql(f"DROP TRIGGER {name}")
    guard(tx)


def create_tables(tx: Connection) -> None:
    """Make the tables of a journal that is put together from another, still without their triggers."""
    _tables.create_all(tx)


def missing_indexes(tx: Connection) -> tuple[Index, ...]:
    """Return the indexes that a file of an earlier program has not. They change nothing that is kept: no version."""
    there = set(tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars())
    every = (index for table in _tables.sorted_tables for index in table.indexes)
    return tuple(index for index in every if index.name not in there)


def guard(tx: Connection) -> None:
    """Make what is written insert-only, and note the version."""
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


STEPS: dict[int, Callable[[Connection], None]] = {1: _let_bodies_go}
"""From a version to the next."""
