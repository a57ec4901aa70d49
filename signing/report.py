"""What is told of a signed PDF: each signature, each time-stamp, in figures and in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

NOT_CHECKED = "chưa kiểm tra"
_VIETNAM = timezone(timedelta(hours=7))


class Revocation(StrEnum):
    """What the data in the file itself says of the signer's certificate, and of those above it.

    After or before: the time at which the signature is proven to have been there. Where nothing proves a time, every
    revocation counts as one before.
    """

    NOT_KNOWN = "not_known"
    GOOD = "good"
    REVOKED_AFTER = "revoked_after"
    REVOKED_BEFORE = "revoked_before"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature: what it proves and what it does not.

    `intact`: the signed bytes are those signed. `trusted`: the certificate leads to one of our roots at the
    claimed time. `whole`: since then, only fields were filled and signatures added, and the paper says of itself what it
    said (`signing.self_description`). `covers`: the first so many bytes of the file are the revision that it signed.
    `signed_at`: claimed by the signer's clock, UTC. `proven_at`: by then it was there, as a good time-stamp in or after
    it proves, UTC; `None` where none does. `held`: the chain was within its dates at that time. `revoked_at`: UTC.
    `certificate`: the signer's, DER; empty where the signature cannot be read. `chain`: DER, from it to the root.
    """

    field: str
    signer: str
    intact: bool
    trusted: bool
    whole: bool
    covers: int
    signed_at: datetime | None
    verdict: str
    revocation: Revocation = Revocation.NOT_KNOWN
    certificate: bytes = b""
    proven_at: datetime | None = None
    held: bool = False
    revoked_at: datetime | None = None
    chain: tuple[bytes, ...] = ()

    @property
    def valid(self) -> bool:
        """True when nothing speaks against the signature. That nothing is known of revocation does not."""
        return (
            self.intact and self.trusted and self.whole and self.revocation is not Revocation.REVOKED_BEFORE
        )


@dataclass(frozen=True, slots=True)
class TimeStampReport:
    """One time-stamp: in a signature (`document` false) or over the first `covers` bytes of the file.

    `good`: intact, by an authority that we trust, and either that authority's certificate lives and is not revoked, or a
    good later time-stamp proves that this one was there while it did. `known`: the file holds what proves the latter for
    its whole chain. `ends`: of the authority's certificate, UTC.
    """

    field: str
    document: bool
    covers: int
    intact: bool
    good: bool = False
    known: bool = False
    time: datetime | None = None
    ends: datetime | None = None
    authority: str = ""
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All signatures of a PDF in the order in which they were made, and all time-stamps."""

    signatures: tuple[SignatureReport, ...]
    time_stamps: tuple[TimeStampReport, ...] = ()

    @property
    def valid(self) -> bool:
        """True when there is at least one signature, none is invalid, and no time-stamp is broken."""
        return (
            bool(self.signatures)
            and all(each.valid for each in self.signatures)
            and all(each.intact for each in self.time_stamps)
        )


def verdict(report: SignatureReport) -> str:
    """Return in Vietnamese what a signature is worth."""
    return " ".join(_sentences(report))


def _sentences(report: SignatureReport) -> Iterator[str]:
    if not report.intact:
        yield f"Chữ ký của {report.signer} KHÔNG hợp lệ: nội dung đã ký bị sửa hoặc chữ ký bị thay."
        return
    if report.valid:
        yield f"Chữ ký của {report.signer} hợp lệ."
    else:
        yield f"Chữ ký của {report.signer} KHÔNG được chấp nhận."
    if not report.trusted:
        yield "Chứng thư số không dẫn tới nơi cấp được tin cậy, hoặc không có hiệu lực lúc ký."
    if not report.whole:
        yield "Văn bản đã bị thay đổi sau khi ký."
    if report.signed_at is None:
        yield "Chữ ký không ghi thời điểm ký."
    else:
        yield f"Thời điểm ký theo máy của người ký: {_local(report.signed_at)}."
        if report.signed_at > datetime.now(UTC) + timedelta(minutes=5):
            yield "Thời điểm ấy muộn hơn đồng hồ của máy này."
    if report.proven_at is not None:
        yield f"Dấu thời gian chứng minh đã ký trước {_local(report.proven_at)}."
    yield f"Thu hồi chứng thư: {_revocation(report)}."


def _revocation(report: SignatureReport) -> str:
    match report.revocation:
        case Revocation.GOOD:
            return "chưa bị thu hồi tại thời điểm ký, theo dữ liệu kèm trong tệp"
        case Revocation.REVOKED_AFTER if report.revoked_at is not None:
            return f"bị thu hồi {_local(report.revoked_at)}, sau khi đã ký"
        case Revocation.REVOKED_BEFORE if report.revoked_at is not None:
            return f"bị thu hồi {_local(report.revoked_at)}, không có gì chứng minh đã ký trước đó"
        case _:
            return NOT_CHECKED


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(_VIETNAM):%d/%m/%Y %H:%M:%S}"
