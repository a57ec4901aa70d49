"""Dossiers in the archive: rows on one side, the domain's dossiers on the other."""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, text
from sqlalchemy.dialects.sqlite import insert

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier, SendState, Status
from clerk_app.domain.record import as_json, from_json, moment_text
from clerk_app.domain.text import search_key
from clerk_app.errors import OfficeError
from clerk_app.store.schema import documents, dossiers, numbers

_FORGET_NAME = text("DELETE FROM names WHERE rowid = :place")
_ADD_NAME = text("INSERT INTO names (rowid, name, code) VALUES (:place, :name, :code)")


class NoSuchDossier(OfficeError):
    message = "Không có hồ sơ này trên máy."
    remedy = "Kiểm tra mã trên giấy hẹn, hoặc nhận dữ liệu rồi tìm lại."


class NoSuchDocument(OfficeError):
    message = "Không có văn bản này trên máy."
    remedy = "Mở lại hồ sơ rồi chọn lại văn bản, hoặc nhận dữ liệu rồi thử lại."


def save(tx: Connection, dossier: Dossier, problems: Sequence[str] = (), *, read_only: bool = False) -> None:
    """Put a dossier in its place with everything it is found by; doing it again changes nothing."""
    place = _place(tx, dossier)
    _leave_place(tx, dossier.id, place)
    people = [person for person in (dossier.applicant.owner, dossier.applicant.submitter) if person]
    row = {
        "place": place,
        "id": dossier.id,
        "code": dossier.code,
        "code_reversed": digits(dossier.code)[::-1],
        "provisional": dossier.provisional,
        "procedure": dossier.procedure,
        "title": dossier.procedure_title,
        "owner": dossier.applicant.owner.name,
        "submitter": dossier.applicant.at_the_counter.name,
        "received_at": moment_text(dossier.received_at),
        "due_at": moment_text(dossier.due_at) if dossier.due_at else None,
        "status": dossier.status.value,
        "sending": dossier.sending.value,
        "read_only": read_only,
        "problems": json.dumps(list(problems), ensure_ascii=False),
        "data": _text(dossier),
    }
    tx.execute(insert(dossiers).values(row).on_conflict_do_update(["id"], set_=row))
    names = {person.name: None for person in people} | {person.representative: None for person in people}
    tx.execute(_FORGET_NAME, {"place": place})
    tx.execute(_ADD_NAME, {"place": place, "name": search_key(" ".join(names)), "code": dossier.code.lower()})
    _save_numbers(tx, place, {plain_number(n) for p in people for n in (p.id_number, p.phone)})
    _save_documents(tx, dossier)


def get(tx: Connection, id: str) -> Dossier:
    """Return one dossier; raises `NoSuchDossier`."""
    row = tx.execute(select(dossiers.c.data).where(dossiers.c.id == id)).one_or_none()
    if row is None:
        raise NoSuchDossier(id=id)
    return _dossier(row)


def at(tx: Connection, places: Sequence[int]) -> tuple[Dossier, ...]:
    """Return the dossiers at these places, newest first."""
    wanted = select(dossiers.c.data).where(dossiers.c.place.in_(places)).order_by(dossiers.c.place.desc())
    return tuple(_dossier(row) for row in tx.execute(wanted))


def with_status(tx: Connection, status: Status) -> tuple[Dossier, ...]:
    """Return the dossiers in one status, oldest first."""
    wanted = select(dossiers.c.data).where(dossiers.c.status == status.value).order_by(dossiers.c.place)
    return tuple(_dossier(row) for row in tx.execute(wanted))


def codes(tx: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the codes of the dossiers among these subjects, of those not accepted the number of their paper."""
    wanted = select(dossiers.c.id, dossiers.c.code).where(dossiers.c.id.in_(bindparam("ids", expanding=True)))
    found: dict[str, str] = {}
    for some in _by_hundreds(list(ids)):
        found.update((row.id, row.code) for row in tx.execute(wanted, {"ids": some}))
    return found


def document(tx: Connection, id: str) -> Document:
    """Return one issued document; raises `NoSuchDocument`."""
    row = tx.execute(select(documents.c.data).where(documents.c.id == id)).one_or_none()
    if row is None:
        raise NoSuchDocument(id=id)
    return from_json(Document, json.loads(row.data))


def prints_unfinished(tx: Connection) -> tuple[Document, ...]:
    """Return the documents whose print was started and never ended."""
    wanted = select(documents.c.data).where(documents.c.print_unfinished).order_by(documents.c.id)
    return tuple(from_json(Document, json.loads(row.data)) for row in tx.execute(wanted))


def count(tx: Connection, sending: SendState | None = None) -> int:
    """Count the dossiers, or those that central knows so far."""
    wanted = select(func.count()).select_from(dossiers)
    if sending is not None:
        wanted = wanted.where(dossiers.c.sending == sending.value)
    return tx.execute(wanted).scalar_one()


def digits(text: str) -> str:
    """Keep the digits of `text`."""
    return "".join(sign for sign in text if sign.isdecimal())


def plain_number(text: str) -> str:
    """Return a personal number, passport or phone as capitals and digits; +84 is written 0."""
    plain = "".join(sign for sign in text.upper() if sign.isalnum())
    return f"0{plain[2:]}" if text.strip().startswith("+84") else plain


def _place(tx: Connection, dossier: Dossier) -> int:
    """Order by time of receipt: milliseconds, then 20 bits of the id; the same in every rebuild."""
    milliseconds = int(dossier.received_at.timestamp() * 1000)
    place = milliseconds << 20 | int.from_bytes(sha256(dossier.id.encode()).digest()[:3]) >> 4
    taken = select(dossiers.c.id).where(dossiers.c.place == bindparam("place"))
    while tx.execute(taken, {"place": place}).scalar() not in (None, dossier.id):
        place += 1
    return place


def _leave_place(tx: Connection, id: str, place: int) -> None:
    """Forget what led to where the dossier stood before: one that was asked first is received later."""
    before = tx.execute(select(dossiers.c.place).where(dossiers.c.id == id)).scalar()
    if before not in (None, place):
        tx.execute(_FORGET_NAME, {"place": before})
        tx.execute(delete(numbers).where(numbers.c.place == before))


def _save_numbers(tx: Connection, place: int, found: set[str]) -> None:
    tx.execute(delete(numbers).where(numbers.c.place == place))
    rows = [{"number": number, "place": place} for number in sorted(found) if number]
    if rows:
        tx.execute(insert(numbers), rows)


def _save_documents(tx: Connection, dossier: Dossier) -> None:
    tx.execute(delete(documents).where(documents.c.dossier == dossier.id))
    rows = [
        {
            "id": each.id,
            "dossier": dossier.id,
            "kind": each.kind.value,
            "head": each.head,
            "valid": each.valid,
            "print_unfinished": each.print_unfinished,
            "data": _text(each),
        }
        for each in dossier.documents
    ]
    if rows:
        tx.execute(insert(documents), rows)


def _text(value: Dossier | Document) -> str:
    return json.dumps(as_json(value), ensure_ascii=False, separators=(",", ":"))


def _dossier(row: Row[Any]) -> Dossier:
    return from_json(Dossier, json.loads(row.data))


def _by_hundreds(ids: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(ids), 100):
        yield ids[first : first + 100]
