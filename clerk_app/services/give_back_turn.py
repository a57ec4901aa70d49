"""Turns that wait for a person after a restore: listed, and given back once somebody is sure that nobody used them."""

from dataclasses import dataclass

from clerk_app.errors import OfficeError
from clerk_app.store.dossiers import NoSuchDocument
from clerk_app.store.projection import Projection
from sync.journal import Journal, revisions
from sync.journal.revisions import Turn


class NoSuchTurn(OfficeError):
    message = "Không có lượt ký nào của hồ sơ {code} đang chờ xác nhận."
    remedy = "Xem danh sách bằng lệnh clerk-app turns rồi ghi đúng mã hồ sơ."


@dataclass(frozen=True, slots=True)
class WaitingTurn:
    """One document that nobody may sign until a person has looked."""

    code: str
    document: str
    field: str


@dataclass(frozen=True, slots=True)
class GiveBackTurn:
    journal: Journal
    projection: Projection
    device: str  # author of the device

    def waiting(self) -> tuple[WaitingTurn, ...]:
        """Return every turn that waits for a person."""
        with self.journal.reading() as tx:
            turns = revisions.with_person(tx)
        return tuple(WaitingTurn(self._code(turn), turn.document, turn.field) for turn in turns)

    def __call__(self, code: str) -> tuple[WaitingTurn, ...]:
        """Let this computer hold the turns of a dossier again and return them; raises `NoSuchTurn`."""
        meant = tuple(turn for turn in self.waiting() if turn.code == code)
        if not meant:
            raise NoSuchTurn(code=code)
        with self.journal.writing() as tx:
            for turn in meant:
                revisions.give_turn(tx, Turn(turn.document, turn.field, self.device))
        return meant

    def _code(self, turn: Turn) -> str:
        try:
            dossier, _ = self.projection.document(turn.document)
        except NoSuchDocument:
            return turn.document
        return dossier.code
