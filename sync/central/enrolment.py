"""One-use codes: central's administrator makes one for a device or an officer, who redeems it with a key of their own.

A code is kept as an argon2id hash, ends by itself, and allows few wrong guesses. Who lost the answer asks again with
the same request id and key and is answered again; the wish is signed, so nobody else can be.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlalchemy import Connection, Row, func, insert, select, update

from sync.central import accounts, new_life
from sync.central.accounts import ALWAYS, DEVICE_ROLE, Device, Officer
from sync.central.database import Database, hold
from sync.central.passwords import hashing
from sync.central.refusal import Refusal
from sync.central.schema import enrolment_codes, entries
from sync.clock import read_time, rfc3339
from sync.contract.enrolling import DEVICE, OFFICER, Code, Enrolled, Wish, new_code
from sync.keys import Ed25519Signer

_log = logging.getLogger(__name__)
GUESSES = 5  # wrong ones that a code survives
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_Books = enrolment_codes.c
Asker = Callable[[Connection], Device]  # who asks by their token; raises `Refusal` 401 or 403


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a code makes known, in which unit; times are UTC."""

    kind: str  # DEVICE | OFFICER
    unit: str
    id: str
    name: str
    valid_to: datetime
    roles: frozenset[str] = frozenset({DEVICE_ROLE})
    valid_from: datetime | None = None  # None: see `_begins`


def make_code(tx: Connection, named: Named, now: datetime, lasts: timedelta) -> Code:
    """Write a new code into the books and return it: it is not kept and cannot be asked for again.

    Codes made before for the same device or officer end. It lasts for so long; the unit must be known.
    """
    of_same = (_Books.kind == named.kind) & (_Books.unit == named.unit) & (_Books.subject == named.id)
    unused = of_same & _Books.used_at.is_(None) & (_Books.expires_at > rfc3339(now))
    tx.execute(update(enrolment_codes).where(unused).values(expires_at=rfc3339(now)))
    code = _unlike_others(tx)
    row = {
        "handle": code.handle,
        "secret": _HASHER.hash(code.secret),
        "kind": named.kind,
        "unit": named.unit,
        "subject": named.id,
        "name": named.name,
        "roles": json.dumps(sorted(named.roles)),
        "valid_from": None if named.valid_from is None else rfc3339(named.valid_from),
        "valid_to": rfc3339(named.valid_to),
        "made_at": rfc3339(now),
        "expires_at": rfc3339(now + lasts),
        "wrong": 0,
    }
    tx.execute(insert(enrolment_codes).values(row))
    return code


def redeem(database: Database, wish: Wish, asker: Asker, signer: Ed25519Signer, now: datetime) -> Enrolled:
    """Make known whom a code was made for, by the key of the wish; the older key counts no longer from now on.

    An officer asks at a device of their unit (`asker`), a device needs nothing but its code. Raises `Refusal`:
    404 `code_wrong`; 409 `code_locked`, `code_expired`, `code_used`, `another_unit`, `another_subject`,
    `key_revoked`, `key_of_another`; 401 or 403 of an officer's device;
    503 in a crowd. Only a wrong guess costs a code anything.
    """
    with hashing():
        with database.writing() as tx:
            row = _guessed(tx, wish.code)
        try:  # it takes a while: no transaction waits for it
            _HASHER.verify(row.secret, wish.code.secret)
        except VerificationError as wrong:
            raise Refusal(404, "code_wrong") from wrong
    with database.writing() as tx:
        tx.execute(update(enrolment_codes).where(_Books.handle == row.handle).values(wrong=0))
    with database.writing() as tx:
        hold(tx, f"enrol-{row.subject}")
        row = tx.execute(select(enrolment_codes).where(_Books.handle == row.handle)).one()
        _check(tx, row, wish, asker, now)
        token = accounts.new_token() if row.kind == DEVICE else ""
        valid_from = row.valid_from or _begins(tx, row, wish, now)
        if row.used_at is None:
            _take_in(tx, row, wish, token, valid_from, now)
            used = {"used_at": rfc3339(now), "request_id": wish.request_id, "public_key": wish.public_key}
            known = {**used, "valid_from": valid_from}
            tx.execute(update(enrolment_codes).where(_Books.handle == row.handle).values(known))
        elif token:
            accounts.change_token(tx, row.subject, token)
    roles = tuple(json.loads(row.roles))
    _log.info("known by a code: %s:%s", row.kind, row.subject)
    return Enrolled(
        row.kind, row.unit, row.subject, row.name, roles, valid_from, row.valid_to, token, signer.public_bytes
    )


def _unlike_others(tx: Connection) -> Code:
    while True:
        code = new_code()
        if tx.execute(select(_Books.handle).where(_Books.handle == code.handle)).first() is None:
            return code


def _guessed(tx: Connection, code: Code) -> Row[tuple[object, ...]]:
    """Count a guess before it is looked at, so that many at once are no more than many one by one."""
    hold(tx, f"enrol-{code.handle}")
    row = tx.execute(select(enrolment_codes).where(_Books.handle == code.handle)).one_or_none()
    if row is None:
        raise Refusal(404, "code_wrong")
    if row.wrong >= GUESSES:
        raise Refusal(409, "code_locked")
    tx.execute(update(enrolment_codes).where(_Books.handle == code.handle).values(wrong=row.wrong + 1))
    return row


def _check(tx: Connection, row: Row[tuple[object, ...]], wish: Wish, asker: Asker, now: datetime) -> None:
    """Raise `Refusal` unless this wish may be granted, or was."""
    if row.kind == OFFICER and asker(tx).unit != row.unit:
        raise Refusal(409, "another_unit")
    if wish.unit not in ("", row.unit):
        raise Refusal(409, "another_unit")
    if wish.subject not in ("", row.subject):
        raise Refusal(409, "another_subject")
    if row.used_at is not None:
        if (row.request_id, row.public_key) != (wish.request_id, wish.public_key):
            raise Refusal(409, "code_used")
        if not accounts.counts(tx, f"{row.kind}:{row.subject}", row.unit, wish.public_key):
            raise Refusal(409, "key_revoked")  # replaced or taken back since
    elif row.expires_at <= rfc3339(now):
        raise Refusal(409, "code_expired")


def _begins(tx: Connection, row: Row[tuple[object, ...]], wish: Wish, now: datetime) -> str:
    """Return since when a key counts for which the administrator named no day: since ever it did, or from now on.

    But a restored central does not know any more whom it had enrolled since its backup. Who is a stranger to it may
    be one of those, and their key counts for everything after the last thing that the backup holds.
    """
    author = f"{row.kind}:{row.subject}"
    if row.kind == DEVICE:
        return ALWAYS
    if (since := accounts.certified_since(tx, author, row.unit, wish.public_key)) is not None:
        return since
    restored = new_life.restored_at(tx)
    if restored is None or accounts.is_known(tx, author):
        return rfc3339(now)
    before = (entries.c.unit == row.unit) & (entries.c.received_at < rfc3339(restored))
    last = tx.execute(select(func.max(entries.c.received_at)).where(before)).scalar_one()
    return str(last or ALWAYS)


def _take_in(
    tx: Connection, row: Row[tuple[object, ...]], wish: Wish, token: str, valid_from: str, now: datetime
) -> None:
    if row.kind == DEVICE:
        accounts.admit_device(tx, Device(row.subject, row.unit, row.name), token, wish.public_key, now)
        return
    span = (read_time(valid_from), read_time(row.valid_to))
    roles = frozenset(json.loads(row.roles))
    accounts.certify_officer(tx, Officer(row.subject, row.unit, wish.public_key, roles, *span), now)
