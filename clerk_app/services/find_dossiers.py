"""Find dossiers in the register as one types, page by page; count them; and tell what they can be filtered by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.found_so_far import FoundSoFar
from clerk_app.domain.register_filter import EVERYTHING, RegisterChoices, RegisterFilter
from clerk_app.progress import Progress
from clerk_app.store import search
from clerk_app.store.archive import Archive
from clerk_app.store.search import Mark, Search

_PATIENCE = 0.0005  # seconds of one step: it costs alike however much there is, and sixteen steps go through a million


@dataclass(frozen=True, slots=True)
class FindDossiers:
    archive: Archive
    now: Callable[[], datetime]

    def __call__(
        self,
        text: str,
        limit: int = 50,
        wanted: RegisterFilter = EVERYTHING,
        after: str = "",
        progress: Progress | None = None,
    ) -> tuple[Dossier, ...]:
        """Return the dossiers that fit, newest first, going on after the one whose id is `after`.

        Every word has to fit: a name without accents, any part of a code, of a personal number or phone, the
        procedure. Nothing typed gives all. Raises `Cancelled` as soon as the watcher wants no answer any more.
        """
        with self.archive.reading(progress) as tx:
            asked = Search(text, wanted, self.now())
            place = search.place_of(tx, after) if after else None
            return asked.page(tx, limit) if place is None else asked.page(tx, limit, place)


@dataclass(frozen=True, slots=True)
class SeekDossiers:
    """The same step by step, for who types: each step costs alike, however many dossiers there are."""

    archive: Archive
    now: Callable[[], datetime]
    patience: float = _PATIENCE

    def __call__(
        self,
        text: str,
        limit: int = 50,
        wanted: RegisterFilter = EVERYTHING,
        goes_on: str = "",
        progress: Progress | None = None,
    ) -> FoundSoFar:
        """Return what one step finds, up to `limit` dossiers, newest first, and what to hand back to go on.

        All steps together give what `FindDossiers` gives. Raises `Cancelled` likewise.
        """
        with self.archive.reading(progress) as tx:
            mark = _mark(goes_on) if goes_on else Mark()
            step = Search(text, wanted, self.now()).step(tx, limit, mark, self.patience)
        return FoundSoFar(step.dossiers, _told(step.mark) if step.mark else "")


@dataclass(frozen=True, slots=True)
class CountDossiers:
    archive: Archive
    now: Callable[[], datetime]

    def __call__(
        self, text: str, wanted: RegisterFilter = EVERYTHING, progress: Progress | None = None
    ) -> int:
        """Count what `FindDossiers` would give in all its pages; raises `Cancelled` likewise."""
        with self.archive.reading(progress) as tx:
            return Search(text, wanted, self.now()).count(tx)


@dataclass(frozen=True, slots=True)
class ListChoices:
    archive: Archive

    def __call__(self) -> RegisterChoices:
        """Return the procedures and officers of the dossiers on this machine."""
        with self.archive.reading() as tx:
            return search.choices(tx)


def _told(mark: Mark) -> str:
    return f"{mark.before} {mark.question} {int(mark.answered)}"


def _mark(told: str) -> Mark:
    before, question, answered = map(int, told.split())
    return Mark(before, question, bool(answered))
