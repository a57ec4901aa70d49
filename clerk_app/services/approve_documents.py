"""Approve documents: the leader's signature on each, after the officer's."""

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_app.domain.approval import Batch
from clerk_app.domain.document import Document, ShownDocument, SignatureField
from clerk_app.domain.kinds import Kind
from clerk_app.domain.token_card import TypedPin
from clerk_app.progress import Progress
from clerk_app.services.sign_turn import SignTurn
from signing.pades import Check


@dataclass(frozen=True, slots=True)
class ApproveDocuments:
    turn: SignTurn

    def __call__(self, listed: Sequence[ShownDocument], typed: TypedPin) -> tuple[Document, ...]:
        """Sign each, as it was shown, in the leader's field; one PIN attempt; the PIN is wiped.

        Raises `NotYourRole`, `DocumentMoved`, `TurnElsewhere`, `DocumentReplaced`, the errors of tokens, or
        `BatchCut`.
        """
        try:
            self.turn.require(Kind.SLIP_APPROVED)
            return self.turn.sign_all(listed, typed, SignatureField.LEADER, _as_it_is)
        finally:
            typed.wipe()

    def batch(self, listed: Sequence[ShownDocument], typed: TypedPin, watch: Progress) -> Batch:
        """Sign a long list: what cannot be signed is named and holds up no other. Raises `NotYourRole`; see `SignTurn`."""
        try:
            self.turn.require(Kind.SLIP_APPROVED)
            return self.turn.sign_batch(listed, typed, SignatureField.LEADER, _as_it_is, watch)
        finally:
            typed.wipe()


def _as_it_is(_pdf: bytes, _check: Check) -> None:
    """Nothing more is asked of the head: all its signatures are validated again after signing."""
