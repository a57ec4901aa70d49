"""Hand a draft over: its holder, or a leader while the holder is away, gives it to a named officer of the counter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clerk_app.domain.dossier import Draft, Hand, draft_as_bytes, draft_files, in_hand
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer, Role
from clerk_app.errors import OfficeError
from clerk_app.services.admit import who_is_out
from clerk_app.services.roles import may
from clerk_app.services.save_draft import stored_draft
from sync.journal import Journal, drafts


class DraftGone(OfficeError):
    message = "Hồ sơ đang nhập này không còn ở quầy."
    remedy = "Hồ sơ đã được tiếp nhận hoặc đã bị bỏ; tìm trong sổ theo dõi."


class DraftOfAnother(OfficeError):
    message = "Hồ sơ đang nhập này do {holder} giữ."
    remedy = "{holder} hoặc lãnh đạo mới giao cho người khác được. Cần làm tiếp ngay thì mở ra và sửa: từ đó bạn là người giữ."


class NobodyToTakeIt(OfficeError):
    message = "Không giao hồ sơ đang nhập cho {officer} được."
    remedy = "Chọn người tiếp nhận hoặc người hướng dẫn của quầy này."


@dataclass(frozen=True, slots=True)
class HandOverDraft:
    journal: Journal
    officer: Officer
    officers: Sequence[Officer]  # of the counter

    def candidates(self) -> tuple[Officer, ...]:
        """Return who may go on with a draft, but for who asks."""
        return tuple(
            each for each in self.officers if each.id != self.officer.id and may(each, Kind.RECEIVED)
        )

    def __call__(self, draft_id: str, to: str) -> Draft:
        """Put the draft into an officer's hands and return it. Raises `DraftGone`, `DraftOfAnother`, `NobodyToTakeIt`."""
        taker = next((each for each in self.officers if each.id == to and may(each, Kind.RECEIVED)), None)
        if taker is None:
            raise NobodyToTakeIt(officer=to)
        with self.journal.writing() as tx:
            draft = stored_draft(tx, draft_id)
            if draft is None:
                raise DraftGone
            holder = in_hand(draft, who_is_out(self.journal)).held_by
            if holder is not None and not self._may_give(holder):
                raise DraftOfAnother(holder=holder.name)
            given = replace(draft, held_by=Hand(taker.id, taker.name))
            drafts.save(tx, given.id, draft_as_bytes(given), draft_files(given))
        return given

    def _may_give(self, holder: Hand) -> bool:
        return holder.id == self.officer.id or Role.LEADER in self.officer.roles
