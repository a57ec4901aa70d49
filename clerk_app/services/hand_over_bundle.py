"""Hand turns over without central: recorded here first, then sealed with their papers into a file for one other counter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clerk_app.domain.handing import Handing, ToHand, handed_body
from clerk_app.domain.kinds import Kind
from clerk_app.errors import OfficeError
from clerk_app.progress import Progress
from clerk_app.services.pack_bundle import MOST_BYTES, PackBundle
from clerk_app.services.turn_history import handings
from clerk_app.services.turns_at_hand import TurnsAtHand
from clerk_app.store.projection import document_in
from sync.bundle import SUFFIX, Envelope, name_of
from sync.bundle_errors import BundleError
from sync.entry import Entry, Signer, new_id
from sync.journal import Act, entries, revisions

AT_ONCE = 200  # documents of one bundle
_READING, _RECORDING = "Đang đọc văn bản", "Đang ghi việc chuyển tay"


class NothingToHand(OfficeError):
    message = "Không có văn bản nào để chuyển tay cho {receiver}."
    remedy = "Chỉ chuyển được văn bản chờ ký mà lượt ký đang ở máy này. Xem lại danh sách rồi chọn lại."


class ReceiverUnknown(OfficeError):
    message = "Không biết máy {receiver} trong đơn vị."
    remedy = "Chọn một máy trong danh sách: {known}. Máy mới đăng ký thì phải nối máy chủ một lần để biết."


class PlaceMissing(OfficeError):
    message = "Không có thư mục {place} để ghi gói."
    remedy = "Cắm USB hoặc nối lại thư mục mạng rồi chọn lại; tên tệp phải có đuôi .goi. Chưa có lượt ký nào được chuyển."


class NoSuchBundle(OfficeError):
    message = "Không còn văn bản nào của gói {bundle} đang ở nơi nhận."
    remedy = "Gói này đã xong hoặc đã lấy lại lượt ký; xuất gói mới nếu cần."


class BundleNotWritten(OfficeError):
    message = "Đã chuyển lượt ký của {count} văn bản cho {receiver}, nhưng chưa ghi được gói. {why}"
    remedy = "{then} Sau đó bấm Ghi lại gói: vẫn là gói ấy, lượt ký không chuyển thêm lần nữa."


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was written."""

    file: Path
    bundle: str  # id
    receiver: str  # as people call that counter
    documents: int  # whose turn went
    unsure: int  # of those, whose turn central knows to be free
    news: int  # further documents that only tell how they stand
    left: int  # that wait here for a further bundle


@dataclass(frozen=True, slots=True)
class HandOver:
    """For one officer. A turn that is handed over is used here no more, whether the file arrives or not."""

    turns: TurnsAtHand
    pack: PackBundle
    signer: Signer

    def __call__(
        self,
        place: Path,
        receiver: str,
        documents: Sequence[str] | None = None,
        watch: Progress | None = None,
    ) -> HandedOver:
        """Hand turns to a counter and write their bundle; `documents` None: everything that may go from here.

        `place`: a folder, or the file itself. The hand-over is recorded before the file is written.
        Raises `ReceiverUnknown`, `PlaceMissing`, `NothingToHand`, `FileMissing`, `Cancelled` before anything is handed
        over; `BundleNotWritten` after: `again` writes it then.
        """
        watched = watch or Progress()
        self._require(receiver, place)
        waiting = self.turns.waiting()
        chosen = [each for each in waiting if documents is None or each.document in documents]
        wanted = self._what_fits(chosen[:AT_ONCE], watched)
        envelope = Envelope(new_id(), self.turns.journal.unit, self.turns.device, receiver)
        gone = self._hand(wanted, envelope)
        if not gone and not self.pack.news(receiver):
            raise NothingToHand(receiver=self.pack.called(receiver))
        left = len(chosen) - len(gone)
        unsure = sum(each.unsure for each in gone)
        file, news = self._written(place, envelope, {each.document: each.dossier for each in gone})
        return HandedOver(file, envelope.id, self.pack.called(receiver), len(gone), unsure, news, left)

    def again(self, bundle: str, place: Path) -> HandedOver:
        """Write a bundle once more: the same turns, under the same id.

        Raises `NoSuchBundle`, `ReceiverUnknown`, `PlaceMissing`, `BundleNotWritten`.
        """
        mine = [each for each in self.turns.out() if each.bundle == bundle]
        if not mine:
            raise NoSuchBundle(bundle=bundle[-8:])
        receiver = mine[0].receiver
        self._require(receiver, place)
        envelope = Envelope(bundle, self.turns.journal.unit, self.turns.device, receiver)
        with_turn = {each.document: each.dossier for each in mine}
        last = self._recorded_last(bundle, with_turn)
        file, news = self._written(place, envelope, with_turn, last)
        return HandedOver(file, bundle, self.pack.called(receiver), len(mine), 0, news, 0)

    def _what_fits(self, chosen: Sequence[ToHand], watch: Progress) -> Sequence[ToHand]:
        """Return as many as one bundle may carry. What cannot be read is not handed over: raises what is wrong with it."""
        size = 0
        for done, each in enumerate(chosen):
            watch.step(done, len(chosen), _READING)
            size += len(self.pack.paper(each.document, each.dossier, handed=True).contents[-1])
            if size > MOST_BYTES:
                return chosen[:done]
        watch.step(len(chosen), len(chosen), _RECORDING)
        return chosen

    def _require(self, receiver: str, place: Path) -> None:
        known = self.pack.receivers()
        if receiver not in known:
            raise ReceiverUnknown(
                receiver=name_of(receiver), known=", ".join(map(name_of, known)) or "chưa có máy nào"
            )
        if not place.is_dir() and not (place.suffix == SUFFIX and place.parent.is_dir()):
            raise PlaceMissing(place=place)

    def _hand(self, wanted: Sequence[ToHand], envelope: Envelope) -> tuple[ToHand, ...]:
        """Record the hand-over of all of them in one act; what has moved meanwhile stays."""
        if not wanted:
            return ()
        alone = self.turns.alone()
        gone = []
        with self.turns.journal.act(self.signer) as act:
            for each in wanted:
                now = self.turns.to_hand(act.tx, each.dossier, each.document, alone=alone)
                if now is not None:
                    self._record(act, now, envelope)
                    gone.append(now)
        self.turns.projection.refresh()
        return tuple(gone)

    def _record(self, act: Act, each: ToHand, envelope: Envelope) -> None:
        document = document_in(self.turns.projection.dossier_in(act.tx, each.dossier), each.document)
        handing = Handing(each.document, envelope.id, envelope.sender, envelope.receiver)
        act.add(each.dossier, Kind.TURN_HANDED, handed_body(handing, document.turn, each.field.value))
        revisions.give_turn(act.tx, revisions.Turn(each.document, each.field.value, envelope.receiver))

    def _recorded_last(self, bundle: str, with_turn: Mapping[str, str]) -> Entry:
        """Return the last entry that hands over a turn of a bundle of ours."""
        with self.turns.journal.reading() as tx:
            recorded = [
                entry
                for subject in dict.fromkeys(with_turn.values())
                for entry, told in handings(tx, subject)
                if told.bundle == bundle and entries.is_ours(tx, entry.chain)
            ]
        return max(recorded, key=lambda entry: entry.seq)

    def _written(
        self, place: Path, envelope: Envelope, with_turn: Mapping[str, str], last: Entry | None = None
    ) -> tuple[Path, int]:
        try:
            return self.pack.write(place, envelope, with_turn, last)
        except BundleError as failed:
            raise BundleNotWritten(
                count=len(with_turn),
                receiver=self.pack.called(envelope.receiver),
                why=str(failed),
                then=failed.remedy.format(**failed.facts),
                bundle=envelope.id,
            ) from failed
