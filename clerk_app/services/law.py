"""The law in force here: the newest signed catalogue and calendar that came, else the packaged ones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

import structlog

from clerk_app import catalogue as packaged
from clerk_app.domain.calendar import Calendar, read_calendar
from clerk_app.domain.catalogue import Catalogue, read_catalogue
from clerk_app.domain.procedure import Procedure
from clerk_app.errors import OfficeError
from sync.errors import FileError
from sync.files import FileStore
from sync.journal import Journal, published

V = TypeVar("V")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Law:
    """Reads each version once. What came from central was verified before it was filed."""

    journal: Journal
    files: FileStore
    _known: dict[str, tuple[int, object]] = field(default_factory=dict, repr=False)

    def catalogue(self) -> Catalogue:
        """Return the procedures."""
        return self._newest("catalogue", packaged.PROCEDURES, read_catalogue)

    def calendar(self) -> Calendar:
        """Return the working hours and days off."""
        return self._newest("calendar", packaged.CALENDAR, read_calendar)

    def version_of(self, code: str, version: str) -> Procedure | None:
        """Return the very version a dossier was received under, looked for in every catalogue that ever came."""
        found = self.catalogue().version_of(code, version)
        if found is not None:
            return found
        with self.journal.reading() as tx:
            came = published.versions(tx, "catalogue")
        older = (self._try(each.sha256, read_catalogue) for each in reversed(came[:-1]))
        hits = (known.version_of(code, version) for known in older if known is not None)
        return next((hit for hit in hits if hit is not None), None)

    def _newest(self, name: str, file: str, read: Callable[[bytes], V]) -> V:
        with self.journal.reading() as tx:
            came = published.latest(tx, name)
        version = came.version if came else 0
        if self._known.get(name, (-1, None))[0] != version:
            self._known[name] = version, self._read(name, file, read)
        return cast("V", self._known[name][1])

    def _read(self, name: str, file: str, read: Callable[[bytes], V]) -> V:
        """Read the newest version that can be read; what came with the program when none can."""
        with self.journal.reading() as tx:
            came = published.versions(tx, name)
        for each in reversed(came):
            if (found := self._try(each.sha256, read)) is not None:
                return found
        return read(packaged.load(file))

    def _try(self, sha256: str, read: Callable[[bytes], V]) -> V | None:
        try:
            return read(self.files.get(sha256))
        except (OfficeError, FileError) as damaged:
            log.warning("published_not_used", sha256=sha256, why=type(damaged).__name__)
            return None
