"""Kiểm tra thiết bị: each part of the counter looked at in turn, with what was found and what to do."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from clerk_app.clock import format_day, format_moment
from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.certificate_expiry import RENEW, expiry_sentence
from clerk_app.domain.proving import Proving
from clerk_app.domain.verdict import Check, Health
from clerk_app.errors import Notice, in_a_row, say
from clerk_app.progress import Progress
from clerk_app.services.numbering import Numbering
from clerk_app.services.token_rack import TokenRack
from clerk_app.services.upkeep import Upkeep
from clerk_app.services.verify_journal import VerifyJournal
from clerk_app.services.whom_we_trust import WhomWeTrust
from clerk_app.store.archive import Archive, library_versions
from sync.client import Central
from sync.clock import read_time
from sync.errors import Offline
from sync.files import FileStore
from sync.journal import Journal, alarms, deliveries, entries, numbers, references
from sync.line_errors import LineBlocked

_LITTLE_DISK, _NO_DISK = 5 * 2**30, 2**30  # bytes: warn, and refuse to call it well
_SKEW = timedelta(minutes=5)
_FEW_NUMBERS = 10
_LONG_HELD = timedelta(hours=8)  # a working day without the city


@dataclass(frozen=True, slots=True)
class Tools:
    """The things outside the counter's files."""

    rack: TokenRack
    libraries: tuple[Path, ...]  # PKCS#11 drivers
    trust: WhomWeTrust
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
    upkeep: Upkeep
    proving: Callable[[], Proving]
    late: timedelta  # how long a paper may be without proof of time

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
            ("mark", self._mark),
            ("snapshots", partial(_snapshots, self.upkeep)),
            ("second_place", partial(_second_place, self.upkeep)),
            ("tokens", partial(_tokens, self.tools, self.now)),
            ("trust", partial(_trust, self.tools.trust)),
            ("proof", self._proof),
            ("scanner", partial(_scanner, self.tools.scanner)),
            ("central", self._central),
            ("numbers", self._numbers),
        )
        found = []
        for number, (name, look) in enumerate(looks):
            watched.step(number, len(looks), name)
            found.append(_looked(name, look))
        return tuple(found)

    def _journal(self) -> Check:
        self.journal.check_file()
        return Check("journal", Health.OK, say("Tệp nhật ký nguyên vẹn."))

    def _chain(self) -> Check:
        verdict = self.verify_journal()
        health = Health.OK if verdict.valid else Health.FAIL
        remedy = (
            ""
            if verdict.valid
            else say("Dừng nhận hồ sơ trên máy này, giữ nguyên mọi tệp và gọi người quản trị.")
        )
        return Check("chain", health, verdict.sentence, remedy)

    def _alarms(self) -> Check:
        with self.journal.reading() as tx:
            count = len(alarms.unsettled(tx, self.journal.unit))
        if not count:
            return Check("alarms", Health.OK, say("Dữ liệu nhận về khớp với nhật ký."))
        sentence = say("Có {count} dữ liệu nhận về không khớp với nhật ký, được giữ riêng.", count=count)
        remedy = say("Gọi người quản trị xem lại; hồ sơ trên máy này không bị thay đổi.")
        return Check("alarms", Health.WARN, sentence, remedy)

    def _clock(self) -> Check:
        with self.journal.reading() as tx:
            last = entries.chain_head(tx, self.journal.chain).occurred_at
        now = self.now()
        if last is None or last <= now:
            return Check("clock", Health.OK, say("Giờ ghi trong nhật ký khớp với giờ hiện tại."))
        ahead = -(-(last - now) // timedelta(minutes=1))
        sentence = say("Việc ghi sau cùng trong nhật ký có giờ sau hiện tại {minutes} phút.", minutes=ahead)
        remedy = say("Chỉnh lại ngày giờ của máy này; báo người quản trị xem lại giờ của các việc đã ghi.")
        return Check("clock", Health.WARN, sentence, remedy)

    def _archive(self) -> Check:
        if self.archive.check():
            return Check("archive", Health.OK, say("Sổ tra cứu nguyên vẹn."))
        remedy = say("Đóng chương trình rồi mở lại: sổ được dựng lại từ nhật ký.")
        return Check("archive", Health.WARN, say("Sổ tra cứu bị hỏng; hồ sơ không mất."), remedy)

    def _files(self) -> Check:
        with self.journal.reading() as tx:
            known = references.referenced(tx)
        missing = sum(not self.files.has(sha256) for sha256 in known)
        if missing:
            remedy = say("Nhận lại từ máy chủ trung tâm; đừng xóa gì trong thư mục dữ liệu.")
            return Check(
                "files",
                Health.FAIL,
                say("Thiếu {missing} trong {all} tệp giấy tờ.", missing=missing, all=len(known)),
                remedy,
            )
        return Check("files", Health.OK, say("Đủ {all} tệp giấy tờ.", all=len(known)))

    def _disk(self) -> Check:
        free = shutil.disk_usage(self.folder).free
        sentence = say("Ổ đĩa còn trống {size} GB.", size=f"{free / 2**30:.1f}".replace(".", ","))
        if free >= _LITTLE_DISK:
            return Check("disk", Health.OK, sentence)
        health = Health.FAIL if free < _NO_DISK else Health.WARN
        return Check("disk", health, sentence, say("Dọn ổ đĩa trước khi quét thêm giấy tờ."))

    def _mark(self) -> Check:
        if self.journal.mark_is_behind:
            remedy = say("Kiểm tra quyền ghi và chỗ trống của thư mục trạng thái trên máy này.")
            return Check(
                "mark", Health.WARN, say("Không ghi được dấu mốc của nhật ký ra ngoài dữ liệu."), remedy
            )
        if self.journal.news:
            latest = self.journal.news[-1]
            return _of_notice("mark", Health.WARN, latest)
        return Check("mark", Health.OK, say("Nhật ký khớp với dấu mốc của máy này."))

    def _proof(self) -> Check:
        found = self.proving()
        if found.hopeless:
            remedy = say("Mở từng văn bản trong sổ rồi kiểm tra chữ ký; văn bản hỏng thì cấp lại.")
            told = say("Có {count} văn bản không gắn được dấu thời gian.", count=found.hopeless)
            return Check("proof", Health.FAIL, told, remedy)
        if not found.has_authority:
            remedy = say("Chữ ký vẫn có hiệu lực. Ghi địa chỉ dịch vụ vào cài đặt để chứng minh được giờ ký.")
            return Check("proof", Health.WARN, say("Chưa khai báo dịch vụ cấp dấu thời gian."), remedy)
        if found.since is None:
            return Check("proof", Health.OK, say("Mọi văn bản đã ký đều có dấu thời gian."))
        told = say(
            "Còn {count} văn bản chờ dấu thời gian, lâu nhất từ {day}.",
            count=found.waiting,
            day=format_day(found.since),
        )
        if self.now() - found.since < self.late:
            return Check("proof", Health.OK, told)
        remedy = say("Để chương trình mở khi có mạng; nếu vẫn còn, hỏi nơi cấp dấu thời gian.")
        return Check("proof", Health.WARN, told, remedy)

    def _central(self) -> Check:
        """Whether central answers; where that is a hub, how long it has held what the city does not have."""
        found = _central(self.tools.central, self.now)
        with self.journal.reading() as tx:
            counts = deliveries.counts(tx)
        if not counts.held or counts.oldest is None or found.health is not Health.OK:
            return found
        told = say(
            "Máy chủ phường giữ {count} việc, thành phố chưa nhận; việc cũ nhất lúc {when}.",
            count=counts.held,
            when=format_moment(counts.oldest),
        )
        told = in_a_row(found.sentence, told)
        if self.now() - counts.oldest < _LONG_HELD:
            return Check("central", Health.OK, told)
        remedy = say(
            "Báo người quản trị xem đường truyền từ máy chủ phường lên thành phố. Cứ làm việc bình thường."
        )
        return Check("central", Health.WARN, told, remedy)

    def _numbers(self) -> Check:
        day = self.now().astimezone(VIETNAM).date()
        with self.journal.reading() as tx:
            left = numbers.left(tx, self.numbering.series, day, self.journal.chain)
        if left >= _FEW_NUMBERS:
            return Check("numbers", Health.OK, say("Còn {count} số hồ sơ cho hôm nay.", count=left))
        remedy = say("Kết nối máy chủ để nhận thêm số; trong lúc chờ vẫn tiếp nhận được bằng số tạm.")
        return Check("numbers", Health.WARN, say("Chỉ còn {count} số hồ sơ cho hôm nay.", count=left), remedy)


def _looked(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except Exception as found:
        if not isinstance(found, Notice):
            raise
        return _of_notice(name, Health.FAIL, found)


def _of_notice(name: str, health: Health, found: Notice) -> Check:
    return Check(name, health, say(found.message, **found.facts), say(found.remedy, **found.facts))


def _snapshots(upkeep: Upkeep) -> Check:
    snapshots = upkeep.keeping.snapshots
    every = snapshots.every()
    if not every or snapshots.due(upkeep.now()):
        remedy = say("Để chương trình mở vài phút, hoặc chạy lệnh clerk-app snapshot.")
        return Check("snapshots", Health.WARN, say("Chưa có bản chụp nhật ký trong một giờ qua."), remedy)
    when = format_moment(every[0].taken_at)
    return Check(
        "snapshots",
        Health.OK,
        say("Có {count} bản chụp nhật ký, mới nhất lúc {when}.", count=len(every), when=when),
    )


def _second_place(upkeep: Upkeep) -> Check:
    trouble = upkeep.second_place()
    if trouble is None:
        return Check("second_place", Health.OK, say("Việc chưa gửi đều có ở nơi lưu thứ hai."))
    return _of_notice("second_place", Health.WARN, trouble)


def _library() -> Check:
    return Check("sqlite", Health.OK, f"{library_versions()}.")


def _tokens(tools: Tools, now: Callable[[], datetime]) -> Check:
    if not tools.libraries:
        remedy = say("Bấm Kiểm tra thẻ (F7) rồi Tìm phần mềm thẻ (F8); trong lúc chờ, ký tay.")
        return Check("tokens", Health.WARN, say("Chưa khai báo phần mềm thẻ ký số."), remedy)
    certificates = [card.certificate for card in tools.rack.cards()]
    if not certificates:
        remedy = say("Cắm thẻ ký số rồi kiểm tra lại; nếu đã cắm, bấm Kiểm tra thẻ (F7).")
        return Check("tokens", Health.WARN, say("Không thấy thẻ ký số nào."), remedy)
    moment = now()
    for each in sorted(certificates, key=lambda each: each.valid_to):
        if warning := expiry_sentence(each.common_name, each.valid_to, moment):
            return Check("tokens", Health.WARN, warning, RENEW)
    owners = ", ".join(each.common_name for each in certificates)
    return Check("tokens", Health.OK, say("Thấy thẻ ký số của: {owners}.", owners=owners))


def _trust(whom: WhomWeTrust) -> Check:
    trust, kept = whom.trust(), whom.kept.newest() if whom.kept else None
    if trust.roots:
        told = say("Có {count} chứng thư gốc được tin cậy.", count=len(trust.roots))
        if kept is not None:
            number, listed = kept
            told = in_a_row(
                told,
                say("Danh sách tin cậy số {number} ({label}).", number=number, label=listed.label),
            )
        return Check("trust", Health.OK, told)
    remedy = say("Chép chứng thư gốc do người quản trị cấp vào thư mục tin cậy.")
    return Check("trust", Health.FAIL, say("Chưa có chứng thư gốc nào được tin cậy."), remedy)


def _scanner(device: str) -> Check:
    if not device:
        return Check(
            "scanner",
            Health.WARN,
            say("Chưa khai báo máy quét."),
            say("Vẫn nhận tệp; ghi tên máy quét vào cài đặt."),
        )
    if shutil.which("scanimage") is None:
        return Check(
            "scanner", Health.FAIL, say("Máy này chưa có chương trình scanimage."), say("Cài gói sane-utils.")
        )
    return Check("scanner", Health.OK, say("Máy quét: {device}.", device=device))


def _central(connect: Callable[[], Central] | None, now: Callable[[], datetime]) -> Check:
    if connect is None:
        return Check(
            "central",
            Health.WARN,
            say("Chưa khai báo máy chủ trung tâm."),
            say("Ghi địa chỉ máy chủ vào cài đặt."),
        )
    try:
        with closing(connect()) as central:
            said = read_time(central.time().server_time)
    except Offline as alone:  # no fault of this computer: the counter goes on by itself
        health = Health.FAIL if isinstance(alone, LineBlocked) else Health.WARN
        return _of_notice("central", health, alone)
    skew = abs(said - now())
    if skew > _SKEW:
        minutes = int(skew.total_seconds() // 60)
        remedy = say("Chỉnh lại ngày giờ của máy này.")
        return Check(
            "central", Health.WARN, say("Máy này lệch giờ máy chủ {minutes} phút.", minutes=minutes), remedy
        )
    return Check("central", Health.OK, say("Kết nối được máy chủ trung tâm; giờ khớp."))
