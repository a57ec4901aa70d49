"""What the window and the command line do for tokens: examine them, find drivers, take one into use, export a bundle.

The settings are read anew each time: a driver taken into use is examined at once, though a counter that is open signs
with it only when it opens next.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from clerk_app import clock
from clerk_app.domain.token_library import FoundDriver, FoundDrivers
from clerk_app.domain.verdict import Check
from clerk_app.errors import say
from clerk_app.progress import Progress
from clerk_app.services.change_settings import SettingsNotWritten
from clerk_app.services.examine_tokens import ExamineTokens
from clerk_app.services.find_tokens import FindTokens, told_of
from clerk_app.services.token_bundle import Redaction, bundle, write_bundle
from clerk_app.settings import TokenLibrary, read_settings, write_settings
from signing.discovery import FoundLibrary, LyingLibrary, probe


@dataclass(frozen=True, slots=True)
class TokenCare:
    folder: Path

    def examine(self, progress: Progress | None = None) -> tuple[Check, ...]:
        """See `ExamineTokens`."""
        return ExamineTokens.of(read_settings(self.folder))(progress)

    def find(self, progress: Progress | None = None) -> FoundDrivers:
        """See `FindTokens`."""
        return FindTokens.in_folder(self.folder)(progress)

    def choose(self, library: str) -> FoundDriver:
        """Judge a driver, try it in a child, and only then write it into the settings.

        Raises what is wrong with it (`ModuleMissing`, `ModuleWrongArchitecture`, `ModuleFailed`, `TokenTimeout`), or
        `SettingsNotWritten`.
        """
        path = Path(library)
        settings = read_settings(self.folder)
        known = next((each for each in settings.tokens if each.path == path), None)
        tried = probe(path, known.environment if known else {})
        if tried.trouble is not None:
            raise tried.trouble
        if known is None:
            try:
                write_settings(replace(settings, tokens=(*settings.tokens, TokenLibrary(path))))
            except OSError as failed:
                raise SettingsNotWritten(path=str(self.folder)) from failed
        lying = LyingLibrary(say("Ghi trong thiết lập"), path, confirmed=False)
        return told_of(FoundLibrary(lying, tried), chosen=True)

    def export(self, path: Path, progress: Progress | None = None) -> None:
        """Examine and search anew, and write the bundle. Raises `BundleNotWritten`, and `Cancelled` in between."""
        checks, found = self.examine(progress), self.find(progress)
        write_bundle(path, bundle(checks, found, clock.now(), Redaction()))
