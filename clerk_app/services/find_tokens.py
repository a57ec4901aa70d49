"""Tìm phần mềm thẻ: the known drivers that lie on this computer, each tried alone, and what each shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from clerk_app.domain.token_library import FoundDriver, FoundDrivers, SeenToken
from clerk_app.errors import say
from clerk_app.progress import Progress
from clerk_app.settings import Settings, SettingsMissing, TokenLibrary, read_settings
from signing.discovery import FoundLibrary, LyingLibrary, Probe, lying_here, probe, probe_all
from signing.known_libraries import known_libraries

Look = Callable[[Path, Mapping[str, str]], Probe]


@dataclass(frozen=True, slots=True)
class FindTokens:
    """`folder` holds the counter's settings and, perhaps, the office's own list of drivers."""

    folder: Path
    libraries: tuple[TokenLibrary, ...] = ()  # in the settings
    practice: bool = False
    look: Look = probe

    @classmethod
    def of(cls, settings: Settings) -> "FindTokens":
        """Search as the settings of one counter say."""
        return cls(settings.folder, settings.tokens, settings.unit.practice)

    @classmethod
    def in_folder(cls, folder: Path) -> "FindTokens":
        """Search for a counter that may not be set up yet."""
        try:
            return cls.of(read_settings(folder))
        except SettingsMissing:
            return cls(folder)

    def __call__(self, progress: Progress | None = None) -> FoundDrivers:
        """Look for drivers, then try each. Raises `Cancelled` between two."""
        watched = progress or Progress()
        known, trouble = known_libraries(self.folder)
        notes = [] if trouble is None else [say(trouble.message, **trouble.facts), say(trouble.remedy)]
        if not self.practice:
            notes.append(say("SoftHSM giữ khóa trong tệp thường nên chỉ được tìm ở quầy thực hành."))
        named = {each.path: each.environment for each in self.libraries}
        lying = _with_chosen(lying_here(known.entries, practice=self.practice), named)
        found = []
        for number, each in enumerate(lying):
            watched.step(number, len(lying), each.vendor)
            (tried,) = probe_all([each], named, self.look)
            found.append(told_of(tried, chosen=each.path in named))
        return FoundDrivers(tuple(found), f"{known.checked:%d/%m/%Y}", tuple(notes))


def _with_chosen(lying: Iterable[LyingLibrary], named: Iterable[Path]) -> tuple[LyingLibrary, ...]:
    """Add what the settings name and the list does not know."""
    known = tuple(lying)
    there = {each.path for each in known}
    own = (
        LyingLibrary(say("Ghi trong thiết lập"), path, confirmed=False) for path in named if path not in there
    )
    return (*known, *own)


def told_of(found: FoundLibrary, *, chosen: bool) -> FoundDriver:
    """Put what one driver showed into words; `chosen`: it stands in the settings."""
    tried = found.probe
    sentence, remedy = _told(tried)
    return FoundDriver(
        vendor=found.library.vendor,
        library=str(found.library.path),
        architecture=str(tried.architecture or ""),
        works=tried.trouble is None,
        chosen=chosen,
        confirmed=found.library.confirmed,
        tokens=tuple(SeenToken(each.label, each.serial, each.manufacturer) for each in tried.tokens),
        sentence=sentence,
        remedy=remedy,
    )


def _told(tried: Probe) -> tuple[str, str]:
    if tried.trouble is not None:
        facts = tried.trouble.facts
        return say(tried.trouble.message, **facts), say(tried.trouble.remedy, **facts)
    if not tried.tokens:
        return say("Nạp được; chưa thấy thẻ nào."), say("Cắm thẻ rồi tìm lại.")
    labels = ", ".join(each.label for each in tried.tokens)
    return say("Nạp được; thấy thẻ: {labels}.", labels=labels), ""
