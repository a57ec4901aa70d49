"""Redactions at central: bodies and files that an accepted order names are deleted, and never kept again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from sync.body import read_body
from sync.central.database import Database, hold
from sync.central.files import FileRoom, Upload, disown, is_owned, note_owner
from sync.central.refusal import Refusal
from sync.central.schema import entries, files, hub_files, redacted
from sync.contract.messages import Carried, Verdict
from sync.entry import Entry
from sync.errors import EntryMalformed
from sync.redaction import REDACTED, SPARED, Redaction, has_effect, redaction_in

_ENTRY, _FILE = "entry", "file"
_AT_ONCE = 500  # values in one question to the database
_SCANNED_AT_ONCE = 50  # files looked for in one reading of the bodies


def follow(tx: Connection, unit: str, entry: Entry, flags: Iterable[str]) -> None:
    """Do what an accepted entry orders, unless its author had no right to it. Files go with `clear`.

    A file that an accepted entry of another subject names stays, and one that such an entry names later is wanted again.
    """
    order = redaction_in(entry)
    if order is None:
        want_again(tx, unit, entry)
    elif has_effect(flags):
        _delete(tx, unit, order, entry.hash)


def _delete(tx: Connection, unit: str, order: Redaction, by: str) -> None:
    shared = _named_elsewhere(tx, unit, order)
    going = [sha256 for sha256 in order.files if sha256 not in shared]
    _note(tx, unit, _ENTRY, order.subject, order.entries, by)
    _note(tx, unit, _FILE, order.subject, going, by)
    for some in _by_hundreds(order.entries):
        those = (entries.c.unit == unit) & (entries.c.subject == order.subject) & entries.c.id.in_(some)
        tx.execute(update(entries).where(those, entries.c.kind.not_in(SPARED)).values(salt=None, body=None))
    for some in _by_hundreds(going):
        tx.execute(delete(files).where(files.c.unit == unit, files.c.sha256.in_(some)))
        tx.execute(
            delete(hub_files).where(hub_files.c.sha256.in_(some))
        )  # the system above has let it go too


def _named_elsewhere(tx: Connection, unit: str, order: Redaction) -> frozenset[str]:
    """Return which files accepted entries of other subjects name too. Reads the unit's bodies: orders are rare."""
    others = (entries.c.unit == unit) & (entries.c.subject != order.subject)
    accepted = entries.c.verdict == Verdict.ACCEPTED.value
    found: set[str] = set()
    for some in _by_hundreds(order.files, _SCANNED_AT_ONCE):
        naming = or_(*(_holds(tx, sha256.encode("ascii")) for sha256 in some))
        bodies = tx.execute(select(entries.c.body).where(others, accepted, naming)).scalars().all()
        found.update(sha256 for body in bodies for sha256 in _files_of(body))
    return frozenset(order.files) & found


def _holds(tx: Connection, text: bytes) -> ColumnElement[bool]:
    if tx.dialect.name == "sqlite":
        return func.instr(entries.c.body, text) > 0
    return entries.c.body.like(b"%" + text + b"%")


def want_again(tx: Connection, unit: str, entry: Entry) -> None:
    """Ask again for the redacted files that an accepted entry of another subject names."""
    named = _files_of(entry.body)
    if named and among_files(tx, unit, named):
        mine = (redacted.c.unit == unit) & (redacted.c.what == _FILE) & redacted.c.id.in_(named)
        tx.execute(delete(redacted).where(mine, redacted.c.subject != entry.subject))


def _files_of(body: bytes | None) -> tuple[str, ...]:
    try:
        return read_body(body or b"{}").files
    except EntryMalformed:
        return ()


def ordered_in(offered: Sequence[Carried]) -> bool:
    """Whether a batch brings an order, so that files may have to be removed."""
    return any(f'"kind":"{REDACTED}"'.encode() in carried.header for carried in offered)


def names(tx: Connection, unit: str, entry: Entry) -> bool:
    """Whether an order names this entry: then its body is not kept."""
    mine = (redacted.c.unit == unit) & (redacted.c.what == _ENTRY) & (redacted.c.id == entry.id)
    found = tx.execute(select(redacted.c.id).where(mine, redacted.c.subject == entry.subject)).first()
    return found is not None and entry.kind not in SPARED


def among_files(tx: Connection, unit: str, sha256s: Sequence[str]) -> frozenset[str]:
    """Return which of these files an order names: they are not wanted again."""
    mine = (redacted.c.unit == unit) & (redacted.c.what == _FILE)
    found = (select(redacted.c.id).where(mine, redacted.c.id.in_(some)) for some in _by_hundreds(sha256s))
    return frozenset(sha256 for question in found for sha256 in tx.execute(question).scalars())


def clear(tx: Connection, room: FileRoom) -> int:
    """Remove redacted files that no unit has uploaded otherwise, whole and in parts; returns how many lay here.

    For the beginning of a life, when nobody is answered yet: a folder put back from a copy may hold them again.
    """
    return sum(room.remove(sha256) for sha256 in _to_remove(tx))


def clear_at_work(database: Database, room: FileRoom) -> int:
    """Do the same after an order, and at every start, while others may be uploading: each file is asked after once more."""
    with database.reading() as tx:
        ordered = _to_remove(tx)

    def remove(sha256: str) -> bool:
        def is_wanted() -> bool:
            with database.reading() as tx:
                return is_owned(tx, sha256)

        return room.remove(sha256, is_wanted)

    return sum(map(remove, ordered))


def own(database: Database, room: FileRoom, upload: Upload, now: datetime) -> None:
    """Note that a file which lies here whole is its unit's; one that an order named while it was on its way goes again.

    Raises `Refusal` 409, to begin anew, where another unit's order took the same file away in this moment.
    """
    with database.writing() as tx:
        hold(tx, upload.device.unit)  # an order of this unit is before us or after us
        is_ordered = bool(among_files(tx, upload.device.unit, [upload.sha256]))
        if not is_ordered:
            note_owner(tx, upload, now)
    if is_ordered:
        clear_at_work(database, room)
    elif not room.has_kept(upload.sha256):
        with database.writing() as tx:
            disown(tx, upload)
        raise Refusal(409, "offset", {"Upload-Offset": "0"})


def _to_remove(tx: Connection) -> tuple[str, ...]:
    kept = set(tx.execute(select(files.c.sha256).distinct()).scalars())
    ordered = tx.execute(select(redacted.c.id).where(redacted.c.what == _FILE).distinct()).scalars()
    return tuple(sha256 for sha256 in ordered if sha256 not in kept)


def _note(tx: Connection, unit: str, what: str, subject: str, ids: Sequence[str], by: str) -> None:
    for named in ids:
        row = {"unit": unit, "what": what, "subject": subject, "id": named}
        mine = [redacted.c[name] == value for name, value in row.items()]
        if tx.execute(select(redacted.c.id).where(*mine)).first() is None:
            tx.execute(insert(redacted).values(by=by, **row))


def _by_hundreds(ids: Sequence[str], size: int = _AT_ONCE) -> Iterable[Sequence[str]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))
