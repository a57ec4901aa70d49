"""Chờ cấp mã: one key gives codes to a list, signs the notices under one PIN and prints them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.domain.approval import Batch
from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.legal_code import CodeWaiting
from clerk_app.domain.reply import Pen
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.errors import OfficeError, PinWrong
from clerk_app.progress import Progress
from tests.ui.samples import CARD, NOW, OFFICER, some_codes
from ui.mailbox.codes_view import CodesView
from ui.mailbox.codes_view_model import CodeCalls, CodesViewModel, Step
from ui.tasks import Tasks

Key = Qt.Key


class NoRange(OfficeError):
    message = "Chưa có dải số của hôm nay."
    remedy = "Gửi, nhận dữ liệu rồi cấp lại."


@dataclass
class Office:
    """Gives codes, and remembers how."""

    items: tuple[CodeWaiting, ...] = field(default_factory=some_codes)
    cards: tuple[TokenCard, ...] = (CARD,)
    refusal: OfficeError | None = None
    given: list[tuple[tuple[str, ...], object]] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def give(self, wanted: Sequence[str], by: TypedPin | Pen, _: Progress) -> Batch:
        self.given.append((tuple(wanted), by.reason if isinstance(by, Pen) else bytes(by.pin)))
        if self.refusal is not None:
            refusal, self.refusal = self.refusal, None
            raise refusal
        self.items = tuple(each for each in self.items if each.dossier not in wanted)
        papers = (Document(f"doc-{each}", each, DocumentKind.CODE_NOTICE, "ab" * 32, ()) for each in wanted)
        return Batch(tuple(papers))

    def print_slip(self, document: str) -> int:
        self.printed.append(document)
        return 1

    def calls(self) -> CodeCalls:
        return CodeCalls(lambda: self.items, lambda: self.cards, self.give, self.print_slip)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def view(office: Office, tasks: Tasks, qtbot: QtBot) -> CodesView:
    model = CodesViewModel(office.calls(), tasks, OFFICER.name)
    view = CodesView(model, lambda: NOW)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.begin()
    qtbot.waitUntil(lambda: bool(model.items))
    view.setFocus()
    return view


def test_a_list_gets_its_codes_under_one_pin_and_is_printed(
    view: CodesView, office: Office, qtbot: QtBot
) -> None:
    model = view._model
    assert view.list.rows[0].title == f"TAM-Q3-261123-0001 · {office.items[0].person}"
    assert "đã có mã H26.99.01-261123-0031, chưa có thông báo" in view.list.rows[1].detail
    assert [row.badge for row in view.list.rows] == ["Chờ cấp mã", "Chờ thông báo", "Chờ cấp mã"]

    qtbot.keyClick(view.list, Key.Key_F9)
    qtbot.waitUntil(lambda: model.step is Step.ASKING_PIN)
    qtbot.keyClicks(view.pin.pin, "12345678")
    with qtbot.waitSignal(model.given) as told:
        qtbot.keyClick(view.pin.pin, Key.Key_Return)
    qtbot.waitUntil(lambda: len(office.printed) == 3 and not model.items)

    assert told.args == [3]
    assert office.given == [(("t-0", "t-1", "t-2"), b"12345678")]
    assert office.printed == ["doc-t-0", "doc-t-1", "doc-t-2"]
    assert not view.give.isEnabled()
    assert not view._nothing.isHidden()


def test_what_is_left_out_waits_on_and_a_pen_takes_the_place_of_the_token(
    view: CodesView, office: Office, qtbot: QtBot
) -> None:
    model = view._model
    qtbot.keyClick(view.list, Key.Key_Space)
    assert view.list.rows[0].badge == "Để lại"

    qtbot.keyClick(view.list, Key.Key_F8)
    assert view.reason.hasFocus()
    qtbot.keyClick(view.reason, Key.Key_Return)
    qtbot.waitUntil(lambda: len(model.items) == 1)

    assert office.given == [(("t-1", "t-2"), "Không dùng được thẻ ký số")]
    assert model.items[0].dossier == "t-0"


def test_esc_leaves_the_reason_first_and_the_page_after_it(
    view: CodesView, office: Office, qtbot: QtBot
) -> None:
    qtbot.keyClick(view.list, Key.Key_F8)
    with qtbot.assertNotEmitted(view.back_asked):
        qtbot.keyClick(view.reason, Key.Key_Escape)
    assert not view.reason.isVisible()
    assert view.list.hasFocus()

    with qtbot.waitSignal(view.back_asked):
        qtbot.keyClick(view.list, Key.Key_Escape)
    assert office.given == []


def test_a_wrong_pin_is_asked_for_again_and_nothing_is_printed(
    view: CodesView, office: Office, qtbot: QtBot
) -> None:
    model = view._model
    office.refusal = PinWrong()
    view.give.click()
    qtbot.waitUntil(lambda: model.step is Step.ASKING_PIN)
    model.enter_pin(TypedPin(CARD, bytearray(b"0000")))
    qtbot.waitUntil(lambda: model.step is Step.ASKING_PIN and model.pin_notice is not None)
    view.pin.reject()
    assert model.step is Step.CHOOSING
    assert office.printed == []


def test_without_numbers_it_says_what_to_do(view: CodesView, office: Office, qtbot: QtBot) -> None:
    office.refusal = NoRange()
    view._model.give_by_pen("thẻ hỏng")
    qtbot.waitUntil(lambda: view._model.notice is not None)
    assert "Chưa có dải số của hôm nay." in view.trouble.words
    assert len(view.list.rows) == 3


def test_a_line_leads_to_its_dossier(view: CodesView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.dossier_asked) as asked:
        qtbot.keyClick(view.list, Key.Key_Return)
    assert asked.args == ["TAM-Q3-261123-0001"]
