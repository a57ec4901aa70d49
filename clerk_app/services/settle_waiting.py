"""Settle what needs a person: an act that central did not take is given up with a reason, a flag or alarm is looked at."""

from dataclasses import dataclass
from typing import Any

from clerk_app.domain.kinds import IN_THE_CITIZENS_HANDS, Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError
from clerk_app.services.not_taken import not_taken
from clerk_app.services.roles import require_for
from clerk_app.store.projection import Projection
from sync.entry import Signer
from sync.journal import Act, Journal, alarms, deliveries, entries, revisions
from sync.journal.entries import NOT_TAKEN
from sync.journal.revisions import Turn as Held


class NothingToSettle(OfficeError):
    message = "Việc này không còn chờ xử lý."
    remedy = "Xem lại danh sách; có thể nó vừa được gửi xong hoặc đã có người xử lý."


class CitizenHoldsIt(OfficeError):
    message = "Việc này không bỏ được: giấy hoặc kết quả đã đưa cho người dân vẫn có giá trị."
    remedy = "Báo người quản trị máy chủ trung tâm để nhận lại hồ sơ này."


class HowMissing(OfficeError):
    message = "Chưa ghi đã xử lý thế nào."
    remedy = "Ghi ngắn gọn, ví dụ: đã báo người dân, hồ sơ rút trước đó."


@dataclass(frozen=True, slots=True)
class SettleWaiting:
    journal: Journal
    projection: Projection
    officer: Officer
    signer: Signer

    def __call__(self, entry: str, how: str = "") -> None:
        """Journal that an act or alarm (`Waiting.entry`) is settled; what was given up is not sent any more.

        Raises `NothingToSettle`, `CitizenHoldsIt`, `HowMissing` or `NotYourRole`.
        """
        with self.journal.act(self.signer) as act:
            subject, kind = self._open(act, entry)
            require_for(self.officer, kind)
            if kind is Kind.SETTLED and not how.strip():
                raise HowMissing
            reason = {"reason": nfc(how.strip())} if how.strip() else {}
            act.add(subject, kind, {"v": 1, **_settled(act, entry, kind), **reason})
        self.projection.refresh()

    def _open(self, act: Act, entry: str) -> tuple[str, Kind]:
        """Return on which subject it is settled, and by which act."""
        tx = act.tx
        if any(alarm.key == entry for alarm in alarms.unsettled(tx, self.journal.unit)):
            return self.journal.unit, Kind.LOOKED_AT
        for found in (*deliveries.unsettled(tx), *deliveries.flagged(tx)):
            if found.entry.id == entry:
                return self._settleable(act, found)
        raise NothingToSettle

    def _settleable(self, act: Act, found: deliveries.Delivery) -> tuple[str, Kind]:
        subject = found.entry.subject
        if found.verdict == "accepted":
            return subject, Kind.LOOKED_AT
        if found.verdict not in NOT_TAKEN or found.entry.id in deliveries.being_resolved(act.tx, [subject]):
            raise NothingToSettle
        if found.entry.kind in IN_THE_CITIZENS_HANDS:
            raise CitizenHoldsIt
        return subject, Kind.SETTLED


def _settled(act: Act, entry: str, kind: Kind) -> dict[str, Any]:
    """Return what goes with the entry: slips that printed a correction which was given up are no longer valid."""
    found = entries.get(act.tx, entry) if kind is Kind.SETTLED else None
    if found is None or found.kind != Kind.CORRECTED:
        return {"resolves": [entry]}
    given_up = not_taken(act.tx, found)
    for slip in given_up.slips:  # nobody signs it any more
        revisions.give_turn(act.tx, Held(slip, "", ""))
    return {"resolves": list(given_up.resolves)} | ({"ends": list(given_up.slips)} if given_up.slips else {})
