"""Where the browser comes back to: a listener on this computer alone, on a free port, for one sign-in (RFC 8252)."""

import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import parse_qsl, urlsplit

HOST, PATH = "127.0.0.1", "/signed-in"
_LONGEST = 8 * 1024  # characters of an address
_SILENCE = 5.0  # seconds that a connection may say nothing: browsers open some ahead
_PAGE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Quầy Một Cửa</title>'
    "<body><h1>{title}</h1><p>{text}</p></body></html>"
)


class Loopback:
    """Hears of one sign-in, the one that carries `state`; whatever else comes is answered and forgotten."""

    def __init__(self, state: str) -> None:
        self._state = state
        self._heard: SimpleQueue[dict[str, str]] = SimpleQueue()
        self._server = _Server((HOST, 0), _Handler)
        self._server.take = self._take
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    @property
    def redirect_uri(self) -> str:
        """The address that the provider sends the browser to."""
        return f"http://{HOST}:{self._server.server_port}{PATH}"

    def heard(self, seconds: float) -> dict[str, str] | None:
        """Wait so long for the browser; return what the provider let it bring, None when it has not come."""
        try:
            return self._heard.get(timeout=seconds)
        except Empty:
            return None

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _take(self, told: dict[str, str]) -> bool:
        if not hmac.compare_digest(told.get("state", "").encode(), self._state.encode()):
            return False
        self._heard.put(told)
        return True


@contextmanager
def listening(state: str) -> Iterator[Loopback]:
    """Listen for one sign-in, and stop."""
    loopback = Loopback(state)
    try:
        yield loopback
    finally:
        loopback.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False
    take: Any = None  # told -> whether it is this sign-in


class _Handler(BaseHTTPRequestHandler):
    timeout = _SILENCE
    server: _Server

    def do_GET(self) -> None:
        """Take what the browser brings to the one path; a name that only pretends to be this computer is not."""
        parts = urlsplit(self.path)
        here = f"{HOST}:{self.server.server_port}"
        if parts.path != PATH or len(self.path) > _LONGEST or self.headers.get("Host") != here:
            self._answer(HTTPStatus.NOT_FOUND, "Không có gì ở đây", "")
        elif not self.server.take(dict(parse_qsl(parts.query, max_num_fields=20))):
            self._answer(HTTPStatus.BAD_REQUEST, "Không khớp", "Lần đăng nhập này không do quầy bắt đầu.")
        else:
            text = "Đóng thẻ trình duyệt này và quay lại cửa sổ Quầy Một Cửa."
            self._answer(HTTPStatus.OK, "Đã nhận", text)

    def log_message(self, *_: object) -> None:
        """Write nothing: addresses hold codes."""

    def _answer(self, status: HTTPStatus, title: str, text: str) -> None:
        page = _PAGE.format(title=title, text=text).encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(page))),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page)
