"""The pages on the counter put in order: turned, moved, split off, deleted, and the way back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from clerk_app.domain import pages
from clerk_app.domain.pages import Papers, Place
from ui.intake.pages_history import Act, PagesHistory
from ui.intake.papers_desk import PapersDesk
from ui.intake.papers_model import Page


@dataclass(frozen=True, slots=True)
class Target:
    """A line that pages may go to."""

    number: int  # in the checklist, from 1
    key: str
    title: str
    likely: bool  # the first one behind the line that the pages lie on


class PagesDesk(QObject):
    """Acts on pages that the strip shows. What cannot be done here and now is not done, without a word."""

    edited = Signal(object)  # Papers
    arranged = Signal(object)  # tuple[Page, ...]: where the officer goes on
    said = Signal(str)

    def __init__(self, parent: QObject, papers: PapersDesk, laid: Callable[[], Papers | None]) -> None:
        """`laid` gives the papers of the draft, or None while nothing may be done to them."""
        super().__init__(parent)
        self._papers, self._laid = papers, laid
        self._history = PagesHistory()

    @property
    def may_act(self) -> bool:
        """Whether pages can be put in order now."""
        return self._laid() is not None

    @property
    def may_undo(self) -> bool:
        """Whether there is an act to take back."""
        return self.may_act and self._history.last is not None

    @property
    def may_redo(self) -> bool:
        """Whether an act that was taken back can be done again."""
        return self.may_act and self._history.next is not None

    def targets(self, picked: Sequence[Page]) -> tuple[Target, ...]:
        """Return the lines of the checklist that these pages may go to; one of them is the likely one."""
        own = {page.paper for page in picked}
        lines = list(enumerate((row.kind for row in self._papers.rows), start=1))
        last = max((number for number, kind in lines if kind.key in own), default=0)
        others = [(number, kind) for number, kind in lines if own != {kind.key}]
        likely = next((number for number, _ in others if number > last), others[0][0] if others else 0)
        return tuple(Target(number, kind.key, kind.title, number == likely) for number, kind in others)

    def turn(self, picked: Sequence[Page], degrees: int) -> None:
        """Turn pages clockwise; quietly, for it is seen."""
        places = _places(picked)
        self._act(picked, lambda laid: pages.turned(laid, places, degrees), self.tr("xoay {pages}"))

    def step(self, picked: Sequence[Page], by: int) -> None:
        """Move pages on (1) or back (-1) within their paper; quietly, for it is seen."""
        places = _places(picked)
        self._act(picked, lambda laid: pages.stepped(laid, places, by), self.tr("đổi chỗ {pages}"))

    def move(self, picked: Sequence[Page], to: str) -> None:
        """Move pages to the end of another paper; on a question they are its answer."""
        to = self._papers.ask_for(to)
        said = self.tr("Đã chuyển {pages} sang “{paper}” – Ctrl+Z để chuyển lại")
        self._move(picked, to, None, said)

    def drop(self, picked: Sequence[Page], beside: Page, behind: bool) -> None:
        """Lay pages in front of page `beside`, or behind it: within its paper or coming from another."""
        own = [page for page in self._papers.pages if page.paper == beside.paper]
        at = own.index(beside) + behind
        before = own[at].place if at < len(own) else None
        said = self.tr("Đã chuyển {pages} sang “{paper}” – Ctrl+Z để chuyển lại")
        self._move(picked, beside.paper, before, said if any(p.paper != beside.paper for p in picked) else "")

    def split(self, first: Page, to: str) -> None:
        """Tách từ trang này: it and what follows it in its paper become another paper."""
        to = self._papers.ask_for(to)
        own = [page for page in self._papers.pages if page.paper == first.paper]
        rest = own[own.index(first) :] if first in own else []
        words = self.tr("tách từ {pages}").format(pages=self._words([first]))
        said = self.tr("Đã tách từ {pages} sang “{paper}” – Ctrl+Z để gộp lại")
        told = said.format(pages=self._words([first]), paper=self._title(to))
        self._act(rest, lambda laid: pages.split_off(laid, first.place, to), words, told, to)

    def delete(self, picked: Sequence[Page]) -> None:
        """Take pages away; nobody is asked, for they can be got back."""
        places = _places(picked)
        said = self.tr("Đã xóa {pages} – Ctrl+Z để lấy lại").format(pages=self._words(picked))
        self._act(picked, lambda laid: pages.without(laid, places), self.tr("xóa {pages}"), said)

    def delete_file(self, page: Page) -> None:
        """Take all pages of a wrong file off its paper."""
        self.delete(
            [each for each in self._papers.pages if (each.paper, each.file) == (page.paper, page.file)]
        )

    def undo(self) -> None:
        """Take the last act back."""
        act, laid = self._history.last, self._laid()
        if act is None and laid is not None:
            self.said.emit(self.tr("Chưa có thao tác nào với trang để hoàn tác."))
        elif act is not None and laid is not None:
            self._show(self._history.undo(laid), act)
            self.said.emit(self.tr("Đã hoàn tác: {act} – Ctrl+Y để làm lại").format(act=act.words))

    def redo(self) -> None:
        """Do the act again that was taken back last."""
        act, laid = self._history.next, self._laid()
        if act is not None and laid is not None:
            self._show(self._history.redo(laid), act)
            self.said.emit(self.tr("Đã làm lại: {act} – Ctrl+Z để hoàn tác").format(act=act.words))

    def forget(self) -> None:
        """There is no way back from here: another draft, another checklist, an accepted dossier."""
        self._history.forget()

    def _move(self, picked: Sequence[Page], to: str, before: Place | None, said: str) -> None:
        places = tuple(page.place for page in picked)
        words = self.tr("chuyển {pages}") if said else self.tr("đổi chỗ {pages}")
        told = said.format(pages=self._words(picked), paper=self._title(to))
        self._act(picked, lambda laid: pages.moved(laid, places, to, before), words, told, to)

    def _act(
        self,
        picked: Sequence[Page],
        change: Callable[[Papers], Papers],
        words: str,
        said: str = "",
        to: str = "",
    ) -> None:
        laid = self._laid()
        if laid is None or (after := change(laid)) == laid:
            return
        act = Act(laid, after, words.format(pages=self._words(picked)), _leaves(picked))
        self._history.note(act)
        self._show(after, act, to)
        if said:
            self.said.emit(said)

    def _show(self, papers: Papers, act: Act, to: str = "") -> None:
        """Show the papers, and go on where the act's pages are now; if they are gone, where they were."""
        were = [n for n, page in enumerate(self._papers.pages) if page.place.leaf in act.leaves]
        self.edited.emit(papers)
        shown = self._papers.pages
        now = tuple(page for page in shown if page.place.leaf in act.leaves and to in {"", page.paper})
        if not now and shown and were:
            now = (shown[min(were[0], len(shown) - 1)],)
        self.arranged.emit(now)

    def _words(self, picked: Sequence[Page]) -> str:
        """Return "trang 3", by the number in the strip, or how many pages there are."""
        if len(picked) == 1 and picked[0] in self._papers.pages:
            return self.tr("trang {n}").format(n=self._papers.pages.index(picked[0]) + 1)
        return self.tr("{n} trang").format(n=len(picked))

    def _title(self, key: str) -> str:
        return next((row.kind.title for row in self._papers.rows if row.kind.key == key), key)


def _places(picked: Iterable[Page]) -> frozenset[Place]:
    return frozenset(page.place for page in picked)


def _leaves(picked: Iterable[Page]) -> frozenset[tuple[str, int]]:
    return frozenset(page.place.leaf for page in picked)
