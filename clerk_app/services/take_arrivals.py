"""Take what a network scanner has dropped into its folder: filed and on the draft first, removed from there after."""

from collections.abc import Callable
from dataclasses import dataclass

from clerk_app.domain.dossier import Draft
from clerk_app.domain.paper import PaperFile
from clerk_app.errors import OfficeError
from clerk_app.papers.refusals import PaperRefused
from clerk_app.papers.watched_folder import REFUSED, Arrival, WatchedFolder
from clerk_app.progress import Progress
from clerk_app.services.scan_papers import nobody
from clerk_app.services.scan_stacks import ScanStacks


class ArrivalsRefused(OfficeError):
    message = "Thư mục quét có {count} tệp không nhận được: {names}."
    remedy = "{reason} Tệp đã được để riêng trong thư mục con “{aside}”; quét lại tờ đó."


class ArrivalsLeft(OfficeError):
    message = "Đã lưu nhưng chưa xóa được khỏi thư mục quét: {names}."
    remedy = "Đóng chương trình đang mở các tệp đó rồi tự xóa, đừng lấy lại lần nữa."


@dataclass(frozen=True, slots=True)
class Taken:
    """The saved draft, and what the clerk should know of files that did not go the usual way."""

    draft: Draft
    notice: OfficeError | None = None


@dataclass(frozen=True, slots=True)
class TakeArrivals:
    folder: WatchedFolder | None  # None: none is set up
    file: Callable[[bytes, str, Progress], PaperFile]
    stacks: ScanStacks

    def waiting(self) -> int | None:
        """Return how many whole files lie there, None where no folder is set up; raises `FolderGone`."""
        return len(self.folder.waiting()) if self.folder else None

    def __call__(
        self, draft: Draft, key: str, progress: Progress, tell: Callable[[PaperFile], None] = nobody
    ) -> Taken:
        """Lay every whole file of the folder on line `key`; `tell` is told each once it is safe.

        Raises `FolderGone`, what the disk says, or `Cancelled`: what came before is in the draft's open stack.
        """
        arrivals = self.folder.waiting() if self.folder else ()
        refused: list[tuple[Arrival, PaperRefused]] = []
        left: list[Arrival] = []
        for number, arrival in enumerate(arrivals):
            progress.step(number, len(arrivals), "Đang lấy từ thư mục quét")
            try:
                if not self._take(draft, key, arrival, progress, tell):
                    left.append(arrival)
            except PaperRefused as refusal:
                refused.append((arrival, refusal))
                if self.folder:
                    self.folder.put_aside(arrival)
        return Taken(self.stacks.end(draft), _notice(refused, left))

    def _take(
        self, draft: Draft, key: str, arrival: Arrival, progress: Progress, tell: Callable[[PaperFile], None]
    ) -> bool:
        """Lay one file and remove it; return False where it could not be removed."""
        data = self.folder.read(arrival) if self.folder else None
        if self.folder is None or data is None:
            return True  # gone or changed: seen again when it is whole
        file = self.file(data, arrival.name, progress)
        self.stacks.put(draft, key, file)
        tell(file)
        return self.folder.take_away(arrival)


def _notice(refused: list[tuple[Arrival, PaperRefused]], left: list[Arrival]) -> OfficeError | None:
    if refused:
        names = ", ".join(arrival.name for arrival, _ in refused)
        return ArrivalsRefused(count=len(refused), names=names, reason=str(refused[0][1]), aside=REFUSED)
    return ArrivalsLeft(names=", ".join(arrival.name for arrival in left)) if left else None
