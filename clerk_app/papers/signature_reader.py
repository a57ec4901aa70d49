"""Judges signed files from anywhere, each in a child of its own that may hang or burst; the verdict comes back as data."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from clerk_app.domain.record import RecordDamaged, from_json
from clerk_app.domain.signed_paper import DocumentVerdict
from clerk_app.errors import UnreadableFile
from clerk_app.papers.frames import Words
from clerk_app.papers.reading_child import ChildLost, ChildSilent, ReadingChild
from clerk_app.papers.refusals import PaperTooHeavy
from clerk_app.progress import Progress
from signing.child import own_program
from signing.errors import Unreadable
from signing.trust import Trust

PROGRAM = own_program("clerk_app.papers.judging_process")
SECONDS = 120.0  # for one file; 100 MB take a few
MOST = 200_000_000  # bytes; a signed paper is smaller


_MARK_WITHIN = 1024  # bytes in which "%PDF-" must stand (ISO 32000-1, annex H)


class SignedFileLost(UnreadableFile):
    message = "Không mở được tệp “{name}”."
    remedy = "Tệp có thể đã bị xóa, đổi chỗ hoặc đang bị khóa: chọn lại, hoặc chép tệp về máy này rồi chọn."


class SignedFileNotPdf(UnreadableFile):
    message = "Tệp “{name}” không phải tệp PDF."
    remedy = "Chọn tệp PDF có ký số. Ảnh chụp, bản quét hay tệp Word không mang chữ ký số để kiểm tra ở đây."


class SignedFileTooBig(UnreadableFile):
    message = "Tệp này nặng {megabytes} MB, quá {limit} MB để kiểm tra chữ ký."
    remedy = "Xin nơi ban hành gửi bản nhẹ hơn có ký số."


class SignedFileTooSlow(UnreadableFile):
    message = "Kiểm tra chữ ký trong tệp này quá {seconds} giây vẫn chưa xong, chương trình đã dừng."
    remedy = "Chưa biết chữ ký có đúng không: đừng dựa vào tệp này. Xin lại tệp từ nơi ban hành."


class SignedFileTooHeavy(UnreadableFile):
    message = "Tệp này quá nặng khi mở ra, chương trình đã dừng việc kiểm tra chữ ký."
    remedy = "Chưa biết chữ ký có đúng không: đừng dựa vào tệp này. Xin lại tệp từ nơi ban hành."


def read_signed_file(path: Path) -> bytes:
    """Return a file that somebody chose; raises `SignedFileLost`, `SignedFileTooBig` before it is read, `SignedFileNotPdf`."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if size > MOST:
                raise SignedFileTooBig(megabytes=size // 1_000_000, limit=MOST // 1_000_000)
            pdf = file.read(MOST + 1)
    except OSError as lost:
        raise SignedFileLost(name=path.name) from lost
    if b"%PDF-" not in pdf[:_MARK_WITHIN]:
        raise SignedFileNotPdf(name=path.name)
    return pdf


class SignatureReader:
    """Safe to ask from several threads: nothing is shared between two questions."""

    def __init__(
        self,
        seconds: float = SECONDS,
        start: Callable[[], ReadingChild] | None = None,
    ) -> None:
        self._seconds, self._start = seconds, start or partial(ReadingChild, PROGRAM)

    def judge(self, pdf: bytes, trust: Trust, progress: Progress | None = None) -> DocumentVerdict:
        """Return what every signature in the file is worth under these anchors.

        Raises `signing.errors.Unreadable`, one of the `SignedFile…` refusals, `ReaderFailed`, or `Cancelled`.
        """
        if len(pdf) > MOST:
            raise SignedFileTooBig(megabytes=len(pdf) // 1_000_000, limit=MOST // 1_000_000)
        told, answer = self._ask(*asked_of("judge", pdf, trust), progress or Progress())
        match told.get("refused"):
            case None:
                return _read(answer)
            case PaperTooHeavy.__name__:
                raise SignedFileTooHeavy
        facts = told.get("facts")
        raise Unreadable(reason=facts.get("reason", "?") if isinstance(facts, dict) else "?")

    def _ask(self, words: Words, data: bytes, progress: Progress) -> tuple[Words, bytes]:
        child = self._start()
        try:
            return child.ask(words, data, self._seconds, progress)
        except ChildSilent:
            raise SignedFileTooSlow(seconds=round(self._seconds)) from None
        except ChildLost:
            raise SignedFileTooHeavy from None
        finally:
            child.end()


def asked_of(op: str, pdf: bytes, trust: Trust) -> tuple[Words, bytes]:
    """Return the question to the judging process, and the anchors and the file that go with it."""
    words: Words = {
        "op": op,
        "roots": [len(each) for each in trust.roots],
        "others": [len(each) for each in trust.others],
        "times": None if trust.time_roots is None else [len(each) for each in trust.time_roots],
    }
    return words, b"".join((*trust.roots, *trust.others, *(trust.time_roots or ()), pdf))


def _read(answer: bytes) -> DocumentVerdict:
    try:
        return from_json(DocumentVerdict, json.loads(answer))
    except (ValueError, RecordDamaged):
        raise Unreadable(reason="?") from None
