"""A folder that a network scanner drops files into: taken when they are whole, removed once they are safe elsewhere.

The files lie there readable by whoever may read the folder: the shorter, the better. One folder is one counter's.
Nothing here belongs to one system: names, times and sizes are looked at again and again.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic

from clerk_app.errors import OfficeError

_SUFFIXES = frozenset(
    (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
)  # the last two are refused, in words
_ENDS = (b"%%EOF", b"\xff\xd9", b"IEND")  # of a whole PDF, JPEG, PNG
_TAIL = 1024  # bytes in which an end is looked for
_DOUBTFUL = 30.0  # seconds after which a file without an end counts as whole: it is judged when it is opened
TAKEN, REFUSED = "đã nhận", "không nhận được"  # folders beside the files


class FolderGone(OfficeError):
    message = "Không mở được thư mục quét {folder}."
    remedy = "Kiểm tra mạng và máy quét, hoặc chọn tệp; nếu vẫn lỗi, nhờ người quản trị xem lại đường dẫn."


@dataclass(frozen=True, slots=True)
class Arrival:
    """A whole file in the folder, as it was seen."""

    name: str
    size: int
    changed: int  # nanoseconds


class WatchedFolder:
    """Safe to ask from several threads. `keep`: files that were taken are put aside and not deleted."""

    def __init__(
        self,
        folder: Path,
        *,
        keep: bool = False,
        settle: float = 3.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._folder, self._keep, self._settle, self._clock = folder, keep, settle, clock
        self._seen: dict[Arrival, float] = {}  # since when a file has not changed
        self._done: set[Arrival] = set()  # taken, and could not be removed
        self._lock = Lock()

    def waiting(self) -> tuple[Arrival, ...]:
        """Return the files that are whole, oldest first: seen twice without a change. Raises `FolderGone`."""
        now = self._clock()
        with self._errors(), self._lock, os.scandir(self._folder) as entries:
            there = [arrival for entry in entries if (arrival := _arrival(entry))]
            self._seen = {each: self._seen.get(each, now) for each in there}
            self._done &= set(there)
            still = {each: now - since for each, since in self._seen.items() if each not in self._done}
        ready = [each for each, seconds in still.items() if self._is_whole(each, seconds)]
        return tuple(sorted(ready, key=lambda each: (each.changed, each.name)))

    def read(self, arrival: Arrival) -> bytes | None:
        """Return the bytes, or None when the file has gone or changed since it was seen. Raises `FolderGone`."""
        with self._errors():
            try:
                data = self._path(arrival).read_bytes()
            except (FileNotFoundError, PermissionError):
                return None
            return data if self._is_there(arrival) and len(data) == arrival.size else None

    def take_away(self, arrival: Arrival) -> bool:
        """Remove a file that is safe elsewhere by now, and tell whether it is gone; it is never offered again."""
        try:
            if not self._is_there(arrival):
                return True  # somebody else removed it, or a new one has its name
            if self._keep:
                self._move(arrival, TAKEN)
            else:
                self._path(arrival).unlink()
        except OSError:
            with self._lock:
                self._done.add(arrival)
            return False
        return True

    def put_aside(self, arrival: Arrival) -> bool:
        """Move a file that was refused out of the way, and tell whether it is; it is never offered again."""
        try:
            self._move(arrival, REFUSED)
        except OSError:
            with self._lock:
                self._done.add(arrival)
            return False
        return True

    def _is_whole(self, arrival: Arrival, seconds: float) -> bool:
        if arrival.size == 0 or seconds < self._settle:
            return False
        if seconds >= _DOUBTFUL:
            return True
        try:
            with self._path(arrival).open(
                "rb"
            ) as file:  # a writer that shares it with nobody is not done yet
                file.seek(max(0, arrival.size - _TAIL))
                tail = file.read()
        except OSError:
            return False
        return any(end in tail for end in _ENDS)

    def _is_there(self, arrival: Arrival) -> bool:
        try:
            state = self._path(arrival).stat()
        except FileNotFoundError:
            return False
        return (state.st_size, state.st_mtime_ns) == (arrival.size, arrival.changed)

    def _move(self, arrival: Arrival, aside: str) -> None:
        folder = self._folder / aside
        folder.mkdir(exist_ok=True)
        place, number = folder / arrival.name, 1
        while place.exists():
            number += 1
            place = folder / f"{Path(arrival.name).stem} ({number}){Path(arrival.name).suffix}"
        self._path(arrival).rename(place)

    def _path(self, arrival: Arrival) -> Path:
        return self._folder / arrival.name

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise FolderGone(folder=str(self._folder)) from error


def _arrival(entry: "os.DirEntry[str]") -> Arrival | None:
    """Return a file that a scanner may have put there; a link, a hidden or a temporary file is none of its."""
    name = entry.name
    if name.startswith((".", "~")) or Path(name).suffix.lower() not in _SUFFIXES:
        return None
    if not entry.is_file(follow_symlinks=False):
        return None
    state = Path(entry.path).stat()  # the entry's own may be old on Windows
    return Arrival(name, state.st_size, state.st_mtime_ns)
