"""The way to central: through which proxy, believing which roots; and in a word why nobody answered there."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from sync.errors import Offline
from sync.line_errors import (
    CertificateNotBelieved,
    CertificateOfAnother,
    ProxyRefused,
    RootsUnreadable,
    SomebodyBetween,
)

SYSTEM, DIRECT = "system", ""
"""What `Route.proxy` may say beside an address: as the system or the environment says; no proxy at all."""

_HOST_MISMATCH = 62  # X509_V_ERR_HOSTNAME_MISMATCH, and the one of an address that follows it
_IP_MISMATCH = 64
_TUNNEL = "Tunnel connection failed: "


class Why(StrEnum):
    """How far a request came that found no central: a fact of `Offline`."""

    NAME = "name"  # the address is unknown here: the network or its name service is down
    CONNECTION = "connection"  # nobody takes the call, or it broke off
    TIME_OUT = "time_out"
    CERTIFICATE = "certificate"  # who answers cannot show to be central
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Route:
    """How requests leave this PC. `proxy`: an address with its port, `SYSTEM` or `DIRECT`; `roots`: a PEM file of further roots."""

    proxy: str = SYSTEM
    roots: Path | None = None

    def __repr__(self) -> str:
        return f"Route(roots={self.roots})"  # the proxy's address may hold a password

    def session(self, base: str) -> requests.Session:
        """Return a session for requests to `base`, with headers no longer than needed; raises `RootsUnreadable`.

        Believed are the system's own roots and those of the file. No password file nor variable of the environment is
        read but the proxy's, and that only when told so.
        """
        session = requests.Session()
        self.equip(session, base)
        return session

    def equip(self, session: requests.Session, base: str) -> None:
        """Let a session that somebody else made go this way; see `session`."""
        session.trust_env = False
        session.headers.clear()
        session.headers.update({"User-Agent": "quay", "Accept-Encoding": "gzip"})
        if self.proxy == SYSTEM:
            session.proxies = dict(get_environ_proxies(base))
        elif self.proxy != DIRECT:
            session.proxies = {"http": self.proxy, "https": self.proxy}
        if base.startswith("https:"):
            session.mount("https://", _Believing(self._believed()))

    def _believed(self) -> ssl.SSLContext:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self.roots is not None:
            try:
                context.load_verify_locations(str(self.roots))
            except OSError as error:  # `ssl.SSLError` is one
                raise RootsUnreadable(path=self.roots) from error
        return context


class _Believing(HTTPAdapter):
    """Speaks TLS by a context of ours, and adds no roots of its own."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, ssl_context=self._context, **kwargs)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"


def not_there(error: requests.RequestException) -> Offline:
    """Return what stood between us and central; its fact `why` is one of `Why`."""
    causes = tuple(_causes(error))
    unbelieved = next((each for each in causes if isinstance(each, ssl.SSLCertVerificationError)), None)
    if unbelieved is not None:
        is_of_another = unbelieved.verify_code in (_HOST_MISMATCH, _IP_MISMATCH)
        found = CertificateOfAnother if is_of_another else CertificateNotBelieved
        return found(why=Why.CERTIFICATE)
    said = next((str(each) for each in causes if _TUNNEL in str(each)), "")
    if said:
        return ProxyRefused(why=Why.PROXY, status=said.partition(_TUNNEL)[2][:3])
    return Offline(why=_why(error, causes))


def raise_for_somebody_between(answer: requests.Response) -> None:
    """Raise for an answer that is not central's: of a proxy, of the sign-in page of a network.

    Central sends nobody elsewhere, and no pages for people.
    """
    status = answer.status_code
    if status == requests.codes.proxy_authentication_required:
        raise ProxyRefused(why=Why.PROXY, status=status)
    is_page = answer.headers.get("Content-Type", "").lower().startswith("text/html")
    is_elsewhere = status // 100 == 3 and status != requests.codes.not_modified
    is_sign_in = status == requests.codes.network_authentication_required
    if is_elsewhere or is_sign_in or (is_page and status < requests.codes.internal_server_error):
        raise SomebodyBetween(why=Why.PROXY, status=status)


def _why(error: requests.RequestException, causes: tuple[BaseException, ...]) -> str:
    """Return in a word how far a request came: one of the values of `Why`."""
    if isinstance(error, requests.exceptions.SSLError):
        return Why.CERTIFICATE
    if isinstance(error, requests.exceptions.ProxyError):
        return Why.PROXY
    if isinstance(error, requests.Timeout):
        return Why.TIME_OUT
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return Why.NAME
    return Why.CONNECTION


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Walk down to what happened first; the library also hides a cause among the words of an error."""
    while error is not None:
        yield error
        inner = next(
            (
                each
                for each in (*error.args, getattr(error, "reason", None))
                if isinstance(each, BaseException)
            ),
            None,
        )
        error = error.__cause__ or error.__context__ or inner
