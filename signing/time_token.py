"""A time-stamp token (RFC 3161): when it was made, over what, and whether a trusted authority made it.

A token is a signature too, and lives as long as its authority's certificate: it is judged at the earliest time by which
a later token proves that it was there, or now.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus

from signing.asn1 import cms, tsp
from signing.chain import aware, certificates, context
from signing.trust import Trust

_TIME_STAMPING = "time_stamping"


@dataclass(frozen=True, slots=True)
class TimeToken:
    """What a token says (`time`, UTC) and what it is worth.

    `intact`: it is over the bytes in question and signed by the certificate it names. `trusted`: that certificate is for
    time-stamps alone and leads to one of our roots. `chain`: DER, the authority's first, the root last.
    """

    time: datetime
    authority: str
    intact: bool
    trusted: bool
    chain: tuple[bytes, ...]
    ends: datetime  # of the authority's certificate, UTC

    @property
    def good(self) -> bool:
        return self.intact and self.trusted


async def judge(
    data: cms.SignedData,
    digest_of: Callable[[str], bytes],
    trust: Trust,
    by: datetime,
    more: Iterable[bytes] = (),
) -> TimeToken:
    """Judge a token that was there `by` then (UTC); `digest_of` gives the digest it must be over, by algorithm.

    Raises whatever a parser meets in hostile bytes.
    """
    info = stated(data)
    time = aware(info["gen_time"].native)
    # A counter whose clock runs behind must not call a token's certificate not yet valid.
    at = context(trust.for_time, max(by, time), more)
    status = TimestampSignatureStatus(**await validate_tst_signed_data(data, at, digest_of))
    certificate = status.signing_cert
    return TimeToken(
        time=time,
        authority=str(certificate.subject.native.get("common_name", "?")),
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted) and _for_time_alone(certificate),
        chain=certificates(status.validation_path),
        ends=aware(certificate.not_valid_after),
    )


def stated(data: cms.SignedData) -> tsp.TSTInfo:
    """Return what a token states. Raises `ValueError` when it states no time."""
    content = data["encap_content_info"]
    if content["content_type"].native != "tst_info" or not isinstance(content["content"].parsed, tsp.TSTInfo):
        raise ValueError("no TSTInfo")
    return content["content"].parsed


def _for_time_alone(certificate: object) -> bool:
    """RFC 3161, 2.3: exactly one extended key usage, timeStamping, and critical."""
    tbs = certificate["tbs_certificate"]  # type: ignore[index]  # asn1crypto has no types
    for extension in tbs["extensions"]:
        if extension["extn_id"].native == "extended_key_usage":
            return bool(extension["critical"].native) and extension["extn_value"].native == [_TIME_STAMPING]
    return False
