"""Check the signatures of a document: whose they are, and whether the paper is still what was signed."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from clerk_app.domain.signed_paper import DocumentVerdict
from clerk_app.papers.signature_reader import SignatureReader
from clerk_app.progress import Progress
from clerk_app.services.whom_we_trust import KeptTrustList, WhomWeTrust


@dataclass(frozen=True, slots=True)
class VerifyDocument:
    trust_folder: Path  # the counter's own anchors
    kept: KeptTrustList | None = None  # and the list that central signed
    reader: SignatureReader = field(default_factory=SignatureReader)

    def __call__(
        self, pdf: bytes, trust: Path | None = None, progress: Progress | None = None
    ) -> DocumentVerdict:
        """Return what every signature is worth under the anchors in a folder, by default our own. No network.

        Raises `signing.errors.Unreadable` for what is no PDF, `CertificateUnreadable` for a broken anchor, a
        `SignedFile…` refusal for a file that takes too much, and `Cancelled`.
        """
        whom = WhomWeTrust(self.trust_folder, self.kept) if trust is None else WhomWeTrust(trust)
        return _explained(self.reader.judge(pdf, whom.trust(), progress), whom)


def _explained(verdict: DocumentVerdict, whom: WhomWeTrust) -> DocumentVerdict:
    """Say of each trusted signature who says that its authority is to be trusted."""
    roots = {each.path[-1].sha256 for each in verdict.signatures if each.trusted and each.path}
    because = {root: whom.because(root) for root in roots}
    signatures = tuple(
        replace(each, because=because.get(each.path[-1].sha256, "")) if each.trusted and each.path else each
        for each in verdict.signatures
    )
    return replace(verdict, signatures=signatures)
