"""Asks an authority for the time: an RFC 3161 client over HTTP. Only a hash leaves this computer."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from signing import web
from signing.asn1 import algos, cms, core, ready, tsp
from signing.errors import TimeStampForged, TimeStampRefused, TimeStampUnavailable
from signing.time_token import TimeToken, judge, stated
from signing.trust import Trust

_KINDS = ("application/timestamp-query", "application/timestamp-reply")
_MOST = 64 * 1024  # bytes of an answer; a token with its chain has some 3 to 8 thousand
_NONCE_BITS = 64
_GRANTED = frozenset({"granted", "granted_with_mods"})


@ready
class _Reply(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """An answer as RFC 3161, 2.4.2 has it: a refusal carries no token. asn1crypto's own insists on one."""

    _fields = [  # noqa: RUF012 - asn1crypto writes into it
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class TimeStamper(Protocol):
    """Somebody who knows the time and signs it."""

    def stamp(self, digest: bytes) -> bytes:
        """Return a token (CMS, DER) over a SHA-256 digest. Raises a `TimeStampError`."""
        ...


class HttpTimeStamper:
    """The authority at `url`, believed by `trust` alone.

    `seconds`: how long one question may take in all; `enough` is asked meanwhile whether to stop waiting.
    """

    def __init__(
        self, url: str, trust: Trust, seconds: float = 5.0, enough: Callable[[], bool] | None = None
    ) -> None:
        self._url = url
        self._trust = trust
        limits = web.Limits(seconds, _MOST)
        self._limits = limits if enough is None else replace(limits, enough=enough)

    def stamp(self, digest: bytes) -> bytes:
        """Return a verified token over a SHA-256 digest. Not to be called inside a running event loop.

        Raises `TimeStampUnavailable` (nobody there, too slow, too much), `TimeStampRefused` (it said no) and
        `TimeStampForged` (no token, another nonce or imprint, a wrong signature, an authority that we do not trust).
        """
        nonce = secrets.randbits(_NONCE_BITS) | 1 << (_NONCE_BITS - 1)  # always the same length
        try:
            answer = web.post(self._url, _question(digest, nonce), _KINDS, self._limits)
        except web.NoAnswer as failure:
            raise TimeStampUnavailable(reason=failure.reason) from None
        try:
            token = _granted(answer)
            _check(token, digest, nonce, self._trust)
        except (TimeStampRefused, TimeStampForged):
            raise
        except Exception as error:  # noqa: BLE001 - hostile bytes meet parsers with any built-in error
            raise TimeStampForged(reason=type(error).__name__) from None
        return bytes(token.dump())


def _question(digest: bytes, nonce: int) -> bytes:
    imprint = tsp.MessageImprint({"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest})
    asked = {"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    return bytes(tsp.TimeStampReq(asked).dump())


def _granted(answer: bytes) -> cms.ContentInfo:
    reply = _Reply.load(answer, strict=True)
    said = reply["status"]["status"].native
    if said not in _GRANTED:
        why = sorted(reply["status"]["fail_info"].native or ())
        raise TimeStampRefused(reason=", ".join((str(said), *why)))
    token = reply["time_stamp_token"]
    if not isinstance(token, cms.ContentInfo) or token["content_type"].native != "signed_data":
        raise TimeStampForged(reason="không có dấu")
    return token


def _check(token: cms.ContentInfo, digest: bytes, nonce: int, trust: Trust) -> None:
    info = stated(token["content"])
    if info["nonce"].native != nonce:
        raise TimeStampForged(reason="nonce")
    algorithm: algos.DigestAlgorithm = info["message_imprint"]["hash_algorithm"]
    if (
        algorithm["algorithm"].native != "sha256"
        or info["message_imprint"]["hashed_message"].native != digest
    ):
        raise TimeStampForged(reason="imprint")
    judged = _judged(token["content"], digest, trust)
    if not judged.intact:
        raise TimeStampForged(reason="chữ ký")
    if not judged.trusted:
        raise TimeStampForged(reason=judged.authority)


def _judged(data: cms.SignedData, digest: bytes, trust: Trust) -> TimeToken:
    """Judge at the time that the token itself states: it is fresh, and this computer's clock may be wrong."""
    time = stated(data)["gen_time"].native
    return asyncio.run(judge(data, lambda _: digest, trust, time))
