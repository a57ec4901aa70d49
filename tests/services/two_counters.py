"""Two counters of one unit that have lost their central system, and a stick that goes between them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_app.domain.document import Document, SignatureField
from clerk_app.domain.token_card import TypedPin
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.take_in_bundle import TakenIn

if TYPE_CHECKING:
    from tests.services.conftest import RunningCentral

OFFICER, LEADER, SEAL = SignatureField
HALL, UPSTAIRS = "device:quay-03", "device:quay-05"


@dataclass
class Pair:
    """Two counters of one unit, a stick that goes between them, and central, which may be away."""

    hall: Desk
    upstairs: Desk
    stick: Path
    central: "RunningCentral"

    def carry_up(self) -> TakenIn:
        """Hand everything over in the hall and take it in upstairs."""
        done = self.hall.bundles.hand_over(self.stick, UPSTAIRS)
        return self.upstairs.bundles.take_in(done.file)

    def carry_down(self) -> TakenIn:
        """The way back."""
        done = self.upstairs.bundles.hand_over(self.stick, HALL)
        return self.hall.bundles.take_in(done.file)

    def rounds(self, *desks: Desk) -> None:
        for desk in desks:
            desk.exchange(Progress())


def sign_all(desk: Desk, typed: TypedPin) -> tuple[Document, ...]:
    room = desk.signing_room
    batch = room.sign([item.shown for item in room.list()], typed, Progress())
    assert not batch.refused
    assert batch.stopped is None
    return batch.signed


def fields(desk: Desk, slip: str) -> list[str]:
    verdict = desk.verify_document(desk.slip_pdf(slip))
    assert verdict.valid
    return [each.field for each in verdict.signatures]


def all_is_well(pair: Pair, slip: str, *signed: SignatureField) -> None:
    """Both counters and central tell the same, nobody is asked to look at anything."""
    for desk in (pair.hall, pair.upstairs):
        assert fields(desk, slip) == list(signed)
        assert desk.waiting() == ()
        assert desk.verify_journal().valid
        assert desk.sending().entries_waiting == 0
    heads = {
        desk.dossier(desk.find_dossiers("")[0].id).documents[0].head for desk in (pair.hall, pair.upstairs)
    }
    assert len(heads) == 1
    assert pair.central.count("alarms") == 0
    assert pair.central.count("entries WHERE verdict <> 'accepted'") == 0
