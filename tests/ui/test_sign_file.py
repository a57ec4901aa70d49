"""The screen that signs files: a file opened or dropped, its sign put on the page by keys, refusals told, one PIN."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from clerk_app.domain.file_act import (
    SIZES,
    CopyForm,
    FileAct,
    FileOrder,
    NumberMissing,
    Place,
    usual_corner,
    usual_page,
)
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.errors import Notice
from clerk_app.papers.signature_reader import SignedFileNotPdf
from clerk_app.progress import Progress
from clerk_app.services.sign_file import FileLook, FileSigned
from signing.errors import CertificateExpired
from tests.ui.samples import CARD, a_page
from ui.signfile.calls import SignFileCalls
from ui.signfile.view import SignFileView
from ui.signfile.view_model import SignFileViewModel, Step
from ui.tasks import Tasks

A4 = (595.0, 842.0)


@dataclass
class FakeOffice:
    """Opens every file as two pages, and signs it."""

    acts: tuple[FileAct, ...] = (FileAct.ISSUE, FileAct.INCOMING, FileAct.COPY)
    cards: tuple[TokenCard, ...] = (CARD,)
    trouble: Notice | None = None
    signed: list[tuple[str, FileOrder]] = field(default_factory=list)

    def look(self, path: str, _: Progress) -> FileLook:
        if not path.endswith(".pdf"):
            raise SignedFileNotPdf(name=path)
        return FileLook(path, "ab" * 32, 2)

    def place(self, look: FileLook, order: FileOrder) -> tuple[Place, tuple[float, float]]:
        if order.place is not None:
            return order.place, A4
        return Place(usual_page(order.act, look.pages), *usual_corner(order.act, A4, SIZES[order.act])), A4

    def check(self, _: FileLook, order: FileOrder, __: Progress) -> None:
        if order.act is FileAct.INCOMING and not order.number:
            raise NumberMissing

    def sign(self, look: FileLook, order: FileOrder, typed: TypedPin, _: Progress) -> FileSigned:
        typed.wipe()
        if self.trouble is not None:
            raise self.trouble
        self.signed.append((look.path, order))
        return FileSigned(
            look.path.replace(".pdf", "-da-ky.pdf"), "cd" * 32, order.act, "x", datetime.now(UTC), False
        )

    def calls(self) -> SignFileCalls:
        return SignFileCalls(
            acts=self.acts,
            look=self.look,
            picture=lambda _, __, width, ___: a_page(width),
            place=self.place,
            size=lambda act: SIZES[act],
            check=self.check,
            cards=lambda _: self.cards,
            sign=self.sign,
        )


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def view(office: FakeOffice, tasks: Tasks, qtbot: QtBot) -> SignFileView:
    made = SignFileView(SignFileViewModel(office.calls(), tasks, "Văn thư"))
    qtbot.addWidget(made)
    made.resize(1200, 660)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def opened(view: SignFileView, qtbot: QtBot) -> SignFileView:
    view._model.open("/a/cong van.pdf")
    qtbot.waitUntil(lambda: view._model.step is Step.READY)
    return view


@pytest.fixture
def enter(qtbot: QtBot) -> Callable[[SignFileView], None]:
    def typed(view: SignFileView) -> None:
        view.sign.click()
        qtbot.waitUntil(lambda: view._model.step is Step.ASKING_PIN)
        view._model.enter_pin(TypedPin(CARD, bytearray(b"123456")))
        qtbot.waitUntil(lambda: not view._model.busy)

    return typed


def test_a_file_that_is_dropped_is_opened(view: SignFileView, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/a/cong van.pdf")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view.dropEvent(event)
    qtbot.waitUntil(lambda: view._model.step is Step.READY)
    assert "Trang 2/2" in view._where.text()


def test_each_act_has_its_usual_place_and_asks_for_what_it_needs(opened: SignFileView, qtbot: QtBot) -> None:
    model = opened._model
    assert model.place.page == 1
    assert not opened.number_field.isVisible()
    for act, asked in ((FileAct.INCOMING, opened.number_field), (FileAct.COPY, opened.copy_field)):
        opened.acts.choose(act)
        qtbot.waitUntil(lambda act=act: model.order.act is act and model.step is Step.READY)
        assert model.place.page == 0
        assert asked.isVisible()


def test_what_is_missing_is_told_before_a_pin(
    opened: SignFileView, office: FakeOffice, enter, qtbot: QtBot
) -> None:
    opened.acts.choose(FileAct.INCOMING)
    qtbot.waitUntil(lambda: opened._model.step is Step.READY)
    opened.sign.click()
    qtbot.waitUntil(lambda: "số đến" in opened.news.words)
    qtbot.keyClicks(opened.number, "305")
    enter(opened)
    assert office.signed[0][1].number == "305"


def test_a_kind_of_copy_is_chosen(opened: SignFileView, office: FakeOffice, enter, qtbot: QtBot) -> None:
    opened.acts.choose(FileAct.COPY)
    qtbot.waitUntil(lambda: opened._model.order.act is FileAct.COPY and opened._model.step is Step.READY)
    opened.copy.setCurrentIndex(2)
    opened.copy.activated.emit(2)
    enter(opened)
    assert office.signed[0][1].copy is CopyForm.PART
    assert opened.check.isVisible()
    assert "Đã ký" in opened.news.words


def test_the_arrows_move_the_sign_and_never_off_the_page(opened: SignFileView, qtbot: QtBot) -> None:
    model, before = opened._model, opened._model.place
    qtbot.keyClick(opened.page, Qt.Key.Key_Left)
    qtbot.keyClick(opened.page, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert before.x - model.place.x == pytest.approx(5 * 72 / 25.4)
    assert model.place.y - before.y == pytest.approx(72 / 25.4)
    for _ in range(80):
        qtbot.keyClick(opened.page, Qt.Key.Key_Left)
    assert model.place.x >= 0


def test_a_file_that_is_none_is_told_and_the_next_one_opens(view: SignFileView, qtbot: QtBot) -> None:
    view._model.open("/a/anh.png")
    qtbot.waitUntil(view.news.isVisible)
    assert "không phải tệp PDF" in view.news.words
    view._model.open("/a/b.pdf")
    qtbot.waitUntil(lambda: view._model.step is Step.READY)
    assert not view.news.isVisible()


@pytest.mark.parametrize("trouble", [NumberMissing()])
def test_what_goes_wrong_while_signing_is_told_and_the_file_stays_open(
    opened: SignFileView, office: FakeOffice, enter, trouble: Notice
) -> None:
    office.trouble = trouble
    enter(opened)
    assert opened.news.isVisible()
    assert opened._model.step is Step.READY


def test_a_token_that_may_not_sign_is_told_instead_of_asking_for_its_pin(
    opened: SignFileView, office: FakeOffice, qtbot: QtBot
) -> None:

    office.cards = (replace(CARD, unfit=CertificateExpired(owner="Hoa", day="01/01/2026")),)
    opened.sign.click()
    qtbot.waitUntil(lambda: "hết hạn" in opened.news.words)
    assert not opened.pin.isVisible()


def test_esc_stops_what_takes_long(view: SignFileView, qtbot: QtBot) -> None:
    view._model.open("/a/b.pdf")
    view.stop.click()
    qtbot.waitUntil(lambda: not view._model.busy)
    assert view._model.step in {Step.WAITING, Step.READY}
