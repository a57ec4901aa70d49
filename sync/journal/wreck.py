"""Reads what can still be read of a damaged file, row by row; the file itself is never written to."""

from collections.abc import Generator, Iterator, Mapping
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

_MOST = 256  # rows of one reading
_NEAR = 5000  # places behind an unreadable one that are looked at, where nobody knows how far a table reaches
_TRIES = 2000  # for what lies between in one table; after each the file is opened anew

RawRow = Mapping[str, Any]


class Wreck:
    """One file under its key (32 bytes). After each failure it is opened anew: one bad page poisons a connection."""

    def __init__(self, path: Path, key: bytes, *, was_pushed_aside: bool = False) -> None:
        self.path = path
        self.was_pushed_aside = was_pushed_aside  # by a restore: what took its place does not know all of it
        self._key = key
        self._connection: Any = None
        self._torn: set[str] = set()

    def is_whole(self, table: str) -> bool:
        """Whether `rows` has returned every row of a table that is there."""
        return table not in self._torn

    def is_readable(self) -> bool:
        """Whether the first page opens: without it nothing does."""
        return self._asked("SELECT count(*) FROM sqlite_master") is not None

    def has(self, table: str) -> bool:
        """Whether there is such a table; an older program made fewer."""
        found = self._asked("SELECT count(*) AS count FROM sqlite_master WHERE name = ?", table)
        return found is not None and bool(found[0]["count"])

    def version(self) -> int:
        """Return the version of its tables, 0 when it cannot be read."""
        found = self._asked("PRAGMA user_version")
        return 0 if found is None else int(found[0]["user_version"])

    def rows(self, table: str) -> Iterator[RawRow]:
        """Return every row of a table that can be read, in the order in which they were written."""
        first, last = self._edge(table, "min"), self._edge(table, "max")
        if first is None or last is None:
            self._torn.add(table)
        starts, left = [1 - _MOST if first is None else first], _TRIES
        while starts:
            failed = yield from self._run(table, starts[0])
            if failed is None:
                return
            self._torn.add(table)
            starts = [each for each in starts if each > failed]
            end = starts[0] if starts else failed + _NEAR if last is None else last + 1
            found, left = self._behind(table, failed, end, left)
            starts = found + starts

    def _run(self, table: str, first: int) -> Generator[RawRow, None, int | None]:
        """Yield rows from a number on; return the number of the first that cannot be read, None at the end."""
        at, count = first, _MOST
        while True:
            found = self._asked(
                f"SELECT rowid AS at, * FROM {table} WHERE rowid >= ? ORDER BY rowid LIMIT ?",  # noqa: S608 - names of ours
                at,  # by "rowid > at" the first row behind a bad page would be looked for in that page
                count,
            )
            if found is None and count == 1:
                return at
            if found is None:
                count = 1 if count <= 4 else count // 4
                continue
            if not found:
                return None
            yield from found
            at, count = int(found[-1]["at"]) + 1, min(_MOST, count * 2)

    def _behind(self, table: str, failed: int, end: int, left: int) -> tuple[list[int], int]:
        """Return from which numbers on, behind an unreadable one and before `end`, rows can be read, and the tries left.

        A page near the root that is bad hides thousands of rows: so first by longer and longer steps, then by halves,
        the longest stretch of which nothing is known first. Where the tries are enough, every number was tried.
        """
        starts: list[int] = []
        unknown: list[tuple[int, int]] = []  # minus its length, and the unreadable number before it
        at, step = failed, 1
        while not starts and at + 1 < end:
            beyond = min(at + step, end - 1)
            if self._leads_on(table, beyond):
                starts.append(beyond)
            heappush(unknown, (at - beyond, at))
            at, step = beyond, step * 2
        while unknown and left:
            length, before = heappop(unknown)
            if length >= -1:
                break
            middle = before - length // 2
            left -= 1
            heappush(unknown, (before - middle, before))
            if self._leads_on(table, middle):
                starts.append(middle)
            else:
                heappush(unknown, (middle - (before - length), middle))
        return sorted(starts), left

    def _leads_on(self, table: str, at: int) -> bool:
        """Whether the first row from a number on can be reached."""
        asked = f"SELECT rowid AS at FROM {table} WHERE rowid >= ? ORDER BY rowid LIMIT 1"  # noqa: S608 - names of ours
        return self._asked(asked, at) is not None

    def close(self) -> None:
        """Let go of the file; harmless to repeat."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> "Wreck":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _edge(self, table: str, which: str) -> int | None:
        """Return the first or the last number of a row; those that were taken back from outside lie below 1."""
        found = self._asked(f"SELECT {which}(rowid) AS edge FROM {table}")  # noqa: S608 - names of ours
        return None if found is None else int(found[0]["edge"] or 0)

    def _asked(self, question: str, *values: object) -> list[RawRow] | None:
        """Return the answer, None when what it needs cannot be read."""
        try:
            cursor = self._opened().execute(question, values)
            names = [each[0] for each in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]
        except (sqlcipher.Error, OverflowError, UnicodeDecodeError):
            self.close()
            return None

    def _opened(self) -> Any:
        if self._connection is None:
            uri = f"{self.path.absolute().as_uri()}?mode=ro"
            connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
            connection.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            connection.execute("PRAGMA cipher_log_level = NONE")
            self._connection = connection
        return self._connection
