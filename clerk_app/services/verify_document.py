"""Check the signatures of a document: whose they are, and whether the paper is still what was signed."""

from dataclasses import dataclass
from pathlib import Path

from clerk_app.domain.verdict import DocumentVerdict, SignatureVerdict
from signing.report import Report
from signing.trust import load_trust
from signing.validation import validate


@dataclass(frozen=True, slots=True)
class VerifyDocument:
    trust_folder: Path  # the counter's own anchors

    def __call__(self, pdf: bytes, trust: Path | None = None) -> DocumentVerdict:
        """Judge against a folder of anchors, by default our own; see `verify_document`."""
        return verify_document(pdf, trust or self.trust_folder)


def verify_document(pdf: bytes, trust: Path) -> DocumentVerdict:
    """Return what every signature is worth under the trust anchors in a folder. Needs no desk.

    Raises `signing.errors.Unreadable` for what is no PDF, `CertificateUnreadable` for a broken anchor.
    """
    report = validate(pdf, load_trust(trust))
    signatures = tuple(
        SignatureVerdict(each.field, each.signer, each.valid, each.signed_at, each.verdict)
        for each in report.signatures
    )
    return DocumentVerdict(report.valid, signatures, _sentence(report))


def _sentence(report: Report) -> str:
    if not report.signatures:
        return "Văn bản chưa có chữ ký số nào."
    wrong = sum(not each.valid for each in report.signatures)
    if wrong:
        return f"{wrong} trong {len(report.signatures)} chữ ký số không hợp lệ."
    return f"Cả {len(report.signatures)} chữ ký số đều hợp lệ (chưa kiểm tra thu hồi)."
