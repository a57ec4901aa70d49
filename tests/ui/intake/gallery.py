"""Hangs the intake screen, in each interesting state, where people look at it. It asserts nothing.

python tests/ui/intake/gallery.py FOLDER
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[3]))

from conftest import BIRTH, CARD, COPIES, NOW, QR, RESIDENCE, FakeDesk
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from clerk_app.domain.applicant import PersonKind, Relation
from clerk_app.domain.document import DocumentKind
from clerk_app.domain.identity_card import read_card
from clerk_app.domain.officer import Officer, Role, Unit
from clerk_app.domain.paper import PaperKind, PaperState
from clerk_app.domain.scanner_keys import Keyed
from clerk_app.domain.sending import Sending
from clerk_app.domain.token_card import TypedPin
from clerk_app.papers.scanner import ScannerJammed
from ui import theme
from ui.intake.page_acts import PageAct
from ui.intake.people_model import Who
from ui.intake.view import IntakeView
from ui.intake.view_model import IntakeViewModel
from ui.tasks import Task, Tasks
from ui.workplace import Workplace

SIZES = (QSize(1366, 768), QSize(1920, 1080))
OFFICER = Officer("o1", "Nguyễn Thị Hạnh", frozenset({Role.OFFICER}))
UNIT = Unit(
    "u1",
    "H26.99.01",
    "UBND phường Hà Đông",
    "Điểm phục vụ hành chính công phường Hà Đông",
    "Hà Nội",
    "",
    "",
    "Q3",
)
MANY = replace(
    RESIDENCE,
    code="1.009794",
    title="Cấp giấy phép xây dựng mới đối với công trình không theo tuyến, nhà ở riêng lẻ trong khu vực bảo tồn",
    papers=tuple(
        PaperKind(f"giay-{n}", f"Giấy tờ số {n} của hồ sơ đề nghị cấp giấy phép xây dựng")
        for n in range(1, 15)
    ),
)


class Wall:
    """One screen in its frame, with a desk behind it that answers at once."""

    def __init__(self, size: QSize) -> None:
        self.desk, self.tasks = FakeDesk(), Tasks()
        self.model = IntakeViewModel(self.desk.calls(), self.tasks, now=lambda: NOW)
        self.view = IntakeView(self.model, now=lambda: NOW)
        self.frame = Workplace(OFFICER, UNIT, now=lambda: NOW)
        self.frame.add_screen("Tiếp nhận hồ sơ", "file-plus", "Ctrl+1", self.view)
        self.frame.add_screen("Sổ theo dõi hồ sơ", "book-open", "Ctrl+2", QWidget())
        self.frame.add_screen("Gửi, nhận dữ liệu", "arrow-left-right", "Ctrl+3", QWidget())
        alone = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
        self.frame.show_connection(Sending(alone, alone, 30, 14, 3, 0, 37), False)
        self.model.said.connect(self.frame.say)
        self.frame.resize(size)
        self.frame.show()
        self.frame.activateWindow()
        self.model.start()
        self.settle()

    def settle(self) -> None:
        self.model.save()
        QCoreApplication.processEvents()
        while self.tasks.findChildren(Task) or self.view.page.sheet._pause.isActive():
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def to_pin(self) -> None:
        half_filled(self)
        self.model.people.type(Who.OWNER, sex="Nam")
        self.model.papers.tick("chung-sinh")
        self.model.papers.set_state("cu-tru", PaperState.NOT_NEEDED, "Khai thác từ cơ sở dữ liệu")
        self.model.sign_and_print()
        self.settle()

    def picture(self) -> QPixmap:
        self.settle()
        shot = self.frame.grab()
        over = QApplication.activePopupWidget() or (self.view.pin if self.view.pin.isVisible() else None)
        if over is not None:
            painter = QPainter(shot)
            place = (
                over.pos()
                if over is not self.view.pin
                else QPoint((shot.width() - over.width()) // 2, (shot.height() - over.height()) // 2)
            )
            painter.drawPixmap(place, over.grab())
            painter.end()
        return shot


def half_filled(wall: Wall) -> None:
    model = wall.model
    others(wall)
    model.choose(BIRTH)
    model.people.type(Who.OWNER, name="Trần Văn Đuợc")
    model.people.read_card(Who.OWNER, QR)
    wall.settle()
    model.people.type(Who.OWNER, sex="Nữ", phone="0912345678")
    for name in ("to-khai", "can-cuoc"):
        model.papers.tick(name)
    model.scans.scan("to-khai")
    wall.settle()


def others(wall: Wall) -> None:
    for name, procedure in (("Lê Thị Mỹ Duyên", RESIDENCE), ("Đặng Ngọc Ánh", COPIES), ("Y Blơ Niê", None)):
        if procedure:
            wall.model.choose(procedure)
        wall.model.people.type(Who.OWNER, name=name)
        wall.model.new()
        wall.settle()


def searching(wall: Wall) -> None:
    others(wall)
    wall.view.picker.line.setFocus()
    wall.view.picker.line.setText("ch")
    wall.model.procedures.search("ch")


def missing(wall: Wall) -> None:
    half_filled(wall)
    wall.model.people.type(Who.OWNER, id_number="00108900123")
    wall.model.sign_and_print()
    wall.view.papers.go_to("chung-sinh")


def authorised(wall: Wall) -> None:
    half_filled(wall)
    wall.model.people.choose_relation(Relation.AUTHORISED)
    wall.model.people.type(
        Who.SUBMITTER,
        name="Lê Thị Mỹ Duyên",
        id_number="001192004321",
        birth_date=date(1992, 3, 21),
        phone="098",
    )
    wall.model.people.leave(Who.SUBMITTER, "phone")
    wall.view.people.go_to(Who.SUBMITTER)


def at_the_papers(wall: Wall) -> None:
    authorised(wall)
    wall.view.papers.go_to("chung-sinh")


def organisation(wall: Wall) -> None:
    wall.model.choose(MANY)
    wall.model.people.choose_kind(Who.OWNER, PersonKind.ORGANISATION)
    wall.model.people.type(
        Who.OWNER,
        name="Công ty trách nhiệm hữu hạn một thành viên Xây dựng và Thương mại tổng hợp Phú Lương Hà Đông",
        id_number="0100109106",
        representative="Nguyễn Hoàng Bảo Ngọc Thiên Kim",
        address="Tầng 12, tòa nhà hỗn hợp lô đất HH-02, khu đô thị mới Dương Nội, phường Dương Nội, thành phố Hà Nội",
    )


PASSPORT = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<< C01X00T478D<<6408125F2302281<<<<<<<<<<<<<<<4"


def foreigner(wall: Wall) -> None:
    wall.model.choose(RESIDENCE)
    wall.model.people.read_card(Who.OWNER, PASSPORT)
    wall.settle()
    wall.model.people.type(Who.OWNER, address="Số 5 phố Quang Trung, phường Hà Đông, thành phố Hà Nội")


def foreigner_typed(wall: Wall) -> None:
    wall.model.choose(RESIDENCE)
    wall.model.people.choose_kind(Who.OWNER, PersonKind.FOREIGNER)
    wall.settle()
    field = wall.view.people.forms[Who.OWNER].nationality
    field.setFocus()
    field.setText("ha")
    field.textEdited.emit("ha")


def offered(wall: Wall) -> None:
    half_filled(wall)
    other = QR.replace("001089001234", "001190000001").replace("Trần Văn Được", "Nguyễn Thị Thử Nghiệm")
    wall.desk.cards_filed = (read_card(other.replace("14071989|Nam", "15081990|Nữ")),)
    wall.model.scans.scan("can-cuoc")


def meddled(wall: Wall) -> None:
    """A card through an input method, over a name with its tone put otherwise."""
    wall.model.choose(BIRTH)
    wall.model.people.type(Who.OWNER, name="Trần Thị Thuý", address="Tổ 20")
    text = "001189001234||Trần Thị Thúy|14071989|Nữ|Khu5, phường Hà Đông, thành phố Hà Nội|01062021"
    wall.model.people.read_card(Who.OWNER, Keyed(text, frozenset({text.index("Khu5") + 3})))


def no_papers(wall: Wall) -> None:
    wall.model.choose(RESIDENCE)
    wall.model.people.choose_kind(Who.OWNER, PersonKind.NO_PAPERS)
    wall.model.people.type(Who.OWNER, name="Nguyễn Thị Thử Nghiệm", checked_on_vneid=True)


def represented(wall: Wall) -> None:
    organisation(wall)
    wall.model.people.choose_relation(Relation.REPRESENTATIVE)
    wall.model.people.type(Who.SUBMITTER, name="Lê Thị Mỹ Duyên", id_number="001192004321")
    wall.model.people.type_authorisation(
        number="15/GGT", signed_on=date(2026, 11, 20), scope="Nộp hồ sơ, nhận kết quả"
    )
    wall.view.people.go_to(Who.SUBMITTER)


def reading_card(wall: Wall) -> None:
    half_filled(wall)
    wall.view.people.ask_card()


def many_papers(wall: Wall) -> None:
    organisation(wall)
    for number in (1, 2, 3):
        wall.model.scans.scan(f"giay-{number}")
        wall.settle()
    wall.model.papers.owe_scan("giay-4", "Khổ giấy lớn hơn máy quét")
    wall.model.papers.set_state("giay-5", PaperState.ILLEGIBLE)


def jammed(wall: Wall) -> None:
    half_filled(wall)
    wall.desk.sheets, wall.desk.jam = 3, ScannerJammed()
    wall.view.papers.go_to("chung-sinh")
    wall.model.scans.scan("chung-sinh")
    wall.settle()


def stack_left(wall: Wall) -> None:
    jammed(wall)
    wall.model.people.type(Who.OWNER, phone="0912345679")


def folder_waiting(wall: Wall) -> None:
    half_filled(wall)
    wall.desk.folder = 3
    wall.view.papers.go_to("chung-sinh")
    wall.model.scans.watch()
    wall.settle()


def choosing_way(wall: Wall) -> None:
    half_filled(wall)
    wall.view.papers.go_to("chung-sinh")
    wall.view.papers.choose_way()


def no_token(wall: Wall) -> None:
    wall.desk.cards = ()
    wall.to_pin()


def by_pen(wall: Wall) -> None:
    no_token(wall)
    wall.model.slip.ask_pen()


def pin(wall: Wall) -> None:
    wall.desk.cards = (replace(CARD, practice_pin="123456"),)
    wall.to_pin()


def wrong_pin(wall: Wall) -> None:
    wall.to_pin()
    wall.model.slip.enter_pin(_typed(b"000000"))


def _typed(pin: bytes) -> TypedPin:
    return TypedPin(CARD, bytearray(pin))


def done(wall: Wall) -> None:
    wall.to_pin()
    wall.view.counted.presses = 23
    wall.model.slip.enter_pin(_typed(b"123456"))


def correcting(wall: Wall) -> None:
    done(wall)
    wall.settle()
    wall.model.correct()


def reason_of_correction(wall: Wall) -> None:
    correcting(wall)
    wall.view.foot.sign.click()


def page(wall: Wall) -> None:
    half_filled(wall)
    wall.view.page.open(wall.model.papers.pages[0])


def pages_chosen(wall: Wall) -> None:
    half_filled(wall)
    for name in ("chung-sinh", "cu-tru"):
        wall.model.scans.scan(name)
        wall.settle()
    pages = wall.model.papers.pages
    wall.model.pages.turn(pages[1:2], 90)
    wall.model.pages.delete(pages[4:5])
    wall.view.pages.strip.setFocus()
    wall.view.pages.strip.choose_all([page.key for page in wall.model.papers.pages[1:3]])


def pages_menu(wall: Wall) -> None:
    pages_chosen(wall)
    strip = wall.view.pages.strip
    strip.menu_wanted.emit(strip.mapToGlobal(strip.rect().center() - QPoint(260, 0)))


def pages_where(wall: Wall) -> None:
    pages_chosen(wall)
    wall.view.pages.hands.do(PageAct.MOVE, wall.view.pages.chosen, wall.view.mapToGlobal(QPoint(700, 300)))


def page_turned(wall: Wall) -> None:
    pages_chosen(wall)
    wall.view.page.open(wall.model.papers.pages[1])


def page_zoomed(wall: Wall) -> None:
    page(wall)
    wall.settle()
    wall.view.page.sheet.zoom_to(2.0)


def asking(wall: Wall) -> None:
    half_filled(wall)
    wall.model.begin_reply(DocumentKind.SUPPLEMENT)


def asking_again(wall: Wall) -> None:
    many_papers(wall)
    wall.model.keeper.put(replace(wall.model.draft, supplements=1))
    wall.model.begin_reply(DocumentKind.SUPPLEMENT)
    wall.model.give_reply()


def asked(wall: Wall) -> None:
    asking(wall)
    wall.model.give_reply()
    wall.settle()
    wall.model.slip.enter_pin(_typed(b"123456"))


def refusing(wall: Wall) -> None:
    half_filled(wall)
    wall.model.begin_reply(DocumentKind.REFUSAL)
    wall.model.give_reply()


def refused(wall: Wall) -> None:
    refusing(wall)
    wall.model.reply.form.write(reason="Việc này không thuộc thẩm quyền.", ground="Điều 13 Luật Hộ tịch")
    wall.model.give_reply()
    wall.settle()
    wall.model.slip.enter_pin(_typed(b"123456"))


def at_once(wall: Wall) -> None:
    others(wall)
    wall.model.choose(COPIES)
    wall.model.people.type(Who.OWNER, name="Đặng Ngọc Ánh")
    wall.model.papers.tick("ban-chinh")


def returned_at_once(wall: Wall) -> None:
    at_once(wall)
    wall.model.return_at_once()


def empty(wall: Wall) -> None:
    """Leave it as it begins."""


STATES: tuple[Callable[[Wall], None], ...] = (
    empty,
    searching,
    half_filled,
    missing,
    authorised,
    at_the_papers,
    organisation,
    foreigner,
    foreigner_typed,
    no_papers,
    represented,
    reading_card,
    offered,
    meddled,
    many_papers,
    jammed,
    stack_left,
    folder_waiting,
    choosing_way,
    no_token,
    by_pen,
    pin,
    wrong_pin,
    done,
    correcting,
    reason_of_correction,
    page,
    pages_chosen,
    pages_menu,
    pages_where,
    page_turned,
    page_zoomed,
    asking,
    asking_again,
    asked,
    refusing,
    refused,
    at_once,
    returned_at_once,
)


def main(folder: Path, only: tuple[str, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    theme.apply(app, theme.DARK if os.environ.get("DARK") else theme.LIGHT)
    app.setCursorFlashTime(0)
    for size in SIZES:
        for state in STATES:
            if only and state.__name__ not in only:
                continue
            wall = Wall(size)
            state(wall)
            wall.settle()
            wall.picture().save(str(folder / f"{state.__name__}-{size.width()}.png"))
            wall.view.pin.leave()
            wall.settle()
            wall.frame.hide()
            wall.frame.deleteLater()
            wall.model.deleteLater()
            QCoreApplication.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]))
