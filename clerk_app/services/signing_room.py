"""Where lists are signed: what waits for one officer's field, the tokens that could sign it, and the batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clerk_app.domain.approval import Batch, ToSign
from clerk_app.domain.document import Document, ShownDocument, SignatureField
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Role
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.progress import Progress
from clerk_app.services.approve_documents import ApproveDocuments
from clerk_app.services.counter import Counter
from clerk_app.services.list_to_sign import ListToSign
from clerk_app.services.send_back import SendBack
from clerk_app.services.take_turns import TakeTurns
from clerk_app.services.token_cards import TokenCards
from clerk_app.services.unlock import Unlocked


@dataclass(frozen=True, slots=True)
class SigningRoom:
    """For a leader's signatures, or for the seal."""

    field: SignatureField
    list: Callable[[], tuple[ToSign, ...]]
    cards: Callable[[], tuple[TokenCard, ...]]  # the signer's first
    sign: Callable[[Sequence[ShownDocument], TypedPin, Progress], Batch]  # wipes the PIN
    send_back: Callable[[ShownDocument, str], Document]  # unsigned, with the reason
    turns: (
        TakeTurns  # what waits at other counters; called with document ids, it asks central for their turns
    )


def signing_room(counter: Counter, unlocked: Unlocked) -> SigningRoom | None:
    """Return the room of who signs lists: a leader, or who holds the seal, else who signs for a leader; None for everybody else."""
    roles, permit = unlocked.officer.roles, counter.permit(unlocked.officer)
    if Role.REGISTRAR in roles and Role.LEADER not in roles:
        return _room(counter, unlocked, SignatureField.SEAL, counter.seal_documents(unlocked).batch)
    if permit.may(Kind.SLIP_APPROVED):
        approve = ApproveDocuments(counter.turn(unlocked, counter.owner(unlocked.officer)))
        return _room(counter, unlocked, SignatureField.LEADER, approve.batch)
    return None


def _room(
    counter: Counter,
    unlocked: Unlocked,
    field: SignatureField,
    sign: Callable[[Sequence[ShownDocument], TypedPin, Progress], Batch],
) -> SigningRoom:
    is_seal = field is SignatureField.SEAL
    owner = counter.seal_owner if is_seal else counter.owner(unlocked.officer)
    permit = counter.permit(unlocked.officer)
    listed = ListToSign(
        counter.journal,
        counter.projection,
        permit,
        counter.device.author,
        counter.signatory(unlocked.officer),
        field,
        counter.settings.approval_share,
        counter.now,
    )
    cards = TokenCards(counter.rack, owner, counter.practice_pins)
    send_back = SendBack(counter.documents(unlocked.signer), permit, field)
    turns = TakeTurns(
        counter.journal,
        counter.archive,
        counter.projection,
        permit,
        unlocked.signer,
        counter.device.author,
        counter.signatory(unlocked.officer),
        field,
    )
    return SigningRoom(field, listed, cards, sign, send_back, turns)
