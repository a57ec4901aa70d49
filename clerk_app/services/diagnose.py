"""Kiểm tra thiết bị: each part of the counter looked at in turn, with what was found and what to do."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.verdict import Check, Health
from clerk_app.errors import Notice
from clerk_app.progress import Progress
from clerk_app.services.numbering import Numbering
from clerk_app.services.token_rack import TokenRack
from clerk_app.services.verify_journal import VerifyJournal
from clerk_app.store.archive import Archive, library_versions
from signing.trust import load_trust
from sync.client import Central
from sync.clock import read_time
from sync.errors import Offline
from sync.files import FileStore
from sync.journal import Journal, alarms, entries, numbers, references

_LITTLE_DISK, _NO_DISK = 5 * 2**30, 2**30  # bytes: warn, and refuse to call it well
_SKEW = timedelta(minutes=5)
_FEW_NUMBERS = 10


@dataclass(frozen=True, slots=True)
class Tools:
    """The things outside the counter's files."""

    rack: TokenRack
    libraries: tuple[Path, ...]  # PKCS#11 drivers
    trust: Path
    scanner: str  # device; empty: none
    central: Callable[[], Central] | None  # opens a connection; None: not set up


@dataclass(frozen=True, slots=True)
class Diagnose:
    folder: Path
    journal: Journal
    archive: Archive
    files: FileStore
    verify_journal: VerifyJournal
    numbering: Numbering
    tools: Tools
    now: Callable[[], datetime]

    def __call__(self, progress: Progress | None = None) -> tuple[Check, ...]:
        """Look at everything; never raises what fits `Notice`: that becomes a line of its own.

        Raises `Cancelled` between two looks when the watcher has had enough.
        """
        watched = progress or Progress()
        looks: Sequence[tuple[str, Callable[[], Check]]] = (
            ("sqlite", _library),
            ("journal", self._journal),
            ("chain", self._chain),
            ("alarms", self._alarms),
            ("clock", self._clock),
            ("archive", self._archive),
            ("files", self._files),
            ("disk", self._disk),
            ("tokens", partial(_tokens, self.tools)),
            ("trust", partial(_trust, self.tools.trust)),
            ("scanner", partial(_scanner, self.tools.scanner)),
            ("central", partial(_central, self.tools.central, self.now)),
            ("numbers", self._numbers),
        )
        found = []
        for number, (name, look) in enumerate(looks):
            watched.step(number, len(looks), name)
            found.append(_looked(name, look))
        return tuple(found)

    def _journal(self) -> Check:
        self.journal.check_file()
        return Check("journal", Health.OK, "Tệp nhật ký nguyên vẹn.")

    def _chain(self) -> Check:
        verdict = self.verify_journal()
        health = Health.OK if verdict.valid else Health.FAIL
        remedy = (
            "" if verdict.valid else "Dừng nhận hồ sơ trên máy này, giữ nguyên mọi tệp và gọi người quản trị."
        )
        return Check("chain", health, verdict.sentence, remedy)

    def _alarms(self) -> Check:
        with self.journal.reading() as tx:
            count = len(alarms.unsettled(tx, self.journal.unit))
        if not count:
            return Check("alarms", Health.OK, "Dữ liệu nhận về khớp với nhật ký.")
        sentence = f"Có {count} dữ liệu nhận về không khớp với nhật ký, được giữ riêng."
        remedy = "Gọi người quản trị xem lại; hồ sơ trên máy này không bị thay đổi."
        return Check("alarms", Health.WARN, sentence, remedy)

    def _clock(self) -> Check:
        with self.journal.reading() as tx:
            last = entries.chain_head(tx, self.journal.chain).occurred_at
        now = self.now()
        if last is None or last <= now:
            return Check("clock", Health.OK, "Giờ ghi trong nhật ký khớp với giờ hiện tại.")
        ahead = -(-(last - now) // timedelta(minutes=1))
        sentence = f"Việc ghi sau cùng trong nhật ký có giờ sau hiện tại {ahead} phút."
        remedy = "Chỉnh lại ngày giờ của máy này; báo người quản trị xem lại giờ của các việc đã ghi."
        return Check("clock", Health.WARN, sentence, remedy)

    def _archive(self) -> Check:
        if self.archive.check():
            return Check("archive", Health.OK, "Sổ tra cứu nguyên vẹn.")
        remedy = "Đóng chương trình rồi mở lại: sổ được dựng lại từ nhật ký."
        return Check("archive", Health.WARN, "Sổ tra cứu bị hỏng; hồ sơ không mất.", remedy)

    def _files(self) -> Check:
        with self.journal.reading() as tx:
            known = references.referenced(tx)
        missing = sum(not self.files.has(sha256) for sha256 in known)
        if missing:
            remedy = "Nhận lại từ máy chủ trung tâm; đừng xóa gì trong thư mục dữ liệu."
            return Check("files", Health.FAIL, f"Thiếu {missing} trong {len(known)} tệp giấy tờ.", remedy)
        return Check("files", Health.OK, f"Đủ {len(known)} tệp giấy tờ.")

    def _disk(self) -> Check:
        free = shutil.disk_usage(self.folder).free
        sentence = f"Ổ đĩa còn trống {free / 2**30:.1f} GB."
        if free >= _LITTLE_DISK:
            return Check("disk", Health.OK, sentence)
        health = Health.FAIL if free < _NO_DISK else Health.WARN
        return Check("disk", health, sentence, "Dọn ổ đĩa trước khi quét thêm giấy tờ.")

    def _numbers(self) -> Check:
        day = self.now().astimezone(VIETNAM).date()
        with self.journal.reading() as tx:
            left = numbers.left(tx, self.numbering.series, day, self.journal.chain)
        if left >= _FEW_NUMBERS:
            return Check("numbers", Health.OK, f"Còn {left} số hồ sơ cho hôm nay.")
        remedy = "Kết nối máy chủ để nhận thêm số; trong lúc chờ vẫn tiếp nhận được bằng số tạm."
        return Check("numbers", Health.WARN, f"Chỉ còn {left} số hồ sơ cho hôm nay.", remedy)


def _looked(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except Exception as found:
        if not isinstance(found, Notice):
            raise
        return Check(name, Health.FAIL, str(found), found.remedy)


def _library() -> Check:
    return Check("sqlite", Health.OK, f"{library_versions()}.")


def _tokens(tools: Tools) -> Check:
    if not tools.libraries:
        remedy = "Cài phần mềm của nhà cung cấp thẻ rồi ghi đường dẫn vào cài đặt; trong lúc chờ, ký tay."
        return Check("tokens", Health.WARN, "Chưa khai báo phần mềm thẻ ký số.", remedy)
    owners = [card.certificate.common_name for card in tools.rack.cards()]
    if not owners:
        return Check("tokens", Health.WARN, "Không thấy thẻ ký số nào.", "Cắm thẻ ký số rồi kiểm tra lại.")
    return Check("tokens", Health.OK, f"Thấy thẻ ký số của: {', '.join(owners)}.")


def _trust(folder: Path) -> Check:
    trust = load_trust(folder)
    if trust.roots:
        return Check("trust", Health.OK, f"Có {len(trust.roots)} chứng thư gốc được tin cậy.")
    remedy = "Chép chứng thư gốc do người quản trị cấp vào thư mục tin cậy."
    return Check("trust", Health.FAIL, "Chưa có chứng thư gốc nào được tin cậy.", remedy)


def _scanner(device: str) -> Check:
    if not device:
        return Check(
            "scanner", Health.WARN, "Chưa khai báo máy quét.", "Vẫn nhận tệp; ghi tên máy quét vào cài đặt."
        )
    if shutil.which("scanimage") is None:
        return Check("scanner", Health.FAIL, "Máy này chưa có chương trình scanimage.", "Cài gói sane-utils.")
    return Check("scanner", Health.OK, f"Máy quét: {device}.")


def _central(connect: Callable[[], Central] | None, now: Callable[[], datetime]) -> Check:
    if connect is None:
        return Check(
            "central", Health.WARN, "Chưa khai báo máy chủ trung tâm.", "Ghi địa chỉ máy chủ vào cài đặt."
        )
    try:
        with closing(connect()) as central:
            said = read_time(central.time().server_time)
    except Offline as alone:  # no fault of this computer: the counter goes on by itself
        return Check("central", Health.WARN, str(alone), alone.remedy)
    skew = abs(said - now())
    if skew > _SKEW:
        minutes = int(skew.total_seconds() // 60)
        remedy = "Chỉnh lại ngày giờ của máy này."
        return Check("central", Health.WARN, f"Máy này lệch giờ máy chủ {minutes} phút.", remedy)
    return Check("central", Health.OK, "Kết nối được máy chủ trung tâm; giờ khớp.")
