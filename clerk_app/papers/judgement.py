"""A signed PDF judged and described, as the office's own value. It opens foreign bytes: called in the judging process."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from clerk_app.domain.signed_paper import (
    CertificateFacts,
    ChangeKind,
    DocumentVerdict,
    Doubt,
    PartChanged,
    SignatureVerdict,
)
from signing.changes import Change
from signing.description import Description, describe
from signing.issuers import Issued
from signing.report import Revocation, SignatureReport
from signing.trust import Trust
from signing.validation import validate

_LONGEST = 200  # letters of a name that a stranger wrote
_MOST_CHANGES = 200  # that are told one by one


def judge(pdf: bytes, trust: Trust) -> DocumentVerdict:
    """Return what every signature is worth under these anchors, and what stands behind it; `signing.validation` alone judges.

    Raises `signing.errors.Unreadable`.
    """
    report = validate(pdf, trust)
    described = describe(pdf, trust)
    left = list(described.signatures)
    return DocumentVerdict(
        valid=report.valid,
        signatures=tuple(_verdict(each, _taken(left, each)) for each in report.signatures),
        size=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        revisions=described.revisions,
        judged_at=datetime.now(UTC),
    )


def _taken(left: list[Description], report: SignatureReport) -> Description | None:
    """Take the description of that very signature out of the list: names of fields may come twice."""
    for place, each in enumerate(left):
        if (each.field, each.covers) == (report.field, report.covers):
            return left.pop(place)
    return None


def _verdict(report: SignatureReport, described: Description | None) -> SignatureVerdict:
    plain = SignatureVerdict(
        field=_clean(report.field),
        signer=_clean(report.signer),
        valid=report.valid,
        signed_at=report.signed_at,
        intact=report.intact,
        trusted=report.trusted,
        whole=report.whole,
        covers=report.covers,
        revocation_checked=report.revocation is not Revocation.NOT_KNOWN,
        proven_at=report.proven_at,
        revoked_at=report.revoked_at,
    )
    return plain if described is None else _with_facts(plain, described)


def _with_facts(plain: SignatureVerdict, described: Description) -> SignatureVerdict:
    path = tuple(_certificate(each) for each in described.path)
    return replace(
        plain,
        organisation=path[0].organisation if path else "",
        doubt=Doubt.NONE if plain.trusted else Doubt(described.doubt.value),
        revision=described.revision,
        revisions=described.revisions,
        changes=tuple(_changes(described.changes)),
        path=path,
        byte_range=described.ranges,
        form=_clean(described.form),
        certifies=described.certifies,
        reason=_clean(described.reason),
        digest=_clean(described.digest),
        algorithm=_clean(described.algorithm),
    )


def _changes(changes: Iterable[Change]) -> Iterable[PartChanged]:
    for number, each in enumerate(changes):
        if number < _MOST_CHANGES:
            yield PartChanged(ChangeKind(each.kind.value), _clean(each.place))


def _certificate(issued: Issued) -> CertificateFacts:
    return CertificateFacts(
        name=_clean(issued.name),
        organisation=_clean(issued.organisation),
        issuer=_clean(issued.issuer),
        serial=issued.serial,
        sha256=issued.sha256,
        valid_from=issued.valid_from,
        valid_to=issued.valid_to,
        key=_clean(issued.key),
        signed_with=_clean(issued.signed_with),
        is_root=issued.is_root,
    )


def _clean(text: str) -> str:
    """Return a stranger's words on one line: no line ends, no signs that turn the direction of writing, not without end."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:_LONGEST]
