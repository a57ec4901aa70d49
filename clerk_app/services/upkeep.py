"""Upkeep: what the counter does for itself between two acts, and what the officer must know of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from time import monotonic

import structlog

from clerk_app.errors import Notice, OfficeError
from clerk_app.services.retention import Retention
from clerk_app.services.safekeeping import Safekeeping
from sync.durable import disk_errors
from sync.errors import DiskFailed, SyncError
from sync.files import FileStore
from sync.journal import Journal, entries, references
from sync.journal.snapshots import Snapshot

_PAUSE = 600.0  # seconds from a snapshot that failed to the next try: each one reads the whole journal

log = structlog.get_logger(__name__)


class NoSecondPlace(OfficeError):
    message = "Việc chưa gửi chỉ nằm trên máy này: chưa có nơi lưu thứ hai."
    remedy = (
        "Cứ tiếp nhận bình thường. Nhờ người quản trị ghi thư mục lưu thứ hai và khóa khôi phục vào cài đặt."
    )


class DiskOnBallast(OfficeError):
    message = "Ổ đĩa đã đầy: chương trình đang dùng phần dự phòng cho những việc cuối."
    remedy = "Dọn ổ đĩa ngay, trước khi quét thêm giấy tờ; việc đã lưu vẫn còn đủ."


class SnapshotFailed(OfficeError):
    message = "Chưa chụp được nhật ký: {why}"
    remedy = "Cứ tiếp nhận bình thường; báo người quản trị. Lần sau chương trình sẽ tự chụp lại."


@dataclass(slots=True)
class _Seen:
    """What the last upkeep found, so that a quiet counter reads nothing again."""

    state: tuple[int, int] = (-1, -1)  # last change of the journal, files that are not sent
    trouble: Notice | None = None
    no_snapshot: Notice | None = None  # why the last one failed
    next_snapshot: float = float("-inf")  # not before, by a clock that nobody sets


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Called every few seconds on a lane of its own; acts never wait for it."""

    journal: Journal
    files: FileStore
    keeping: Safekeeping
    retention: Retention
    now: Callable[[], datetime]
    _seen: _Seen = field(default_factory=_Seen)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def __call__(self) -> tuple[Notice, ...]:
        """Do what is due and return what the officer must know, the gravest first."""
        with self._one_at_a_time:
            standing = (self._ballast(), self.second_place(), self._snapshot())
            found = (*self.journal.news, *standing, *self._retention())
        return tuple(notice for notice in found if notice is not None)

    def second_place(self) -> Notice | None:
        """Let unsent work lie at its second place; return what is in the way."""
        place = self.keeping.second_place
        if place is None:
            return NoSecondPlace()
        try:
            with self.journal.reading() as tx:
                state = entries.last_change(tx), len(references.not_uploaded(tx))
            with disk_errors():
                known = state == self._seen.state and self._seen.trouble is None and place.root.is_dir()
            if known:
                return None
            place.follow(self.journal, self.files)
        except SyncError as failed:
            self._seen.trouble = failed
            return failed
        self._seen.state, self._seen.trouble = state, None
        return None

    def snapshot(self) -> Snapshot:
        """Take a snapshot now, due or not."""
        return self.keeping.snapshots.take(self.journal, self.now())

    def _snapshot(self) -> Notice | None:
        seen = self._seen
        if monotonic() < seen.next_snapshot:
            return seen.no_snapshot
        seen.no_snapshot = None
        try:
            if self.keeping.snapshots.due(self.now()):
                self.snapshot()
        except SyncError as failed:
            log.warning("snapshot_failed", why=type(failed).__name__)
            seen.no_snapshot, seen.next_snapshot = SnapshotFailed(why=failed), monotonic() + _PAUSE
        return seen.no_snapshot

    def _retention(self) -> tuple[Notice, ...]:
        try:
            return self.retention()
        except (SyncError, OfficeError) as failed:  # the view or the journal, and told where they are used
            log.warning("retention_failed", why=type(failed).__name__)
            return ()

    def _ballast(self) -> Notice | None:
        ballast = self.keeping.ballast
        try:
            held = ballast.make()
        except DiskFailed as failed:
            return failed
        return None if held or not ballast.size else DiskOnBallast()
