"""Proof appended to a signed PDF: when its signatures were there, and that nobody had revoked them (PAdES, ETSI EN 319 142-1).

Revisions are immutable: each step is one incremental update that begins with its parent's bytes, and is thrown away when
any signature would no longer be what it was. The order of the steps is `signing.proof_plan`'s matter.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum
from itertools import pairwise

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.asn1 import crl, ocsp, x509
from signing.errors import (
    BROKEN,
    CertificateRevoked,
    NothingToProve,
    ProofBroken,
    SigningError,
    TimeStampTooLarge,
    Unreadable,
)
from signing.evidence import carried
from signing.report import Report, Revocation, SignatureReport, TimeStampReport
from signing.revocation import Issuers
from signing.revocation_data import RevocationData, Standing, status_of
from signing.time_stamp import TimeStamper
from signing.trust import Trust
from signing.update import Update, continued
from signing.validation import validate

BYTES_RESERVED = 24576  # hex digits of a document time-stamp: 12 288 bytes
_FIELD = "DauThoiGian"
_VIETNAM = timezone(timedelta(hours=7))


class Level(IntEnum):
    """How much a document proves by itself, all its signatures taken together: the least of them counts."""

    B_B = 1  # signed; the time is claimed
    B_T = 2  # a time-stamp proves the time
    B_LT = 3  # and the file holds what tells that nothing was revoked by then
    B_LTA = 4  # and a living time-stamp is over all of that


def level_of(pdf: bytes, trust: Trust, at: datetime | None = None) -> Level | None:
    """Return the level of a document as it is now, or at `at` (UTC); `None` unless all its signatures are valid.

    Judged from what is in the file and verifies, never from its structure. No network. Raises `Unreadable`.
    """
    report = validate(pdf, trust, at)
    if not report.valid:
        return None
    if not all(each.held for each in report.signatures):
        return Level.B_B
    if _is_archived(pdf, report, trust, at):
        return Level.B_LTA
    return Level.B_LT if _is_long_term(report, report.time_stamps) else Level.B_T


def ends_of(pdf: bytes, trust: Trust, at: datetime | None = None) -> datetime | None:
    """Return when the proof of time ends unless it is renewed (UTC): with the last good time-stamp's certificate."""
    good = [each for each in validate(pdf, trust, at).time_stamps if each.good]
    return max(good, key=lambda each: (each.document, each.covers)).ends if good else None


def add_time_stamp(pdf: bytes, time_stamper: TimeStamper, trust: Trust) -> bytes:
    """Append a document time-stamp: by its time, all that the file holds was there.

    Raises `NothingToProve`, a `TimeStampError`, `ProofBroken`, `DocumentChanged`, `Unreadable`.
    """
    before = _valid(pdf, trust)
    with _writing():
        writer = Update(io.BytesIO(pdf))
        name = _free_name(writer.prev)
        unseen = SigFieldSpec(name, invis_sig_settings=InvisSigSettings())
        steps = PdfCMSEmbedder(new_field_spec=unseen).write_cms(field_name=name, writer=writer)
        next(steps)
        empty = DocumentTimestamp(bytes_reserved=BYTES_RESERVED)  # type: ignore[no-untyped-call]  # pyHanko's
        steps.send(SigObjSetup(sig_placeholder=empty))
        prepared, output = steps.send(SigIOSetup(md_algorithm="sha256", output=io.BytesIO()))
        token = time_stamper.stamp(prepared.document_digest)
        if len(token) > BYTES_RESERVED // 2:
            raise TimeStampTooLarge(size=len(token))
        steps.send(token)
    after = _kept(pdf, output.getvalue(), before, trust)
    if not any(each.field == name and each.good for each in validate(after, trust).time_stamps):
        raise ProofBroken(reason="dấu thời gian không kiểm tra được.")
    return after


def add_validation_data(pdf: bytes, issuers: Issuers, trust: Trust) -> bytes:
    """Append what the issuers say of every certificate behind every signature and good time-stamp (DSS, with VRI).

    Asks about chains that lead to our roots alone. Returns `pdf` itself when it holds all of that already.
    Raises `NothingToProve`, a `RevocationError`, `CertificateRevoked` when a signer was revoked before the time that is
    proven (the file stays as it is, and is worth nothing), `ProofBroken`, `DocumentChanged`, `Unreadable`.
    """
    before = _valid(pdf, trust)
    wanted = _wanted(before)
    found = {field: _asked(chains, issuers) for field, chains in wanted.items()}
    _refuse_revoked(before, found)
    with _writing():
        writer = Update(io.BytesIO(pdf))
        modified = False
        for field, contents in _contents(writer.prev):
            if field in found:
                modified = _lay(writer, contents, wanted[field], found[field]) or modified
        if not modified:
            return pdf
        output = io.BytesIO()
        writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    return _kept(pdf, output.getvalue(), before, trust)


def renew_time_stamp(pdf: bytes, time_stamper: TimeStamper, issuers: Issuers, trust: Trust) -> bytes:
    """Append what proves the last time-stamp while its certificate lives, and a new time-stamp over it.

    Two updates in one: the result begins with `pdf`. Raises what `add_validation_data` and `add_time_stamp` raise.
    """
    return continued(pdf, add_time_stamp(add_validation_data(pdf, issuers, trust), time_stamper, trust))


Chains = dict[tuple[bytes, ...], datetime]  # a chain, and the time at which it counts


def _is_long_term(report: Report, stamps: Iterable[TimeStampReport]) -> bool:
    """Whether the file tells that no signer was revoked by the proven time, nor any authority in `stamps`."""
    known = {Revocation.GOOD, Revocation.REVOKED_AFTER}
    return all(each.revocation in known for each in report.signatures) and all(
        each.known for each in stamps if each.good
    )


def _is_archived(pdf: bytes, report: Report, trust: Trust, at: datetime | None) -> bool:
    """Whether the last good document time-stamp is over signatures that prove themselves by what it is over."""
    last = max(
        (each for each in report.time_stamps if each.document and each.good),
        key=lambda each: each.covers,
        default=None,
    )
    if last is None or any(each.covers > last.covers for each in report.signatures):
        return False
    try:
        then = validate(pdf[: last.covers], trust, at)
    except Unreadable:
        return False
    earlier = [each for each in then.time_stamps if each.field != last.field]
    proven_by_others = all(any(_proves(one, each) for one in earlier) for each in then.signatures)
    return then.valid and proven_by_others and _is_long_term(then, earlier)


def _proves(stamp: TimeStampReport, signature: SignatureReport) -> bool:
    """Whether a time-stamp is in a signature or over it."""
    return stamp.good and (
        stamp.covers >= signature.covers if stamp.document else stamp.field == signature.field
    )


def _valid(pdf: bytes, trust: Trust) -> Report:
    report = validate(pdf, trust)
    if not report.valid:
        raise NothingToProve
    return report


def _kept(pdf: bytes, longer: bytes, before: Report, trust: Trust) -> bytes:
    """Return the longer file; raise unless it continues `pdf` and every signature in it is still valid."""
    after = validate(continued(pdf, longer), trust)
    if not after.valid or [each.field for each in before.signatures] != [
        each.field for each in after.signatures
    ]:
        raise ProofBroken(reason=" ".join(each.verdict for each in after.signatures if not each.valid))
    return longer


def _wanted(report: Report) -> dict[str, Chains]:
    """Return by field the chains about which the issuers are to be asked; the trusted ones alone have any."""
    wanted: dict[str, Chains] = {}
    for signature in report.signatures:
        moment = signature.proven_at or signature.signed_at or datetime.now(UTC)
        wanted.setdefault(signature.field, {})[signature.chain] = moment
    for stamp in report.time_stamps:
        if stamp.good and stamp.time is not None:
            wanted.setdefault(stamp.field, {})[stamp.chain] = stamp.time
    return wanted


def _asked(chains: Chains, issuers: Issuers) -> RevocationData:
    answers = [
        issuers.ask(certificate, issuer, moment)
        for chain, moment in chains.items()
        for certificate, issuer in pairwise(chain)
    ]
    return RevocationData(
        tuple(dict.fromkeys(each for answer in answers for each in answer.ocsps)),
        tuple(dict.fromkeys(each for answer in answers for each in answer.crls)),
    )


def _refuse_revoked(report: Report, found: dict[str, RevocationData]) -> None:
    now = datetime.now(UTC)
    for signature in report.signatures:
        proven = signature.proven_at
        for certificate, issuer in pairwise(signature.chain):
            status = status_of(certificate, issuer, found[signature.field], proven or now, now)
            if (
                status.standing is Standing.REVOKED
                and status.since
                and not (proven and proven < status.since)
            ):
                raise CertificateRevoked(
                    owner=signature.signer, day=f"{status.since.astimezone(_VIETNAM):%d/%m/%Y}"
                )


def _lay(writer: Update, contents: bytes, chains: Chains, data: RevocationData) -> bool:
    """Lay chains and answers into the store, under the name of one signature; return whether anything was new.

    The name is the SHA-1 of the hexadecimal string of /Contents, as pyHanko reads ISO 32000-2.
    """
    held, certificates = carried(writer), tuple(each for chain in chains for each in chain)
    new = (
        {*certificates} - {*held.certificates},
        {*data.ocsps} - {*held.data.ocsps},
        {*data.crls} - {*held.data.crls},
    )
    if not any(new):
        return False
    name = contents.hex().encode()
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None if _has_name(writer, name) else name,  # whoever signed over a name does not let it be changed
        certs=[x509.Certificate.load(each) for each in certificates],
        ocsps=[ocsp.OCSPResponse.load(each) for each in data.ocsps],
        crls=[crl.CertificateList.load(each) for each in data.crls],
    )
    return True


def _has_name(writer: Update, contents: bytes) -> bool:
    try:
        store = DocumentSecurityStore.read_dss(writer)
    except ValidationInfoReadingError:
        return False
    return DocumentSecurityStore.sig_content_identifier(contents) in store.vri_entries


def _contents(reader: PdfFileReader) -> Sequence[tuple[str, bytes]]:
    return [
        (str(name), EmbeddedPdfSignature(reader, field, name).pkcs7_content)
        for name, _, field in enumerate_sig_fields(reader, filled_status=True)
    ]


def _free_name(reader: PdfFileReader) -> str:
    taken = {str(name) for name, _, _ in enumerate_sig_fields(reader)}
    return next(name for name in (f"{_FIELD}{n}" for n in range(1, len(taken) + 2)) if name not in taken)


@contextmanager
def _writing() -> Iterator[None]:
    """Translate whatever pyHanko may raise at foreign bytes: there is no list of it."""
    try:
        yield
    except SigningError:
        raise
    except Exception:  # noqa: BLE001 - pyHanko meets bad bytes with any built-in error
        raise Unreadable(reason=BROKEN) from None
