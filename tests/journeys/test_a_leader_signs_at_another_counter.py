"""A slip is issued at one counter and signed by the leader at another: one key takes it, outages in between."""

import pytest
from PySide6.QtCore import Qt

from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from tests.journeys.hands import Hands
from tests.journeys.test_a_leaders_noon import fields, issue, open_what_must_be, sign

Key = Qt.Key


@pytest.mark.timeout(300)
def test_slips_of_the_hall_are_taken_signed_and_come_back(counter: Desk, leader: Hands) -> None:
    slips = [issue(counter, number) for number in range(3)]
    counter.exchange(Progress())

    model, view = leader.screens.approval, leader.screens.approval_view
    leader.press(Key.Key_5, ctrl=True)
    leader.wait(lambda: len(model.free) == len(slips))
    assert "3 văn bản ở quầy khác chờ ký." in view._elsewhere_words.text()
    leader.press(Key.Key_F8)
    leader.wait(lambda: {item.id for item in model.items} == set(slips))
    assert not view.elsewhere.isVisible()

    open_what_must_be(leader)
    leader.wait(view.sign.isEnabled)
    sign(leader)
    leader.wait(lambda: model.items == ())
    leader.wait(lambda: leader.desk.sending().entries_waiting == 0)
    leader.wait(lambda: leader.desk.sending().files_waiting == 0)

    counter.exchange(Progress())
    for slip in slips:
        assert fields(counter, slip) == ["CanBo", "LanhDao"]
