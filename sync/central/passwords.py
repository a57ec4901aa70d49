"""Officers' passwords at central: argon2id, and a pause after a few wrong ones in a row."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlalchemy import Connection, delete, insert, select, update

from sync.central.database import Database, hold
from sync.central.refusal import busy
from sync.central.schema import author_keys, passwords
from sync.clock import rfc3339

TRIES = 5  # wrong ones in a row before a pause
PAUSE = timedelta(minutes=5)  # after the fifth, and after each further one
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_AT_ONCE = threading.BoundedSemaphore(3)  # hashes; each wants 64 MB: a crowd of guessers gets no more of it
_INSIDE = threading.BoundedSemaphore(
    12
)  # who hash or wait for that; fewer than there are threads, so counters have theirs
_NOBODYS = _HASHER.hash("")  # looked at for names that nobody has: they take as long


class PasswordWrong(Exception):
    """Name and password do not belong together, or nobody has this name."""


class AskedTooOften(Exception):
    """Too many wrong ones; `until` (RFC 3339) nobody is listened to for this name."""

    def __init__(self, until: str) -> None:
        self.until = until
        super().__init__(until)


class NotValidNow(Exception):
    """The password is right, but no key of this officer counts at present: revoked, or its time is over."""


@contextmanager
def hashing() -> Iterator[None]:
    """Hold one of the few places for a hash; raises `Refusal` 503 where as many wait as may."""
    if not _INSIDE.acquire(blocking=False):
        raise busy()
    try:
        with _AT_ONCE:
            yield
    finally:
        _INSIDE.release()


def set_password(tx: Connection, officer: str, password: str, now: datetime) -> None:
    """Give an officer a password; one that was there counts no longer."""
    tx.execute(delete(passwords).where(passwords.c.officer == officer))
    row = {"officer": officer, "hash": _HASHER.hash(_composed(password)), "set_at": rfc3339(now), "wrong": 0}
    tx.execute(insert(passwords).values(row))


def _composed(password: str) -> str:
    """A keyboard that writes "ê" as two signs must open what another set."""
    return unicodedata.normalize("NFC", password)


def check(database: Database, officer: str, password: str, now: datetime) -> str:
    """Return the unit of the officer whose password this is.

    Raises `PasswordWrong`, `AskedTooOften` or `NotValidNow`; `Refusal` 503 in a crowd. Each try is counted before it is looked at.
    """
    with hashing():
        with database.writing() as tx:
            known = _try(tx, officer, now)
        try:
            _HASHER.verify(known, _composed(password))
        except (VerificationError, InvalidHashError) as wrong:
            raise PasswordWrong from wrong
    with database.writing() as tx:
        told = {"wrong": 0, "waits_until": None}
        tx.execute(update(passwords).where(passwords.c.officer == officer).values(told))
        return _unit_of(tx, officer, now)


def _try(tx: Connection, officer: str, now: datetime) -> str:
    hold(tx, f"password-{officer}")
    row = tx.execute(select(passwords).where(passwords.c.officer == officer)).one_or_none()
    if row is None:
        return _NOBODYS
    if row.waits_until is not None and row.waits_until > rfc3339(now):
        raise AskedTooOften(row.waits_until)
    wrong = row.wrong + 1
    told = {"wrong": wrong, "waits_until": rfc3339(now + PAUSE) if wrong >= TRIES else None}
    tx.execute(update(passwords).where(passwords.c.officer == officer).values(told))
    return str(row.hash)


def _unit_of(tx: Connection, officer: str, now: datetime) -> str:
    keys, moment = author_keys.c, rfc3339(now)
    counts = (keys.valid_from <= moment) & (keys.valid_to > moment) & keys.revoked_at.is_(None)
    found = select(keys.unit).where(keys.author == f"officer:{officer}", counts).order_by(keys.unit)
    unit = tx.execute(found.limit(1)).scalar_one_or_none()
    if unit is None:
        raise NotValidNow
    return str(unit)
