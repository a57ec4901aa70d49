"""A citizen brings a signed PDF: by keys the officer sees who signed it, and whether a byte was changed since."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.paper import LaidPaper, PaperState
from clerk_app.domain.signed_paper import Standing
from clerk_app.domain.token_card import TypedPin
from clerk_app.practice.people import OFFICER, PIN
from tests.journeys.hands import Hands
from ui.verify.view_model import VerifyViewModel

Key = Qt.Key
PAPERS = tuple(LaidPaper(key, PaperState.SHOWN_ONLY) for key in ("ct01", "giay-to-cho-o", "can-cuoc"))


@pytest.fixture
def slip(hands: Hands) -> str:
    """One that this counter has signed."""
    applicant = Applicant(Person("Đặng Ngọc Ánh", phone="0912345678"))
    draft = replace(hands.desk.start_draft(), procedure="1.004222", applicant=applicant, papers=PAPERS)
    dossier = hands.desk.receive_dossier(hands.desk.save_draft(draft))
    typed = TypedPin(hands.desk.token_cards()[0], bytearray(PIN.encode()))
    return hands.desk.issue_slip(dossier.id, typed).id


def _choose(hands: Hands, file: Path) -> VerifyViewModel:
    """Ctrl+6, Ctrl+O, the file's name, Enter; wait for the verdict."""
    view, model = hands.screens.verify_view, hands.screens.verify
    view.window().activateWindow()  # offscreen no window does by itself, after a dialog
    hands.wait(view.window().isActiveWindow)
    hands.press(Key.Key_6, ctrl=True)
    hands.wait(view.isVisible)
    hands.press(Key.Key_O, ctrl=True)
    dialog = view.window().findChild(QFileDialog)
    hands.wait(dialog.isVisible)
    line = dialog.findChild(QLineEdit)
    line.setText(str(file))
    line.setFocus()
    hands.keys += 1
    QTest.keyClick(line, Key.Key_Return)
    hands.wait(lambda: model.name == file.name and not model.busy)
    return model


def test_a_slip_that_was_brought_back_is_valid_and_one_changed_byte_is_told(
    hands: Hands, slip: str, tmp_path: Path
) -> None:
    brought, forged = tmp_path / "giấy hẹn.pdf", tmp_path / "giấy hẹn sửa.pdf"
    pdf = hands.desk.slip_pdf(slip)
    brought.write_bytes(pdf)
    forged.write_bytes(pdf[:600] + bytes([pdf[600] ^ 1]) + pdf[601:])
    view = hands.screens.verify_view

    model = _choose(hands, brought)
    sys.stdout.write(f"\na file checked: {hands.keys} keys beside its name\n")
    assert model.verdict is not None
    assert model.verdict.standing is Standing.VALID
    assert view.headline.text() == "Chữ ký số hợp lệ"
    assert OFFICER.officer.name in view.cards[0].accessibleDescription()
    assert hands.keys <= 3

    model = _choose(hands, forged)
    sys.stdout.write(f"forged: {view.headline.text()}\n")
    assert model.verdict is None or not model.verdict.valid
    assert view.headline.text() in ("KHÔNG hợp lệ", "Không kiểm tra được")


@pytest.mark.long
def test_the_register_hands_a_slip_over_to_the_check(hands: Hands, slip: str) -> None:
    screens, preview = hands.screens, hands.screens.register_view.preview
    hands.press(Key.Key_2, ctrl=True)
    hands.wait(lambda: screens.register.chosen and screens.register_view.table.hasFocus())
    hands.press(Key.Key_Return)
    hands.wait(preview.isVisible)

    QTest.keyClick(preview, Key.Key_F8)

    hands.wait(screens.verify_view.isVisible)
    hands.wait(lambda: screens.verify.verdict)
    assert screens.verify.verdict is not None
    assert screens.verify.verdict.valid
    assert screens.register.chosen is not None
    assert screens.verify.name == screens.register.chosen.code
