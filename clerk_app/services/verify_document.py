"""Check the signatures of a document: whose they are, and whether the paper is still what was signed."""

from dataclasses import dataclass, field
from pathlib import Path

from clerk_app.domain.signed_paper import DocumentVerdict
from clerk_app.papers.signature_reader import SignatureReader
from clerk_app.progress import Progress
from signing.trust import load_trust


@dataclass(frozen=True, slots=True)
class VerifyDocument:
    trust_folder: Path  # the counter's own anchors
    reader: SignatureReader = field(default_factory=SignatureReader)

    def __call__(
        self, pdf: bytes, trust: Path | None = None, progress: Progress | None = None
    ) -> DocumentVerdict:
        """Return what every signature is worth under the anchors in a folder, by default our own. No network.

        Raises `signing.errors.Unreadable` for what is no PDF, `CertificateUnreadable` for a broken anchor, a
        `SignedFile…` refusal for a file that takes too much, and `Cancelled`.
        """
        return self.reader.judge(pdf, load_trust(trust or self.trust_folder), progress)
