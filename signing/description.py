"""What each signature of a PDF says of itself, for people who want to look behind the verdict. It judges nothing.

A signature that cannot be described has no description here; `signing.validation` has judged it all the same.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.asn1 import x509
from signing.certificate import SigningCertificate
from signing.changes import Change, Snapshot, differences
from signing.errors import SigningError
from signing.issuers import Issued, described, path_of
from signing.purpose import is_of_a_signer
from signing.trust import Trust

_WEAK = frozenset({"md5", "sha1"})
_LONGEST = 300  # letters of what a signer wrote of themselves


class Doubt(StrEnum):
    """Why a certificate does not count. The first that holds."""

    NONE = ""
    NO_ROOTS = "no_roots"  # nobody is trusted here at all
    STRANGER = "stranger"  # leads to none of our roots
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    ISSUER_OUT_OF_TIME = "issuer_out_of_time"
    NOT_FOR_SIGNING = "not_for_signing"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Description:
    """One signature as its bytes show it.

    `revision` counts from 1 to `revisions`, the file's; `ranges` is the ByteRange in bytes; `certifies` the level of
    DocMDP (ISO 32000-2, 12.8.2.2: 1 nothing, 2 forms, 3 notes may change), 0 for none; `path` the signer's certificate
    first, then its issuers as far as they are known; `digest` and `algorithm` as OpenSSL spells them.
    """

    field: str
    covers: int
    revision: int
    revisions: int
    ranges: tuple[int, ...]
    form: str
    certifies: int
    reason: str
    digest: str
    algorithm: str
    path: tuple[Issued, ...]
    doubt: Doubt
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PaperDescription:
    """All signatures that could be described, and the number of revisions in the file."""

    revisions: int
    signatures: tuple[Description, ...]


def describe(pdf: bytes, trust: Trust, at: datetime | None = None) -> PaperDescription:
    """Describe every signature; certificates count as of the claimed time, or of `at` (UTC). Never raises."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            return PaperDescription(0, ())
        return PaperDescription(reader.xrefs.total_revisions, tuple(_all(reader, trust, at)))
    except Exception:  # noqa: BLE001 - parsers of hostile bytes raise any built-in error
        return PaperDescription(0, ())


def _all(reader: PdfFileReader, trust: Trust, at: datetime | None) -> Iterator[Description]:
    snapshots: dict[int, Snapshot] = {}
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        with suppress(Exception):  # one bad signature must not hide the others
            yield _described(EmbeddedPdfSignature(reader, field, name), trust, at, snapshots)


def _described(
    embedded: EmbeddedPdfSignature, trust: Trust, at: datetime | None, snapshots: dict[int, Snapshot]
) -> Description:
    reader, revision = embedded.reader, embedded.signed_revision
    ranges = tuple(int(each) for each in embedded.byte_range)
    path = path_of(embedded.signer_cert, embedded.other_embedded_certs, trust)
    level = embedded.docmdp_level
    algorithm = embedded.signer_info["signature_algorithm"]
    return Description(
        field=str(embedded.field_name),
        covers=ranges[2] + ranges[3],
        revision=revision + 1,
        revisions=reader.xrefs.total_revisions,
        ranges=ranges,
        form=str(embedded.sig_object.get("/SubFilter", "")).lstrip("/"),
        certifies=0 if level is None else int(level.value),
        reason=_reason(embedded.sig_object),
        digest=str(embedded.md_algorithm),
        algorithm=str(algorithm["algorithm"].native),
        path=tuple(described(each, trust) for each in path),
        doubt=_doubt(path, trust, at or _claimed(embedded), str(embedded.md_algorithm)),
        changes=_changes(reader, revision, snapshots),
    )


def _reason(signature: DictionaryObject) -> str:
    return " ".join(str(signature.get("/Reason", "")).split())[:_LONGEST]


def _claimed(embedded: EmbeddedPdfSignature) -> datetime:
    now, claimed = datetime.now(UTC), embedded.self_reported_timestamp
    if claimed is None:
        return now
    return min(claimed if claimed.tzinfo else claimed.replace(tzinfo=UTC), now)


def _changes(reader: PdfFileReader, revision: int, snapshots: dict[int, Snapshot]) -> tuple[Change, ...]:
    last = reader.xrefs.total_revisions - 1
    if revision >= last:
        return ()
    for each in (revision, last):
        snapshots.setdefault(each, Snapshot(reader.get_historical_resolver(each)))
    return tuple(differences(snapshots[revision], snapshots[last]))


def _doubt(path: Sequence[x509.Certificate], trust: Trust, moment: datetime, digest: str) -> Doubt:
    """Say why the certificate does not count, without judging whether it does: the first doubt that holds."""
    signer, *issuers = path
    doubts = {
        Doubt.NO_ROOTS: not trust.roots,
        Doubt.STRANGER: path[-1].dump() not in trust.roots,
        Doubt.NOT_YET: moment < signer.not_valid_before,
        Doubt.EXPIRED: moment > signer.not_valid_after,
        Doubt.ISSUER_OUT_OF_TIME: any(
            not each.not_valid_before <= moment <= each.not_valid_after for each in issuers
        ),
        Doubt.NOT_FOR_SIGNING: not (is_of_a_signer(signer) and _may_sign(signer)),
        Doubt.WEAK: digest in _WEAK or _is_weak(path),
    }
    return next((doubt for doubt, holds in doubts.items() if holds), Doubt.NONE)


def _may_sign(signer: x509.Certificate) -> bool:
    usage = signer.key_usage_value
    return usage is None or bool({"digital_signature", "non_repudiation"} & set(usage.native))


def _is_weak(path: Sequence[x509.Certificate]) -> bool:
    for each in path[:-1] or path:  # how a root signed itself proves nothing
        try:
            if SigningCertificate(each.dump()).weakness:
                return True
        except SigningError:
            return True
    return False
