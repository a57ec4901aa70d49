"""PAdES B-B signatures in PDFs: fields first, then one incremental update per signature.

The bytes that were there are never touched: each result begins with its input, and that is checked.
pyHanko writes the PDF and the CMS; the key is asked through a `Session`.
"""

import asyncio
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields as pdf_fields
from pyhanko.sign import signers
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as PdfSigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle

from signing.certificate import SigningCertificate, check
from signing.cms import signed_data
from signing.errors import (
    DocumentChanged,
    DocumentLocked,
    FieldFilled,
    FieldMissing,
    FieldTaken,
    KeyMismatch,
    SignatureInvalid,
    SigningError,
    Unreadable,
)
from signing.field import FieldBox, Lock
from signing.token import Session
from signing.trust import Trust
from signing.validation import validate

BYTES_RESERVED = 24576  # hex digits of /Contents: 12 288 bytes, room for a time-stamp token later
_VIETNAM = timezone(timedelta(hours=7))
_NO_MARGINS = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
)


@dataclass(frozen=True, slots=True)
class SignRequest:
    """One signature to make.

    `certificate` and `chain` (intermediates) as DER; `appearance_pdf` a one-page PDF, `None` leaves the
    field blank; `when` the claimed time, UTC; `certify` makes the document's first signature certify it
    (filling forms stays allowed) and says nothing on a later one.
    """

    field: str
    certificate: bytes
    when: datetime
    chain: tuple[bytes, ...] = ()
    appearance_pdf: bytes | None = None
    certify: bool = True


def prepare(pdf: bytes, fields: Sequence[FieldBox], locks: Mapping[str, Lock] | None = None) -> bytes:
    """Append exactly these empty signature fields to a PDF; `locks` by field name, default none.

    Raises `FieldTaken` when the PDF already has one, `Unreadable` when it is none.
    """
    with _reading():
        writer = _Update(io.BytesIO(pdf))
        taken = [name for name, _, _ in pdf_fields.enumerate_sig_fields(writer)]
    if taken:
        raise FieldTaken(field=taken[0])
    with _writing(""):
        for box in fields:
            pdf_fields.append_signature_field(writer, _spec(box, (locks or {}).get(box.name, Lock.NONE)))
        output = io.BytesIO()
        writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    return _continued(pdf, output.getvalue())


def sign(pdf: bytes, request: SignRequest, session: Session) -> bytes:
    """Fill one existing field and return the longer PDF, which begins with `pdf`.

    Raises the `Certificate…` errors, `FieldMissing`, `FieldFilled`, `DocumentLocked`, `KeyMismatch`,
    and whatever the session raises; nothing is signed then, or what was signed is dropped.
    """
    check(SigningCertificate(request.certificate), request.when)
    _same_key(request, session)
    with _reading():
        writer = _Update(io.BytesIO(pdf))
        first = _look_at_field(writer.prev, request.field)
    metadata = signers.PdfSignatureMetadata(
        field_name=request.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=first and request.certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signer = signers.PdfSigner(metadata, SessionSigner(session, request), stamp_style=_style(request))
    with _writing(request.field):
        return _continued(pdf, asyncio.run(_signed(signer, writer, request.when)))


def sign_and_check(pdf: bytes, request: SignRequest, session: Session, trust: Trust) -> bytes:
    """Sign, then validate every signature in the result; raise `SignatureInvalid` unless all are valid."""
    signed = sign(pdf, request, session)
    report = validate(signed, trust)
    if not report.valid or request.field not in [each.field for each in report.signatures if each.valid]:
        reasons = [each.verdict for each in report.signatures if not each.valid]
        raise SignatureInvalid(reason=" ".join(reasons) or "không thấy chữ ký.")
    return signed


class _Update(IncrementalPdfFileWriter):
    """One incremental update that leaves the Info dictionary and the XMP as they were.

    pyHanko would stamp both with the computer's time, asked for twice: across a second's edge the two differ, and a
    paper that claims PDF/A is broken. Who signed, and when, stands in the signature.
    """

    def _update_meta(self) -> None:
        """Change nothing."""


class SessionSigner(signers.Signer):
    """pyHanko's signer whose key is somewhere else: the session is asked for the raw signature."""

    def __init__(self, session: Session, request: SignRequest) -> None:
        super().__init__(signing_cert=_parsed(request.certificate), embed_roots=False)
        self._session = session
        self._request = request

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Ask the token. Blocks: nothing else runs in this loop."""
        if dry_run or digest_algorithm != "sha256":
            raise NotImplementedError(digest_algorithm)
        return self._session.sign(data)

    # The container as bytes is what pyHanko's next step accepts; its own annotation is narrower.
    async def async_sign(  # type: ignore[override]
        self, data_digest: bytes, digest_algorithm: str, **_: object
    ) -> bytes:
        """Build the container ourselves: pyHanko's own way would encode the certificates anew each time."""
        if digest_algorithm != "sha256":
            raise NotImplementedError(digest_algorithm)
        request = self._request
        return signed_data(data_digest, request.certificate, request.chain, self._session.sign)


class _DrawnPage(PdfContent):
    """A page drawn elsewhere, imported from bytes: nothing is laid on the disk for it."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        """Import the page into the document being written and return the operators that show it."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Drawn"] = page
        x1, y1, x2, y2 = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(x1 - x2), height=abs(y1 - y2))
        return b"/Drawn Do"


def _style(request: SignRequest) -> StaticStampStyle:
    drawn = None if request.appearance_pdf is None else _DrawnPage(request.appearance_pdf)
    return StaticStampStyle(
        border_width=0, background=drawn, background_layout=_NO_MARGINS, background_opacity=1
    )


async def _signed(signer: signers.PdfSigner, writer: IncrementalPdfFileWriter, when: datetime) -> bytes:
    """Walk pyHanko's steps one by one: its own short cut takes the computer's time, not ours."""
    steps = signer.init_signing_session(writer, existing_fields_only=True)
    steps.system_time = when.astimezone(_VIETNAM)
    document = steps.prepare_tbs_document(validation_info=None, bytes_reserved=BYTES_RESERVED)
    output = io.BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    attributes = PdfCMSSignedAttributes(signing_time=steps.system_time)
    await document.perform_signature(prepared.document_digest, attributes)
    return output.getvalue()


def _same_key(request: SignRequest, session: Session) -> None:
    if SigningCertificate(request.certificate).public != SigningCertificate(session.certificate).public:
        raise KeyMismatch


def _look_at_field(reader: PdfFileReader, wanted: str) -> bool:
    """Raise unless the field is there, empty and not locked; return whether nothing is signed yet."""
    found, filled = None, 0
    for name, value, reference in pdf_fields.enumerate_sig_fields(reader):
        field = reference.get_object()
        if name == wanted:
            found = field
            if value is not None:
                raise FieldFilled(field=wanted)
        elif value is not None:
            filled += 1
            if "/Lock" in field and FieldMDPSpec.from_pdf_object(field["/Lock"]).is_locked(wanted):
                raise DocumentLocked(field=wanted)
    if found is None:
        raise FieldMissing(field=wanted)
    if "/SV" in found:  # seed values may name servers to ask; none of our fields has them
        raise DocumentLocked(field=wanted)
    return filled == 0


def _spec(box: FieldBox, lock: Lock) -> SigFieldSpec:
    rules = {
        Lock.NONE: None,
        Lock.OWN: FieldMDPSpec(FieldMDPAction.INCLUDE, fields=[box.name]),
        Lock.ALL: FieldMDPSpec(FieldMDPAction.ALL),
    }
    corners: Any = (box.x1, box.y1, box.x2, box.y2)  # pyHanko says int and takes points as they are
    return SigFieldSpec(box.name, on_page=box.page, box=corners, field_mdp_spec=rules[lock])


def _continued(before: bytes, after: bytes) -> bytes:
    if len(after) <= len(before) or not after.startswith(before):
        raise DocumentChanged
    return after


@contextmanager
def _reading() -> Iterator[None]:
    """Translate whatever a parser of foreign bytes may raise: there is no list of it."""
    try:
        yield
    except SigningError:
        raise
    except Exception as error:  # noqa: BLE001 - pyHanko meets bad bytes with any built-in error
        raise Unreadable(reason=type(error).__name__) from None


@contextmanager
def _writing(field: str) -> Iterator[None]:
    try:
        yield
    except PdfSigningError:
        raise DocumentLocked(field=field) from None
    except PdfError as error:
        raise Unreadable(reason=type(error).__name__) from None


@lru_cache(maxsize=64)
def _parsed(der: bytes) -> x509.Certificate:
    """Parse a certificate once: the same few sign all day."""
    return x509.Certificate.load(der)
