"""The tables of the archive. A change here raises VERSION: the file is then rebuilt from the journal."""

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
    text,
)

VERSION = 9
_BEFORE_ALL = -(1 << 62)

metadata = MetaData()

# How far the journal has been applied, and of which chain: name -> value.
marks = Table(
    "marks",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

# `place` orders dossiers by time of receipt and is the row id of `finds`: the newest stream first.
dossiers = Table(
    "dossiers",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("code", String, nullable=False, index=True),
    Column("code_waits", Boolean, nullable=False),  # no code but a provisional one, or nobody was told of it
    Column("procedure", String, nullable=False),
    Column("title", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("submitter", String, nullable=False),
    Column("received_at", String, nullable=False),  # RFC 3339, UTC
    Column("due_at", String, nullable=True),  # null: not accepted
    Column("status", String, nullable=False),
    Column("sending", String, nullable=False),
    Column("read_only", Boolean, nullable=False),
    Column("whole", Boolean, nullable=False),  # its content is here: neither retired nor redacted
    Column("found_by", String, nullable=False),  # digest of its row in `finds`
    Column("problems", Text, nullable=False),  # JSON: guards that failed in replay
    Column("data", Text, nullable=False),  # JSON of the whole dossier
    Index("dossiers_received", "place", sqlite_where=text("status = 'received'")),
    Index("dossiers_by_code_waits", "place", sqlite_where=text("code_waits = 1")),
    Index("dossiers_by_whole", "whole", "status", "place"),
)

# Procedures, as titled on the dossiers here, and officers: few, and each a number in `finds`.
procedures = Table(
    "procedures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("code", String, nullable=False),
    Column("title", String, nullable=False),
    UniqueConstraint("code", "title"),
)

officers = Table(
    "officers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
)

# The parts of the index, see `clerk_app.store.parts`: each holds what was received between its first place and the next's.
parts = Table(
    "parts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("first", Integer, nullable=False, unique=True),
    Column("dossiers", Integer, nullable=False),
    Column("merged", Integer, nullable=False),  # 0: not begun, 1: under way, 2: all of it is one list a word
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("dossier", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("head", String, nullable=False),
    Column("valid", Boolean, nullable=False),
    Column("print_unfinished", Boolean, nullable=False),
    Column("unproven", Boolean, nullable=False),  # signed, and nothing proves when
    Column("turn_field", String, nullable=False),  # "": it never leaves its counter, or all have signed
    Column("turn_holder", String, nullable=False),
    Column("sent_back", Boolean, nullable=False),  # not signed, with a reason
    Column("data", Text, nullable=False),  # JSON of the document
    Index("documents_by_turn", "turn_field", "turn_holder"),
    # Only of what is to be done, as the questions say it: else one that asks for "not" goes through all the rest.
    Index("documents_by_print", "id", sqlite_where=text("print_unfinished = 1")),
    Index("documents_by_sent_back", "dossier", sqlite_where=text("sent_back = 1")),
    Index("documents_by_proof", "dossier", sqlite_where=text("unproven = 1")),
)

# Documents whose turn may be another counter's, folded anew since they were last looked after.
moved = Table("moved", metadata, Column("document", String, primary_key=True))

# What a dossier is found by, see `clerk_app.store.finds`. The tokens are cut and folded by us: the tokenizer only
# takes them apart at the spaces. Their text is not kept a second time.
_FINDS = (
    "CREATE VIRTUAL TABLE {} USING fts5(tokens, content = '', contentless_delete = 1, tokenize = 'ascii')"
)
# What no dossier here is called any more; of a refused one that may be what somebody said.
FORGET_TITLES = "DELETE FROM procedures WHERE (code, title) NOT IN (SELECT procedure, title FROM dossiers)"


def create(tx: Connection) -> None:
    """Make the tables of an empty archive."""
    metadata.create_all(tx)
    begin_part(tx, _BEFORE_ALL)
    tx.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def begin_part(tx: Connection, first: int) -> int:
    """Make an empty part of the index for what is received from a place on; return its number."""
    row = insert(parts).values(first=first, dossiers=0, merged=0).returning(parts.c.number)
    number = int(tx.execute(row).scalar_one())
    tx.exec_driver_sql(_FINDS.format(finds_of(number)))
    return number


def empty(tx: Connection) -> None:
    """Take out everything that the archive has."""
    for number in tx.execute(select(parts.c.number)).scalars().all():
        tx.exec_driver_sql(f"DROP TABLE {finds_of(number)}")
    for table in metadata.sorted_tables:
        tx.execute(delete(table))
    begin_part(tx, _BEFORE_ALL)


def finds_of(part: int) -> str:
    """Return the name of the table that is a part of the index."""
    return f"finds{part}"
