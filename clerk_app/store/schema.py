"""The tables of the archive. A change here raises VERSION: the file is then rebuilt from the journal."""

from sqlalchemy import Boolean, Column, Connection, Index, Integer, MetaData, String, Table, Text

VERSION = 2

metadata = MetaData()

# How far the journal has been applied, and of which chain: name -> value.
marks = Table(
    "marks",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

# `place` orders dossiers by time of receipt and is the row id of `names`: the newest stream first.
dossiers = Table(
    "dossiers",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("code", String, nullable=False, index=True),
    Column("code_reversed", String, nullable=False, index=True),
    Column("provisional", Boolean, nullable=False),
    Column("procedure", String, nullable=False),
    Column("title", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("submitter", String, nullable=False),
    Column("received_at", String, nullable=False),  # RFC 3339, UTC
    Column("due_at", String, nullable=True),  # null: not accepted
    Column("status", String, nullable=False),
    Column("sending", String, nullable=False),
    Column("read_only", Boolean, nullable=False),
    Column("problems", Text, nullable=False),  # JSON: guards that failed in replay
    Column("data", Text, nullable=False),  # JSON of the whole dossier
    Index("dossiers_by_status", "status", "place"),
    Index("dossiers_by_due", "status", "due_at", "place"),
)

# Personal numbers and phones of everyone on a dossier, as digits and capitals only.
numbers = Table(
    "numbers",
    metadata,
    Column("number", String, primary_key=True),
    Column("place", Integer, primary_key=True),
    Index("numbers_by_place", "place"),
    sqlite_with_rowid=False,
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
    Column("data", Text, nullable=False),  # JSON of the document
    Index("documents_by_print", "print_unfinished"),
)

# Names as the clerk types them, without accents; codes by their parts. Folded by us, at write and query.
NAMES = (
    "CREATE VIRTUAL TABLE names USING fts5"
    "(name, code, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
)


def create(tx: Connection) -> None:
    """Make the tables of an empty archive."""
    metadata.create_all(tx)
    tx.exec_driver_sql(NAMES)
    tx.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
