"""An OpenID provider as the counter speaks to it: discovery, the address for the browser, and the word it signs.

The only room that knows authlib and joserfc. What does not hold raises `WordWrong`, nobody answering `ProviderAway`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from sync.route import Route

_ALGORITHMS = [
    "ES256",
    "RS256",
    "PS256",
    "ES384",
    "RS384",
    "EdDSA",
    "Ed25519",
]  # keys that only the provider has
_TIMEOUT = (5, 20)  # seconds to connect, and between two pieces of an answer
_MOST = 256 * 1024  # bytes of an answer
_LEEWAY = 120  # seconds that two honest clocks may differ
_HERE = ("127.0.0.1", "localhost", "::1")


class ProviderAway(Exception):
    """Nobody answers there, or not as a provider does; `address` says where."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address)


class WordWrong(Exception):
    """What the provider sent is not its word for this sign-in; `what` names the flaw."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


class ClocksDiffer(WordWrong):
    """Its word is too old or of a time to come, by this computer's clock."""


@dataclass(frozen=True, slots=True)
class SecretsOfOne:
    """What only this sign-in knows."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Word:
    """Whom the provider names, and when it said so (UTC)."""

    claims: Mapping[str, Any]
    at: datetime


class Provider:
    """One provider, as `client_id`, for one sign-in; close it."""

    def __init__(
        self, issuer: str, client_id: str, redirect_uri: str, secrets: SecretsOfOne, route: Route
    ) -> None:
        """Raise `RootsUnreadable` for further roots that cannot be read."""
        self._issuer, self._client_id, self._secrets = issuer.rstrip("/"), client_id, secrets
        self._http = OAuth2Session(
            client_id, scope="openid", redirect_uri=redirect_uri, code_challenge_method="S256"
        )
        route.equip(self._http, self._issuer)
        self._told: Mapping[str, Any] = {}

    def close(self) -> None:
        """Let go of the line."""
        self._http.close()

    def address(self, hint: str) -> str:
        """Return where the browser has to go; asks the provider where that is."""
        self._told = self._json(f"{self._issuer}/.well-known/openid-configuration")
        if str(self._told.get("issuer", "")).rstrip("/") != self._issuer:
            raise WordWrong("issuer")
        told: tuple[str, str] = self._http.create_authorization_url(
            self._endpoint("authorization_endpoint"),
            state=self._secrets.state,
            code_verifier=self._secrets.verifier,
            nonce=self._secrets.nonce,
            login_hint=hint,
        )
        return told[0]

    def word(self, heard: Mapping[str, str]) -> Word:
        """Exchange the code that the browser brought for the provider's word, and check all of it."""
        if heard.get("iss", self._issuer).rstrip("/") != self._issuer:  # RFC 9207
            raise WordWrong("iss")
        if "code" not in heard:
            raise WordWrong(heard.get("error", "code")[:40])
        endpoint = self._endpoint("token_endpoint")
        try:
            answer = self._http.fetch_token(
                endpoint,
                grant_type="authorization_code",
                code=heard["code"],
                code_verifier=self._secrets.verifier,
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
        except AuthlibBaseError as refused:
            raise WordWrong(str(refused.error)[:40]) from refused
        except (OSError, ValueError) as away:  # what requests raises is an OSError
            raise ProviderAway(endpoint) from away
        return self._checked(str(answer.get("id_token", "")))

    def _checked(self, id_token: str) -> Word:
        keys = self._json(self._endpoint("jwks_uri"))
        try:
            token = jwt.decode(id_token, KeySet.import_key_set(_public(keys)), algorithms=_ALGORITHMS)
            _rules(self._told["issuer"], self._client_id, self._secrets.nonce).validate(token.claims)
        except ExpiredTokenError as old:
            raise ClocksDiffer("exp") from old
        except (JoseError, ValueError, TypeError, KeyError) as wrong:
            what = str(getattr(wrong, "claim", "") or getattr(wrong, "error", "id_token"))
            raise (ClocksDiffer if what in ("iat", "nbf") else WordWrong)(what) from wrong
        audience = token.claims["aud"]
        if isinstance(audience, list) and len(audience) > 1 and token.claims.get("azp") != self._client_id:
            raise WordWrong("azp")
        return Word(token.claims, datetime.fromtimestamp(token.claims["iat"], UTC))

    def _endpoint(self, name: str) -> str:
        address = str(self._told.get(name, ""))
        if not is_safe(address):
            raise WordWrong(name)
        return address

    def _json(self, address: str) -> Mapping[str, Any]:
        if not is_safe(address):
            raise WordWrong("https")
        try:
            with self._http.get(
                address, timeout=_TIMEOUT, stream=True, allow_redirects=False, withhold_token=True
            ) as answer:
                data = answer.raw.read(_MOST + 1, decode_content=True)
                told = json.loads(data) if answer.status_code == 200 and len(data) <= _MOST else None
        except (OSError, ValueError) as away:
            raise ProviderAway(address) from away
        if not isinstance(told, dict):
            raise ProviderAway(address)
        return told


def is_safe(address: str) -> bool:
    """Whether an address may be asked: TLS, or this very computer."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)


def _rules(issuer: str, client_id: str, nonce: str) -> JWTClaimsRegistry:
    return JWTClaimsRegistry(
        leeway=_LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )


def _public(keys: Mapping[str, Any]) -> Any:
    """Keep the keys that can sign and are public: a secret one would let anybody sign who read it."""
    told = [each for each in keys.get("keys", []) if isinstance(each, dict) and each.get("kty") != "oct"]
    return {"keys": told}
