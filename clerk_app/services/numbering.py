"""The number of a dossier: from the range leased for the day, else a provisional one; never a refusal.

A paper given instead of a slip has a number of this counter's own, from 1 each day.
"""

from dataclasses import dataclass
from datetime import date

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.number import PROVISIONAL, counter_mark, dossier_code, provisional_code
from clerk_app.domain.officer import Unit
from clerk_app.errors import OfficeError
from sync.journal import Act, Journal, numbers

_REPLY_MARKS = {DocumentKind.SUPPLEMENT: "PBS", DocumentKind.REFUSAL: "PTC"}


class ReplyOvertaken(OfficeError):
    message = "Số của phiếu vừa được dùng ở một lượt khác, hoặc đã sang ngày mới."
    remedy = "Bấm ký lại để lập phiếu với số mới; chưa có phiếu nào được in."


@dataclass(frozen=True, slots=True)
class Taken:
    """A number taken in the act that is under way."""

    series: str
    value: int
    code: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class ReplyNumber:
    """The number of Mẫu 02 or Mẫu 03. `printed` stands on it after `Số`; `code` is unlike any other."""

    series: str
    value: int
    code: str
    printed: str


@dataclass(frozen=True, slots=True)
class Numbering:
    unit: Unit

    @property
    def series(self) -> str:
        """The series that all counters of the agency share; its ranges are leased by the day."""
        return f"dossier:{self.unit.agency_code}"

    def take(self, act: Act, chain: str, day: date) -> Taken:
        """Use the lowest number leased to this chain for that day; none left: the counter's own next."""
        if (leased := self.take_leased(act, chain, day)) is not None:
            return leased
        own = f"{PROVISIONAL}:{counter_mark(self.unit.counter)}:{day:%y%m%d}"
        value = numbers.provisional(act.tx, own, day, chain)
        return Taken(own, value, provisional_code(self.unit.counter, day, value), provisional=True)

    def take_leased(self, act: Act, chain: str, day: date) -> Taken | None:
        """Use the lowest number leased to this chain for that day; None when there is none left."""
        value = numbers.take(act.tx, self.series, day, chain)
        if value is None:
            return None
        code = dossier_code(self.unit.agency_code, day, value)
        return Taken(self.series, value, code, provisional=False)

    def upcoming_reply(self, journal: Journal, kind: DocumentKind, day: date) -> ReplyNumber:
        """Return the number that the next paper of this kind carries, without using it."""
        with journal.reading() as tx:
            return self._reply(kind, day, numbers.upcoming(tx, self._reply_series(kind, day), day))

    def take_reply(self, act: Act, kind: DocumentKind, day: date, expected: ReplyNumber) -> None:
        """Use the number that is printed already, though nobody has seen it; raises `ReplyOvertaken`."""
        value = numbers.provisional(act.tx, self._reply_series(kind, day), day, act.chain)
        if self._reply(kind, day, value) != expected:
            raise ReplyOvertaken

    def _reply_series(self, kind: DocumentKind, day: date) -> str:
        return f"{_REPLY_MARKS[kind]}:{counter_mark(self.unit.counter)}:{day:%y%m%d}"

    def _reply(self, kind: DocumentKind, day: date, value: int) -> ReplyNumber:
        mark, counter = _REPLY_MARKS[kind], counter_mark(self.unit.counter)
        code = f"{mark}-{self.unit.agency_code}-{counter}-{day:%y%m%d}-{value:04d}"
        return ReplyNumber(self._reply_series(kind, day), value, code, f"{counter}-{value:04d}")
