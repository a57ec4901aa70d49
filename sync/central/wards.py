"""What a unit's hub is told, and what it keeps of that: the unit and its devices, so that counters need no second enrolment."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from sync.central.accounts import Device, is_hub
from sync.central.refusal import Refusal
from sync.central.schema import author_keys, devices, hub, units
from sync.clock import rfc3339
from sync.contract import seals
from sync.contract.members import as_json, objects, read_object, text
from sync.contract.messages import Signed
from sync.contract.wire import author_from
from sync.keys import Ed25519Signer


def statement(tx: Connection, asker: Device, signer: Ed25519Signer, now: datetime) -> Signed:
    """Return the unit of a hub and all devices of it, by the hashes of their tokens; raises `Refusal` 403 for others."""
    require_hub(tx, asker)
    unit = tx.execute(select(units).where(units.c.id == asker.unit)).one()
    rows = tx.execute(select(devices).where(devices.c.unit == asker.unit).order_by(devices.c.id))
    told = {
        "v": 1,
        "unit": unit.id,
        "name": unit.name,
        "owner": unit.owner,
        "issued_at": rfc3339(now),
        "devices": [
            {"id": r.id, "name": r.name, "token_sha256": r.token_sha256, "revoked_at": r.revoked_at}
            for r in rows
        ],
    }
    return seals.seal(as_json(told), seals.UNIT, signer)


def require_hub(tx: Connection, asker: Device) -> None:
    """Raise `Refusal` 403 unless the asker is the hub of its unit."""
    if not is_hub(tx, asker):
        raise Refusal(403, "not_a_hub")


def device_asked(tx: Connection, asker: Device, name: str) -> Device:
    """Return whose books are asked for: the asker's, or those of a device of its unit where a hub asks.

    Raises `Refusal` 403, or 404 for a device that is not of the unit.
    """
    if name in ("", asker.id):
        return asker
    require_hub(tx, asker)
    row = tx.execute(select(devices).where(devices.c.id == name, devices.c.unit == asker.unit)).one_or_none()
    if row is None:
        raise Refusal(404, "device_unknown")
    return Device(row.id, row.unit, row.name)


def keep_unit(tx: Connection, told: Signed) -> None:
    """Know the unit and its devices as they stand above; the caller has verified the signature."""
    message = read_object(told.data)
    unit = text(message, "unit")
    named = {"name": text(message, "name"), "owner": text(message, "owner")}
    if tx.execute(select(units.c.id).where(units.c.id == unit)).first() is None:
        tx.execute(insert(units).values(id=unit, position=0, durable_to=0, **named))
    tx.execute(update(units).where(units.c.id == unit).values(named))
    for device in objects(message, "devices"):
        _keep_device(tx, unit, device)


def keep_authors(tx: Connection, told: Signed, etag: str) -> None:
    """Judge by the list of authors from now on, and hand it on as it came; the caller has verified the signature."""
    message = read_object(told.data)
    unit = text(message, "unit")
    tx.execute(delete(author_keys).where(author_keys.c.unit == unit))
    for key in map(author_from, objects(message, "authors")):
        row = {
            name: getattr(key, name)
            for name in ("author", "public_key", "valid_from", "valid_to", "revoked_at")
        }
        tx.execute(insert(author_keys).values(unit=unit, roles=json.dumps(key.roles), **row))
    tx.execute(update(hub).values(authors=told.data, authors_sig=told.sig, authors_etag=etag))


def authors_kept(tx: Connection) -> tuple[Signed, str] | None:
    """Return the list of authors as the system above signed it, and its ETag; None where we are no hub."""
    row = tx.execute(select(hub)).one_or_none()
    return (
        None
        if row is None or row.authors is None
        else (Signed(row.authors, row.authors_sig), row.authors_etag)
    )


def note_once(tx: Connection, table: Table, row: Mapping[str, str]) -> None:
    """Note a row of names unless it is there."""
    mine = [table.c[name] == value for name, value in row.items()]
    if tx.execute(select(table).where(*mine)).first() is None:
        tx.execute(insert(table).values(row))


def _keep_device(tx: Connection, unit: str, told: Mapping[str, Any]) -> None:
    mine = devices.c.id == text(told, "id")
    revoked = None if told.get("revoked_at") is None else text(told, "revoked_at")
    row = {"name": text(told, "name"), "token_sha256": text(told, "token_sha256"), "revoked_at": revoked}
    if tx.execute(select(devices.c.id).where(mine)).first() is None:
        tx.execute(insert(devices).values(id=text(told, "id"), unit=unit, **row))
    else:
        tx.execute(update(devices).where(mine).values(row))
