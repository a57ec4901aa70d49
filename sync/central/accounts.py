"""Who central knows: units, their devices (by token) and whose signature counts on entries (by public key)."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sync.central.refusal import Refusal
from sync.central.schema import author_keys, devices, units
from sync.clock import rfc3339
from sync.contract.messages import HUB_ROLE, AuthorKey

DEVICE_ROLE = "device"
_FOR_EVER = "9999-12-31T00:00:00.000Z"
ALWAYS = "0001-01-01T00:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Unit:
    """An office that shares one feed; `owner` answers for its alarms (a person or a post)."""

    id: str  # uuid
    name: str
    owner: str


@dataclass(frozen=True, slots=True)
class Device:
    """A PC at a counter. Its author is `device:<id>`."""

    id: str
    unit: str
    name: str


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer's entry key: whose it is, what they may do, and from when to when (UTC)."""

    id: str
    unit: str
    public_key: bytes  # 32 bytes, Ed25519
    roles: frozenset[str]
    valid_from: datetime
    valid_to: datetime


def new_token() -> str:
    """Return a secret for a device: 256 random bits, so a plain hash of it may be stored."""
    return secrets.token_urlsafe(32)


def enrol_unit(tx: Connection, unit: Unit) -> None:
    """Make a unit known."""
    tx.execute(insert(units).values(id=unit.id, name=unit.name, owner=unit.owner, position=0, durable_to=0))


def units_of(tx: Connection) -> list[Unit]:
    """Return every unit that is known, by name."""
    rows = tx.execute(select(units).order_by(units.c.name, units.c.id))
    return [Unit(row.id, row.name, row.owner) for row in rows]


def enrol_device(
    tx: Connection, device: Device, token: str, public_key: bytes, *, as_hub: bool = False
) -> None:
    """Make a device known by its token (only a hash is kept) and its Ed25519 key (32 bytes).

    `as_hub`: it stands between us and the counters of its unit, and signs ranges of numbers for them.
    """
    row = {"id": device.id, "unit": device.unit, "name": device.name, "token_sha256": _hash(token)}
    tx.execute(insert(devices).values(row))
    roles = [DEVICE_ROLE, HUB_ROLE] if as_hub else [DEVICE_ROLE]
    _enrol_key(tx, f"device:{device.id}", device.unit, {"public_key": public_key, "roles": roles})


def enrol_officer(tx: Connection, officer: Officer) -> None:
    """Certify an officer's entry key."""
    validity = {"valid_from": rfc3339(officer.valid_from), "valid_to": rfc3339(officer.valid_to)}
    key = {"public_key": officer.public_key, "roles": sorted(officer.roles), **validity}
    _enrol_key(tx, f"officer:{officer.id}", officer.unit, key)


def admit_device(tx: Connection, device: Device, token: str, public_key: bytes, now: datetime) -> None:
    """Make a device known, or known again: by this token and key alone from now on (UTC).

    Raises `Refusal` 409, also for one that is or was a hub: it would lose that role, and a ward its numbers.
    """
    if was_hub(tx, device.id):
        raise Refusal(409, "another_subject")
    author = f"device:{device.id}"
    row = tx.execute(select(devices).where(devices.c.id == device.id)).one_or_none()
    if row is None:
        enrol_device(tx, device, token, public_key)
        return
    if row.unit != device.unit:
        raise Refusal(409, "another_unit")
    told = {"name": device.name, "token_sha256": _hash(token), "revoked_at": None}
    tx.execute(update(devices).where(devices.c.id == device.id).values(told))
    _replace_key(tx, author, device.unit, {"public_key": public_key, "roles": [DEVICE_ROLE]}, now)


def certify_officer(tx: Connection, officer: Officer, now: datetime) -> None:
    """Certify an officer's entry key, once or again; their older keys count no longer from now on (UTC).

    Raises `Refusal` 409 for a key that was taken back, or is somebody else's.
    """
    validity = {"valid_from": rfc3339(officer.valid_from), "valid_to": rfc3339(officer.valid_to)}
    key = {"public_key": officer.public_key, "roles": sorted(officer.roles), **validity}
    _replace_key(tx, f"officer:{officer.id}", officer.unit, key, now)


def change_token(tx: Connection, device: str, token: str) -> None:
    """Know a device by another token; nothing else of it changes."""
    tx.execute(update(devices).where(devices.c.id == device).values(token_sha256=_hash(token)))


def is_known(tx: Connection, author: str) -> bool:
    """Whether any key of an author was ever certified here."""
    found = select(author_keys.c.author).where(author_keys.c.author == author)
    return tx.execute(found.limit(1)).first() is not None


def certified_since(tx: Connection, author: str, unit: str, public_key: bytes) -> str | None:
    """Return since when this very key counts for an author of a unit (RFC 3339), None when it does not."""
    columns = author_keys.c
    this = (columns.author == author) & (columns.unit == unit) & (columns.public_key == public_key)
    return tx.execute(select(columns.valid_from).where(this)).scalar_one_or_none()


def counts(tx: Connection, author: str, unit: str, public_key: bytes) -> bool:
    """Whether this very key of an author of a unit was certified and not taken back."""
    keys = (key for key in authors_of(tx, unit) if key.author == author and key.public_key == public_key)
    return any(key.revoked_at is None for key in keys)


def known_units(tx: Connection) -> list[Unit]:
    """Return every unit."""
    return [Unit(row.id, row.name, row.owner) for row in tx.execute(select(units).order_by(units.c.id))]


def known_devices(tx: Connection, unit: str) -> list[tuple[Device, str | None]]:
    """Return the devices of a unit, each with the time at which it was revoked, if it was."""
    found = tx.execute(select(devices).where(devices.c.unit == unit).order_by(devices.c.id))
    return [(Device(row.id, row.unit, row.name), row.revoked_at) for row in found]


def revoke(tx: Connection, author: str, at: datetime) -> None:
    """Take back an author's keys from `at` on (UTC); a device loses its token as well.

    A key that was taken back before stays so since then: it may have been in a stranger's hands.
    """
    when, known = rfc3339(at), author_keys.c.revoked_at
    later = known.is_(None) | (known > when)
    tx.execute(update(author_keys).where(author_keys.c.author == author, later).values(revoked_at=when))
    kind, _, name = author.partition(":")
    if kind == DEVICE_ROLE:
        tx.execute(update(devices).where(devices.c.id == name).values(revoked_at=when))


def credentials(authorization: str | None) -> tuple[str, str]:
    """Return the id and the token that `Device <id>:<token>` tells; both empty for anything else."""
    scheme, _, told = (authorization or "").partition(" ")
    name, _, token = told.partition(":")
    return (name, token) if scheme == "Device" else ("", "")


def authenticate(tx: Connection, authorization: str | None) -> Device:
    """Return the device that `Device <id>:<token>` names; raises `Refusal` 401 or 403."""
    name, token = credentials(authorization)
    row = tx.execute(select(devices).where(devices.c.id == name)).one_or_none()
    known = row.token_sha256 if row is not None else _hash("")
    if not hmac.compare_digest(known, _hash(token)) or row is None or not token:
        raise Refusal(401, "device_unknown")
    if row.revoked_at is not None:
        raise Refusal(403, "device_revoked")
    return Device(row.id, row.unit, row.name)


def authors_of(tx: Connection, unit: str) -> list[AuthorKey]:
    """Return whose signature counts, or did, on entries of a unit; devices with the names that it calls them by."""
    columns = author_keys.c
    names = {f"{DEVICE_ROLE}:{device.id}": device.name for device, _ in known_devices(tx, unit)}
    rows = tx.execute(
        select(author_keys).where(columns.unit == unit).order_by(columns.author, columns.valid_from)
    )
    return [
        AuthorKey(
            r.author,
            r.public_key,
            tuple(json.loads(r.roles)),
            r.valid_from,
            r.valid_to,
            r.revoked_at,
            names.get(r.author, ""),
        )
        for r in rows
    ]


def hub_keys(tx: Connection, unit: str) -> tuple[bytes, ...]:
    """Return the keys of a unit's hubs (32 bytes each), revoked ones too: what they signed before still counts."""
    return tuple(key.public_key for key in authors_of(tx, unit) if HUB_ROLE in key.roles)


def is_hub(tx: Connection, device: Device) -> bool:
    """Whether a device is the hub of its unit."""
    author = f"{DEVICE_ROLE}:{device.id}"
    return any(
        key.author == author and HUB_ROLE in key.roles and key.revoked_at is None
        for key in authors_of(tx, device.unit)
    )


def was_hub(tx: Connection, device: str) -> bool:
    """Whether a device of this id is, or ever was, enrolled as a hub."""
    keys = select(author_keys.c.roles).where(author_keys.c.author == f"{DEVICE_ROLE}:{device}")
    return any(HUB_ROLE in json.loads(roles) for roles in tx.execute(keys).scalars())


def owner_of(tx: Connection, unit: str) -> str:
    """Return who answers for the alarms of a unit."""
    return str(tx.execute(select(units.c.owner).where(units.c.id == unit)).scalar_one())


def _enrol_key(tx: Connection, author: str, unit: str, key: Mapping[str, object]) -> None:
    row = {"valid_from": ALWAYS, "valid_to": _FOR_EVER, **key, "roles": json.dumps(key["roles"])}
    tx.execute(insert(author_keys).values(author=author, unit=unit, **row))


def _replace_key(tx: Connection, author: str, unit: str, key: Mapping[str, object], now: datetime) -> None:
    columns = author_keys.c
    holders = tx.execute(select(author_keys).where(columns.public_key == key["public_key"])).all()
    if any(row.author != author for row in holders):
        raise Refusal(409, "key_of_another")
    same = [row for row in holders if row.unit == unit]
    if any(row.revoked_at is not None for row in same):
        raise Refusal(409, "key_revoked")
    others = (columns.author == author) & (columns.unit == unit) & (columns.public_key != key["public_key"])
    tx.execute(
        update(author_keys).where(others, columns.revoked_at.is_(None)).values(revoked_at=rfc3339(now))
    )
    if not same:
        _enrol_key(tx, author, unit, key)
        return
    told = {**key, "roles": json.dumps(key["roles"])}
    this = (columns.author == author) & (columns.unit == unit) & (columns.public_key == key["public_key"])
    tx.execute(update(author_keys).where(this).values(told))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
