"""Central over HTTP: a thin skin over plain functions. `contract/openapi.yaml` says what it promises."""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from sync.central import (
    accounts,
    authors,
    blocks,
    chains,
    days,
    enrolment,
    entries,
    feed,
    files,
    hub,
    identity_pages,
    leases,
    new_life,
    published,
    redactions,
    wards,
)
from sync.central.accounts import Device
from sync.central.admission import WRITERS, Admission
from sync.central.database import may_pass
from sync.central.door import admitted, answered, central_of, device_of, json_body, part_body, refused
from sync.central.house import Central
from sync.central.refusal import Refusal, busy
from sync.central.request_log import RequestLog
from sync.client import Account
from sync.clock import rfc3339
from sync.contract import enrolling, members, wire
from sync.contract.messages import (
    BATCH_ENTRIES,
    FEED_LIMIT,
    LEASES_SHOWN,
    LeaseRequest,
    Malformed,
    News,
    Offered,
    Signed,
)

_log = logging.getLogger(__name__)
_MOST_ASKED = 1000  # files in one `have`
_UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_SHA256 = r"^[0-9a-f]{64}$"
_HASH = re.compile(r"[0-9a-f]{64}")

CentralHere = Annotated[Central, Depends(central_of)]
Asker = Annotated[Device, Depends(device_of)]
JsonBody = Annotated[bytes, Depends(json_body)]
FilePart = Annotated[bytes, Depends(part_body)]
Place = Annotated[None, Depends(admitted)]
Sha256 = Annotated[str, Path(pattern=_SHA256)]

routes = APIRouter(prefix="/v1", default_response_class=Response)


def create_app(central: Central, issuer: str, writers: int = WRITERS) -> FastAPI:
    """Return the app of an open central system.

    `issuer` is the address at which browsers reach its sign-in; at most `writers` are let in at once.
    """
    app = FastAPI(title="central", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.central = central
    app.state.issuer = issuer.rstrip("/")
    app.state.admission = Admission(writers)
    app.include_router(routes)
    app.include_router(identity_pages.routes)
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(Malformed, _on_malformed)
    app.add_exception_handler(RequestValidationError, _on_malformed)
    app.add_exception_handler(OperationalError, _on_busy)
    app.add_exception_handler(NoConnection, _on_busy)  # no connection of the pool came free
    app.add_exception_handler(Exception, _on_fault)
    app.add_middleware(RequestLog)
    return app


def _may_answer(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Name the statuses of an operation beside 200; a test holds them against the contract."""
    return {status: {} for status in statuses}


@routes.get("/health", responses=_may_answer(503))
def health(request: Request, central: CentralHere) -> Response:
    with central.database.reading() as tx:
        tx.execute(text("SELECT 1"))
    return answered(request, {"status": "ok"})


@routes.get("/time", responses=_may_answer(401, 403, 503))
def server_time(request: Request, central: CentralHere, _asker: Asker) -> Response:
    with central.database.reading() as tx:
        return answered(request, {"server_time": rfc3339(_now()), "epoch": chains.epoch(tx)})


@routes.post("/enrol", responses=_may_answer(400, 401, 403, 404, 409, 413, 503))
def enrol(
    request: Request,
    central: CentralHere,
    body: JsonBody,
    authorization: Annotated[str | None, Header()] = None,
) -> Response:
    told = wire.signed_from(members.read_object(body))
    wish = enrolling.wish_from(told)

    def asker(tx: Connection) -> Device:
        return accounts.authenticate(tx, authorization)

    if central.upstream is None:
        enrolled = enrolment.redeem(central.database, wish, asker, central.signer, _now())
    elif wish.unit in ("", central.upstream.above.unit):
        enrolled = central.upstream.enrol(told, Account(*accounts.credentials(authorization)))
    else:
        raise Refusal(409, "another_unit")
    return answered(request, enrolling.enrolled_as_json(enrolled))


@routes.get("/news", responses=_may_answer(401, 403, 503))
def news(request: Request, central: CentralHere, asker: Asker) -> Response:
    with central.database.reading() as tx:
        cursor, durable_to = feed.end(tx, asker.unit)
        handed_on = wards.authors_kept(tx)
        known = authors.list_of(tx, asker.unit).etag if handed_on is None else handed_on[1]
        documents = published.etags(tx)
        told = News(rfc3339(_now()), chains.epoch(tx), cursor, durable_to, known, documents)
    return answered(request, wire.news_as_json(told))


@routes.post("/entries", responses=_may_answer(400, 401, 403, 409, 413, 503))
def offer_entries(
    request: Request, central: CentralHere, asker: Asker, _place: Place, body: JsonBody
) -> Response:
    told = members.read_object(body)
    offered = [wire.carried_from(entry) for entry in members.objects(told, "entries")]
    if len(offered) > BATCH_ENTRIES:
        raise Refusal(413, "batch_too_large")
    now = _now()
    with central.database.writing() as tx:
        _check_life(tx, told)
        answers = entries.take(tx, asker, offered, central.rules, now)
        if central.upstream is not None:
            answers = hub.marked(tx, answers)
        named = dict.fromkeys(chains.chain_of(carried.header) for carried in offered)
        heads = [chains.signed_head(tx, chain, central.signer, now) for chain in named if chain]
        ordered = redactions.ordered_in(offered)
    if ordered:
        central.clear_redacted()
    if central.upstream is not None:
        central.upstream.poke()
    known = tuple(head for head in heads if head is not None)
    return answered(request, wire.offered_as_json(Offered(answers, known, rfc3339(now))))


@routes.get("/entries/{id}", responses=_may_answer(400, 401, 403, 404, 503))
def read_entry(
    request: Request, central: CentralHere, asker: Asker, id: Annotated[str, Path(pattern=_UUID)]
) -> Response:
    with central.database.reading() as tx:
        entry = feed.one(tx, asker.unit, id)
    return answered(request, wire.carried_as_json(entry))


@routes.get("/feed", responses=_may_answer(400, 401, 403, 409, 503))
def read_feed(
    request: Request,
    central: CentralHere,
    asker: Asker,
    since: Annotated[str, Query(max_length=40)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = FEED_LIMIT,
) -> Response:
    with central.database.reading() as tx:
        page = feed.page(tx, asker.unit, since, limit, _now())
    return answered(request, wire.page_as_json(page))


@routes.get("/authors", responses=_may_answer(304, 401, 403, 503))
def read_authors(
    request: Request,
    central: CentralHere,
    asker: Asker,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    with central.database.reading() as tx:
        handed_on = wards.authors_kept(tx)
        known = authors.list_of(tx, asker.unit)
    etag = known.etag if handed_on is None else handed_on[1]
    if if_none_match == etag:
        return Response(status_code=304, headers={"ETag": etag})
    signed = authors.signed(known, central.signer, _now()) if handed_on is None else handed_on[0]
    return answered(request, wire.signed_as_json(signed), {"ETag": etag})


@routes.get("/unit", responses=_may_answer(401, 403, 503))
def read_unit(request: Request, central: CentralHere, asker: Asker) -> Response:
    with central.database.reading() as tx:
        signed = wards.statement(tx, asker, central.signer, _now())
    return answered(request, wire.signed_as_json(signed))


@routes.post("/leases", responses=_may_answer(400, 401, 403, 409, 413, 503))
def lease(request: Request, central: CentralHere, asker: Asker, _place: Place, body: JsonBody) -> Response:
    wish = wire.lease_request_from(members.read_object(body))
    try:
        signed = _granted(central, asker, wish)
    except Refusal as refusal:
        if central.upstream is None or refusal.reason != blocks.OUT_OF_NUMBERS:
            raise
        central.upstream.fetch_numbers(wish)
        signed = _granted(central, asker, wish)
    if central.upstream is not None:
        central.upstream.poke()
    return answered(request, wire.signed_as_json(signed))


def _granted(central: Central, asker: Device, wish: LeaseRequest) -> Signed:
    with central.database.writing() as tx:
        count = None if central.upstream is None else blocks.count_on
        return leases.grant(tx, asker, wish, central.signer, _now(), count)


@routes.post("/leases/shown", responses=_may_answer(400, 401, 403, 409, 413, 503))
def show_leases(
    request: Request, central: CentralHere, asker: Asker, _place: Place, body: JsonBody
) -> Response:
    told = members.read_object(body)
    held = [wire.signed_from(lease) for lease in members.objects(told, "leases")]
    if len(held) > LEASES_SHOWN:
        raise Refusal(413, "too_many_shown")
    with central.database.writing() as tx:
        _check_life(tx, told)
        above = () if central.upstream is None else (central.upstream.above.public_key,)
        keys = (central.public_key, *above, *accounts.hub_keys(tx, asker.unit))
        strange = leases.take_in(tx, asker, held, keys)
        if told.get("more") is not True:
            new_life.all_shown_by(tx, asker)
    return answered(request, {"not_ours": strange})


@routes.get("/days/{day}", responses=_may_answer(400, 401, 403, 404, 503))
def read_day(
    request: Request,
    central: CentralHere,
    asker: Asker,
    day: Annotated[str, Path(pattern=_DAY)],
    device: Annotated[str, Query(max_length=128)] = "",
) -> Response:
    with central.database.reading() as tx:
        whose = wards.device_asked(tx, asker, device)
        if central.upstream is None:
            signed = days.account(tx, whose, day, central.signer, _now())
    if central.upstream is not None:  # the books are those of the system above
        signed = central.upstream.day(day, whose)
    return answered(request, wire.signed_as_json(signed))


@routes.get("/published/{name}", responses=_may_answer(304, 401, 403, 404, 503))
def read_published(
    request: Request,
    central: CentralHere,
    _asker: Asker,
    name: str,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    with central.database.reading() as tx:
        document = published.newest(tx, name)
    if if_none_match == document.etag:
        return Response(status_code=304, headers={"ETag": document.etag})
    return answered(request, wire.published_as_json(document), {"ETag": document.etag})


@routes.post("/files/have", responses=_may_answer(400, 401, 403, 413, 503))
def have_files(request: Request, central: CentralHere, asker: Asker, body: JsonBody) -> Response:
    asked = members.texts(members.read_object(body), "sha256")
    if len(asked) > _MOST_ASKED:
        raise Refusal(413, "too_many_asked")
    if not all(_HASH.fullmatch(sha256) for sha256 in asked):
        raise Malformed("sha256")
    with central.database.reading() as tx:
        unwanted = redactions.among_files(tx, asker.unit, asked)
        missing = [sha256 for sha256 in files.missing(tx, asker.unit, asked) if sha256 not in unwanted]
    return answered(request, {"missing": missing})


@routes.head("/files/{sha256}", responses=_may_answer(400, 401, 403, 503))
def file_offset(central: CentralHere, asker: Asker, sha256: Sha256) -> Response:
    with central.database.reading() as tx:
        size = files.size_of(tx, asker.unit, sha256)
    offset = central.files.arrived(asker, sha256) if size is None else size
    complete = "?0" if size is None else "?1"
    return Response(headers={"Upload-Offset": str(offset), "Upload-Complete": complete})


@routes.put("/files/{sha256}", responses=_may_answer(400, 401, 403, 409, 413, 422, 503))
def put_file(
    request: Request,
    central: CentralHere,
    asker: Asker,
    _place: Place,
    sha256: Sha256,
    part: FilePart,
    upload_length: Annotated[int, Header(ge=0)],
    upload_offset: Annotated[int, Header(ge=0)] = 0,
) -> Response:
    upload = files.checked_upload(asker, sha256, upload_length)
    with central.database.reading() as tx:
        known = files.size_of(tx, asker.unit, sha256)
        unwanted = redactions.among_files(tx, asker.unit, [sha256])
    if known is not None or unwanted:  # what was redacted counts as here, and is not kept
        return answered(request, {"offset": known or upload_length, "complete": True})
    arrived = central.files.receive(upload, upload_offset, part)
    if arrived == upload_length:
        redactions.own(central.database, central.files, upload, _now())
    return answered(request, {"offset": arrived, "complete": arrived == upload_length})


@routes.get("/files/{sha256}", responses=_may_answer(400, 401, 403, 404, 503))
def get_file(central: CentralHere, asker: Asker, sha256: Sha256) -> Response:
    with central.database.reading() as tx:
        is_here = files.size_of(tx, asker.unit, sha256) is not None
    if not is_here:
        if central.upstream is None:
            raise Refusal(404, "file_missing")
        central.upstream.fetch_file(sha256)
    return Response(central.files.read(sha256), media_type="application/octet-stream")


def _check_life(tx: Connection, told: Mapping[str, Any]) -> None:
    """Refuse what is meant for another life of ours."""
    if told.get("epoch") not in (None, chains.epoch(tx)):
        raise Refusal(409, "epoch")


def _now() -> datetime:
    return datetime.now(UTC)


def _on_refusal(_request: Request, error: Exception) -> Response:
    return refused(error) if isinstance(error, Refusal) else refused(Refusal(500, "unexpected"))


def _on_malformed(_request: Request, _error: Exception) -> Response:
    return refused(Refusal(400, "malformed"))


def _on_busy(_request: Request, error: Exception) -> Response:
    """Ask to come again; but what will fail again is an error: told as one, it holds back nothing that is beside it."""
    if isinstance(error, OperationalError) and not may_pass(error):
        raise error
    _log.warning("database: %s", error)  # without values: see `hide_parameters`
    return refused(busy())


def _on_fault(_request: Request, _error: Exception) -> Response:
    """Say so before the server hangs up on this connection: who asks on at once would find the line cut."""
    return Response("Internal Server Error", 500, {"Connection": "close"}, "text/plain")
