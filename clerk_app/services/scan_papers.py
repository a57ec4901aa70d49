"""Scan papers: each page is laid on the draft as soon as it has come, so that a stop loses none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clerk_app.domain.dossier import Draft
from clerk_app.papers.scanner import Scanner, ScannerMissing
from clerk_app.progress import Progress


@dataclass(frozen=True, slots=True)
class ScanPapers:
    scanners: Mapping[
        str, Scanner
    ]  # by the name of the way of scanning, the usual one first; empty: none is set up
    lay: Callable[[Draft, str, bytes, str], Draft]

    def __call__(self, draft: Draft, key: str, progress: Progress, way: str = "") -> Draft:
        """Scan what lies in the scanner under line `key` of the checklist and return the saved draft.

        `way` names how; one that is not known is the usual one.

        Raises what the scanner raises, or `Cancelled`; the pages that came before are on the draft.
        """
        scanner = self.scanners.get(way) or next(iter(self.scanners.values()), None)
        if scanner is None:
            raise ScannerMissing
        for number, page in enumerate(scanner.scan(progress), start=1):
            draft = self.lay(draft, key, page, f"trang-{number}")
        return draft
