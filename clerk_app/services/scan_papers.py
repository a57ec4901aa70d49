"""Scan papers: each page is filed and on the draft as soon as it has come, so that a stop loses none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clerk_app.domain.dossier import Draft
from clerk_app.domain.paper import PaperFile
from clerk_app.papers.reader import PaperReader
from clerk_app.papers.sane import SaneScanner, ScanSettings
from clerk_app.papers.scanner import Scanner, ScannerMissing
from clerk_app.progress import Progress
from clerk_app.scanner_settings import ScannerSettings
from clerk_app.services.scan_stacks import ScanStacks


def nobody(file: PaperFile) -> None:
    """Watch nothing: the default for the command line and scripts."""


@dataclass(frozen=True, slots=True)
class ScanPapers:
    scanners: Mapping[
        str, Scanner
    ]  # by the name of the way of scanning, the usual one first; empty: none is set up
    file: Callable[[bytes, str, Progress], PaperFile]
    stacks: ScanStacks

    def __call__(
        self,
        draft: Draft,
        key: str,
        progress: Progress,
        way: str = "",
        tell: Callable[[PaperFile], None] = nobody,
    ) -> Draft:
        """Scan what lies in the scanner under line `key` of the checklist and return the saved draft.

        `way` names how; one that is not known is the usual one. `tell` is told each page once it is safe. Raises
        what the scanner raises, or `Cancelled`: the pages that came before are in the draft's open stack.
        """
        scanner = self.scanners.get(way) or next(iter(self.scanners.values()), None)
        if scanner is None:
            raise ScannerMissing
        for number, page in enumerate(scanner.scan(progress), start=1):
            file = self.file(page, f"trang-{number}", progress)
            self.stacks.put(draft, key, file)
            tell(file)
        return self.stacks.end(draft)


def scanners(settings: ScannerSettings, reader: PaperReader) -> dict[str, Scanner]:
    """Return a scanner for each way of scanning that has a device."""
    return {
        way.name: SaneScanner(
            way.device or settings.device,
            settings.environment,
            ScanSettings(way.feeder, way.options if way.device else {**settings.options, **way.options}),
            reader.pack,
        )
        for way in settings.offered
        if way.device or settings.device
    }
