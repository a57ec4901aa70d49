"""The page of delegations: F5 leads there, F9 writes one, F7 takes one back; what is wrong is said with what to do."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.domain.delegation import Delegation, DelegationGroundMissing, DelegationOrder
from clerk_app.domain.document import SignatureField
from clerk_app.domain.officer import Officer, Role
from tests.ui.test_approval import FakeRoom
from ui.approval.delegations_model import DelegationCalls, DelegationsModel
from ui.approval.delegations_view import ApprovalPages, DelegationsView
from ui.approval.view import ApprovalView
from ui.approval.view_model import ApprovalViewModel
from ui.tasks import Tasks

TODAY = date(2026, 12, 1)
HANH = Officer("qt-01", "Nguyễn Thị Hạnh", frozenset({Role.OFFICER}), "Công chức tiếp nhận")
THUY = Officer("qt-02", "Trần Đức Thuỷ", frozenset({Role.OFFICER}), "Công chức tiếp nhận")
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
HOLDS = Delegation(
    "d-1", "Phạm Quang Vinh", THUY.name, "officer:qt-02", TODAY, date(2026, 12, 3), "12/GUQ", NOW
)
OVER = replace(HOLDS, id="d-0", since=date(2026, 11, 2), until=date(2026, 11, 6), ground="09/GUQ")


@dataclass
class FakeDelegations:
    told: tuple[Delegation, ...] = (HOLDS, OVER)
    orders: list[DelegationOrder] = field(default_factory=list)

    def delegate(self, order: DelegationOrder) -> Delegation:
        if not order.ground:
            raise DelegationGroundMissing
        self.orders.append(order)
        self.told = (replace(HOLDS, id="d-2", ground=order.ground), *self.told)
        return self.told[0]

    def end(self, id: str) -> None:
        self.told = tuple(replace(each, ended_at=NOW) if each.id == id else each for each in self.told)

    def calls(self) -> DelegationCalls:
        return DelegationCalls(lambda: self.told, lambda: (HANH, THUY), self.delegate, self.end)


@pytest.fixture
def office() -> FakeDelegations:
    return FakeDelegations()


@pytest.fixture
def pages(office: FakeDelegations, tasks: Tasks, qtbot: QtBot) -> ApprovalPages:
    room = ApprovalViewModel(FakeRoom().calls(), tasks, "Phạm Quang Vinh")
    approval = ApprovalView(room, SignatureField.LEADER, lambda: NOW, delegates=True)
    model = DelegationsModel(office.calls(), tasks, lambda: TODAY)
    made = ApprovalPages(approval, DelegationsView(model))
    qtbot.addWidget(made)
    made.resize(1280, 660)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.keyClick(made, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(model.delegations))
    return made


def test_f5_leads_to_who_approves_for_the_leader_and_esc_back(pages: ApprovalPages, qtbot: QtBot) -> None:
    page = pages.delegations
    assert [row.badge for row in page.list.rows] == ["Đang hiệu lực", "Đã hết hạn"]
    assert "01/12/2026 – 03/12/2026 · 12/GUQ · Phạm Quang Vinh" in page.list.rows[0].detail
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert pages.currentWidget() is pages.approval


def test_f9_delegates_as_it_is_written(pages: ApprovalPages, office: FakeDelegations, qtbot: QtBot) -> None:
    page = pages.delegations
    page.to.setCurrentIndex(1)
    page.until.setText("05/12/2026")
    page.ground.setText("14/GUQ-UBND")
    with qtbot.waitSignal(page._model.made):
        qtbot.keyClick(page, Qt.Key.Key_F9)
    assert office.orders == [DelegationOrder("qt-02", TODAY, date(2026, 12, 5), "14/GUQ-UBND")]
    qtbot.waitUntil(lambda: len(page.list.rows) == 3)
    assert page.ground.text() == ""


def test_what_is_missing_is_said_and_nothing_is_made(
    pages: ApprovalPages, office: FakeDelegations, qtbot: QtBot
) -> None:
    page = pages.delegations
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(page.news.isVisible)
    page.until.setText("31/02/2026")
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(page.until.hasFocus)
    assert office.orders == []


def test_f7_takes_back_what_holds_and_nothing_that_is_over(
    pages: ApprovalPages, office: FakeDelegations, qtbot: QtBot
) -> None:
    page = pages.delegations
    page.list.choose("d-0")
    assert not page.end.isEnabled()
    page.list.choose("d-1")
    with qtbot.waitSignal(page._model.ended):
        qtbot.keyClick(page, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: page.list.rows[0].badge == "Đã chấm dứt")


def test_without_a_ground_the_keys_go_to_its_field_and_the_trouble_is_not_kept_for_the_next_visit(
    pages: ApprovalPages, office: FakeDelegations, qtbot: QtBot
) -> None:
    page = pages.delegations
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(page.news.isVisible)
    assert page.focusWidget() is page.ground
    assert office.orders == []

    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.keyClick(pages, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not page.news.isVisible())
