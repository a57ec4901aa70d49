"""A clerk puts the pages of one big PDF in order by keys: turned, split, deleted, got back, accepted, printed."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from clerk_app.desk import open_desk
from clerk_app.domain.paper import PaperState, ScanState
from clerk_app.furniture import Desk
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import OFFICER, PASSPHRASE, PIN
from clerk_app.services.unlock import unlock
from tests.ui.intake.hands import Hands, Key
from ui import theme
from ui.intake.people_model import Who
from ui.intake.stage import Stage
from ui.printing import FolderPrinter
from ui.screens import Screens, furnish
from ui.tasks import Task, Tasks

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
INKS = ("#c00000", "#00a000", "#0000c0", "#c0a000", "#800080")  # of the mark at the top left of each page
Until = Callable[[Callable[[], bool]], None]


def five_pages() -> bytes:
    """Make a PDF whose pages are told apart by a mark at the top left; the fifth was scanned upside down."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number, ink in enumerate(INKS, start=1):
        if number == 5:
            canvas.translate(595, 842)
            canvas.rotate(180)
        canvas.setFillColor(ink)
        canvas.rect(0, 642, 200, 200, stroke=0, fill=1)
        canvas.drawString(260, 400, f"trang {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    return lambda holds: qtbot.waitUntil(holds, timeout=60_000)


@pytest.fixture
def desk(office: PracticeOffice) -> Iterator[Desk]:
    unlocked = unlock(office.counter, OFFICER.officer.id, bytearray(PASSPHRASE.encode()))
    with open_desk(replace(office.settings(), central="http://127.0.0.1:9"), unlocked) as opened:
        yield opened


@pytest.fixture
def screens(desk: Desk, qapp: QApplication, qtbot: QtBot, until: Until, tmp_path: Path) -> Iterator[Screens]:
    theme.apply(qapp, theme.LIGHT)
    tasks = Tasks()
    made = furnish(desk, tasks, FolderPrinter(tmp_path / "printed"), 3600.0)
    made.workplace.resize(1366, 768)
    made.workplace.show()
    qtbot.waitActive(made.workplace, timeout=60_000)
    made.intake.start()
    until(lambda: bool(made.intake.draft.id))
    yield made
    made.intake_view.pin.leave()
    made.stop()
    until(lambda: not tasks.findChildren(Task))
    tasks.finish()
    made.workplace.hide()
    made.workplace.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def seen(screens: Screens) -> list[str]:
    """Name the pages in the strip by the colour of the mark that stands at the top left as they are shown."""
    model = screens.intake_view.pages.strip.model()
    pictures = [model.index(row, 0).data(Qt.ItemDataRole.DecorationRole) for row in range(model.rowCount())]
    return ["" if picture is None else mark(picture.toImage()) for picture in pictures]


def mark(picture: QImage) -> str:
    return picture.pixelColor(picture.width() // 8, picture.height() // 10).name()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_pages_of_one_file_become_two_papers_and_the_slip_names_both(
    screens: Screens, desk: Desk, qtbot: QtBot, until: Until, tmp_path: Path
) -> None:
    model, view = screens.intake, screens.intake_view
    hands = Hands(qtbot, view)
    file = tmp_path / "ho-so.pdf"
    file.write_bytes(five_pages())
    (procedure,) = desk.find_procedures("1.004222")
    model.choose(procedure)
    model.people.type(Who.OWNER, name="Đặng Thị Ánh")
    model.papers.tick("can-cuoc")
    hands.press(Key.Key_F5)
    hands.press(Key.Key_O, held=CTRL | SHIFT)
    hands.type(str(file))
    hands.press(Key.Key_Return)
    red, green, blue, yellow, purple = INKS
    until(lambda: seen(screens) == [red, green, blue, yellow, "#ffffff"])

    hands.press(Key.Key_F5, held=SHIFT)
    hands.press(Key.Key_End, Key.Key_R, Key.Key_R)
    assert seen(screens) == [red, green, blue, yellow, purple]
    hands.press(Key.Key_Home, Key.Key_Right, Key.Key_Delete)
    assert seen(screens) == [red, blue, yellow, purple]
    assert screens.workplace.toast.recent[0].words == "Đã xóa trang 2 – Ctrl+Z để lấy lại"
    hands.hold_ctrl(Key.Key_Z)
    until(lambda: seen(screens) == [red, green, blue, yellow, purple])
    hands.hold_ctrl(Key.Key_Left)
    hands.press(Key.Key_End, Key.Key_Left, Key.Key_S)
    hands.press(Key.Key_Return)
    until(lambda: seen(screens) == [green, red, blue, yellow, purple])
    assert [row.detail for row in view.papers.list.rows[:2]] == [
        "Bản chính · đã lưu 3 trang",
        "Bản chính · đã lưu 2 trang",
    ]

    with qtbot.waitActive(
        screens.workplace, timeout=60_000
    ):  # the platform without a display forgets it when a menu goes
        screens.workplace.activateWindow()
    hands.press(Key.Key_End, Key.Key_Return)
    until(lambda: not view.page.sheet.seen.isNull())
    hands.press(Key.Key_1)
    until(lambda: view.page.sheet.seen.width() >= 790)
    assert mark(view.page.sheet.seen.toImage()) == purple
    hands.press(Key.Key_Escape)
    model.save()
    until(lambda: model.keeper.safe)
    assert desk.drafts()[0].papers == model.draft.papers  # as after a power cut

    hands.press(Key.Key_F9)
    until(lambda: model.stage is Stage.ASKING_PIN and view.pin.pin.hasFocus())
    hands.type(PIN)
    hands.press(Key.Key_Return)
    until(lambda: model.stage is Stage.DONE)
    hands.hold_ctrl(Key.Key_Z)

    assert model.slip.dossier is not None
    dossier = desk.dossier(model.slip.dossier.id)
    form, home = (
        next(paper for paper in dossier.papers if paper.key == key) for key in ("ct01", "giay-to-cho-o")
    )
    assert [page.index for page in form.shown] == [1, 0, 2]
    assert [(page.index, page.turned) for page in home.shown] == [(3, 0), (4, 180)]
    assert (home.state, home.scan, home.count) == (PaperState.PRESENT, ScanState.SCANNED, 1)
    assert form.files == home.files
    assert desk.sending().files_waiting == 3  # the original once, and two revisions of the slip
    assert len(list((tmp_path / "printed").iterdir())) == 1
    words = slip_words(desk.slip_pdf(dossier.documents[0].id))
    assert "mẫu CT01) (01 bản chính" in words
    assert "chứng minh chỗ ở hợp pháp (01 bản" in words
    assert desk.verify_journal().valid


def slip_words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.split())
