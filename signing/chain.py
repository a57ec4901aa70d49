"""Certificate chains by our own roots: the context in which pyHanko judges, and what comes out of it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from signing.asn1 import x509
from signing.trust import Trust


def context(trust: Trust, moment: datetime, more: Iterable[bytes] = ()) -> ValidationContext:
    """Build a context with our roots alone, that never asks the network; `more` (DER) only helps to build chains.

    Revocation is not its matter: `signing.revocation_data` judges that, with the time that is proven.
    """
    return ValidationContext(
        trust_roots=_loaded(trust.roots),
        other_certs=_loaded((*trust.others, *more)),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def certificates(path: ValidationPath | None) -> tuple[bytes, ...]:
    """Return a chain as DER, the root last; empty where there is none."""
    return () if path is None else tuple(each.dump() for each in reversed(list(path)))


def aware(moment: datetime) -> datetime:
    """Return a time in UTC; one without a zone is read as UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _loaded(ders: Iterable[bytes]) -> list[x509.Certificate]:
    return [x509.Certificate.load(each) for each in ders]


def held(chain: tuple[bytes, ...], moment: datetime) -> bool:
    """Whether there is a chain, and every certificate in it below the root was within its dates at `moment` (UTC)."""
    loaded = _loaded(chain[:-1])
    return bool(loaded) and all(
        aware(each.not_valid_before) <= moment <= aware(each.not_valid_after) for each in loaded
    )
