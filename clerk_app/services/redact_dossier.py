"""Delete the content of a dossier on a ground: shown beforehand, done at once here, then by central and every counter."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.dossier import ENDED, Dossier, GoneBy
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.register_filter import EVERYTHING
from clerk_app.domain.retention import checked_ground, redaction_members, retired_files
from clerk_app.errors import Notice, OfficeError
from clerk_app.services.retention import Retention
from clerk_app.services.roles import require_for
from clerk_app.store import dossiers
from clerk_app.store.projection import Projection
from clerk_app.store.search import Search
from sync.body import resolved_by
from sync.entry import Entry, Signer
from sync.journal import Journal, deliveries, entries, gone
from sync.journal.connection import Tx
from sync.redaction import SPARED, redacts

_FEW = 20  # dossiers that a whole code may find, as a part of other ones


class AlreadyRedacted(OfficeError):
    message = "Nội dung hồ sơ {code} đã được xóa."
    remedy = "Không cần làm gì thêm; sổ theo dõi ghi căn cứ xóa."


class StillUnderWay(OfficeError):
    message = "Hồ sơ {code} chưa kết thúc, chưa xóa được."
    remedy = "Trả kết quả hoặc từ chối tiếp nhận trước, rồi xóa."


class NotAllSent(OfficeError):
    message = "Hồ sơ {code} còn {count} việc chưa gửi xong lên máy chủ, chưa xóa được."
    remedy = "Bấm Gửi, nhận dữ liệu cho đến khi không còn gì chờ, rồi xóa."


class ConfirmedAnother(OfficeError):
    message = "Mã xác nhận {confirmed} khác với hồ sơ sẽ bị xóa."
    remedy = "Xem lại hồ sơ, rồi ghi đúng mã của nó sau --confirm."


@dataclass(frozen=True, slots=True)
class Plan:
    """What a redaction of one dossier would delete."""

    dossier: Dossier
    entries: tuple[str, ...]  # ids of those that lose their bodies
    files: tuple[str, ...]  # sha256
    shared: tuple[str, ...]  # files that another dossier names too: they stay
    settled: tuple[str, ...]  # what these entries have settled stays settled


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was deleted, and what is in the way of removing the last traces here."""

    code: str
    entries: int
    files: int
    shared: int
    left: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class RedactDossier:
    journal: Journal
    projection: Projection
    retention: Retention
    officer: Officer
    signer: Signer
    now: Callable[[], datetime]

    def preview(self, code: str) -> Plan:
        """Return what would go; changes nothing.

        Raises `NotYourRole`, `NoSuchDossier`, `AlreadyRedacted`, `StillUnderWay` or `NotAllSent`.
        """
        require_for(self.officer, Kind.REDACTED)
        self.projection.refresh()
        dossier = self._id(code)
        with self.journal.reading() as tx:
            return self._plan(tx, dossier)

    def __call__(self, code: str, ground: str, ordered_by: str, confirm: str) -> Redacted:
        """Journal the order and do it; `confirm` repeats the code. It goes to central with the next round.

        Raises what `preview` does, `GroundMissing` and `ConfirmedAnother`.
        """
        told = checked_ground(ground, ordered_by)
        dossier = self.preview(code).dossier.id
        if self._id(confirm, ConfirmedAnother(confirmed=confirm)) != dossier:
            raise ConfirmedAnother(confirmed=confirm)
        with self.journal.act(self.signer) as act:
            plan = self._plan(act.tx, dossier)
            body = redaction_members(plan.dossier, told) | dict(redacts(plan.entries, plan.files))
            act.add(dossier, Kind.REDACTED, {**body, "resolves": list(plan.settled)})
        self.projection.refresh()
        left = self.retention.clean()
        return Redacted(plan.dossier.code, len(plan.entries), len(plan.files), len(plan.shared), left)

    def _id(self, code: str, missing: OfficeError | None = None) -> str:
        """Return the id of a dossier by either of its codes: an order names the one that counts, the slip may bear another."""
        plain = code.strip().upper()
        with self.projection.archive.reading() as view:
            try:
                return dossiers.coded(view, plain).id
            except dossiers.NoSuchDossier:
                found = Search(plain, EVERYTHING, self.now()).page(view, _FEW)
                by_law = [each.id for each in found if plain and each.legal_code == plain]
                if by_law:
                    return by_law[0]
                if missing is None:
                    raise
                raise missing from None

    def _plan(self, tx: Tx, id: str) -> Plan:
        dossier = self.projection.dossier_in(tx, id)
        if dossier.gone is not None and dossier.gone.by is GoneBy.ORDER:
            raise AlreadyRedacted(code=dossier.code)
        if dossier.status not in ENDED:
            raise StillUnderWay(code=dossier.code)
        acts = entries.history(tx, id)
        known = [deliveries.of_entry(tx, entry.id) for entry in acts]
        unsent = [each for each in known if each is None or each.verdict in entries.OPEN]
        if unsent:
            raise NotAllSent(code=dossier.code, count=len(unsent))
        going = [entry for entry in acts if entry.kind not in SPARED]
        files = gone.files_of(tx, id) | set(self._kept_files(tx, id))
        documents = [document.id for document in dossier.documents]
        shared = gone.named_elsewhere(tx, id, documents, files)
        return Plan(
            dossier,
            tuple(entry.id for entry in going),
            tuple(sorted(files - shared)),
            tuple(sorted(shared)),
            _settled(going),
        )

    def _kept_files(self, tx: Tx, id: str) -> tuple[str, ...]:
        """Return the files of a dossier whose bodies were retired here; central still has them."""
        line = gone.line(tx, id)
        return () if line is None else retired_files(json.loads(line))


def _settled(going: list[Entry]) -> tuple[str, ...]:
    """Return what nobody has to look at any more: what goes, and what it says to be settled."""
    return tuple(dict.fromkeys(name for entry in going for name in (entry.id, *resolved_by(entry.body))))
