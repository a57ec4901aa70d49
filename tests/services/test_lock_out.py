"""Who left opens nothing of a counter any more, and somebody always can."""

import pytest

from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.services.lock_out import LockOutOneself, NothingToTake
from clerk_app.services.unlock import unlock
from clerk_app.store import key_slots
from clerk_app.store.key_slots import NoSlot

SECOND = people.SECOND_OFFICER


def test_who_is_locked_out_opens_nothing_and_who_did_it_still_does(desk: Desk, settings) -> None:
    unlock(settings.folder, SECOND.officer.id, bytearray(people.PASSPHRASE.encode()))

    desk.lock_out(SECOND.officer.id)

    with pytest.raises(NoSlot):
        unlock(settings.folder, SECOND.officer.id, bytearray(people.PASSPHRASE.encode()))
    with pytest.raises(NothingToTake):
        desk.lock_out(SECOND.officer.id)
    assert key_slots.has_slot(settings.folder, desk.officer.id)


def test_nobody_takes_their_own_way_in(desk: Desk, settings) -> None:
    with pytest.raises(LockOutOneself):
        desk.lock_out(desk.officer.id)

    assert key_slots.has_slot(settings.folder, desk.officer.id)
