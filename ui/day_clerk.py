"""How an officer receives one citizen: procedure, card, papers, PIN or pen, each by its keys on the real window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clerk_app import clock
from clerk_app.domain.paper import PaperState
from clerk_app.practice.people import PIN
from ui.day_hands import DayStopped, Hands
from ui.day_script import SCAN, Visit, Visitor
from ui.intake.people_model import Who, person_of
from ui.intake.stage import Stage
from ui.screens import Screens

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_CTRL_SHIFT = _CTRL | Qt.KeyboardModifier.ShiftModifier
_MOST_STEPS = 40  # Tab or Down until a place must have come


class Clerk:
    """Looks at the screen's models to know when to go on, never acts on them: only keys do."""

    def __init__(self, hands: Hands, screens: Screens, samples: Path, *, scans: bool) -> None:
        self._hands, self._screens, self._samples, self._scans = hands, screens, samples, scans
        self._intake, self._view = screens.intake, screens.intake_view

    def receive(self, visit: Visit) -> tuple[str, str]:
        """Receive one visit up to its printed slip; return the dossier's id and the code on the slip."""
        self._take_in(visit)
        self._issue(visit)
        return self._done()

    def ask_for_more(self, visit: Visit) -> tuple[str, str]:
        """Give one visit Mẫu 02 for what is missing; return the dossier's id and the number of the paper."""
        self._take_in(visit)
        self._hands.press(Qt.Key.Key_F10)
        self._hands.wait(lambda: self._intake.stage is Stage.REPLYING, "phiếu yêu cầu bổ sung")
        self._hands.photograph("yeu-cau-bo-sung")
        self._hands.press(Qt.Key.Key_Return)
        self._hands.wait(self._view.pin.pin.hasFocus, "ô mã PIN")
        self._hands.type(PIN)
        self._hands.press(Qt.Key.Key_Return)
        self._wait_for_print("phiếu yêu cầu bổ sung in xong")
        return self._done()

    def hand_over(self, code: str) -> None:
        """Hand a result over by the last digits of the slip's code."""
        result, view = self._screens.result, self._screens.result_view
        self._hands.press(Qt.Key.Key_4, _CTRL)
        self._hands.wait(view.line.hasFocus, "ô mã hồ sơ")
        self._hands.type(code[-4:])
        self._hands.press(Qt.Key.Key_Return)
        self._hands.wait(view.handover.who.hasFocus, "người nhận kết quả")
        self._hands.photograph("tra-ket-qua")
        self._hands.press(Qt.Key.Key_Return)
        self._hands.wait(lambda: result.last is not None and result.last.code == code, "trả kết quả")

    def _take_in(self, visit: Visit) -> None:
        self._begin()
        self._choose_procedure(visit)
        self._read_card(visit.owner, Who.OWNER)
        if visit.submitter is not None:
            self._name_submitter(visit, visit.submitter)
        for place, (key, file) in enumerate(visit.papers):
            self._lay(key, file)
            if visit.photos and place == 0:
                self._hands.photograph(f"tiep-nhan-{visit.photos}")

    def _done(self) -> tuple[str, str]:
        dossier = self._intake.slip.dossier
        if dossier is None:
            raise DayStopped(what="hồ sơ vừa tiếp nhận")
        return dossier.id, dossier.code

    def _begin(self) -> None:
        """Put an empty draft on the counter, unless one lies there."""
        if self._intake.stage is Stage.DONE:
            self._hands.press(Qt.Key.Key_N, _CTRL)
        self._hands.wait(
            lambda: self._intake.stage is Stage.EDITING and bool(self._intake.draft.id), "tờ nhập mới"
        )
        self._hands.wait(self._view.picker.line.hasFocus, "ô tìm thủ tục")

    def _choose_procedure(self, visit: Visit) -> None:
        self._hands.type(visit.looked_for)
        procedures, popup = self._intake.procedures, self._view.picker.popup

        def is_found() -> bool:
            return (
                popup.isVisible() and bool(procedures.found) and procedures.found[0].code == visit.procedure
            )

        self._hands.wait(is_found, f"thủ tục {visit.procedure}")
        if visit.photos:
            self._hands.photograph(f"tim-thu-tuc-{visit.photos}")
        self._hands.press(Qt.Key.Key_Return)
        self._hands.wait(lambda: self._intake.draft.procedure == visit.procedure, "thủ tục được chọn")
        self._hands.wait(self._view.people.forms[Who.OWNER].name.hasFocus, "ô họ tên")

    def _read_card(self, visitor: Visitor, who: Who) -> None:
        self._hands.press(Qt.Key.Key_F4)
        self._hands.wait(self._view.people.capture.hasFocus, "ô đọc thẻ")
        self._hands.scan(visitor.card)
        self._hands.press(Qt.Key.Key_Return)
        people = self._intake.people
        self._hands.wait(
            lambda: person_of(people.applicant, who).id_number == visitor.number, f"thẻ của {visitor.name}"
        )
        self._hands.wait(self._view.people.forms[who].phone.hasFocus, "ô điện thoại")

    def _name_submitter(self, visit: Visit, submitter: Visitor) -> None:
        """Say that an authorised person stands here, read their card, write down their paper."""
        number, scope = visit.authorisation
        self._hands.press(Qt.Key.Key_N, _ALT)  # &Người nộp
        self._hands.press(Qt.Key.Key_Down)
        self._hands.wait(lambda: self._intake.people.applicant.submitter is not None, "phần người nộp")
        self._walk_to(self._view.people.forms[Who.SUBMITTER].name.accessibleName(), within=Who.SUBMITTER)
        self._read_card(submitter, Who.SUBMITTER)
        self._walk_to(self._view.people.paper_number.accessibleName())
        self._hands.type(number)
        self._hands.press(Qt.Key.Key_Return)
        self._hands.type(f"{clock.in_vietnam(clock.now()).date():%d%m%Y}")
        self._hands.press(Qt.Key.Key_Return)
        self._hands.type(scope)
        self._hands.photograph("nguoi-nop-uy-quyen")

    def _walk_to(self, name: str, within: Who | None = None) -> None:
        """Press Tab until the field is reached that a screen reader calls by this name."""
        form = None if within is None else self._view.people.forms[within]
        for _ in range(_MOST_STEPS):
            here = QApplication.focusWidget()
            inside = form is None or (here is not None and form.isAncestorOf(here))
            if here is not None and inside and here.accessibleName() == name:
                return
            self._hands.press(Qt.Key.Key_Tab)
        raise DayStopped(what=f"ô {name}")

    def _lay(self, key: str, file: str) -> None:
        """Go to one line of the checklist and lay what came for it."""
        self._hands.press(Qt.Key.Key_F5)
        checklist = self._view.papers.list
        self._hands.wait(checklist.hasFocus, "danh mục giấy tờ")
        self._hands.press(Qt.Key.Key_Home)
        for _ in range(_MOST_STEPS):
            if checklist.current_key == key:
                break
            self._hands.press(Qt.Key.Key_Down)
        if not file:
            self._hands.press(Qt.Key.Key_Space)
        elif file == SCAN and self._scans:
            self._hands.press(Qt.Key.Key_F6)
        else:
            self._type_path(self._samples / (file if file != SCAN else "to-khai-trich-luc.png"))
        self._hands.wait(lambda: self._is_laid(key, pages=bool(file)), f"giấy tờ {key}")

    def _type_path(self, file: Path) -> None:
        self._hands.press(Qt.Key.Key_O, _CTRL_SHIFT)
        self._hands.wait(self._view.ask.line.hasFocus, "ô đường dẫn tệp")
        self._hands.type(str(file))
        self._hands.press(Qt.Key.Key_Return)

    def _is_laid(self, key: str, *, pages: bool) -> bool:
        if notice := self._intake.notice:
            raise DayStopped(what=f"giấy tờ {key} ({notice})")
        row = next(row for row in self._intake.papers.rows if row.kind.key == key)
        there = row.laid.state in {PaperState.PRESENT, PaperState.SHOWN_ONLY}
        return there and bool(row.laid.files) == pages and not self._intake.at_work

    def _issue(self, visit: Visit) -> None:
        """F9, then the PIN; or the two keys of Ký tay."""
        self._hands.wait(lambda: not self._intake.todo, "hồ sơ đủ điều kiện")
        if visit.photos:
            self._hands.photograph(f"du-giay-to-{visit.photos}")
        self._hands.press(Qt.Key.Key_F9)
        self._hands.wait(lambda: self._stage_or_trouble() is Stage.ASKING_PIN, "hộp hỏi mã PIN")
        self._hands.wait(self._view.pin.pin.hasFocus, "ô mã PIN")
        if visit.photos:
            self._hands.photograph(f"ma-pin-{visit.photos}")
        if visit.by_pen:
            self._hands.press(Qt.Key.Key_F8)
            self._hands.wait(self._view.ask.line.hasFocus, "lý do ký tay")
            self._hands.photograph("ky-tay-ly-do")
        else:
            self._hands.type(PIN)
        self._hands.press(Qt.Key.Key_Return)
        self._wait_for_print("giấy hẹn in xong")
        if visit.photos:
            self._hands.photograph(f"da-cap-{visit.photos}")

    def _wait_for_print(self, what: str) -> None:
        slip = self._intake.slip
        self._hands.wait(lambda: self._stage_or_trouble() is Stage.DONE and slip.copies > 0, what)

    def _stage_or_trouble(self) -> Stage:
        slip = self._intake.slip
        if notice := self._intake.notice or slip.notice or slip.pin_notice:
            raise DayStopped(what=f"giấy hẹn ({notice})")
        return self._intake.stage
