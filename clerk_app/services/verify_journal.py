"""Check the journal from its first entry to its last: hashes, links, signatures and bodies."""

from collections.abc import Mapping
from dataclasses import dataclass

from clerk_app.clock import format_moment
from clerk_app.domain.verdict import JournalVerdict
from clerk_app.errors import Said, say
from sync import authors
from sync.clock import read_time
from sync.journal import Journal
from sync.journal.verify import FLAGS, Flaw, Found, VerifyReport, verify_chain

_WORDS: Mapping[Flaw, str] = {
    Flaw.UNREADABLE: say("không đọc được"),
    Flaw.COLUMN: say("cột khác với phần đầu đã ký"),
    Flaw.FORGED: say("chữ ký hoặc nội dung không khớp"),
    Flaw.AUTHOR: say("không rõ khóa của người ghi"),
    Flaw.GAP: say("thiếu bút toán đứng trước"),
    Flaw.LINK: say("không nối với bút toán đứng trước"),
    Flaw.DELIVERY: say("không có trạng thái gửi"),
    Flaw.BODY: say("mất nội dung khi chưa gửi"),
    Flaw.STAYED: say("còn nội dung đã có quyết định xóa"),
    Flaw.NUMBER: say("số đã dùng mà không có bút toán"),
    Flaw.UNLIKE_CENTRAL: say("khác với bút toán mà máy chủ đã ký nhận, hoặc không còn"),
    Flaw.LOST: say("thiếu bút toán đứng trước, đã ghi nhận khi khôi phục (chỉ đánh dấu)"),
    Flaw.TIME_BACK: say("giờ ghi lùi so với bút toán trước (chỉ đánh dấu)"),
}


@dataclass(frozen=True, slots=True)
class VerifyJournal:
    journal: Journal
    keys: Mapping[str, bytes]  # of this counter: author -> Ed25519 public key, 32 bytes

    def __call__(self) -> JournalVerdict:
        """Return whether everything holds, by the keys of this counter and those that central certified.

        Entries whose body was retired or redacted still count as sound, and are told of.
        """
        certified = authors.known(self.journal)

        def keys_of(author: str) -> tuple[bytes, ...]:
            return (*certified.keys_of(author), *self._own(author))

        with self.journal.reading() as tx:
            report = verify_chain(tx, keys_of)
        problems = tuple(_problem(found) for found in report.found)
        sound = not any(self._is_damage(found) for found in report.found)
        if not sound:
            sentence = say(
                "Nhật ký có {problems} chỗ không khớp trong {entries} bút toán.",
                problems=len(problems),
                entries=report.entries,
            )
        else:
            sentence = _all_well(report)
        gone = report.retired, report.redacted, report.unexplained
        return JournalVerdict(sound, report.entries, problems, sentence, *gone, _gone(report))

    def keys_of(self, author: str) -> tuple[bytes, ...]:
        """Return every key that counts, or did, for an author."""
        return (*authors.known(self.journal).keys_of(author), *self._own(author))

    def _own(self, author: str) -> tuple[bytes, ...]:
        own = self.keys.get(author)
        return () if own is None else (own,)

    def _is_damage(self, found: Found) -> bool:
        """A time that went back, and what is known to be lost, is for a person; the key of somebody at another counter may not be here."""
        elsewhere = found.flaw is Flaw.AUTHOR and found.chain != self.journal.chain
        return found.flaw not in FLAGS and not elsewhere


def _all_well(report: VerifyReport) -> Said:
    if report.head is None:
        return say("Nhật ký toàn vẹn: {entries} bút toán nối nhau, chữ ký đều đúng.", entries=report.entries)
    return say(
        "Nhật ký toàn vẹn: {entries} bút toán; máy chủ ký nhận đến bút toán {seq}, {at}.",
        entries=report.entries,
        seq=report.head.seq,
        at=format_moment(read_time(report.head.at)),
    )


def _gone(report: VerifyReport) -> str:
    if not (report.retired or report.redacted or report.unexplained):
        return ""
    return say(
        "Nội dung không còn ở máy này: {retired} bút toán đã chuyển lưu trữ, {redacted} đã xóa theo quyết định, "
        "{unexplained} chưa rõ vì sao.",
        retired=report.retired,
        redacted=report.redacted,
        unexplained=report.unexplained,
    )


def _problem(found: Found) -> str:
    return say(
        "Bút toán thứ {seq} của chuỗi {chain}: {flaw}.",
        seq=found.seq,
        chain=found.chain[-12:],
        flaw=_WORDS[found.flaw],
    )
