"""Central is away: slips go up on a stick, the leader signs them, they come down, and central takes it all afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from clerk_app.errors import CentralOffline
from clerk_app.furniture import Desk
from clerk_app.practice.central import RunningCentral, start_central
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import PASSPHRASE, PIN
from clerk_app.progress import Progress
from tests.journeys.hands import Hands
from tests.journeys.test_a_leaders_noon import fields, issue, open_what_must_be, sign
from tests.leaks import leaks
from ui.printing import FolderPrinter

Key = Qt.Key
UPSTAIRS, HALL = "device:quay-05", "device:quay-03"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def back_again(office: PracticeOffice) -> Iterator[list[RunningCentral]]:
    """Central after its outage, to be put in the list by the test."""
    again: list[RunningCentral] = []
    yield again
    for central in again:
        central.stop()


@pytest.mark.timeout(600)
def test_slips_go_up_on_a_stick_are_signed_and_come_down_and_central_takes_it_all(
    counter: Desk,
    leader: Hands,
    central: RunningCentral,
    office: PracticeOffice,
    stick: Path,
    back_again: list[RunningCentral],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = issue(counter, 0)
    counter.exchange(Progress())  # each counter has heard of the other, and of one slip
    model, view = leader.screens.approval, leader.screens.approval_view
    leader.press(Key.Key_5, ctrl=True)
    leader.wait(lambda: [each.document for each in model.free] == [known])
    central.stop()
    slips = [known, issue(counter, 1), issue(counter, 2)]
    with pytest.raises(CentralOffline):
        counter.exchange(Progress())

    leader.wait(lambda: model.alone)  # the window's own rounds find out
    leader.wait(view.held.isVisible)
    assert [row.badge for row in view.held.rows] == ["Chưa ký được"]
    assert "Máy chủ chưa nối được" in view._elsewhere_words.text()

    up = counter.bundles.hand_over(stick, UPSTAIRS)
    assert (up.documents, up.unsure) == (3, 1)

    bundles = leader.screens.mailbox_pages.bundles
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(up.file), ""))
    leader.press(Key.Key_F6)
    leader.wait(bundles.isVisible)
    leader.press(Key.Key_F6)
    leader.wait(bundles.news.isVisible)
    assert "3 văn bản từ Quầy 3 ký được ở máy này" in bundles.news.words
    assert bundles.receiver.currentData() == HALL

    leader.press(Key.Key_5, ctrl=True)
    leader.wait(lambda: {item.id for item in model.items} == set(slips))
    open_what_must_be(leader)
    leader.wait(view.sign.isEnabled)
    sign(leader)
    leader.wait(lambda: model.items == ())

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    leader.screens.workplace.show_screen(
        leader.screens.workplace.screens.indexOf(leader.screens.mailbox_pages)
    )
    leader.wait(lambda: len(bundles.waiting.rows) == len(slips))  # for the seal, which is in the hall
    leader.press(Key.Key_F9)
    leader.wait(lambda: "Đã ghi gói" in bundles.news.words)

    (down,) = (file for file in stick.iterdir() if file != up.file)
    assert leaks([up.file, down], ["Đặng Thị", "0912345678", PIN, PASSPHRASE]) == set()
    back = counter.bundles.take_in(down)
    assert len(back.signed) == len(back.to_sign) == len(slips)
    printer = FolderPrinter(stick.parent / "hall")
    for slip in slips:
        assert fields(counter, slip) == ["CanBo", "LanhDao"]
        counter.print_slip(slip, printer)
    assert len(list((stick.parent / "hall").iterdir())) == len(slips)

    back_again.append(start_central(office.central, office.central_port))
    leader.screens.rounds.send_now()
    leader.wait(lambda: leader.desk.sending().entries_waiting == 0)
    leader.wait(lambda: leader.desk.sending().alone_since is None)
    counter.exchange(Progress())
    counter.exchange(Progress())
    leader.screens.rounds.send_now()
    leader.wait(lambda: leader.desk.sending().files_waiting == 0)
    for desk in (counter, leader.desk):
        assert desk.sending().entries_waiting == 0
        assert desk.waiting() == ()
        for slip in slips:
            assert fields(desk, slip) == ["CanBo", "LanhDao"]
