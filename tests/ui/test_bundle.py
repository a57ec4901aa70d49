"""Chuyển tay lượt ký on the screen: what goes, what is out, what came; every sentence says what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clerk_app.domain.handing import HandedOut, ToHand
from clerk_app.progress import Progress
from clerk_app.services.hand_over_bundle import BundleNotWritten, HandedOver
from clerk_app.services.take_in_bundle import BundleOutdated, TakenIn
from tests.ui.samples import NOW, some_handed_out, some_to_hand
from ui.bundle.calls import BundleCalls
from ui.bundle.view import BundleView
from ui.bundle.view_model import BundleViewModel
from ui.tasks import Tasks


@dataclass
class FakeBundles:
    """Answers like the room of bundles, and remembers what it was asked."""

    lies: tuple[ToHand, ...] = field(default_factory=some_to_hand)
    gone: tuple[HandedOut, ...] = field(default_factory=some_handed_out)
    known: tuple[str, ...] = ("device:quay-05", "device:quay-07")
    done: list[tuple[object, ...]] = field(default_factory=list)
    fails: Exception | None = None

    def calls(self) -> BundleCalls:
        return BundleCalls(
            waiting=lambda: self.lies,
            out=lambda: self.gone,
            receivers=lambda: self.known,
            called=lambda device: f"Quầy {device[-1]}",
            hand_over=self._hand_over,
            again=self._again,
            take_in=self._take_in,
            recall=self._recall,
        )

    def _hand_over(self, folder: Path, to: str, documents: Sequence[str], _: Progress) -> HandedOver:
        self._note("out", folder, to, tuple(documents))
        return HandedOver(folder / "goi-a.goi", "b-1", "Quầy 5", len(documents), 1, 2, 0)

    def _again(self, bundle: str, folder: Path) -> HandedOver:
        self._note("again", bundle, folder)
        return HandedOver(folder / "goi-a.goi", bundle, "Quầy 5", 1, 0, 0, 0)

    def _take_in(self, file: Path, _: Progress) -> TakenIn:
        self._note("in", file)
        return TakenIn("b-2", "Quầy 7", ("H26-1", "H26-2"), ("H26-3",), (), 9, True)

    def _recall(self, documents: Sequence[str], reason: str) -> tuple[HandedOut, ...]:
        self._note("recall", tuple(documents), reason)
        return self.gone[:1]

    def _note(self, *told: object) -> None:
        if self.fails is not None:
            raise self.fails
        self.done.append(told)


@pytest.fixture
def room() -> FakeBundles:
    return FakeBundles()


@pytest.fixture
def view(
    room: FakeBundles, tasks: Tasks, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> BundleView:
    made = BundleView(BundleViewModel(room.calls(), tasks), lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    with qtbot.waitExposed(made):
        made.show()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "a.goi"), ""))
    made.begin()
    qtbot.waitUntil(lambda: bool(made.waiting.rows))
    return made


def ended(view: BundleView, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: not view._model.busy and view.news.isVisible())
    return view.news.words


def test_what_is_left_out_stays_and_the_rest_goes_to_the_chosen_counter(
    view: BundleView, room: FakeBundles, qtbot: QtBot, tmp_path: Path
) -> None:
    first, *others = room.lies
    assert "máy chủ đã biết" in view._unsure.text()
    view.waiting.setFocus()
    qtbot.keyClick(view.waiting, Qt.Key.Key_Space)
    assert view.waiting.rows[0].badge == "Để lại"
    view.receiver.setCurrentIndex(1)
    view.receiver.activated.emit(1)
    qtbot.keyClick(view, Qt.Key.Key_F9)
    told = ended(view, qtbot)
    assert room.done == [("out", tmp_path, "device:quay-07", tuple(each.document for each in others))]
    assert first.document not in room.done[0][3]
    assert "goi-a.goi" in told
    assert "Kèm 2 văn bản đã xử lý ở đây." in told


def test_a_bundle_that_came_says_what_may_be_signed_and_where_it_goes_back(
    view: BundleView, room: FakeBundles, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(view._model.moved):
        qtbot.keyClick(view, Qt.Key.Key_F6)
    told = ended(view, qtbot)
    assert room.done == [("in", tmp_path / "a.goi")]
    assert "2 văn bản từ Quầy 7 ký được ở máy này: H26-1, H26-2." in told
    assert "1 văn bản có thêm chữ ký: H26-3." in told
    assert view.receiver.currentText() == "Quầy 7"


def test_a_lost_turn_is_taken_back_with_a_reason_and_not_without(
    view: BundleView, room: FakeBundles, qtbot: QtBot
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_F7)
    assert room.done == []
    assert view.reason.hasFocus()
    view.reason.setText("mất USB")
    qtbot.keyClick(view.reason, Qt.Key.Key_Return)
    assert "Đã lấy lại lượt ký" in ended(view, qtbot)
    assert room.done == [("recall", (room.gone[0].document,), "mất USB")]


def test_a_bundle_is_written_again_and_what_fails_says_what_to_do(
    view: BundleView, room: FakeBundles, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_F3)
    ended(view, qtbot)
    assert room.done == [("again", room.gone[0].bundle, tmp_path)]
    room.fails = BundleNotWritten(count=3, receiver="Quầy 5", why="Nơi chép gói đã đầy.", then="Dọn bớt.")
    qtbot.keyClick(view, Qt.Key.Key_F9)
    told = ended(view, qtbot)
    assert "Nơi chép gói đã đầy." in told
    assert "Ghi lại gói" in told
    room.fails = BundleOutdated()
    qtbot.keyClick(view, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: "Gói này cũ" in view.news.words)


def test_with_nothing_to_hand_and_nothing_out_it_says_so(
    view: BundleView, room: FakeBundles, qtbot: QtBot
) -> None:
    room.lies, room.gone = (), ()
    view.begin()
    qtbot.waitUntil(lambda: not view.waiting.isVisible())
    assert view._no_waiting.isVisible()
    assert view._no_out.isVisible()
    assert not view.panel.isVisible()
    with qtbot.waitSignal(view.back_asked):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_where_no_other_counter_is_known_it_says_why_nothing_can_go(
    room: FakeBundles, view: BundleView, qtbot: QtBot
) -> None:
    room.known = ()
    view.begin()
    qtbot.waitUntil(lambda: "chưa biết quầy nào khác" in view._unsure.text())
    assert view._unsure.isVisible()
    assert not view.export.isEnabled()
