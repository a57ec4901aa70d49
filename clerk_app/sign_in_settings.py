"""How officers of one counter sign in at central or at another provider, and how long they may do without."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CENTRAL = "central"  # as `issuer`: the central system of this counter is the provider


@dataclass(frozen=True, slots=True)
class SignInSettings:
    """What `settings.json` says under `accounts`."""

    issuer: str = ""  # an OpenID provider's address, or `CENTRAL`; empty: nobody signs in
    client_id: str = "quay-mot-cua"  # by what name the provider knows this program
    claim: str = "sub"  # which member of the provider's word names the officer
    offline_days: int | None = None  # how long an unlock is good without a sign-in; None: never asked
    warn_days: int = 2  # so many days before, the unlock page says so


def read_sign_in(data: Mapping[str, Any]) -> SignInSettings:
    """Read what `settings.json` says under `accounts`; raises `ValueError` and the like for what cannot be meant."""
    usual = SignInSettings()
    days = data.get("offline_days")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or days < 1):
        raise ValueError(days)
    if days is not None and not data.get("issuer"):  # nobody could ever sign in
        raise ValueError(days)
    return SignInSettings(
        issuer=str(data.get("issuer", usual.issuer)),
        client_id=str(data.get("client_id", usual.client_id)),
        claim=str(data.get("claim", usual.claim)),
        offline_days=days,
        warn_days=max(0, int(data.get("warn_days", usual.warn_days))),
    )
