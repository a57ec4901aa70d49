"""A leader approves a letter that another program made, the registrar issues and copies it: by keys, the old files untouched."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from reportlab.pdfgen.canvas import Canvas

from clerk_app.domain.file_act import FileAct
from clerk_app.practice.people import LEADER, PIN, REGISTRAR
from tests.journeys.hands import Hands
from ui.signfile.view_model import Step

Key = Qt.Key


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "công văn 12.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    for page in range(2):
        canvas.drawString(80, 700, f"Trang {page + 1}")
        canvas.showPage()
    canvas.save()
    return path


def choose(hands: Hands, file: Path) -> None:
    """Ctrl+7, Ctrl+O, the file's name, Enter; wait for its page."""
    view, model = hands.screens.sign_file_view, hands.screens.sign_file
    view.window().activateWindow()  # offscreen no window does by itself, after a dialog
    hands.wait(view.window().isActiveWindow)
    hands.press(Key.Key_7, ctrl=True)
    hands.wait(view.isVisible)
    hands.press(Key.Key_O, ctrl=True)
    dialog = view.window().findChild(QFileDialog)
    hands.wait(dialog.isVisible)
    line = dialog.findChild(QLineEdit)
    line.setText(str(file))
    line.setFocus()
    hands.keys += 1
    QTest.keyClick(line, Key.Key_Return)
    hands.wait(lambda: model.step is Step.READY and model.look.path == str(file))
    view.window().activateWindow()
    hands.wait(view.window().isActiveWindow)


def sign(hands: Hands, pin: str = PIN) -> None:
    view, model = hands.screens.sign_file_view, hands.screens.sign_file
    hands.press(Key.Key_F9)
    hands.wait(lambda: model.step is Step.ASKING_PIN and view.pin.pin.hasFocus())
    hands.type(pin, counted=False)
    hands.press(Key.Key_Return)


def test_a_letter_is_approved_where_the_leader_wants_issued_and_copied(sitting, letter: Path) -> None:
    original = letter.read_bytes()
    hands = sitting(LEADER, listed=False)
    view, model = hands.screens.sign_file_view, hands.screens.sign_file
    choose(hands, letter)
    assert model.place.page == 1  # the last
    before = model.place
    view.page.setFocus()
    hands.wait(view.page.hasFocus)
    hands.press(Key.Key_PageUp)
    hands.wait(lambda: model.step is Step.READY and model.place.page == 0)
    hands.press(Key.Key_Left, Key.Key_Up)
    assert model.place.x < before.x
    assert model.place.y > before.y

    sign(hands, "999999")
    hands.wait(lambda: model.pin_notice is not None and model.step is Step.ASKING_PIN)
    hands.type(PIN, counted=False)
    hands.press(Key.Key_Return)
    hands.wait(lambda: model.outcome is not None)
    approved = Path(model.outcome.path)
    assert approved.name == "công văn 12-da-ky.pdf"
    assert "Đã ký" in view.news.words
    assert letter.read_bytes() == original

    hands = sitting(REGISTRAR, listed=False)
    view, model = hands.screens.sign_file_view, hands.screens.sign_file
    choose(hands, letter)  # the leader has not signed this one
    hands.press(Key.Key_F9)
    hands.wait(lambda: "Điều 32" in view.news.words)
    choose(hands, approved)
    sign(hands)
    hands.wait(lambda: model.outcome is not None)
    issued = Path(model.outcome.path)

    choose(hands, issued)
    view.acts.choose(FileAct.COPY)
    hands.wait(lambda: model.order.act is FileAct.COPY and model.step is Step.READY)
    assert model.place.page == 0
    sign(hands)
    hands.wait(lambda: model.outcome is not None)
    copied = hands.desk.verify_document(Path(model.outcome.path).read_bytes())
    assert copied.valid
    assert [each.field for each in copied.signatures] == ["approve-1", "issue-1", "copy-1"]

    hands.press(Key.Key_F8)  # its signatures are looked at
    hands.wait(lambda: hands.screens.verify.verdict is not None)
    assert hands.screens.verify.verdict.valid
