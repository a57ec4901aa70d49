"""Central as an OpenID provider: who may be sent where, codes that work once, and the word that it signs.

Authorization code with PKCE and nothing else. Its one client is the counter's program, which listens on this computer alone.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import Connection, delete, insert, select, update

from sync.central.schema import sign_ins
from sync.clock import rfc3339
from sync.keys import Ed25519Signer

CLIENT = "quay-mot-cua"
RETURN_PATH = "/signed-in"
ALGORITHM = "ES256"
AUTHORIZE, TOKEN, KEYS = "/sign-in", "/sign-in/token", "/sign-in/keys"
CODE_LASTS = timedelta(seconds=60)
_WORD_LASTS = timedelta(minutes=5)
_KEPT = timedelta(days=1)  # used and lost codes
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_LONGEST = 500  # characters of state or nonce
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


class AskedWrongly(Exception):
    """Not a request that may be answered; `told`: an OAuth error code for the asker, "" when it may not even be told."""

    def __init__(self, told: str = "") -> None:
        self.told = told
        super().__init__(told)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to sign somebody in, as it stands in the address."""

    redirect_uri: str
    state: str
    nonce: str
    challenge: str
    hint: str  # whom the asker expects; fills the form


def read_asked(told: Mapping[str, str]) -> Asked:
    """Read a request; raises `AskedWrongly`. An asker whom we don't know is told nothing and sent nowhere."""
    redirect_uri = told.get("redirect_uri", "")
    if told.get("client_id") != CLIENT or not is_ours(redirect_uri):
        raise AskedWrongly
    if told.get("response_type") != "code":
        raise AskedWrongly("unsupported_response_type")
    if "openid" not in told.get("scope", "").split():
        raise AskedWrongly("invalid_scope")
    state, nonce, challenge = (told.get(name, "") for name in ("state", "nonce", "code_challenge"))
    if told.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise AskedWrongly("invalid_request")
    if not (0 < len(state) <= _LONGEST and 0 < len(nonce) <= _LONGEST):
        raise AskedWrongly("invalid_request")
    return Asked(redirect_uri, state, nonce, challenge, told.get("login_hint", "")[:_LONGEST])


def is_ours(redirect_uri: str) -> bool:
    """Whether an address is the counter's own listener: 127.0.0.1, any port, that one path, nothing else (RFC 8252)."""
    try:
        parts = urlsplit(redirect_uri)
        port = parts.port
    except ValueError:
        return False
    return port is not None and redirect_uri == f"http://127.0.0.1:{port}{RETURN_PATH}"


def new_code(tx: Connection, asked: Asked, officer: str, unit: str, now: datetime) -> str:
    """Return a code for somebody who has just shown who they are; only its hash is kept, for a minute's use."""
    tx.execute(delete(sign_ins).where(sign_ins.c.made_at < rfc3339(now - _KEPT)))
    code = secrets.token_urlsafe(32)
    row = {
        "code_sha256": _hash(code),
        "officer": officer,
        "unit": unit,
        "client_id": CLIENT,
        "redirect_uri": asked.redirect_uri,
        "challenge": asked.challenge,
        "nonce": asked.nonce,
        "made_at": rfc3339(now),
    }
    tx.execute(insert(sign_ins).values(row))
    return code


def use_code(tx: Connection, told: Mapping[str, str], now: datetime) -> Mapping[str, object] | None:
    """Return what may be said of who signed in; None when the code is not for this asker, used or too old.

    A code that was shown is used, also when the rest was wrong.
    """
    row = tx.execute(
        select(sign_ins).where(sign_ins.c.code_sha256 == _hash(told.get("code", "")))
    ).one_or_none()
    if row is None:
        return None
    first = sign_ins.c.used_at.is_(None) & (sign_ins.c.code_sha256 == row.code_sha256)
    if tx.execute(update(sign_ins).where(first).values(used_at=rfc3339(now))).rowcount != 1:
        return None
    verifier = told.get("code_verifier", "")
    fits = (
        row.made_at > rfc3339(now - CODE_LASTS)
        and told.get("client_id") == row.client_id
        and told.get("redirect_uri") == row.redirect_uri
        and _VERIFIER.fullmatch(verifier) is not None
        and hmac.compare_digest(create_s256_code_challenge(verifier), row.challenge)
    )
    if not fits:
        return None
    return {"sub": row.officer, "unit": row.unit, "nonce": row.nonce, "aud": row.client_id}


def word(said: Mapping[str, object], issuer: str, key: ECKey, now: datetime) -> str:
    """Sign an id_token."""
    at = int(now.timestamp())
    times = {"iat": at, "auth_time": at, "exp": at + int(_WORD_LASTS.total_seconds())}
    return jwt.encode({"alg": ALGORITHM, "kid": key.thumbprint()}, {"iss": issuer, **said, **times}, key)


def signing_key(signer: Ed25519Signer) -> ECKey:
    """Return the key of central's id_tokens, which follows from its own: nothing more has to be backed up."""
    seed = HKDF(SHA256(), 48, salt=None, info=b"quay-mot-cua/id-token/v1").derive(signer.private_bytes)
    key = derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, SECP256R1())
    return ECKey.import_key(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def published_keys(key: ECKey) -> dict[str, object]:
    """Return the JWKS."""
    told = {**key.as_dict(private=False), "kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM}
    return {"keys": [told]}


def discovery(issuer: str) -> dict[str, object]:
    """Return what the provider says of itself."""
    return {
        "issuer": issuer,
        "authorization_endpoint": issuer + AUTHORIZE,
        "token_endpoint": issuer + TOKEN,
        "jwks_uri": issuer + KEYS,
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "scopes_supported": ["openid"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "authorization_response_iss_parameter_supported": True,
    }


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
