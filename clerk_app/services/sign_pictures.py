"""The pictures that stand on signatures: taken in, kept sealed, shown as they will be printed, let go."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from clerk_app.domain.document import SignatureField
from clerk_app.domain.officer import Role
from clerk_app.errors import OfficeError
from clerk_app.papers.reader import PaperReader
from clerk_app.picture_settings import LEAST_MM, MOST_MM, SEAL, PictureSettings
from clerk_app.services.change_settings import SettingsNotWritten
from clerk_app.services.signature_bench import look
from clerk_app.settings import Settings, read_settings, write_settings
from sync.files import FileStore

_POINTS_A_MM = 72 / 25.4
_MOST_BYTES = 20_000_000  # of a picture file
_LEADER_SIZE = (132.0, 52.0)  # points: the room on a slip


class NobodySuch(OfficeError):
    message = "Không có lãnh đạo nào mang mã {whose} ở quầy này."
    remedy = "Chọn một lãnh đạo của quầy, hoặc con dấu của cơ quan (seal)."


class SealSizeMissing(OfficeError):
    message = "Chưa ghi con dấu rộng bao nhiêu mi-li-mét."
    remedy = "Đo đường kính con dấu thật rồi ghi số mi-li-mét, từ {least} đến {most}."


class PictureFileLost(OfficeError):
    message = "Không mở được tệp ảnh {name}."
    remedy = "Xem lại tệp còn ở đó không, rồi chọn lại."


@dataclass(frozen=True, slots=True)
class SignPicture:
    """Whose picture, and whether there is one. `mm`: how wide the seal is; 0 for people."""

    whose: str  # officer id, or `SEAL`
    name: str
    there: bool
    mm: int = 0


@dataclass(frozen=True, slots=True)
class SignPictures:
    folder: Path
    store: FileStore
    reader: PaperReader
    now: Callable[[], datetime]

    def __call__(self) -> tuple[SignPicture, ...]:
        """Return who may have a picture: the leaders of this counter, then the agency."""
        settings = read_settings(self.folder)
        kept = settings.pictures
        people = [
            SignPicture(each.id, each.name, bool(kept.of(each.id)))
            for each in settings.officers
            if Role.LEADER in each.roles
        ]
        return (*people, SignPicture(SEAL, settings.unit.name, bool(kept.seal), kept.seal_mm))

    def keep_file(self, whose: str, path: str, mm: int = 0) -> None:
        """The same from a file that somebody chose; raises `PictureFileLost` too."""
        try:
            with Path(path).open("rb") as file:
                data = file.read(_MOST_BYTES)
        except OSError as lost:
            raise PictureFileLost(name=Path(path).name) from lost
        self.keep(whose, data, mm)

    def keep(self, whose: str, data: bytes, mm: int = 0) -> None:
        """Take a picture (PNG with a clear background); it counts from the next opening of the counter.

        Raises `NobodySuch`, `SealSizeMissing`, a `PaperRefused`, or `SettingsNotWritten`; then nothing changed.
        """
        settings = self._settings_of(whose)
        if whose == SEAL and not LEAST_MM <= mm <= MOST_MM:
            raise SealSizeMissing(least=LEAST_MM, most=MOST_MM)
        sha256 = self.store.put(self.reader.sign_picture(data))
        kept = settings.pictures
        if whose == SEAL:
            self._write(settings, replace(kept, seal=sha256, seal_mm=mm))
        else:
            self._write(settings, replace(kept, people={**kept.people, whose: sha256}))

    def drop(self, whose: str) -> None:
        """Let a picture go: signatures say name and time again. Raises `NobodySuch` or `SettingsNotWritten`."""
        settings = self._settings_of(whose)
        kept = settings.pictures
        if whose == SEAL:
            self._write(settings, replace(kept, seal="", seal_mm=0))
        else:
            left = {person: sha256 for person, sha256 in kept.people.items() if person != whose}
            self._write(settings, replace(kept, people=left))

    def preview(self, whose: str, width: int) -> bytes:
        """Return the sign as it will stand on paper, as PNG `width` pixels wide; raises `NobodySuch` and `FileError`s."""
        settings = self._settings_of(whose)
        sha256 = settings.pictures.of(whose)
        picture = self.store.get(sha256) if sha256 else None
        if whose == SEAL:
            side = (settings.pictures.seal_mm or 36) * _POINTS_A_MM
            drawn = look(SignatureField.SEAL, (side, side), settings.unit.name, picture, self.now())
        else:
            name = settings.account(whose).officer.name
            drawn = look(SignatureField.LEADER, _LEADER_SIZE, name, picture, self.now())
        return self.reader.picture(drawn, 0, width)

    def _settings_of(self, whose: str) -> Settings:
        settings = read_settings(self.folder)
        if whose not in {SEAL, *(each.id for each in settings.officers if Role.LEADER in each.roles)}:
            raise NobodySuch(whose=whose)
        return settings

    def _write(self, settings: Settings, pictures: PictureSettings) -> None:
        try:
            write_settings(replace(settings, pictures=pictures))
        except OSError as failed:
            raise SettingsNotWritten(path=str(self.folder)) from failed
