"""What a signed PDF is worth: every signature judged, by our own roots, with what was added since.

Hostile input is expected. Whatever cannot be judged is not valid; a file that cannot be read raises
`Unreadable`, and nothing else leaves this room.
"""

import asyncio
import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from asn1crypto import x509
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from signing.errors import SigningError, Unreadable
from signing.purpose import is_of_a_signer
from signing.second_reader import is_plainly_unsigned
from signing.self_description import is_drawn_the_same, is_marked_the_same, says_the_same
from signing.trust import Trust

# pyHanko logs what it finds changed, word for word: a paper's content is a citizen's and stays out of logs.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)

NOT_CHECKED = "chưa kiểm tra"
_VIETNAM = timezone(timedelta(hours=7))
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
_ACCEPTED = frozenset({SigSeedSubFilter.PADES.value, SigSeedSubFilter.ADOBE_PKCS7_DETACHED.value})


Found = tuple[str, object, DictionaryObject]  # a filled field: its name, its value, itself


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature: what it proves and what it does not.

    `intact`: the signed bytes are those signed. `trusted`: the certificate leads to one of our roots at the
    claimed time. `whole`: since then, only fields were filled and signatures added, and the paper says of itself what it
    said (`signing.self_description`). `covers`: the first so
    many bytes of the file are the revision that it signed. `signed_at`: claimed by the signer's clock, UTC.
    `certificate`: the signer's, DER; empty where the signature cannot be read.
    """

    field: str
    signer: str
    intact: bool
    trusted: bool
    whole: bool
    covers: int
    signed_at: datetime | None
    verdict: str
    revocation: str = NOT_CHECKED
    certificate: bytes = b""

    @property
    def valid(self) -> bool:
        """True when nothing speaks against the signature. Revocation is not part of it."""
        return self.intact and self.trusted and self.whole


@dataclass(frozen=True, slots=True)
class Report:
    """All signatures of a PDF in the order in which they were made."""

    signatures: tuple[SignatureReport, ...]

    @property
    def valid(self) -> bool:
        """True when there is at least one signature and none is invalid."""
        return bool(self.signatures) and all(each.valid for each in self.signatures)


def validate(pdf: bytes, trust: Trust, at: datetime | None = None) -> Report:
    """Judge every signature in a PDF, at its claimed time, or all at `at` (UTC). No network.

    Raises `Unreadable` and nothing else.
    """
    try:
        return Report(tuple(asyncio.run(_judged(pdf, trust, at))))
    except SigningError:
        raise
    except Exception as error:  # noqa: BLE001 - parsers of hostile bytes raise any built-in error
        if is_plainly_unsigned(pdf):
            return Report(())
        raise Unreadable(reason=type(error).__name__) from None


async def _judged(pdf: bytes, trust: Trust, at: datetime | None) -> list[SignatureReport]:
    reader = PdfFileReader(io.BytesIO(pdf))
    if reader.encrypted:
        raise Unreadable(reason="có mật khẩu")
    reports = [await _judge_field(reader, field, trust, at) for field in _filled(reader)]
    return sorted(reports, key=lambda report: report.covers)


def _filled(reader: PdfFileReader) -> Iterator[Found]:
    """Yield every filled signature field, those of unknown kinds too: they must not vanish."""
    yield from enumerate_sig_fields(reader, filled_status=True)


async def _judge_field(
    reader: PdfFileReader, found: Found, trust: Trust, at: datetime | None
) -> SignatureReport:
    name, _, field = found
    try:
        return await _judge(EmbeddedPdfSignature(reader, field, name), trust, at)
    except Exception as error:  # noqa: BLE001 - one bad signature must not hide the others
        verdict = f"Chữ ký ở ô {name} không đọc được ({type(error).__name__})."
        return SignatureReport(str(name), "", False, False, False, 0, None, verdict)


async def _judge(embedded: EmbeddedPdfSignature, trust: Trust, at: datetime | None) -> SignatureReport:
    if embedded.sig_object.get("/SubFilter") not in _ACCEPTED:
        raise ValueError("subfilter")
    claimed = embedded.self_reported_timestamp
    status = await async_validate_pdf_signature(
        embedded,
        signer_validation_context=_context(trust, at or _moment(claimed)),
        key_usage_settings=_USAGE,
    )
    return _report(embedded, status, claimed)


def _report(
    embedded: EmbeddedPdfSignature, status: PdfSignatureStatus, claimed: datetime | None
) -> SignatureReport:
    intact = bool(status.intact and status.valid) and _contiguous(embedded)
    trusted = intact and bool(status.trusted) and is_of_a_signer(embedded.signer_cert)
    whole = bool(status.docmdp_ok) and _only_filled(status.diff_result) and _nothing_slipped_in(embedded)
    whole = whole and _describes_itself_as_signed(embedded, status.diff_result)
    signer = _name(embedded.signer_cert)
    signed_at = None if claimed is None else _aware(claimed).astimezone(UTC)
    return SignatureReport(
        field=str(embedded.field_name),
        signer=signer,
        intact=intact,
        trusted=trusted,
        whole=whole,
        covers=int(embedded.byte_range[2]) + int(embedded.byte_range[3]),
        signed_at=signed_at,
        verdict=" ".join(_sentences(signer, (intact, trusted, whole), signed_at)),
        certificate=embedded.signer_cert.dump(),
    )


def _sentences(signer: str, proven: tuple[bool, bool, bool], signed_at: datetime | None) -> Iterator[str]:
    intact, trusted, whole = proven
    if not intact:
        yield f"Chữ ký của {signer} KHÔNG hợp lệ: nội dung đã ký bị sửa hoặc chữ ký bị thay."
        return
    if all(proven):
        yield f"Chữ ký của {signer} hợp lệ."
    else:
        yield f"Chữ ký của {signer} KHÔNG được chấp nhận."
    if not trusted:
        yield "Chứng thư số không dẫn tới nơi cấp được tin cậy, hoặc không có hiệu lực lúc ký."
    if not whole:
        yield "Văn bản đã bị thay đổi sau khi ký."
    if signed_at is None:
        yield "Chữ ký không ghi thời điểm ký."
    else:
        yield f"Thời điểm ký theo máy của người ký: {signed_at.astimezone(_VIETNAM):%d/%m/%Y %H:%M:%S}."
        if signed_at > datetime.now(UTC) + timedelta(minutes=5):
            yield "Thời điểm ấy muộn hơn đồng hồ của máy này."
    yield "Thu hồi chứng thư: chưa kiểm tra."


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
        if _field_names(then) != _field_names(reader):
            return False
    is_last = revision == reader.xrefs.total_revisions - 1
    behind = _piece(reader, int(embedded.byte_range[2]) + int(embedded.byte_range[3]))
    return not (is_last and behind.strip(b"\0\t\r\n "))


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


def _field_names(handler: PdfHandler) -> set[str]:
    return {str(name) for name, _, _ in enumerate_sig_fields(handler)}


def _only_filled(difference: object) -> bool:
    if not isinstance(difference, DiffResult):
        return False  # pyHanko says why it is suspicious; to us it is simply changed
    return bool(difference.modification_level <= ModificationLevel.FORM_FILLING)


def _context(trust: Trust, moment: datetime) -> ValidationContext:
    """Build a context with our roots alone, that never asks the network."""
    return ValidationContext(
        trust_roots=_loaded(trust.roots),
        other_certs=_loaded(trust.others),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _moment(claimed: datetime | None) -> datetime:
    """Return the time at which to judge a chain: the claimed one, but never one yet to come."""
    now = datetime.now(UTC)
    return now if claimed is None else min(_aware(claimed), now)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _loaded(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    return [x509.Certificate.load(each) for each in certificates]


def _name(certificate: x509.Certificate) -> str:
    native = certificate.subject.native
    return str(native.get("common_name") or native.get("organization_name") or "?")
