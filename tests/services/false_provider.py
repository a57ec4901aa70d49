"""A provider over HTTP that keeps the protocol and signs what a test tells it to: wrong words, wrong keys, wrong names."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

Claims = dict[str, Any]
Bend = Callable[[Claims], Claims]


class FalseProvider:
    """`bend` changes the claims of an otherwise right word; `signs_with` and `header` how it is signed."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.key = ECKey.generate_key("P-256", {"kid": "one"})
        self.signs_with: ECKey | OctKey = self.key
        self.header: dict[str, Any] = {"alg": "ES256", "kid": "one"}
        self.bend: Bend = lambda claims: claims
        self.comes_back_with: dict[str, str] = {}
        self.issuer = base
        self.nonce = self.audience = ""

    def asked(self, query: dict[str, str]) -> str:
        """The browser came; send it back."""
        self.nonce, self.audience = query["nonce"], query["client_id"]
        told = {"code": "one-code", "state": query["state"], **self.comes_back_with}
        return f"{query['redirect_uri']}?{urlencode(told)}"

    def token(self) -> str:
        at = int(time.time())
        usual = {"iss": self.base, "sub": "qt-01", "aud": self.audience, "nonce": self.nonce}
        claims = self.bend({**usual, "iat": at, "exp": at + 300})
        if self.header["alg"] == "none":
            return jwt.encode(self.header, claims, OctKey.import_key(b"x" * 32), ["none"])
        return jwt.encode(self.header, claims, self.signs_with, [self.header["alg"]])

    def discovery(self) -> dict[str, str]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.base}/authorize",
            "token_endpoint": f"{self.base}/token",
            "jwks_uri": f"{self.base}/keys",
        }


@contextmanager
def false_provider() -> Iterator[FalseProvider]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = FalseProvider(f"http://127.0.0.1:{server.server_port}")
    server.provider = provider  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider: FalseProvider = self.server.provider  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self._answer(303, b"", provider.asked(query))
        elif parts.path == "/keys":
            self._answer(200, json.dumps({"keys": [provider.key.as_dict(private=False)]}).encode())
        else:
            self._answer(200, json.dumps(provider.discovery()).encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        provider: FalseProvider = self.server.provider  # type: ignore[attr-defined]
        told = {"access_token": "x", "token_type": "Bearer", "id_token": provider.token()}
        self._answer(200, json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        return

    def _answer(self, status: int, data: bytes, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(data)
