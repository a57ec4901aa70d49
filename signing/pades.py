"""PAdES B-B and B-T signatures in PDFs: fields first, then one incremental update per signature.

The bytes that were there are never touched: each result begins with its input, and that is checked.
pyHanko writes the PDF, we the CMS; the key is asked through a `Session`, the time through a `TimeStamper`.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields as pdf_fields
from pyhanko.sign import signers
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as PdfSigningError
from pyhanko.stamp import StaticStampStyle

from signing.asn1 import x509
from signing.certificate import SigningCertificate, check
from signing.cms import signed_data
from signing.errors import (
    BROKEN,
    DocumentLocked,
    FieldFilled,
    FieldMissing,
    FieldTaken,
    KeyMismatch,
    PageTurned,
    SignatureInvalid,
    SigningError,
    TimeStampError,
    TimeStampTooLarge,
    Unreadable,
)
from signing.field import FieldBox, Lock
from signing.report import Report
from signing.time_stamp import TimeStamper
from signing.token import Session
from signing.trust import Trust
from signing.update import Update, continued
from signing.validation import validate

TOKEN_ROOM = 8192  # bytes: a time-stamp token with its chain has some 3 to 8 thousand
_REST = (
    2048  # bytes of a container beside certificates and token: the signature and its attributes, in plenty
)
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
        writer = Update(io.BytesIO(pdf))
        taken = [name for name, _, _ in pdf_fields.enumerate_sig_fields(writer)]
    if taken:
        raise FieldTaken(field=taken[0])
    with _writing(""):
        for box in fields:
            pdf_fields.append_signature_field(writer, _spec(box, (locks or {}).get(box.name, Lock.NONE)))
        output = io.BytesIO()
        writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    return continued(pdf, output.getvalue())


def add_field(pdf: bytes, box: FieldBox) -> bytes:
    """Append one empty signature field to a PDF from anywhere, signed or not, in an update of its own.

    Raises `FieldTaken` for a name that is there, `DocumentLocked` where a signature forbids new fields, `PageTurned`,
    `FieldMissing` for a page that is not there, `Unreadable`.
    """
    with _reading():
        writer = Update(io.BytesIO(pdf))
        if writer.prev.encrypted:
            raise Unreadable(reason="có mật khẩu")
        _require_open(writer.prev, box.name)
        page = _page_of(writer.prev, box.page)
        x, y = _origin(page)
    with _writing(box.name):
        moved = FieldBox(box.name, box.page, x + box.x1, y + box.y1, x + box.x2, y + box.y2)
        pdf_fields.append_signature_field(writer, _spec(moved, Lock.NONE))
        output = io.BytesIO()
        writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    return continued(pdf, output.getvalue())


def page_size(pdf: bytes, page: int) -> tuple[float, float]:
    """Return width and height of a page (from 0) in points. Raises `FieldMissing`, `PageTurned`, `Unreadable`."""
    with _reading():
        reader = PdfFileReader(io.BytesIO(pdf))
        box = _shown_box(_page_of(reader, page))
        return box[2] - box[0], box[3] - box[1]


def _require_open(reader: PdfFileReader, wanted: str) -> None:
    for name, value, reference in pdf_fields.enumerate_sig_fields(reader):
        if name == wanted:
            raise FieldTaken(field=wanted)
        field = reference.get_object()
        if value is not None and "/Lock" in field:
            raise DocumentLocked(field=str(name))
    for embedded in reader.embedded_signatures:
        if (
            embedded.docmdp_level is not None
        ):  # a certified paper takes no new fields: readers would call it changed
            raise DocumentLocked(field=str(embedded.field_name))


def _page_of(reader: PdfFileReader, number: int) -> Any:
    pages = int(reader.root["/Pages"]["/Count"])
    if not 0 <= number < pages:
        raise FieldMissing(field=f"trang {number + 1}")
    found = reader.find_page_for_modification(number)  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
    page = found[0].get_object()
    turned = page
    while turned is not None and "/Rotate" not in turned:
        turned = turned["/Parent"].get_object() if "/Parent" in turned else None
    if turned is not None and int(turned["/Rotate"]) % 360:
        raise PageTurned(page=number + 1)
    return page


def _shown_box(page: Any) -> tuple[float, ...]:
    for name in ("/CropBox", "/MediaBox"):
        holder = page
        while holder is not None and name not in holder:
            holder = holder["/Parent"].get_object() if "/Parent" in holder else None
        if holder is not None:
            x1, y1, x2, y2 = (float(each) for each in holder[name])
            return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    return 0.0, 0.0, 595.0, 842.0


def _origin(page: Any) -> tuple[float, float]:
    box = _shown_box(page)
    return box[0], box[1]


def _not_told(_: TimeStampError) -> None:
    """Stand for a caller who does not ask why there is no time-stamp."""


Unstamped = Callable[[TimeStampError], None]
Check = Callable[[bytes, Trust], Report]
"""`validate`, or what does the same elsewhere."""


def sign(
    pdf: bytes,
    request: SignRequest,
    session: Session,
    time_stamper: TimeStamper | None = None,
    unstamped: Unstamped = _not_told,
) -> bytes:
    """Fill one existing field and return the longer PDF, which begins with `pdf`.

    With a `time_stamper` the signature gets a time-stamp while it is made (B-T). Where none comes, the signature stays
    as it is (B-B) and `unstamped` is told why: the key is never asked twice because a clock is away.

    Raises the `Certificate…` errors, `FieldMissing`, `FieldFilled`, `DocumentLocked`, `KeyMismatch`,
    and whatever the session raises; nothing is signed then, or what was signed is dropped.
    """
    certificate = SigningCertificate(request.certificate)
    check(certificate, request.when)
    _same_key(request, session)
    with _reading():
        writer = Update(io.BytesIO(pdf))
        first = _look_at_field(writer.prev, request.field)
    metadata = signers.PdfSignatureMetadata(
        field_name=request.field,
        md_algorithm=certificate.digest,
        subfilter=SigSeedSubFilter.PADES,
        certify=first and request.certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    signer = signers.PdfSigner(metadata, _Signer(request), stamp_style=_style(request))

    def _container(digest: bytes) -> bytes:
        stamp = None if time_stamper is None else _stamping(time_stamper, unstamped)
        return signed_data(digest, request.certificate, request.chain, session.sign, stamp)

    with _writing(request.field):
        room = _reserved(request, stamped=time_stamper is not None)
        return continued(pdf, _signed(signer, writer, request.when, _container, room))


def sign_and_check(
    pdf: bytes,
    request: SignRequest,
    session: Session,
    trust: Trust,
    time_stamper: TimeStamper | None = None,
    unstamped: Unstamped = _not_told,
    check: Check = validate,
) -> bytes:
    """Sign, then validate every signature in the result; raise `SignatureInvalid` unless all are valid."""
    signed = sign(pdf, request, session, time_stamper, unstamped)
    report = check(signed, trust)
    if not report.valid or request.field not in [each.field for each in report.signatures if each.valid]:
        reasons = [each.verdict for each in report.signatures if not each.valid]
        raise SignatureInvalid(reason=" ".join(reasons) or "không thấy chữ ký.")
    return signed


def _reserved(request: SignRequest, *, stamped: bool) -> int:
    """Return how many bytes to keep free for the container; every reader pays for the zeros behind it."""
    certificates = len(request.certificate) + sum(len(each) for each in request.chain)
    return _REST + certificates + (TOKEN_ROOM if stamped else 0)


def _stamping(time_stamper: TimeStamper, unstamped: Unstamped) -> Callable[[bytes], bytes]:
    """Make what asks for a time-stamp over a raw signature, and answers nothing where there is none to be had."""

    def _stamp(signature: bytes) -> bytes:
        try:
            token = time_stamper.stamp(hashlib.sha256(signature).digest())
            if len(token) > TOKEN_ROOM:
                raise TimeStampTooLarge(size=len(token))
        except TimeStampError as failure:
            unstamped(failure)
            return b""
        return token

    return _stamp


class _Signer(signers.Signer):
    """Whose signature pyHanko is to make room for. The container is ours, the key somewhere else."""

    def __init__(self, request: SignRequest) -> None:
        super().__init__(signing_cert=x509.Certificate.load(request.certificate), embed_roots=False)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Never asked: pyHanko builds no container here."""
        raise NotImplementedError


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


def _signed(
    signer: signers.PdfSigner,
    writer: Update,
    when: datetime,
    container: Callable[[bytes], bytes],
    room: int,
) -> bytes:
    """Walk pyHanko's steps one by one: its own short cut takes the computer's time, not ours.

    The container comes from us: pyHanko's own way would encode the certificates anew each time. `room` in bytes.
    """
    steps = signer.init_signing_session(writer, existing_fields_only=True)
    steps.system_time = when.astimezone(_VIETNAM)
    document = steps.prepare_tbs_document(validation_info=None, bytes_reserved=2 * room)  # hex digits
    output = io.BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    prepared.fill_with_cms(output, container(prepared.document_digest))
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


@contextmanager
def _reading() -> Iterator[None]:
    """Translate whatever a parser of foreign bytes may raise: there is no list of it."""
    try:
        yield
    except SigningError:
        raise
    except Exception:  # noqa: BLE001 - pyHanko meets bad bytes with any built-in error
        raise Unreadable(reason=BROKEN) from None


@contextmanager
def _writing(field: str) -> Iterator[None]:
    try:
        yield
    except PdfSigningError:
        raise DocumentLocked(field=field) from None
    except PdfError:
        raise Unreadable(reason=BROKEN) from None
