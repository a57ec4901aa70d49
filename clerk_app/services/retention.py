"""Retention: old dossiers leave the counter step by step, and of what was redacted the last traces are removed."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import structlog

from clerk_app.domain.dossier import Dossier
from clerk_app.domain.legal_code import waits_for_code
from clerk_app.domain.record import RecordDamaged
from clerk_app.domain.retention import CLOSED, retired_record
from clerk_app.errors import Notice, OfficeError
from clerk_app.services.safekeeping import Safekeeping
from clerk_app.store import dossiers
from clerk_app.store.projection import Projection
from sync.errors import SyncError
from sync.files import FileStore
from sync.journal import Journal, aside, entries, gone, references

_SOME = 5  # dossiers looked at in one step
_NOTHING_TO_DO = 3600.0  # seconds from a look at all dossiers to the next one
_WHILE_WORKING = 32 * 1024 * 1024  # bytes that are written anew in some two seconds
_AT_MOST = 512 * 1024 * 1024  # bytes of memory that an office PC has to spare
_PAUSE = 600.0  # seconds from a cleaning that failed to the next try: each one reads the whole journal

log = structlog.get_logger(__name__)


class RedactedLeftAside(OfficeError):
    message = "Tệp nhật ký cũ để sang bên còn giữ nội dung đã có quyết định xóa: {files}."
    remedy = "Người quản trị: chắc chắn mọi việc đã gửi xong (nếu chưa, chạy clerk-app recover --anyway), rồi xóa tệp đó."


class TracesLeft(OfficeError):
    message = "Chưa xóa hết dấu vết của nội dung đã có quyết định xóa: {why}"
    remedy = "Cứ làm việc bình thường; chương trình tự làm tiếp. Còn báo sau một ngày thì báo người quản trị."


@dataclass(slots=True)
class _Seen:
    """Where the last step ended, so that a quiet counter reads nothing again."""

    after: int = -1  # place in the archive
    next_look: float = float("-inf")  # by a clock that nobody sets
    order: str = ""  # whose traces are being removed
    done: set[str] = field(default_factory=set)  # steps of it
    next_try: float = float("-inf")
    trouble: Notice | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    journal: Journal
    files: FileStore
    projection: Projection
    keeping: Safekeeping
    now: Callable[[], datetime]
    _seen: _Seen = field(default_factory=_Seen)

    def __call__(self) -> tuple[Notice, ...]:
        """Do one small step of what is due, and return what the officer must know."""
        self._retire_some()
        found = (self._cleaned(), self._left_aside())
        return tuple(notice for notice in found if notice is not None)

    def clean(self) -> tuple[Notice, ...]:
        """Remove what is left of redacted content now; return what is in the way."""
        self._seen.next_try = float("-inf")
        found = (self._cleaned(), self._left_aside())
        return tuple(notice for notice in found if notice is not None)

    def close(self) -> None:
        """Write large files anew that hold shadows of redacted content, now that nobody works on them."""
        with self.journal.reading() as tx:
            left = gone.shadows_left(tx)
        if not left:
            return
        archive = self.projection.archive
        try:
            for size, wipe in ((archive.size(), archive.wipe), (self.journal.size(), self.journal.wipe)):
                wipe(anew=size <= _AT_MOST)
            with self.journal.writing() as tx:
                gone.note_shadows(tx, left=False)
        except (SyncError, OfficeError) as failed:  # at the next closing
            log.warning("not_written_anew", why=type(failed).__name__)

    # by age

    def _retire_some(self) -> None:
        days, seen = self.keeping.settings.retention.closed_days, self._seen
        if days is None or monotonic() < seen.next_look:
            return
        limit = self.now() - timedelta(days=days)
        with self.projection.archive.reading() as view:
            some = dossiers.whole_and_closed(view, CLOSED, limit, seen.after, _SOME)
        retired = sum(self._retire(dossier, limit) for _, dossier in some)
        seen.after = some[-1][0] if some else -1
        if not some:
            seen.next_look = monotonic() + _NOTHING_TO_DO
        if retired:
            self.projection.refresh()
            log.info("retired", dossiers=retired)

    def _retire(self, shown: Dossier, limit: datetime) -> bool:
        with self.journal.writing() as tx:
            last = entries.last_at(tx, shown.id)
            if last is None or last >= limit:
                return False
            try:
                dossier = self.projection.dossier_in(tx, shown.id)
            except (dossiers.NoSuchDossier, RecordDamaged):
                return False
            documents = [document.id for document in dossier.documents]
            still_so = dossier.gone is None and dossier.status in CLOSED and not waits_for_code(dossier)
            if not still_so or not gone.may_retire(tx, dossier.id, documents):
                return False
            record = retired_record(dossier, tuple(sorted(gone.files_of(tx, dossier.id))))
            files = gone.retire(tx, dossier.id, json.dumps(record, ensure_ascii=False).encode(), documents)
        for sha256 in files:
            self.files.remove(sha256)  # a stop in between leaves it to the sweep
        return True

    # by an order

    def _cleaned(self) -> Notice | None:
        seen = self._seen
        with self.journal.reading() as tx:
            order = gone.unclean(tx)
        if not order:
            seen.trouble = None
            return None
        if monotonic() < seen.next_try:
            return seen.trouble
        if seen.order != order:
            seen.order, seen.done = order, set()
        seen.trouble = self._clean(order)
        seen.next_try = monotonic() + _PAUSE if seen.trouble else float("-inf")
        return seen.trouble

    def _clean(self, order: str) -> Notice | None:
        """Take every step that was not taken yet; return why one of them failed."""
        trouble: Notice | None = None
        for name, step in self._steps():
            if name in self._seen.done:
                continue
            try:
                done = step()
            except (SyncError, OfficeError) as failed:
                log.warning("redaction_step_failed", step=name, why=type(failed).__name__)
                trouble = trouble or TracesLeft(why=failed)
                continue
            if done:
                self._seen.done.add(name)
            else:
                trouble = trouble or TracesLeft(why=name)
        if trouble is None:
            with self.journal.writing() as tx:
                gone.note_aside(tx, [path.name for path in self._aside()])
                gone.cleaned(tx, order)
        return trouble

    def _steps(self) -> tuple[tuple[str, Callable[[], bool]], ...]:
        return (
            ("files", self._remove_files),
            ("archive", self._wipe_archive),
            ("second place", self._follow_second_place),
            ("journal", self._wipe_journal),
            ("snapshots", self._renew_snapshots),
        )

    def _remove_files(self) -> bool:
        with self.journal.reading() as tx:
            unwanted = gone.redacted_files(tx) - references.referenced(tx)
        for sha256 in unwanted:
            self.files.remove(sha256)
        return True

    def _wipe_archive(self) -> bool:
        self.projection.catch_up()
        return self.projection.archive.wipe(anew=self._may_rewrite(self.projection.archive.size()))

    def _wipe_journal(self) -> bool:
        return self.journal.wipe(anew=self._may_rewrite(self.journal.size()))

    def _may_rewrite(self, size: int) -> bool:
        """Whether a file may be written anew while people work; else it is done while the counter closes."""
        if size <= _WHILE_WORKING:
            return True
        with self.journal.writing() as tx:
            gone.note_shadows(tx, left=True)
        return False

    def _follow_second_place(self) -> bool:
        place = self.keeping.second_place
        if place is not None:
            place.follow(self.journal, self.files)
        return True

    def _renew_snapshots(self) -> bool:
        shelf = self.keeping.snapshots
        if not shelf.every():
            return True
        shelf.forget_older(shelf.take(self.journal, self.now()))
        return True

    def _left_aside(self) -> Notice | None:
        with self.journal.reading() as tx:
            noted = gone.noted_aside(tx)
        left = [path.name for path in self._aside() if path.name in noted] if noted else []
        return RedactedLeftAside(files=", ".join(left)) if left else None

    def _aside(self) -> tuple[Path, ...]:
        return tuple(aside.set_aside(self.keeping.place.file))
