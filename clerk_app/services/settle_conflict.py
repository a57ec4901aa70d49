"""Two corrected the same: the officer chooses a side for each group, and one act ends in the slip that says so."""

from dataclasses import dataclass, replace

from clerk_app.domain.acceptance import check_applicant
from clerk_app.domain.conflict import Choice, chosen_groups
from clerk_app.domain.correction import Correction
from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.dossier_body import corrected_body, dossier_from_fields
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Role
from clerk_app.domain.token_card import TypedPin
from clerk_app.errors import OfficeError
from clerk_app.services.not_taken import NotTaken, not_taken
from clerk_app.services.reissue_slip import ReissueSlip
from clerk_app.services.roles import require_role
from clerk_app.services.settle_waiting import NothingToSettle
from clerk_app.store.projection import body_of
from sync.journal import Journal, Tx, deliveries
from sync.journal.entries import PARKED


class SeenOtherwise(OfficeError):
    message = "Hồ sơ vừa được thay đổi thêm sau khi mở ra xem."
    remedy = "So lại hai bên đang hiện và chọn lại; chưa có gì được ghi hay ký."


class SideMissing(OfficeError):
    message = "Chưa chọn mục nào theo quầy này."
    remedy = "Chọn bên đúng cho từng mục; nếu giữ nguyên dữ liệu đang có hiệu lực thì bấm Đã xử lý."


@dataclass(frozen=True, slots=True)
class SettleConflict:
    journal: Journal
    reissue: ReissueSlip

    def __call__(self, choice: Choice, typed: TypedPin | None) -> Document:
        """Return the new slip, which replaces those of both sides. Without a PIN it is for the pen.

        The new correction resolves the one that was not taken, says what the dossier's last final entry says, and sets
        the chosen groups whole. Where somebody else changes them again before central has it, that is a new conflict.
        Raises `NothingToSettle`, `SeenOtherwise`, `SideMissing`, and what `ReissueSlip` raises; then nothing has changed.
        """
        try:
            require_role(self.reissue.officer, Role.OFFICER)
            with self.journal.reading() as tx:
                found = _found(tx, choice)
            now = self.reissue.projection.dossier(found.entry.subject)
            counts = dossier_from_fields(
                now.id, found.counts.state or "", found.counts.fields, now.entry_hash
            )
            before = replace(
                now,
                status=counts.status,
                applicant=counts.applicant,
                return_channel=counts.return_channel,
            )
            correction = _correction(found, choice, before)
            check_applicant(correction.applicant)
            body = corrected_body(before, correction) | {"resolves": list(found.resolves)}
            made = self.reissue.made(before, correction, body, typed)
            return self.reissue.documents.issue(now, replace(made, resolves=found.resolves))
        finally:
            if typed is not None:
                typed.wipe()


def _found(tx: Tx, choice: Choice) -> NotTaken:
    delivery = deliveries.of_entry(tx, choice.entry)
    if delivery is None or delivery.entry.kind != Kind.CORRECTED or delivery.verdict not in PARKED:
        raise NothingToSettle
    settled = delivery.entry.id not in {
        each.entry.id for each in deliveries.of_subject(tx, delivery.entry.subject)
    }
    if settled or delivery.entry.id in deliveries.being_resolved(tx, [delivery.entry.subject]):
        raise NothingToSettle
    found = not_taken(tx, delivery.entry)
    if found.conflicts != choice.seen:
        raise SeenOtherwise
    if not choice.ours or not choice.ours <= set(found.choosable):
        raise SideMissing
    return found


def _correction(found: NotTaken, choice: Choice, before: Dossier) -> Correction:
    """Return the people and the return channel that the choice comes to."""
    groups = chosen_groups(body_of(found.entry), found.counts.fields, choice.ours)
    chosen = dossier_from_fields(before.id, before.status.value, groups, before.entry_hash)
    return Correction(chosen.applicant, chosen.return_channel, choice.reason)
