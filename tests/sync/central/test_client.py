"""The door to HTTP: what comes back is translated by its code, and nothing that requests raises gets out."""

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from sync.client import Account, HttpCentral
from sync.contract.messages import Carried
from sync.errors import AnswerTooLarge, CentralBusy, CentralFailed, ContractBroken, DeviceRefused, Offline
from sync.line_errors import ProxyRefused, SomebodyBetween
from sync.route import Why


class FakeServer(HTTPServer):
    """Answers every request with one status and body, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.status = 200
        self.body: object = {}
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answering(BaseHTTPRequestHandler):
    server: FakeServer

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.path, dict(self.headers), body))
        said = self.server.body
        data = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_HEAD = _answer  # noqa: N815 - the names that the library looks for

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[FakeServer]:
    server = FakeServer()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def central(server: FakeServer) -> Iterator[HttpCentral]:
    with HttpCentral(server.base, Account("quay-1", "bi-mat")) as central:
        yield central


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, CentralFailed),
        (401, DeviceRefused),
        (403, DeviceRefused),
        (408, CentralBusy),
        (409, CentralFailed),
        (422, CentralFailed),
        (425, CentralBusy),
        (429, CentralBusy),
        (500, CentralBusy),
        (503, CentralBusy),
        (302, SomebodyBetween),
        (407, ProxyRefused),
        (511, SomebodyBetween),
    ],
)
def test_a_status_has_its_error(
    server: FakeServer, central: HttpCentral, status: int, error: type[Exception]
) -> None:
    server.status = status

    with pytest.raises(error) as raised:
        central.time()

    assert type(raised.value) is error


def test_a_busy_server_says_how_long_to_wait(server: FakeServer, central: HttpCentral) -> None:
    server.status, server.headers = 503, {"Retry-After": "17"}

    with pytest.raises(CentralBusy) as busy:
        central.time()

    assert busy.value.retry_after == 17


def test_a_busy_server_is_a_kind_of_offline(server: FakeServer, central: HttpCentral) -> None:
    server.status = 500

    with pytest.raises(Offline):
        central.feed("")


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        ("7", 7, 7),
        ("0", 0, 0),
        ("soon", 0, 0),
        ("-3", 0, 0),
        ("9" * 400, 3600, 3600),
        (timedelta(hours=9), 3600, 3600),  # as a date, told from now
        (timedelta(hours=-9), 0, 0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_how_long_central_asks_to_wait_is_read_in_both_ways_and_bounded(
    server: FakeServer, central: HttpCentral, status: int, told: str | timedelta, least: float, most: float
) -> None:
    if isinstance(told, timedelta):
        told = format_datetime(datetime.now(UTC) + told, usegmt=True)
    server.status, server.headers = status, {"Retry-After": told}

    with pytest.raises(CentralBusy) as busy:
        central.time()

    assert least <= busy.value.retry_after <= most


def test_nobody_there_is_offline(server: FakeServer) -> None:
    server.server_close()

    with pytest.raises(Offline), HttpCentral("http://127.0.0.1:9", Account("quay-1", "x")) as central:
        central.time()


def why(address: str) -> object:
    """Ask at an address where central is not; return how far that came."""
    with pytest.raises(Offline) as offline, HttpCentral(address, Account("quay-1", "x")) as central:
        central.time()
    return offline.value.facts["why"]


def test_nobody_there_says_how_far_the_call_came(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.client._TIMEOUT", (0.2, 0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert why(f"http://127.0.0.1:{silent.getsockname()[1]}") == Why.TIME_OUT
    assert why("http://khong-co.invalid") == Why.NAME
    assert why("http://127.0.0.1:9") == Why.CONNECTION
    assert why(f"https://127.0.0.1:{server.server_port}") == Why.CERTIFICATE
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    assert why("http://central.invalid") == Why.PROXY


@pytest.mark.parametrize(
    "body", [b"<html>", [], {}, {"server_time": 1, "epoch": "x"}, {"server_time": "soon", "epoch": "x"}]
)
def test_an_answer_outside_the_contract_is_named_so(
    server: FakeServer, central: HttpCentral, body: object
) -> None:
    server.body = body

    with pytest.raises(ContractBroken):
        central.time()


@pytest.mark.parametrize("position", [2**63, -(2**63), 10**30])
def test_a_place_beyond_every_database_is_outside_the_contract(
    server: FakeServer, central: HttpCentral, position: int
) -> None:
    server.body = {"items": [], "next": "", "epoch": "e", "durable_to": position, "server_time": ""}

    with pytest.raises(ContractBroken):
        central.feed("")


def test_fewer_answers_than_entries_is_outside_the_contract(server: FakeServer, central: HttpCentral) -> None:
    server.body = {"answers": [], "heads": [], "server_time": "2026-11-20T00:00:00.000Z"}

    with pytest.raises(ContractBroken):
        central.offer([Carried(b"{}", b"", None, None)])


def test_every_request_names_device_and_request(server: FakeServer, central: HttpCentral) -> None:
    server.body = {"server_time": "2026-11-20T00:00:00.000Z", "epoch": "e"}
    central.time()
    central.time()

    first, second = (headers for _, headers, _ in server.asked)
    assert first["Authorization"] == "Device quay-1:bi-mat"
    assert first["X-Request-Id"] != second["X-Request-Id"]


def test_a_large_body_is_packed_and_a_small_one_is_not(server: FakeServer, central: HttpCentral) -> None:
    server.body = {"missing": []}
    central.have(["0" * 64])
    central.have(["0" * 64] * 100)

    (_, small, plain), (_, large, packed) = server.asked
    assert "Content-Encoding" not in small
    assert json.loads(plain) == {"sha256": ["0" * 64]}
    assert large["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed)) == {"sha256": ["0" * 64] * 100}


def test_a_server_that_never_finishes_a_file_is_not_asked_for_ever(
    server: FakeServer, central: HttpCentral
) -> None:
    server.body = {"offset": 0, "complete": False}

    with pytest.raises(ContractBroken):
        central.put_file("0" * 64, b"data")

    assert len(server.asked) < 10


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_without_end_is_not_read_to_its_end(
    server: FakeServer, central: HttpCentral, packed: bool
) -> None:
    said = b" " * (16 * 1024 * 1024 + 1)
    server.body = gzip.compress(said, 1) if packed else said
    server.headers = {"Content-Encoding": "gzip"} if packed else {}

    with pytest.raises(AnswerTooLarge) as refused:
        central.time()

    assert refused.value.facts == {"limit": 16 * 1024 * 1024}


def test_the_longest_permitted_answer_is_read(server: FakeServer, central: HttpCentral) -> None:
    said = json.dumps({"server_time": "2026-11-20T00:00:00.000Z", "epoch": "e"}).encode()
    server.body = said.ljust(16 * 1024 * 1024)

    assert central.time().epoch == "e"


def test_the_token_is_not_shown(central: HttpCentral) -> None:
    assert "bi-mat" not in repr(Account("quay-1", "bi-mat"))


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (200, {"Content-Type": "text/html; charset=utf-8"}, SomebodyBetween),
        (403, {"Content-Type": "text/html"}, SomebodyBetween),
        (302, {"Location": "http://dang-nhap.invalid/"}, SomebodyBetween),
        (502, {"Content-Type": "text/html"}, CentralBusy),  # the server before central speaks for it
    ],
)
def test_a_page_for_people_is_not_central(
    server: FakeServer, central: HttpCentral, status: int, headers: dict[str, str], error: type[Exception]
) -> None:
    server.status, server.headers, server.body = status, headers, b"<html>Wi-Fi</html>"

    with pytest.raises(error):
        central.time()

    assert len(server.asked) == 1  # a redirection is not followed
