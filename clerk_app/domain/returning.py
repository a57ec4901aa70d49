"""Trả kết quả: whether a result may be handed over, to whom, and what the entry says of it.

NothingToReturn · AlreadyReturned · ReceiverMissing · ReceiverPaperMissing · SlipOfAnother · ResultDayImpossible
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from clerk_app.domain.applicant import Applicant
from clerk_app.domain.calendar import VIETNAM
from clerk_app.domain.dossier import Dossier, Status
from clerk_app.domain.dossier_body import HANDOVER
from clerk_app.domain.handover import Handover, Receiver
from clerk_app.domain.record import as_json
from clerk_app.errors import OfficeError

_HASH_DIGITS = 16  # of the acceptance entry's hash, as the slip's QR carries them


class NothingToReturn(OfficeError):
    message = "Hồ sơ này chưa được tiếp nhận nên không có kết quả để trả."
    remedy = "Tiếp nhận hồ sơ khi đã đủ giấy tờ; kết quả trả sau khi giải quyết xong."


class AlreadyReturned(OfficeError):
    message = "Hồ sơ {code} đã trả kết quả lúc {time} cho {receiver}."
    remedy = "Không trả lần hai. Nếu người dân cần thêm bản, làm thủ tục cấp bản sao."


class ReceiverMissing(OfficeError):
    message = "Chưa có tên người nhận kết quả."
    remedy = "Ghi họ và tên người đang nhận tại quầy."


class ReceiverPaperMissing(OfficeError):
    message = "Người nhận thay cần số giấy tờ và giấy ủy quyền."
    remedy = "Ghi số định danh của người nhận và số, ngày giấy ủy quyền; thiếu thì chưa trả."


class SlipOfAnother(OfficeError):
    message = "Mã QR này không khớp với sổ của hồ sơ {code}."
    remedy = "Đối chiếu giấy hẹn với căn cước; nếu giấy không phải của hồ sơ này thì tìm theo tên."


class ResultDayImpossible(OfficeError):
    message = "Ngày của kết quả nằm sau hôm nay."
    remedy = "Xem lại ngày trên văn bản kết quả rồi ghi lại."


@dataclass(frozen=True, slots=True)
class SlipQr:
    """What the QR of a slip says: the code, and the first digits of its acceptance entry's hash."""

    code: str
    witness: str

    def require(self, dossier: Dossier) -> None:
        """Raise `SlipOfAnother` unless the paper is this dossier's."""
        if not dossier.entry_hash.startswith(self.witness.lower()):
            raise SlipOfAnother(code=dossier.code)


def read_slip_qr(text: str) -> SlipQr | None:
    """Return what a scanner read from a slip, or None for anything that was typed."""
    code, bar, witness = text.strip().partition("|")
    plain = witness.strip().lower()
    if not bar or len(plain) != _HASH_DIGITS or set(plain) - set("0123456789abcdef"):
        return None
    return SlipQr(code.strip().upper(), plain)


def require_returnable(dossier: Dossier) -> None:
    """Raise `NothingToReturn` or `AlreadyReturned` unless the result may be handed over."""
    if not dossier.status.is_accepted:
        raise NothingToReturn
    if dossier.status is Status.RETURNED:
        handed = dossier.handed or Handover()
        at = f"{handed.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if handed.at else "?"
        raise AlreadyReturned(code=dossier.code, time=at, receiver=handed.receiver)


def check_handover(handover: Handover, today: date) -> None:
    """Refuse a receiver without a name, one in another's place without papers, and a day to come."""
    if not handover.receiver.strip():
        raise ReceiverMissing
    if handover.who is Receiver.OTHER and not (handover.id_number.strip() and handover.paper.strip()):
        raise ReceiverPaperMissing
    if handover.result_day is not None and handover.result_day > today:
        raise ResultDayImpossible


def returned_body(before: Status, handover: Handover, at: datetime, by: str) -> dict[str, Any]:
    """Return the body of `returned`: who took the result, on which paper."""
    return {
        "v": 1,
        "move": {"from": before.value, "to": Status.RETURNED.value},
        "set": {HANDOVER: as_json(replace(handover, at=at, by=by))},
    }


def proposed_receiver(applicant: Applicant) -> Handover:
    """Return whom the office expects: who handed the papers in, else the owner."""
    who = Receiver.SUBMITTER if applicant.submitter else Receiver.OWNER
    person = applicant.at_the_counter
    return Handover(who, person.name, person.id_number)
