"""Dossiers in the archive: rows on one side, the domain's dossiers on the other."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, literal_column, select
from sqlalchemy.dialects.sqlite import insert

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier, SendState, Status
from clerk_app.domain.legal_code import waits_for_code
from clerk_app.domain.record import moment_text
from clerk_app.errors import OfficeError
from clerk_app.store import finds, parts
from clerk_app.store.schema import documents, dossiers, moved, officers, procedures
from clerk_app.store.texts import document_of, dossier_of, text_of

_TIES = 4  # bits of a place below its millisecond; short places make a short index


class NoSuchDossier(OfficeError):
    message = "Không có hồ sơ này trên máy."
    remedy = "Kiểm tra mã trên giấy hẹn, hoặc nhận dữ liệu rồi tìm lại."


class NoSuchDocument(OfficeError):
    message = "Không có văn bản này trên máy."
    remedy = "Mở lại hồ sơ rồi chọn lại văn bản, hoặc nhận dữ liệu rồi thử lại."


def save(tx: Connection, dossier: Dossier, problems: Sequence[str] = (), *, read_only: bool = False) -> None:
    """Put a dossier in its place with everything it is found by; doing it again changes nothing."""
    place = _place(tx, dossier)
    tokens = finds.tokens(dossier, _labels(tx, dossier))
    row = row_of(dossier, place, tokens) | {
        "read_only": read_only,
        "problems": json.dumps(list(problems), ensure_ascii=False),
    }
    mine = select(dossiers.c.place, dossiers.c.found_by).where(dossiers.c.id == dossier.id)
    before = tx.execute(mine).one_or_none()
    tx.execute(insert(dossiers).values(row).on_conflict_do_update(["id"], set_=row))
    if before is None or (before.place, before.found_by) != (place, row["found_by"]):
        if before is not None:  # it may have stood elsewhere
            parts.take_out(tx, before.place)
        parts.put(tx, {place: tokens})
    _save_documents(tx, dossier)


def row_of(dossier: Dossier, place: int, tokens: str) -> dict[str, Any]:
    """Return the row of a dossier that replayed without a problem."""
    return {
        "place": place,
        "id": dossier.id,
        "code": dossier.code,
        "code_waits": waits_for_code(dossier),
        "procedure": dossier.procedure,
        "title": dossier.procedure_title,
        "owner": dossier.applicant.owner.name,
        "submitter": dossier.applicant.at_the_counter.name,
        "received_at": moment_text(dossier.received_at),
        "due_at": moment_text(dossier.due_at) if dossier.due_at else None,
        "status": dossier.status.value,
        "sending": dossier.sending.value,
        "read_only": False,
        "whole": dossier.gone is None,
        "found_by": sha256(tokens.encode()).hexdigest()[:16],
        "problems": "[]",
        "data": text_of(dossier),
    }


def remove(tx: Connection, id: str) -> None:
    """Take a dossier out of the register; harmless when there is none."""
    place = tx.execute(select(dossiers.c.place).where(dossiers.c.id == id)).scalar()
    if place is not None:
        parts.take_out(tx, place)
        tx.execute(delete(documents).where(documents.c.dossier == id))
        tx.execute(delete(dossiers).where(dossiers.c.id == id))


def coded(tx: Connection, code: str) -> Dossier:
    """Return the dossier of a code; raises `NoSuchDossier`."""
    wanted = select(dossiers.c.data).where(dossiers.c.code == code).order_by(dossiers.c.place.desc())
    data = tx.execute(wanted.limit(1)).scalar()
    if data is None:
        raise NoSuchDossier(code=code)
    return dossier_of(data)


def whole_and_closed(
    tx: Connection, statuses: Iterable[Status], before: datetime, after: int, limit: int
) -> tuple[tuple[int, Dossier], ...]:
    """Return dossiers received before a moment whose content is all here, with their places, from beyond a place on."""
    those = dossiers.c.status.in_([status.value for status in statuses]) & dossiers.c.whole
    span = (dossiers.c.place > after) & (dossiers.c.place < first_place(before))
    wanted = select(dossiers.c.place, dossiers.c.data).where(those, span).order_by(dossiers.c.place)
    return tuple((row.place, dossier_of(row.data)) for row in tx.execute(wanted.limit(limit)))


def get(tx: Connection, id: str) -> Dossier:
    """Return one dossier; raises `NoSuchDossier`."""
    row = tx.execute(select(dossiers.c.data).where(dossiers.c.id == id)).one_or_none()
    if row is None:
        raise NoSuchDossier(id=id)
    return dossier_of(row.data)


def received(tx: Connection) -> tuple[Dossier, ...]:
    """Return the dossiers whose slip is not signed yet, oldest first."""
    unsigned = dossiers.c.status == literal_column(f"'{Status.RECEIVED.value}'")  # as its index says it
    wanted = select(dossiers.c.data).where(unsigned).order_by(dossiers.c.place)
    return tuple(dossier_of(row.data) for row in tx.execute(wanted))


def code_waits(tx: Connection) -> tuple[Dossier, ...]:
    """Return the dossiers that have no code but a provisional number, or no paper that tells of it, oldest first."""
    wanted = select(dossiers.c.data).where(dossiers.c.code_waits).order_by(dossiers.c.place)
    return tuple(dossier_of(row.data) for row in tx.execute(wanted))


def codes(tx: Connection, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return code and owner of the dossiers among these subjects; of those not accepted the number of their paper."""
    here = dossiers.c.id.in_(bindparam("ids", expanding=True))
    wanted = select(dossiers.c.id, dossiers.c.code, dossiers.c.owner).where(here)
    found: dict[str, tuple[str, str]] = {}
    for some in _by_hundreds(list(ids)):
        found.update((row.id, (row.code, row.owner)) for row in tx.execute(wanted, {"ids": some}))
    return found


def document(tx: Connection, id: str) -> Document:
    """Return one issued document; raises `NoSuchDocument`."""
    row = tx.execute(select(documents.c.data).where(documents.c.id == id)).one_or_none()
    if row is None:
        raise NoSuchDocument(id=id)
    return document_of(row.data)


def prints_unfinished(tx: Connection) -> tuple[Document, ...]:
    """Return the documents whose print was started and never ended."""
    wanted = select(documents.c.data).where(documents.c.print_unfinished).order_by(documents.c.id)
    return tuple(document_of(row.data) for row in tx.execute(wanted))


def sent_back(tx: Connection) -> tuple[Dossier, ...]:
    """Return the dossiers of which a valid document was given back unsigned, oldest first."""
    given_back = select(documents.c.dossier).where(documents.c.sent_back)
    wanted = select(dossiers.c.data).where(dossiers.c.id.in_(given_back)).order_by(dossiers.c.place)
    return tuple(dossier_of(row.data) for row in tx.execute(wanted))


def with_turn(tx: Connection, field: str) -> tuple[tuple[Dossier, Document], ...]:
    """Return the documents that wait for one field and may be signed at more than one counter, oldest dossier first."""
    wanted = (
        select(documents.c.data.label("document"), dossiers.c.data)
        .join(dossiers, dossiers.c.id == documents.c.dossier)
        .where(documents.c.turn_field == field, ~documents.c.sent_back)
        .order_by(dossiers.c.place, documents.c.id)
    )
    return tuple((dossier_of(row.data), document_of(row.document)) for row in tx.execute(wanted))


def moved_documents(tx: Connection, limit: int) -> tuple[str, ...]:
    """Return documents whose turn may have changed hands and that nobody has looked after since."""
    return tuple(tx.execute(select(moved.c.document).order_by(moved.c.document).limit(limit)).scalars())


def looked_after(tx: Connection, document: str) -> None:
    """Note that a document stands here as entries tell it."""
    tx.execute(delete(moved).where(moved.c.document == document))


def unproven(tx: Connection) -> tuple[tuple[Dossier, Document], ...]:
    """Return the signed documents of which nothing proves the time, with their dossiers, oldest dossier first."""
    wanted = (
        select(documents.c.data.label("document"), dossiers.c.data)
        .join(dossiers, dossiers.c.id == documents.c.dossier)
        .where(documents.c.unproven)
        .order_by(dossiers.c.place, documents.c.id)
    )
    rows = tx.execute(wanted).all()
    return tuple((dossier_of(row.data), document_of(row.document)) for row in rows)


def count(tx: Connection, sending: SendState | None = None) -> int:
    """Count the dossiers, or those that central knows so far."""
    wanted = select(func.count()).select_from(dossiers)
    if sending is not None:
        wanted = wanted.where(dossiers.c.sending == sending.value)
    return tx.execute(wanted).scalar_one()


def first_place(moment: datetime) -> int:
    """Return the place before which everything received earlier stands."""
    return int(moment.timestamp() * 1000) << _TIES


def _place(tx: Connection, dossier: Dossier) -> int:
    """Order by time of receipt: milliseconds, then some bits of the id; the same in every rebuild."""
    place = first_place(dossier.received_at) | sha256(dossier.id.encode()).digest()[0] >> 8 - _TIES
    taken = select(dossiers.c.id).where(dossiers.c.place == bindparam("place"))
    while tx.execute(taken, {"place": place}).scalar() not in (None, dossier.id):
        place += 1
    return place


def _labels(tx: Connection, dossier: Dossier) -> finds.Labels:
    procedure = {"code": dossier.procedure, "title": dossier.procedure_title}
    return finds.Labels(
        _number(tx, procedures, procedure), _number(tx, officers, {"name": dossier.received_by})
    )


def _number(tx: Connection, table: Table, row: Mapping[str, str]) -> int:
    """Return the number of a row in a table of few; a new one is added."""
    mine = select(table.c.number).where(*(table.c[name] == value for name, value in row.items()))
    if tx.execute(mine).first() is None:
        tx.execute(insert(table).values(row))
    return int(tx.execute(mine).scalar_one())


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
            "unproven": each.unproven,
            "turn_field": each.turn.field if each.turn and each.valid else "",
            "turn_holder": each.turn.holder if each.turn and each.valid else "",
            "sent_back": each.valid and bool(each.sent_back),
            "data": text_of(each),
        }
        for each in dossier.documents
    ]
    if rows:
        tx.execute(insert(documents), rows)
    turned = [{"document": each.id} for each in dossier.documents if each.turn]
    if turned:
        tx.execute(insert(moved).on_conflict_do_nothing(), turned)


def _by_hundreds(ids: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(ids), 100):
        yield ids[first : first + 100]
