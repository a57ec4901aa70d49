"""The app keeps the contract: its paths, methods and statuses, and the shape of what it really answers."""

import gzip
import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator
from referencing import Registry as Schemas
from referencing import Resource

from sync import contract, keys
from sync.central import enrolment
from sync.central.app import routes
from sync.central.numbers import day_of
from sync.clock import office_day
from sync.contract import enrolling, wire
from sync.contract.messages import REASONS, LeaseRequest, Verdict, Was
from sync.journal import deliveries, entries, numbers
from sync.push import carried
from tests.sync.central.world import Counter, Enrolment
from tests.sync.central.world import Registry as Office

CONTRACT: dict[str, Any] = yaml.safe_load(
    (Path(contract.__file__).parent / "openapi.yaml").read_text("utf-8")
)
SCHEMAS: "Schemas[Any]" = Schemas().with_resource(
    "contract",
    Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema", **CONTRACT}),
)


def conforms(schema: str, value: object) -> None:
    """Hold a value against a schema of the contract."""
    where = {"$ref": f"contract#/components/schemas/{schema}"}
    Draft202012Validator(where, registry=SCHEMAS).validate(value)


@pytest.fixture
def http(counter: Counter) -> requests.Session:
    session = requests.Session()
    account = counter.enrolment
    session.headers["Authorization"] = f"Device {account.device}:{account.token}"
    return session


def url(counter: Counter, path: str) -> str:
    return f"{counter.enrolment.base}/v1{path}"


def test_the_app_has_the_paths_methods_and_statuses_of_the_contract() -> None:
    promised = {
        (path, method, frozenset(operation["responses"]))
        for path, operations in CONTRACT["paths"].items()
        for method, operation in operations.items()
        if method != "parameters"
    }
    kept = {
        (route.path, method.lower(), frozenset({"200", *map(str, route.responses)}))
        for route in routes.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }

    assert kept == promised


def test_every_reason_has_a_sentence() -> None:
    assert all(sentence.endswith(".") for sentence in REASONS.values())


def test_health_and_time(counter: Counter, http: requests.Session) -> None:
    health = requests.get(url(counter, "/health"), timeout=5)
    assert health.status_code == 200
    conforms("Health", health.json())
    conforms("ServerTime", http.get(url(counter, "/time"), timeout=5).json())


def test_a_wish_to_be_known(counter: Counter, http: requests.Session, registry: Office) -> None:
    until = datetime.now(UTC) + timedelta(days=365)
    named = enrolment.Named(
        "officer", counter.enrolment.unit, "qt-moi", "Người mới", until, frozenset({"officer"})
    )
    with registry.database.writing() as tx:
        code = enrolment.make_code(tx, named, datetime.now(UTC), timedelta(hours=1))
    key = keys.generate("officer:qt-moi")
    wish = enrolling.signed_wish(enrolling.Wish(code, "request-1", key.public_bytes), key)
    conforms("EnrolmentWish", json.loads(wish.data))

    known = http.post(url(counter, "/enrol"), json=wire.signed_as_json(wish), timeout=20)
    lost = requests.post(url(counter, "/enrol"), json=wire.signed_as_json(wish), timeout=20)

    assert (known.status_code, lost.status_code) == (200, 401)
    conforms("Enrolled", known.json())
    conforms("Problem", lost.json())


def test_news_name_the_end_of_the_feed_and_the_etags(counter: Counter, http: requests.Session) -> None:
    counter.receive()
    counter.exchange()
    news = http.get(url(counter, "/news"), timeout=5).json()
    conforms("News", news)

    page = http.get(url(counter, "/feed"), timeout=5).json()
    known = http.get(url(counter, "/authors"), timeout=5).headers["ETag"]
    catalogue = http.get(url(counter, "/published/catalogue"), timeout=5).headers["ETag"]
    assert (news["next"], news["durable_to"], news["authors"]) == (page["next"], page["durable_to"], known)
    assert (news["published"]["catalogue"], "trust" in news["published"]) == (catalogue, False)


def test_entries_and_feed(counter: Counter, http: requests.Session) -> None:
    subject = counter.receive()
    counter.act(subject, "withdrawn", move={"from": "gone", "to": "withdrawn"})
    counter.act(subject, "noted")
    with counter.journal.reading() as tx:
        batch = {"entries": [wire.carried_as_json(carried(entry)) for entry in deliveries.pending(tx, 50)]}
    conforms("Batch", batch)

    for verdicts in (
        ["accepted", "accepted", "refused", "waits"],
        ["replayed", "replayed", "replayed", "waits"],
    ):
        answer = http.post(url(counter, "/entries"), json=batch, timeout=5)
        assert answer.status_code == 200
        conforms("Offered", answer.json())
        assert [told["verdict"] for told in answer.json()["answers"]] == verdicts
    for head in answer.json()["heads"]:
        conforms("Head", json.loads(wire.signed_from(head).data))
    page = http.get(url(counter, "/feed"), params={"since": "", "limit": "2"}, timeout=5)
    conforms("Page", page.json())
    assert page.json()["more"] is True


def test_an_entry_is_given_once_more_to_its_unit_alone(
    counter: Counter,
    registry: Office,
    opened: Callable[[Enrolment], Counter],
    http: requests.Session,
    tmp_path: Path,
) -> None:
    subject = counter.receive()
    counter.act(subject, "noted", text="of another unit's business")
    counter.exchange()
    with counter.journal.reading() as tx:
        one = entries.history(tx, subject)[-1]
    answer = http.get(url(counter, f"/entries/{one.id}"), timeout=5)
    conforms("Carried", answer.json())
    assert wire.carried_from(answer.json()) == carried(one)
    stranger = opened(registry.enrol(tmp_path / "stranger"))
    assert stranger.central.entry(one.id) is None
    waiting = counter.act(subject, "noted")
    assert counter.central.entry(waiting.id) is None


def test_authors(counter: Counter, http: requests.Session) -> None:
    answer = http.get(url(counter, "/authors"), timeout=5)
    conforms("Signed", answer.json())
    conforms("Authors", json.loads(wire.signed_from(answer.json()).data))
    again = http.get(url(counter, "/authors"), headers={"If-None-Match": answer.headers["ETag"]}, timeout=5)
    assert (again.status_code, again.content) == (304, b"")


def test_leases_are_shown_and_a_batch_names_the_life_it_is_meant_for(
    counter: Counter, http: requests.Session
) -> None:
    wish = LeaseRequest(str(uuid.uuid4()), counter.journal.chain, "dossier", day_of(datetime.now(UTC)), 3)
    granted = http.post(url(counter, "/leases"), json=wire.lease_request_as_json(wish), timeout=5).json()
    held = {"leases": [granted]}
    conforms("LeasesHeld", held)

    shown = http.post(url(counter, "/leases/shown"), json=held, timeout=5)
    forged = {"leases": [{**granted, "sig": granted["data"][:88]}]}
    wrong = http.post(url(counter, "/leases/shown"), json=forged, timeout=5)
    many = http.post(url(counter, "/leases/shown"), json={"leases": [granted] * 201}, timeout=5)

    conforms("LeasesShown", shown.json())
    assert (shown.json(), wrong.json(), many.status_code) == ({"not_ours": 0}, {"not_ours": 1}, 413)
    life = http.get(url(counter, "/time"), timeout=5).json()["epoch"]
    for epoch, status in ((life, 200), ("an older one", 409)):
        shown = http.post(url(counter, "/leases/shown"), json={**held, "epoch": epoch}, timeout=5)
        assert shown.status_code == status
        batch = {"epoch": epoch, "entries": []}
        conforms("Batch", batch)
        assert http.post(url(counter, "/entries"), json=batch, timeout=5).status_code == status


@pytest.mark.parametrize(
    "was",
    [
        {},
        [],
        {"verdict": "accepted", "reason": "role"},
        {"verdict": "refused", "reason": "?"},
        {"verdict": "refused", "reason": {"": None}},
        {"verdict": ["refused"], "reason": "role"},
    ],
)
def test_what_central_is_told_it_said_must_be_something_it_says(
    counter: Counter, http: requests.Session, was: object
) -> None:
    counter.receive()
    with counter.journal.reading() as tx:
        [opened, _] = deliveries.pending(tx, 50)
    told = wire.carried_as_json(carried(opened, Was(Verdict.REFUSED, "role")))
    conforms("Carried", told)

    answer = http.post(url(counter, "/entries"), json={"entries": [{**told, "was": was}]}, timeout=5)

    assert answer.status_code == 400


def test_leases(counter: Counter, http: requests.Session) -> None:
    wish = LeaseRequest(str(uuid.uuid4()), counter.journal.chain, "dossier", day_of(datetime.now(UTC)), 3)
    told = wire.lease_request_as_json(wish)
    conforms("LeaseRequest", told)

    first = http.post(url(counter, "/leases"), json=told, timeout=5)
    again = http.post(url(counter, "/leases"), json=told, timeout=5)
    other = http.post(url(counter, "/leases"), json={**told, "count": 4}, timeout=5)
    wrong = http.post(url(counter, "/leases"), json={**told, "day": "2026-02-30"}, timeout=5)

    conforms("Signed", first.json())
    conforms("Lease", json.loads(wire.signed_from(first.json()).data))
    assert first.json() == again.json()
    assert (other.status_code, wrong.status_code) == (409, 400)
    conforms("Problem", other.json())


def test_the_account_of_a_day(counter: Counter, http: requests.Session) -> None:
    today = office_day(datetime.now(UTC))
    with counter.journal.act(counter.enrolment.officer_signer) as act:
        value = numbers.provisional(act.tx, "TAM", today, counter.journal.chain)
        number = {"series": "TAM", "value": value, "code": str(uuid.uuid4())}
        opened = {"from": None, "to": "received"}
        act.add(str(uuid.uuid4()), "received", {"move": opened, "files": ["0" * 64], "number": number})
    counter.exchange()

    answer = http.get(url(counter, f"/days/{today}"), timeout=5)

    conforms("Signed", answer.json())
    account = json.loads(wire.signed_from(answer.json()).data)
    conforms("DayAccount", account)
    assert (len(account["entries"]), len(account["numbers"]), account["missing"]) == (2, 1, ["0" * 64])


def test_published_documents(counter: Counter, http: requests.Session) -> None:
    first = http.get(url(counter, "/published/catalogue"), timeout=5)
    conforms("Published", first.json())
    conforms("Statement", json.loads(wire.signed_from(first.json()["statement"]).data))
    same = http.get(
        url(counter, "/published/catalogue"), headers={"If-None-Match": first.headers["ETag"]}, timeout=5
    )
    assert (same.status_code, same.headers["ETag"]) == (304, first.headers["ETag"])
    assert http.get(url(counter, "/published/trust"), timeout=5).status_code == 404


def test_files(counter: Counter, http: requests.Session) -> None:
    data = uuid.uuid4().bytes * 100
    sha256 = hashlib.sha256(data).hexdigest()
    place = url(counter, f"/files/{sha256}")
    missing = http.post(url(counter, "/files/have"), json={"sha256": [sha256]}, timeout=5)
    conforms("Missing", missing.json())
    assert missing.json() == {"missing": [sha256]}
    assert http.get(place, timeout=5).status_code == 404

    half = http.put(place, data=data[:700], headers={"Upload-Length": "1600"}, timeout=5)
    conforms("FilePart", half.json())
    stray = http.put(place, data=data, headers={"Upload-Length": "1600"}, timeout=5)
    assert (stray.status_code, stray.headers["Upload-Offset"]) == (409, "700")
    head = http.head(place, timeout=5)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Complete"]) == ("700", "?0")
    rest = {"Upload-Length": "1600", "Upload-Offset": "700"}
    assert http.put(place, data=data[700:], headers=rest, timeout=5).json() == {
        "offset": 1600,
        "complete": True,
    }
    again = http.put(place, data=data, headers={"Upload-Length": "1600"}, timeout=5)

    assert again.json() == {"offset": 1600, "complete": True}
    assert http.get(place, timeout=5).content == data
    assert http.head(place, timeout=5).headers["Upload-Complete"] == "?1"


def test_a_file_with_another_hash_is_not_kept(counter: Counter, http: requests.Session) -> None:
    place = url(counter, f"/files/{hashlib.sha256(uuid.uuid4().bytes).hexdigest()}")

    wrong = http.put(place, data=b"something else", headers={"Upload-Length": "14"}, timeout=5)

    assert wrong.status_code == 422
    conforms("Problem", wrong.json())
    assert http.head(place, timeout=5).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", "/entries", {"data": b"not json"}),
        ("POST", "/entries", {"json": {"entries": [{"header": "?"}]}}),
        ("POST", "/entries", {"data": b"not gzip", "headers": {"Content-Encoding": "gzip"}}),
        ("GET", "/feed?since=nonsense", {}),
        ("GET", "/feed?limit=0", {}),
        ("GET", "/entries/not-an-id", {}),
        ("GET", "/days/2026-02-30", {}),
        ("GET", "/days/yesterday", {}),
        ("GET", "/days/0001-01-01", {}),
        ("POST", "/files/have", {"data": b'{"sha256":["\\ud800"]}'}),
        ("POST", "/entries", {"data": b'{"entries":' + b"[" * 100_000}),
        ("POST", "/leases", {"json": {"request_id": 1}}),
        ("POST", "/files/have", {"json": {"sha256": "one"}}),
        ("POST", "/files/have", {"json": {"sha256": ["0" * 63 + "*"]}}),
        ("GET", "/files/not-a-hash", {}),
        ("PUT", f"/files/{'0' * 64}", {"data": b"x"}),
    ],
)
def test_what_breaks_the_contract_is_answered_400(
    counter: Counter, http: requests.Session, method: str, path: str, sent: dict[str, Any]
) -> None:
    answer = http.request(method, url(counter, path), timeout=5, **sent)

    assert answer.status_code == 400
    conforms("Problem", answer.json())


def test_a_cursor_beyond_every_feed_is_answered_400(counter: Counter, http: requests.Session) -> None:
    life = http.get(url(counter, "/time"), timeout=5).json()["epoch"]

    answer = http.get(url(counter, f"/feed?since={life}.{'9' * 20}"), timeout=5)

    assert answer.status_code == 400


def test_another_unit_learns_nothing_of_a_file(
    counter: Counter, http: requests.Session, registry: Office, tmp_path: Path
) -> None:
    data = uuid.uuid4().bytes
    sha256 = hashlib.sha256(data).hexdigest()
    place = url(counter, f"/files/{sha256}")
    assert http.put(place, data=data, headers={"Upload-Length": "16"}, timeout=5).json()["complete"]
    stranger = registry.enrol(tmp_path / "elsewhere")
    http.headers["Authorization"] = f"Device {stranger.device}:{stranger.token}"

    missing = http.post(url(counter, "/files/have"), json={"sha256": [sha256]}, timeout=5)

    assert missing.json() == {"missing": [sha256]}
    assert http.get(place, timeout=5).status_code == 404
    assert http.head(place, timeout=5).headers["Upload-Complete"] == "?0"


def test_a_part_beyond_the_length_that_was_said_is_not_kept(counter: Counter, http: requests.Session) -> None:
    data = b"longer than said"
    place = url(counter, f"/files/{hashlib.sha256(data).hexdigest()}")

    answer = http.put(place, data=data, headers={"Upload-Length": "3"}, timeout=5)

    assert (answer.status_code, answer.json()["reason"]) == (400, "longer_than_said")
    assert http.head(place, timeout=5).headers["Upload-Offset"] == "0"


def test_a_small_body_that_unpacks_to_a_huge_one_is_answered_413(
    counter: Counter, http: requests.Session
) -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024), 9)

    answer = http.post(url(counter, "/entries"), data=bomb, headers={"Content-Encoding": "gzip"}, timeout=30)

    assert (answer.status_code, answer.json()["reason"]) == (413, "body_too_large")


def test_too_much_is_answered_413(counter: Counter, http: requests.Session) -> None:
    entry = {"header": "", "sig": "", "salt": None, "body": None}
    many = http.post(url(counter, "/entries"), json={"entries": [entry] * 51}, timeout=5)
    large = http.put(
        url(counter, f"/files/{'0' * 64}"), data=b"x", headers={"Upload-Length": str(2**40)}, timeout=5
    )

    assert (many.status_code, large.status_code) == (413, 413)
    conforms("Problem", many.json())


@pytest.mark.parametrize("authorization", ["", "Device x", "Device quay:khong-dung", "Bearer x"])
def test_a_stranger_is_answered_401(counter: Counter, authorization: str) -> None:
    answer = requests.get(url(counter, "/time"), headers={"Authorization": authorization}, timeout=5)

    assert answer.status_code == 401
    conforms("Problem", answer.json())


def test_a_request_id_comes_back(counter: Counter, http: requests.Session) -> None:
    asked = http.get(url(counter, "/time"), headers={"X-Request-Id": "abc-123"}, timeout=5)

    assert asked.headers["X-Request-Id"] == "abc-123"


def test_verdicts_are_those_of_the_contract() -> None:
    assert [verdict.value for verdict in Verdict] == CONTRACT["components"]["schemas"]["Verdict"]["enum"]
