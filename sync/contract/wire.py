"""The messages as JSON, and back: one reading and one writing, used by the counter and by central.

Bytes travel as base64 of what was stored, so nothing is ever serialised anew on the way.
Everything that does not fit the contract raises `Malformed`.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sync.contract.members import decoded, encoded, number, objects, read_object, text, texts
from sync.contract.messages import (
    REASONS,
    Answer,
    AuthorKey,
    Carried,
    Day,
    DayEntry,
    DayNumber,
    DayRange,
    FeedItem,
    Head,
    Lease,
    LeaseRequest,
    Malformed,
    News,
    Offered,
    Page,
    Published,
    Signed,
    Verdict,
    Was,
)

Json = Mapping[str, Any]


def carried_as_json(carried: Carried) -> dict[str, object]:
    """Write an entry as it travels."""
    was = carried.was
    return {
        "header": encoded(carried.header),
        "sig": encoded(carried.sig),
        "salt": None if carried.salt is None else encoded(carried.salt),
        "body": None if carried.body is None else encoded(carried.body),
        **({} if was is None else {"was": {"verdict": was.verdict.value, "reason": was.reason}}),
    }


def carried_from(message: Json) -> Carried:
    """Read an entry as it travels."""
    salt, body = message.get("salt"), message.get("body")
    return Carried(
        decoded(message.get("header")),
        decoded(message.get("sig")),
        None if salt is None else decoded(salt),
        None if body is None else decoded(body),
        _was(message.get("was")),
    )


def _was(told: object) -> Was | None:
    if told is None:
        return None
    known = told if isinstance(told, Mapping) else {}
    verdict, reason = text(known, "verdict"), text(known, "reason")
    taken = verdict == Verdict.ACCEPTED and reason == ""
    if not taken and (verdict not in (Verdict.CONFLICT, Verdict.REFUSED) or reason not in REASONS):
        raise Malformed("was")
    return Was(Verdict(verdict), reason)


def answer_as_json(answer: Answer) -> dict[str, object]:
    """Write one answer."""
    return {
        "id": answer.id,
        "hash": answer.hash,
        "verdict": answer.verdict.value,
        "reason": answer.reason,
        "flags": list(answer.flags),
        "owner": answer.owner,
        "first": answer.first.value if answer.first else None,
    }


def answer_from(message: Json) -> Answer:
    """Read one answer."""
    first = message.get("first")
    try:
        return Answer(
            text(message, "id"),
            text(message, "hash"),
            Verdict(text(message, "verdict")),
            text(message, "reason"),
            texts(message, "flags"),
            text(message, "owner"),
            None if first is None else Verdict(first),
        )
    except ValueError as error:
        raise Malformed("unknown verdict") from error


def signed_as_json(signed: Signed) -> dict[str, object]:
    """Write signed bytes."""
    return {"data": encoded(signed.data), "sig": encoded(signed.sig)}


def signed_from(message: Json) -> Signed:
    """Read signed bytes; says nothing of whether the signature holds."""
    return Signed(decoded(message.get("data")), decoded(message.get("sig")))


def offered_as_json(offered: Offered) -> dict[str, object]:
    """Write the answer to a batch."""
    return {
        "answers": [answer_as_json(answer) for answer in offered.answers],
        "heads": [signed_as_json(head) for head in offered.heads],
        "server_time": offered.server_time,
    }


def offered_from(message: Json) -> Offered:
    """Read the answer to a batch."""
    return Offered(
        tuple(answer_from(answer) for answer in objects(message, "answers")),
        tuple(signed_from(head) for head in objects(message, "heads")),
        text(message, "server_time"),
    )


def page_as_json(page: Page) -> dict[str, object]:
    """Write a page of the feed."""
    items = [
        {
            "position": item.position,
            "answer": answer_as_json(item.answer),
            "entry": carried_as_json(item.entry),
        }
        for item in page.items
    ]
    return {
        "items": items,
        "next": page.next,
        "more": page.more,
        "epoch": page.epoch,
        "durable_to": page.durable_to,
        "server_time": page.server_time,
    }


def page_from(message: Json) -> Page:
    """Read a page of the feed."""
    return Page(
        tuple(_item_from(item) for item in objects(message, "items")),
        text(message, "next"),
        message.get("more") is True,
        text(message, "epoch"),
        number(message, "durable_to"),
        text(message, "server_time"),
    )


def news_as_json(news: News) -> dict[str, object]:
    """Write how far everything has come."""
    return {
        "server_time": news.server_time,
        "epoch": news.epoch,
        "next": news.next,
        "durable_to": news.durable_to,
        "authors": news.authors,
        "published": dict(news.published),
    }


def news_from(message: Json) -> News:
    """Read how far everything has come."""
    published = message.get("published")
    if not isinstance(published, dict):
        raise Malformed("published: an object expected")
    return News(
        text(message, "server_time"),
        text(message, "epoch"),
        text(message, "next"),
        number(message, "durable_to"),
        text(message, "authors"),
        {name: text(published, name) for name in published},
    )


def _item_from(message: Json) -> FeedItem:
    answer, entry = message.get("answer"), message.get("entry")
    if not isinstance(answer, dict) or not isinstance(entry, dict):
        raise Malformed("a feed item has an answer and an entry")
    return FeedItem(number(message, "position"), answer_from(answer), carried_from(entry))


def lease_request_as_json(request: LeaseRequest) -> dict[str, object]:
    """Write a wish for numbers."""
    return {
        "request_id": request.request_id,
        "chain": request.chain,
        "series": request.series,
        "day": request.day,
        "count": request.count,
    }


def lease_request_from(message: Json) -> LeaseRequest:
    """Read a wish for numbers."""
    return LeaseRequest(
        text(message, "request_id"),
        text(message, "chain"),
        text(message, "series"),
        text(message, "day"),
        number(message, "count"),
    )


def lease_as_json(lease: Lease) -> dict[str, object]:
    """Write a granted range: the bytes of this object are what central signs."""
    return {
        "v": 1,
        "request_id": lease.request_id,
        "chain": lease.chain,
        "series": lease.series,
        "day": lease.day,
        "first": lease.first,
        "last": lease.last,
        "granted_at": lease.granted_at,
    }


def head_as_json(head: Head) -> dict[str, object]:
    """Write how far a chain is known: the bytes of this object are what central signs."""
    return {"v": 1, **asdict(head)}


def head_from(data: bytes) -> Head:
    """Read how far a chain is known from the signed bytes."""
    message = read_object(data)
    return Head(
        text(message, "chain"),
        number(message, "seq"),
        text(message, "hash"),
        text(message, "at"),
        text(message, "epoch"),
    )


def lease_from(data: bytes) -> Lease:
    """Read a granted range from the signed bytes."""
    message = read_object(data)
    return Lease(
        text(message, "request_id"),
        text(message, "chain"),
        text(message, "series"),
        text(message, "day"),
        number(message, "first"),
        number(message, "last"),
        text(message, "granted_at"),
    )


_RANGE = ("request_id", "chain", "series", "first", "last", "used", "void", "apart")


def day_as_json(day: Day) -> dict[str, object]:
    """Write the account of a day: the bytes of this object are what central signs."""
    return {
        "v": 1,
        "device": day.device,
        "day": day.day,
        "at": day.at,
        "epoch": day.epoch,
        "entries": [
            {"chain": each.chain, "seq": each.seq, "hash": each.hash, "verdict": each.verdict.value}
            for each in day.entries
        ],
        "numbers": [
            {"series": each.series, "value": each.value, "code": each.code, "entry": each.entry}
            for each in day.numbers
        ],
        "missing": list(day.missing),
        "ranges": [{name: getattr(each, name) for name in _RANGE} for each in day.ranges],
    }


def day_from(data: bytes) -> Day:
    """Read the account of a day from the signed bytes."""
    message = read_object(data)
    return Day(
        text(message, "device"),
        text(message, "day"),
        text(message, "at"),
        text(message, "epoch"),
        tuple(_day_entry_from(each) for each in objects(message, "entries")),
        tuple(_day_number_from(each) for each in objects(message, "numbers")),
        texts(message, "missing"),
        tuple(_day_range_from(each) for each in objects(message, "ranges")),
    )


def _day_range_from(message: Json) -> DayRange:
    return DayRange(
        text(message, "request_id"),
        text(message, "chain"),
        text(message, "series"),
        number(message, "first"),
        number(message, "last"),
        number(message, "used"),
        number(message, "void"),
        number(message, "apart"),
    )


def _day_entry_from(message: Json) -> DayEntry:
    try:
        verdict = Verdict(text(message, "verdict"))
    except ValueError as error:
        raise Malformed("unknown verdict") from error
    return DayEntry(text(message, "chain"), number(message, "seq"), text(message, "hash"), verdict)


def _day_number_from(message: Json) -> DayNumber:
    return DayNumber(
        text(message, "series"), number(message, "value"), text(message, "code"), text(message, "entry")
    )


def author_as_json(key: AuthorKey) -> dict[str, object]:
    """Write an author's key; only devices have a name."""
    named = {"name": key.name} if key.name else {}
    return {
        "author": key.author,
        "public_key": encoded(key.public_key),
        "roles": list(key.roles),
        "valid_from": key.valid_from,
        "valid_to": key.valid_to,
        "revoked_at": key.revoked_at,
        **named,
    }


def author_from(message: Json) -> AuthorKey:
    """Read an author's key."""
    revoked = None if message.get("revoked_at") is None else text(message, "revoked_at")
    author, key, roles = text(message, "author"), decoded(message.get("public_key")), texts(message, "roles")
    name = str(message.get("name", ""))  # for people to read: no list is refused because of one
    valid = (text(message, "valid_from"), text(message, "valid_to"))
    return AuthorKey(author, key, roles, *valid, revoked, name)


def published_as_json(document: Published) -> dict[str, object]:
    """Write a published document with its signed statement."""
    return {"statement": signed_as_json(document.signed), "content": encoded(document.content)}


def published_from(message: Json, etag: str) -> Published:
    """Read a published document; says nothing of whether the signature holds."""
    statement = message.get("statement")
    if not isinstance(statement, dict):
        raise Malformed("statement expected")
    signed = signed_from(statement)
    said = read_object(signed.data)
    content = decoded(message.get("content"))
    return Published(
        text(said, "name"), number(said, "version"), text(said, "issued_at"), content, signed, etag
    )
