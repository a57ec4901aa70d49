"""Seal documents: the agency's signature, only on what the competent person has validly signed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_app.domain.approval import Batch
from clerk_app.domain.document import Document, ShownDocument, SignatureField
from clerk_app.domain.kinds import Kind
from clerk_app.domain.token_card import TypedPin
from clerk_app.progress import Progress
from clerk_app.services.own_work import NotToBeSigned
from clerk_app.services.sign_turn import SignTurn
from clerk_app.services.token_rack import CertificateOwner
from signing.certificate import SigningCertificate, same_person
from signing.pades import Check
from signing.trust import Trust
from signing.validation import validate


class SealRefused(NotToBeSigned):
    message = "Chưa được đóng dấu số: chữ ký của lãnh đạo {why}."
    remedy = "Chuyển văn bản lại cho lãnh đạo ký (Nghị định 30/2020/NĐ-CP, Điều 32)."


@dataclass(frozen=True, slots=True)
class SealDocuments:
    turn: SignTurn
    trust: Trust
    leaders: tuple[CertificateOwner, ...]  # who is competent to sign for this office
    delegates: Callable[
        [datetime], tuple[CertificateOwner, ...]
    ]  # and who was, for a leader, at a time (UTC)

    def __call__(self, listed: Sequence[ShownDocument], typed: TypedPin) -> tuple[Document, ...]:
        """Sign each, as it was shown, with the agency's certificate; one PIN attempt; the PIN is wiped.

        Raises `SealRefused`, `NotYourRole`, `DocumentMoved`, `TurnElsewhere`, `DocumentReplaced`, the errors of
        tokens, or `BatchCut`.
        """
        try:
            self.turn.require(Kind.SLIP_SEALED)
            return self.turn.sign_all(listed, typed, SignatureField.SEAL, self._require_leader)
        finally:
            typed.wipe()

    def batch(self, listed: Sequence[ShownDocument], typed: TypedPin, watch: Progress) -> Batch:
        """Seal a long list: what cannot be sealed is named and holds up no other. Raises `NotYourRole`; see `SignTurn`."""
        try:
            self.turn.require(Kind.SLIP_SEALED)
            return self.turn.sign_batch(listed, typed, SignatureField.SEAL, self._require_leader, watch)
        finally:
            typed.wipe()

    def _require_leader(self, pdf: bytes, check: Check = validate) -> None:
        """The seal attests a signature (NĐ 30/2020 Điều 32): without a valid one there is nothing to attest."""
        report = check(pdf, self.trust)
        leader = [each for each in report.signatures if each.field == SignatureField.LEADER]
        if not leader:
            raise SealRefused(why="chưa có")
        if not report.valid:
            raise SealRefused(why="không qua được kiểm tra")
        signed_with = SigningCertificate(leader[0].certificate)
        at = leader[0].proven_at or leader[0].signed_at
        competent = (*self.leaders, *(self.delegates(at) if at else ()))
        if not any(_is_of(owner, signed_with) for owner in competent):
            raise SealRefused(why=f"là của {signed_with.common_name}, không phải của lãnh đạo đơn vị")


def _is_of(leader: CertificateOwner, certificate: SigningCertificate) -> bool:
    """Tell whether the leader signed; one renewed since then was theirs under the same name."""
    return leader.owns(certificate) or same_person(certificate.common_name, leader.name)
