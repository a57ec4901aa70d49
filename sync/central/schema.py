"""Central's tables. Times are RFC 3339 UTC text with milliseconds, so they sort as they stand.

Columns beside `header` are copies of what the header says. Headers, signatures and bodies are kept as
the very bytes received.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

server = Table(
    "server",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("epoch", Text, nullable=False),  # another one: restored from a backup
    Column("restored_at", Text),  # null: this is its first life
)

units = Table(
    "units",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("owner", Text, nullable=False),  # who answers for its alarms
    Column("position", BigInteger, nullable=False),  # last position of its feed
    Column("durable_to", BigInteger, nullable=False),  # position up to which a backup reaches
)

devices = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("token_sha256", Text, nullable=False),
    Column("revoked_at", Text),
    Column("shown_epoch", Text),  # the life in which it has shown the ranges that it holds
)

author_keys = Table(
    "author_keys",
    metadata,
    Column("author", Text, primary_key=True),  # officer:<id> | device:<id>
    Column("unit", Text, ForeignKey("units.id"), primary_key=True),
    Column("public_key", LargeBinary, primary_key=True),
    Column("roles", Text, nullable=False),  # JSON list
    Column("valid_from", Text, nullable=False),
    Column("valid_to", Text, nullable=False),
    Column("revoked_at", Text),
)

entries = Table(
    "entries",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("device", Text, ForeignKey("devices.id"), nullable=False),  # who brought it
    Column("chain", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("occurred_at", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("salt", LargeBinary),
    Column("body", LargeBinary),
    Column("authentic", Boolean, nullable=False),  # signature and body were right
    Column("placed", Boolean, nullable=False),  # holds its id and its place in the chain
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("flags", Text, nullable=False),  # JSON list
    Column("owner", Text, nullable=False),
    Column("resolved_by", Text),  # id of the entry that settled a refused one
    Column("position", BigInteger),  # in the unit's feed; NULL: no final word yet
    Index(
        "ix_entries_place",
        "chain",
        "seq",
        unique=True,
        sqlite_where=text("placed"),
        postgresql_where=text("placed"),
    ),
    Index(
        "ix_entries_id_placed",
        "id",
        unique=True,
        sqlite_where=text("placed"),
        postgresql_where=text("placed"),
    ),
    Index(None, "id"),
    Index(None, "chain", "seq"),
    Index(None, "subject", "position"),
    Index(None, "device", "occurred_at"),
    UniqueConstraint("unit", "position"),
)

closed_chains = (
    Table(  # by the first entry of the chain that follows; ranges of numbers leased to them are void
        "closed_chains",
        metadata,
        Column("chain", Text, primary_key=True),
        Column("unit", Text, ForeignKey("units.id"), nullable=False),
        Column("seq", BigInteger, nullable=False),  # last place that its counter knew of
        Column("hash", Text, nullable=False),  # of the entry there
        Column("closed_by", Text, nullable=False),  # hash of the entry that says so
    )
)

number_uses = Table(
    "number_uses",
    metadata,
    Column("series", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("value", BigInteger, primary_key=True),
    Column("code", Text, nullable=False),
    Column("entry", Text, ForeignKey("entries.hash"), nullable=False),
    Index(None, "code"),
)

number_counters = Table(
    "number_counters",
    metadata,
    Column("series", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("device", Text, ForeignKey("devices.id"), nullable=False),
    Column("chain", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),  # the signed bytes, given again on a repeated wish
    Column("sig", LargeBinary, nullable=False),
    Index(None, "series", "chain"),
    Index(None, "device", "day"),
)

lease_ends = Table(  # by the entry in which the counter says what nobody took of a range on its day
    "lease_ends",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("series", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column(
        "unused", Text, nullable=False
    ),  # JSON: [[first, last], …]; null: all, its counter never got the answer
    Column("entry", Text, ForeignKey("entries.hash"), nullable=False),
    Index(None, "series", "day"),
)

files = Table(
    "files",
    metadata,
    Column("unit", Text, ForeignKey("units.id"), primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("received_at", Text, nullable=False),
)

redacted = Table(  # what was ordered to be deleted, and is not kept when it comes again
    "redacted",
    metadata,
    Column("unit", Text, ForeignKey("units.id"), primary_key=True),
    Column("what", Text, primary_key=True),  # entry | file
    Column("subject", Text, primary_key=True),  # the order's own
    Column("id", Text, primary_key=True),  # of the entry, or sha256 of the file
    Column("by", Text, nullable=False),  # hash of the order
)

published = Table(
    "published",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("issued_at", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),  # the signed statement
    Column("sig", LargeBinary, nullable=False),
)

alarms = Table(
    "alarms",
    metadata,
    Column("reason", Text, primary_key=True),  # a key of the contract's REASONS
    Column("hash", Text, primary_key=True),  # of the header that raised it
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("owner", Text, nullable=False),
    Column("raised_at", Text, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("detail", Text, nullable=False),
    Column("settled_at", Text),
    Column("settled_by", Text),  # id of the entry by which a person says so; of itself otherwise
)

# A hub's own: what it is to the system above it, and how far that one knows what lies here. Empty anywhere else.

hub = Table(
    "hub",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("unit", Text, nullable=False),
    Column("chain", Text, nullable=False),  # under which it asks for ranges; it writes no entries
    Column("epoch", Text),  # the life of the system above that we know
    Column("cursor", Text, nullable=False),  # in its feed
    Column("to_show", Boolean, nullable=False),  # it was restored, and has not seen all ranges yet
    Column("authors", LargeBinary),  # its signed list, handed on as it came
    Column("authors_sig", LargeBinary),
    Column("authors_etag", Text, nullable=False),
)

hub_entries = Table(
    "hub_entries",
    metadata,
    Column("hash", Text, ForeignKey("entries.hash"), primary_key=True),
    Column("n", BigInteger, nullable=False),  # our order, in which they are sent on
    Column("answered", Boolean, nullable=False),  # the system above has it; its word comes by its feed
    Column("final", Boolean, nullable=False),  # its word stands in `entries`
    Column("place", BigInteger),  # in its feed, in this life of it
    Index("ix_hub_entries_waiting", "n", sqlite_where=text("NOT final"), postgresql_where=text("NOT final")),
    Index(None, "place"),
)

hub_files = Table("hub_files", metadata, Column("sha256", Text, primary_key=True))  # sent on

hub_leases = Table(  # given to counters, and shown to the system above
    "hub_leases", metadata, Column("request_id", Text, primary_key=True)
)

hub_blocks = Table(
    "hub_blocks",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("series", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("wanted", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # asked | held | void
    Column("first", BigInteger),
    Column("last", BigInteger),
    Column("next", BigInteger),  # the first number that no counter has
    Column("data", LargeBinary),  # as the system above signed it
    Column("sig", LargeBinary),
    Index(None, "series", "day"),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("handle", Text, primary_key=True),
    Column("secret", Text, nullable=False),  # argon2id
    Column("kind", Text, nullable=False),  # device | officer
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("subject", Text, nullable=False),  # device or officer id
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),  # JSON list
    Column("valid_from", Text),  # null: settled when it is used
    Column("valid_to", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("wrong", Integer, nullable=False),  # guesses
    Column("used_at", Text),
    Column("request_id", Text),
    Column("public_key", LargeBinary),
)

passwords = Table(
    "passwords",
    metadata,
    Column("officer", Text, primary_key=True),
    Column("hash", Text, nullable=False),  # argon2id
    Column("set_at", Text, nullable=False),
    Column("wrong", Integer, nullable=False),  # in a row
    Column("waits_until", Text),
)

sign_ins = Table(  # on their way: an authorization code each
    "sign_ins",
    metadata,
    Column("code_sha256", Text, primary_key=True),
    Column("officer", Text, nullable=False),
    Column("unit", Text, ForeignKey("units.id"), nullable=False),
    Column("client_id", Text, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("challenge", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("used_at", Text),
)
