"""Take back turns that were handed over in a bundle which got lost: by a person, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_app.domain.handing import HandedOut, Handing, recalled_body
from clerk_app.domain.kinds import Kind
from clerk_app.domain.reason import checked_reason
from clerk_app.errors import OfficeError
from clerk_app.services.turns_at_hand import TurnsAtHand
from clerk_app.store.projection import document_in
from sync.entry import Signer
from sync.journal import revisions


class RecallReasonMissing(OfficeError):
    message = "Chưa ghi lý do lấy lại lượt ký."
    remedy = "Ghi ngắn gọn, ví dụ: mất USB trên đường; rồi bấm Lấy lại lượt ký."


class NothingToRecall(OfficeError):
    message = "Không có lượt ký nào chuyển tay từ máy này đang ở nơi nhận."
    remedy = "Văn bản đã về, đã ký, hoặc đã lấy lại. Xem lại danh sách."


@dataclass(frozen=True, slots=True)
class RecallTurns:
    """What is signed at the other counter and reaches central later than this has no effect: a person is told of it."""

    turns: TurnsAtHand
    signer: Signer

    def __call__(self, documents: Sequence[str], reason: str) -> tuple[HandedOut, ...]:
        """Let this counter hold these turns again and return what was taken back.

        Raises `RecallReasonMissing`, `ReasonTooLong`, `NothingToRecall`.
        """
        reason = checked_reason(reason)
        if not reason:
            raise RecallReasonMissing
        room = self.turns
        wanted = {each.document: each for each in room.out() if each.document in documents}
        back = []
        with room.journal.act(self.signer) as act:
            for each in wanted.values():
                dossier = room.projection.dossier_in(act.tx, each.dossier)
                turn = document_in(dossier, each.document).turn
                if turn is None or turn.holder != each.receiver:
                    continue  # it came back meanwhile
                handing = Handing(each.document, each.bundle, room.device, each.receiver)
                act.add(each.dossier, Kind.TURN_RECALLED, recalled_body(handing, turn, reason))
                held = revisions.Turn(each.document, turn.field, room.device)
                revisions.give_turn(act.tx, held)
                back.append(each)
        if not back:
            raise NothingToRecall
        room.projection.refresh()
        return tuple(back)
