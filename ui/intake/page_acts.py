"""What may be done with pages: each act with its words, its sign and its keys, one table for keys, menus and buttons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from ui.intake.pages_desk import PagesDesk
from ui.intake.papers_model import Page

translate = QCoreApplication.translate


class PageAct(Enum):
    """An act on pages. Opening, undo and redo have keys of the whole screen."""

    OPEN = auto()
    TURN_RIGHT = auto()
    TURN_LEFT = auto()
    BACK = auto()
    ON = auto()
    MOVE = auto()
    SPLIT = auto()
    DELETE = auto()
    DELETE_FILE = auto()
    UNDO = auto()
    REDO = auto()


KEYS = {
    "R": PageAct.TURN_RIGHT,
    "Shift+R": PageAct.TURN_LEFT,
    "Ctrl+Left": PageAct.BACK,
    "Ctrl+Up": PageAct.BACK,
    "Ctrl+Right": PageAct.ON,
    "Ctrl+Down": PageAct.ON,
    "M": PageAct.MOVE,
    "S": PageAct.SPLIT,
    "Ctrl+Shift+S": PageAct.SPLIT,
    "Del": PageAct.DELETE,
    "Shift+Del": PageAct.DELETE_FILE,
}


@dataclass(frozen=True, slots=True)
class Told:
    """How an act is told: in words, by its key as people say it, by a sign."""

    words: str
    key: str
    sign: str = ""


def told(act: PageAct) -> Told:
    """Return how an act is told."""
    return {
        PageAct.OPEN: Told(translate("Intake", "Xem lớn"), "Enter", "eye"),
        PageAct.TURN_RIGHT: Told(translate("Intake", "Xoay phải"), "R", "rotate-cw"),
        PageAct.TURN_LEFT: Told(translate("Intake", "Xoay trái"), "Shift+R", "rotate-ccw"),
        PageAct.BACK: Told(translate("Intake", "Đưa lên trước"), "Ctrl+←"),
        PageAct.ON: Told(translate("Intake", "Đưa ra sau"), "Ctrl+→"),
        PageAct.MOVE: Told(translate("Intake", "Chuyển sang giấy khác…"), "M", "arrow-left-right"),
        PageAct.SPLIT: Told(translate("Intake", "Tách từ trang này…"), "S", "scissors"),
        PageAct.DELETE: Told(translate("Intake", "Xóa trang"), "Delete", "trash-2"),
        PageAct.DELETE_FILE: Told(translate("Intake", "Xóa cả tệp"), "Shift+Delete"),
        PageAct.UNDO: Told(translate("Intake", "Hoàn tác"), "Ctrl+Z", "undo-2"),
        PageAct.REDO: Told(translate("Intake", "Làm lại"), "Ctrl+Y"),
    }[act]


class PageHands:
    """Does the acts; asks by a menu where pages go."""

    def __init__(self, desk: PagesDesk, over: QWidget, open_page: Callable[[Page], None]) -> None:
        self._desk, self._over, self._open = desk, over, open_page
        self.menu: QMenu | None = None  # the one that was shown last

    def do(self, act: PageAct, picked: Sequence[Page], at: QPoint) -> None:
        """Do an act on these pages; `at` is where a menu would open, on the screen."""
        desk = self._desk
        acts: dict[PageAct, Callable[[], None]] = {PageAct.UNDO: desk.undo, PageAct.REDO: desk.redo}
        if picked:
            acts |= {
                PageAct.OPEN: partial(self._open, picked[0]),
                PageAct.TURN_RIGHT: partial(desk.turn, picked, 90),
                PageAct.TURN_LEFT: partial(desk.turn, picked, -90),
                PageAct.BACK: partial(desk.step, picked, -1),
                PageAct.ON: partial(desk.step, picked, 1),
                PageAct.MOVE: partial(self._ask_where, picked, at, partial(desk.move, picked)),
                PageAct.SPLIT: partial(self._ask_where, picked[:1], at, partial(desk.split, picked[0])),
                PageAct.DELETE: partial(desk.delete, picked),
                PageAct.DELETE_FILE: partial(desk.delete_file, picked[0]),
            }
        if act in acts:
            acts[act]()

    def show_menu(self, picked: Sequence[Page], at: QPoint) -> None:
        """Show every act with its key."""
        menu = self._new_menu()
        for act in PageAct:
            said = told(act)
            entry = menu.addAction(f"{said.words}\t{said.key}", partial(self.do, act, picked, at))
            entry.setEnabled(self.may(act, picked))
            if act in {PageAct.OPEN, PageAct.ON, PageAct.SPLIT, PageAct.DELETE_FILE}:
                menu.addSeparator()
        menu.popup(at)

    def may(self, act: PageAct, picked: Sequence[Page]) -> bool:
        """Whether the act would do anything now."""
        match act:
            case PageAct.UNDO:
                return self._desk.may_undo
            case PageAct.REDO:
                return self._desk.may_redo
            case PageAct.OPEN:
                return bool(picked)
            case PageAct.MOVE | PageAct.SPLIT:
                return self._desk.may_act and bool(picked) and bool(self._desk.targets(picked))
        return self._desk.may_act and bool(picked)

    def _ask_where(self, picked: Sequence[Page], at: QPoint, take: Callable[[str], None]) -> None:
        """Let a digit, the arrows or the mouse choose a line of the checklist; the likely one stands ready."""
        if not self._desk.may_act:
            return
        targets = self._desk.targets(picked)
        if not targets:
            self._desk.said.emit(
                translate("Intake", "Thủ tục này không có giấy nào khác để chuyển trang sang.")
            )
            return
        menu = self._new_menu()
        menu.setAccessibleName(translate("Intake", "Chuyển sang giấy nào"))
        for target in targets:
            number = f"&{target.number}" if target.number < 10 else f"{target.number}"
            title = target.title.replace("&", "&&")
            entry = menu.addAction(f"{number}  {title}", partial(take, target.key))
            if target.likely:
                menu.setActiveAction(entry)
        menu.popup(at)

    def _new_menu(self) -> QMenu:
        self.menu = QMenu(self._over)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return self.menu
