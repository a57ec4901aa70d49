"""Take unsent work back from its second place, with the unit's recovery key: kept here, and sent with the next round."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from clerk_app.clock import format_moment
from clerk_app.errors import OfficeError
from clerk_app.services.verify_journal import VerifyJournal
from clerk_app.store.projection import Projection
from sync.entry import Entry, verify
from sync.errors import EntryForged
from sync.files import FileStore
from sync.journal import Journal, gone
from sync.second_place import Left, left_at, read_left

_QUIET = timedelta(minutes=10)  # a counter that wrote later than that ago may be at work


class NothingAtSecondPlace(OfficeError):
    message = "Không có việc chưa gửi nào ở {place}."
    remedy = "Kiểm tra lại thư mục của nơi lưu thứ hai."


class SeveralAtSecondPlace(OfficeError):
    message = "Nơi lưu thứ hai này giữ việc chưa gửi của nhiều quầy: {counters}."
    remedy = "Chạy lại với --counter và mã của quầy đã mất, ví dụ --counter {first}."


class CounterStillWrites(OfficeError):
    message = "Quầy {counter} vừa ghi vào nơi lưu thứ hai lúc {at}: có thể quầy đó vẫn đang làm việc."
    remedy = (
        "Chỉ lấy việc của một quầy đã hỏng. Nếu chắc chắn máy đó không còn chạy, chạy lại với --anyway; "
        "nếu không, chờ quầy đó tự gửi."
    )


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came back."""

    entries: int  # that were not here
    files: int  # that were found; filing one twice is harmless
    refused: int  # entries whose author's signature is not known here, or not right
    unreadable: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    journal: Journal
    files: FileStore
    projection: Projection
    verify_journal: VerifyJournal
    own: str  # this counter's name at a second place
    now: Callable[[], datetime]

    def __call__(
        self, folder: Path, private_key: bytes, counter: str = "", *, anyway: bool = False
    ) -> TakenBack:
        """Read everything of one counter that opens with the key; what is there is left there.

        `counter`: its name there, needed where several share the place; `anyway`: also of one that wrote just now.
        Raises `NothingAtSecondPlace`, `SeveralAtSecondPlace`, `CounterStillWrites`, `RecoveryKeyWrong`,
        `SecondPlaceOutOfReach`, `DiskFull`.
        """
        left = _chosen(left_at(folder), folder, counter)
        if left.folder.name != self.own and not anyway and self.now() - left.touched_at < _QUIET:
            raise CounterStillWrites(counter=_named(left), at=format_moment(left.touched_at))
        found = read_left(left, private_key, self._keep)
        believed = [entry for entry in found.entries if self._is_signed(entry)]
        taken = self.journal.take_back(believed)
        self.projection.refresh()
        return TakenBack(taken, found.files, len(found.entries) - len(believed), found.unreadable)

    def _keep(self, data: bytes) -> None:
        """File what was found, unless it is what somebody has ordered to be deleted."""
        with self.journal.reading() as tx:
            unwanted = gone.is_unwanted(tx, hashlib.sha256(data).hexdigest())
        if not unwanted:
            self.files.put(data)

    def _is_signed(self, entry: Entry) -> bool:
        for key in self.verify_journal.keys_of(entry.author):
            try:
                verify(entry, key)
            except EntryForged:
                continue
            return True
        return False


def _chosen(found: tuple[Left, ...], place: Path, counter: str) -> Left:
    if counter:
        found = tuple(left for left in found if left.folder.name == counter)
    if not found:
        raise NothingAtSecondPlace(place=place / counter)
    if len(found) > 1:
        raise SeveralAtSecondPlace(counters="; ".join(map(_named, found)), first=found[0].folder.name)
    return found[0]


def _named(left: Left) -> str:
    return f"{left.folder.name} ({left.label})" if left.label else left.folder.name
