"""The list of what waits for a signature says what waits elsewhere, and asks for it by one key."""

from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.domain.approval import Batch, Elsewhere, ToSign
from clerk_app.domain.document import Document, DocumentKind, ShownDocument, SignatureField
from clerk_app.domain.own_work import Barred
from clerk_app.domain.token_card import TokenCard
from clerk_app.errors import CentralOffline
from signing.errors import SignerRevoked
from tests.ui.samples import NOW, a_document
from ui.approval import words
from ui.approval.calls import ApprovalCalls
from ui.approval.view import ApprovalView
from ui.approval.view_model import ApprovalViewModel, Step
from ui.tasks import Tasks

FREE = Elsewhere("doc-1", "H26.99.01-261123-0001", "Lê Thị Mỹ Duyên", "", asked=False)
HELD = replace(FREE, document="doc-2", holder="device:quay-05", machine="Quầy 5")
ITEM = ToSign(
    ShownDocument("doc-3", "ab" * 32),
    DocumentKind.SLIP,
    SignatureField.LEADER,
    "d-3",
    "H26.99.01-261123-0003",
    "Phạm Quốc Khánh",
    "1.001193",
    "Đăng ký khai sinh",
    "Nguyễn Thị Hạnh",
    NOW,
)


@dataclass
class FakeRoom:
    """Answers like the signing room, from lists that a test may change."""

    items: tuple[ToSign, ...] = (ITEM,)
    waiting: tuple[Elsewhere, ...] = (FREE, HELD)
    asked: list[str] = field(default_factory=list)
    returned: list[tuple[str, str]] = field(default_factory=list)
    online: bool = True
    cards: tuple[TokenCard, ...] = ()

    def take(self, documents: list[str]) -> int:
        if not self.online:
            raise CentralOffline
        self.asked += documents
        self.waiting = tuple(
            replace(each, asked=True) if each.document in documents else each for each in self.waiting
        )
        return len(documents)

    def send_back(self, shown: ShownDocument, reason: str) -> Document:
        self.returned.append((shown.id, reason))
        self.items = ()
        return a_document("d-3")

    def calls(self) -> ApprovalCalls:
        return ApprovalCalls(
            list=lambda: self.items,
            look=lambda document, _: (ShownDocument(document, "ab" * 32), ()),
            cards=lambda: self.cards,
            sign=lambda *_: Batch(),
            elsewhere=lambda: self.waiting,
            take=self.take,
            send_back=self.send_back,
        )


@pytest.fixture
def room() -> FakeRoom:
    return FakeRoom()


@pytest.fixture
def view(room: FakeRoom, tasks: Tasks, qtbot: QtBot) -> ApprovalView:
    made = ApprovalView(
        ApprovalViewModel(room.calls(), tasks, "Phạm Quang Vinh"), SignatureField.LEADER, lambda: NOW
    )
    qtbot.addWidget(made)
    made.resize(1280, 660)
    with qtbot.waitExposed(made):
        made.show()
    made._model.refresh()
    qtbot.waitUntil(lambda: bool(made._model.items))
    return made


def test_what_waits_elsewhere_is_told_and_who_has_it(view: ApprovalView) -> None:
    told = view._elsewhere_words.text()
    assert "1 văn bản ở quầy khác chờ ký." in told
    assert "Quầy 5" in told
    assert view.take.isVisible()


def test_one_key_asks_for_what_is_free_and_for_nothing_else(
    view: ApprovalView, room: FakeRoom, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view._model.asked):
        qtbot.keyClick(view, Qt.Key.Key_F8)
    assert room.asked == ["doc-1"]
    qtbot.waitUntil(lambda: "đã xin nhận về" in view._elsewhere_words.text())
    assert not view.take.isVisible()


def test_nothing_elsewhere_takes_no_room(view: ApprovalView, room: FakeRoom, qtbot: QtBot) -> None:
    room.waiting = ()
    view._model.refresh()
    qtbot.waitUntil(lambda: not view.elsewhere.isVisible())


def test_only_a_document_that_was_seen_can_be_given_back(
    view: ApprovalView, room: FakeRoom, qtbot: QtBot
) -> None:
    qtbot.waitUntil(view.back.isEnabled)  # the first lies open
    view._model.items = (replace(ITEM, shown=ShownDocument("doc-3", "cd" * 32)),)
    view._model.changed.emit()
    assert not view.back.isEnabled()  # other bytes were on the screen
    view._model.refresh()
    qtbot.waitUntil(view.back.isEnabled)
    qtbot.keyClick(view, Qt.Key.Key_F7)
    assert view.reason.isVisible()
    view.reason.reason.setText("Sai tên")
    with qtbot.waitSignal(view._model.sent_back) as told:
        qtbot.keyClick(view.reason.reason, Qt.Key.Key_Return)
    assert told.args == [ITEM.code]
    assert room.returned == [("doc-3", "Sai tên")]
    qtbot.waitUntil(lambda: view._model.items == ())


def test_no_pin_is_asked_for_a_certificate_that_may_not_sign(
    view: ApprovalView, room: FakeRoom, qtbot: QtBot
) -> None:
    unfit = SignerRevoked(owner="Phạm Quang Vinh", day="01/11/2026")
    room.cards = (TokenCard("1", "thẻ", "Phạm Quang Vinh", "ab" * 32, NOW, unfit=unfit),)
    qtbot.waitUntil(lambda: view._model.can_sign)
    steps: list[Step] = []
    view._model.changed.connect(lambda: steps.append(view._model.step))
    view._model.sign()
    qtbot.waitUntil(lambda: view._model.notice is not None)

    assert view._model.notice is unfit
    assert Step.ASKING_PIN not in steps
    assert view.news.isVisible()


def test_what_goes_wrong_is_told(view: ApprovalView, room: FakeRoom, qtbot: QtBot) -> None:
    room.online = False
    view.take.click()
    qtbot.waitUntil(view.news.isVisible)


def test_what_is_for_somebody_else_is_said_so_and_never_counted(
    view: ApprovalView, room: FakeRoom, qtbot: QtBot
) -> None:
    own = replace(ITEM, shown=ShownDocument("doc-4", "cd" * 32), barred=Barred.OWN_WORK)
    room.items = (ITEM, own)
    view._model.refresh()
    qtbot.waitUntil(lambda: len(view._model.items) == 2)

    assert [item.id for item in view._model.chosen] == ["doc-3"]
    view._model.leave_out("doc-4")
    assert [item.id for item in view._model.chosen] == ["doc-3"]
    assert words.row(own, NOW, opened=False, left_out=False, refused=None).badge == "Không tự ký"


def test_without_central_each_line_says_where_its_turn_is_and_what_to_do(
    view: ApprovalView, qtbot: QtBot
) -> None:
    assert not view.held.isVisible()
    view._model.hear(alone=True)
    qtbot.waitUntil(view.held.isVisible)

    free, held = view.held.rows
    assert "chưa ai nhận lượt ký" in free.detail
    assert "lượt ký đang ở Quầy 5" in held.detail
    assert {row.badge for row in view.held.rows} == {"Chưa ký được"}
    assert "Máy chủ chưa nối được" in view._elsewhere_words.text()
    assert not view.take.isVisible()  # nobody could be asked
    with qtbot.waitSignal(view.bundles_asked):
        qtbot.keyClick(view, Qt.Key.Key_F6)
