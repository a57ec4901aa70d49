"""What a signed PDF is worth: every signature judged, by our own roots, with what was added since.

Hostile input is expected. Whatever cannot be judged is not valid; a file that cannot be read raises
`Unreadable`, and nothing else leaves this room.
"""

import asyncio
import io
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus

from signing.asn1 import x509
from signing.chain import aware, certificates, held
from signing.court import Court, Found, end_of, is_time_stamp
from signing.errors import BROKEN, SigningError, Unreadable
from signing.evidence import carried
from signing.purpose import is_of_a_signer
from signing.report import Report, SignatureReport, TimeStampReport, verdict
from signing.second_reader import is_plainly_unsigned
from signing.self_description import is_drawn_the_same, is_marked_the_same, says_the_same
from signing.trust import Trust

# pyHanko logs what it finds changed, word for word: a paper's content is a citizen's and stays out of logs.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)

_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
_ACCEPTED = frozenset({SigSeedSubFilter.PADES.value, SigSeedSubFilter.ADOBE_PKCS7_DETACHED.value})


def validate(pdf: bytes, trust: Trust, at: datetime | None = None) -> Report:
    """Judge every signature in a PDF by what stands in it. No network.

    A signature counts at the time it claims, but no later than a time-stamp proves. With `at` (UTC) all is judged as
    seen from then, and claims count for nothing: a signature counts at the time that is proven, or at `at`.
    Raises `Unreadable` and nothing else.
    """
    try:
        return asyncio.run(_judged(pdf, trust, at))
    except SigningError:
        raise
    except Exception:  # noqa: BLE001 - parsers of hostile bytes raise any built-in error
        if is_plainly_unsigned(pdf):
            return Report(())
        raise Unreadable(reason=BROKEN) from None


async def _judged(pdf: bytes, trust: Trust, at: datetime | None) -> Report:
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted:
        raise Unreadable(reason="có mật khẩu")
    court = Court(trust, carried(reader), at, datetime.now(UTC))
    over, fields = list[tuple[str, DictionaryObject]](), list[tuple[str, DictionaryObject]]()
    for name, value, field in enumerate_sig_fields(reader, filled_status=True):  # unknown kinds too
        (over if is_time_stamp(value) else fields).append((name, field))
    stamps = await court.document_stamps([_embedded(reader, *each) for each in over])
    signatures, inside = [], list[TimeStampReport]()
    for each in fields:
        report, within = await _judge_field(reader, each, court, stamps)
        signatures.append(report)
        inside.extend(within)
    ordered = sorted(signatures, key=lambda report: report.covers)
    return Report(tuple(ordered), tuple(sorted((*inside, *stamps), key=lambda stamp: stamp.covers)))


def _embedded(reader: PdfFileReader, name: str, field: DictionaryObject) -> Found:
    """Open what a field holds; `None` in its place when that cannot be done."""
    try:
        opened = EmbeddedPdfSignature(reader, field, name)
        return name, opened if _contiguous(opened) and _nothing_behind(opened) else None
    except Exception:  # noqa: BLE001 - one bad time-stamp must not hide the rest
        return name, None


async def _judge_field(
    reader: PdfFileReader,
    found: tuple[str, DictionaryObject],
    court: Court,
    stamps: Sequence[TimeStampReport],
) -> tuple[SignatureReport, list[TimeStampReport]]:
    name, field = found
    try:
        return await _judge(EmbeddedPdfSignature(reader, field, name), court, stamps)
    except Exception as error:  # noqa: BLE001 - one bad signature must not hide the others
        told = f"Chữ ký ở ô {name} không đọc được ({type(error).__name__})."
        return SignatureReport(str(name), "", False, False, False, 0, None, told), []


async def _judge(
    embedded: EmbeddedPdfSignature, court: Court, stamps: Sequence[TimeStampReport]
) -> tuple[SignatureReport, list[TimeStampReport]]:
    if embedded.sig_object.get("/SubFilter") not in _ACCEPTED:
        raise ValueError("subfilter")
    covers = end_of(embedded)
    after = [each for each in stamps if each.good and each.covers >= covers]
    inside = await court.stamps_inside(embedded, after)
    times = [each.time for each in (*after, *inside) if each.good and each.time is not None]
    proven = min(times, default=None)
    claimed = embedded.self_reported_timestamp
    status = await async_validate_pdf_signature(
        embedded,
        signer_validation_context=court.context(court.moment(claimed, proven)),
        key_usage_settings=_USAGE,
    )
    return _report(embedded, status, court, proven), inside


def _report(
    embedded: EmbeddedPdfSignature, status: PdfSignatureStatus, court: Court, proven: datetime | None
) -> SignatureReport:
    intact = bool(status.intact and status.valid) and _contiguous(embedded)
    trusted = intact and bool(status.trusted) and is_of_a_signer(embedded.signer_cert)
    whole = bool(status.docmdp_ok) and _only_filled(status.diff_result) and _nothing_slipped_in(embedded)
    whole = whole and _describes_itself_as_signed(embedded, status.diff_result)
    claimed = embedded.self_reported_timestamp
    chain = certificates(status.validation_path)
    revocation, revoked_at = court.revocation(chain, court.moment(claimed, proven), proven)
    report = SignatureReport(
        field=str(embedded.field_name),
        signer=_name(embedded.signer_cert),
        intact=intact,
        trusted=trusted,
        whole=whole,
        covers=end_of(embedded),
        signed_at=None if claimed is None else aware(claimed),
        verdict="",
        revocation=revocation,
        certificate=embedded.signer_cert.dump(),
        proven_at=proven,
        held=proven is not None and held(chain, proven),
        revoked_at=revoked_at,
        chain=chain,
    )
    return replace(report, verdict=verdict(report))


def _contiguous(embedded: EmbeddedPdfSignature) -> bool:
    """Check that what the signature skips is its own hex string and nothing else.

    By length alone a string in parentheses passes too: it is half as long, and leaves room for more entries.
    """
    start, first, second, _ = (int(each) for each in embedded.byte_range)
    skipped = _piece(embedded.reader, first, second)
    return start == 0 and skipped.lower() == b"<" + embedded.pkcs7_content.hex().encode() + b">"


def _piece(reader: PdfFileReader, start: int, end: int | None = None) -> bytes:
    reader.stream.seek(start)
    return bytes(reader.stream.read(-1 if end is None else end - start))


def _nothing_slipped_in(embedded: EmbeddedPdfSignature) -> bool:
    """Look for what pyHanko lets pass: new empty fields in a certified paper, bytes behind the last revision."""
    reader, revision = embedded.reader, embedded.signed_revision
    if embedded.docmdp_level is not None:
        then = reader.get_historical_resolver(revision)
        if _field_names(then) != _field_names(reader) - _unseen_time_stamps(reader):
            return False
    return _nothing_behind(embedded)


def _nothing_behind(embedded: EmbeddedPdfSignature) -> bool:
    reader = embedded.reader
    is_last = embedded.signed_revision == reader.xrefs.total_revisions - 1
    return not (is_last and _piece(reader, end_of(embedded)).strip(b"\0\t\r\n "))


def _describes_itself_as_signed(embedded: EmbeddedPdfSignature, difference: object) -> bool:
    """Look at what pyHanko leaves to others: Info, XMP, and how the form is to be drawn."""
    reader, revision = embedded.reader, embedded.signed_revision
    then = reader.get_historical_resolver(revision)
    now = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
    if not (says_the_same(then, now) and is_drawn_the_same(then, now)):
        return False
    level = difference.modification_level if isinstance(difference, DiffResult) else ModificationLevel.OTHER
    more = _signatures(then) != _signatures(now)
    return more or level == ModificationLevel.FORM_FILLING or is_marked_the_same(then, now)


def _signatures(handler: PdfHandler) -> set[tuple[str, bool]]:
    """Name the signature fields, and which of them are filled."""
    return {(str(name), value is not None) for name, value, _ in enumerate_sig_fields(handler)}


def _unseen_time_stamps(reader: PdfFileReader) -> set[str]:
    """Name the fields of document time-stamps that show nothing: a certified paper may get them at any time."""
    found = enumerate_sig_fields(reader, filled_status=True)
    return {
        str(name)
        for name, value, field in found
        if is_time_stamp(value) and not any(_size(field.get_object()))
    }


def _size(field: DictionaryObject) -> tuple[float, float]:
    x1, y1, x2, y2 = (float(each) for each in field.get("/Rect", (0, 0, 0, 0)))
    return x2 - x1, y2 - y1


def _field_names(handler: PdfHandler) -> set[str]:
    return {str(name) for name, _, _ in enumerate_sig_fields(handler)}


def _only_filled(difference: object) -> bool:
    if not isinstance(difference, DiffResult):
        return False  # pyHanko says why it is suspicious; to us it is simply changed
    return bool(difference.modification_level <= ModificationLevel.FORM_FILLING)


def _name(certificate: x509.Certificate) -> str:
    native = certificate.subject.native
    return str(native.get("common_name") or native.get("organization_name") or "?")
