"""Books without gaps, without their window: the list, its numbers, and the four acts on a book."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from clerk_app.domain.book import Book, BookPage, NumberLine, Standing
from clerk_app.domain.kinds import Kind
from clerk_app.errors import Notice
from ui.tasks import Lane, Tasks


@dataclass(frozen=True, slots=True)
class BookCalls:
    """The part of the desk that this page needs; each blocks. A book by its name and year."""

    look: Callable[[], tuple[BookPage, ...]]
    counters: Callable[[], Mapping[str, str]]  # devices to which one may go: their ids and names
    open: Callable[[str, int, int], Book]  # …, the first number
    hand_over: Callable[[str, int, str, str], Book]  # …, id of the device, reason
    take_over: Callable[[str, int, str], Book]  # …, reason
    void: Callable[[str, int, int, str], Book]  # …, the number, reason
    acts: frozenset[Kind]  # what the officer may do
    usual: str  # what the book of outgoing papers is called here


@dataclass(frozen=True, slots=True)
class Done:
    """What was done last, and with which book."""

    kind: Kind
    book: Book
    number: int = 0  # that was called void
    receiver: str = ""  # how the device is called to which it went


class BooksModel(QObject):
    """`begin` when the page comes up. `done` is how the last act ended, `notice` why it failed."""

    changed = Signal()
    moved = Signal()  # there is something to tell central

    def __init__(self, calls: BookCalls, tasks: Tasks, today: Callable[[], date]) -> None:
        super().__init__()
        self._calls, self._tasks, self._today = calls, tasks, today
        self._chosen = ""  # id of a book
        self.pages: tuple[BookPage, ...] = ()
        self.counters: Mapping[str, str] = {}
        self.receiver = ""
        self.busy = False
        self.done: Done | None = None
        self.notice: Notice | None = None

    @property
    def page(self) -> BookPage | None:
        """The book whose numbers are shown: the chosen one, else the first."""
        chosen = (page for page in self.pages if page.book.id == self._chosen)
        return next(chosen, self.pages[0] if self.pages else None)

    @property
    def year(self) -> int:
        """The year of a book that is opened now."""
        return self._today().year

    @property
    def usual(self) -> str:
        """The name under which this counter's papers look for their book."""
        return self._calls.usual

    def may(self, kind: Kind) -> bool:
        """Whether the officer may do this at all."""
        return kind in self._calls.acts

    @property
    def can_hand_over(self) -> bool:
        """Whether the chosen book may go to another counter."""
        held = self.page is not None and self.page.standing is Standing.HELD
        return self._can(Kind.BOOK_HANDED) and held and bool(self.receiver)

    @property
    def can_take_over(self) -> bool:
        """Whether a leader may have this counter hold the chosen book: not where it does, or has asked for it."""
        theirs = self.page is not None and self.page.standing not in (Standing.HELD, Standing.ASKED)
        return self._can(Kind.BOOK_TAKEN) and theirs

    def can_void(self, line: NumberLine | None) -> bool:
        """Whether this number may be called void."""
        return self._can(Kind.BOOK_NUMBER_VOID) and line is not None and not line.void

    @property
    def can_open(self) -> bool:
        """Whether a book may be opened."""
        return self._can(Kind.BOOK_OPENED)

    def begin(self) -> None:
        """Read anew; how an earlier act ended is over."""
        self.done = self.notice = None
        self.refresh()

    def refresh(self) -> None:
        """Read the books, and who else could hold one."""
        task = self._tasks.start(Lane.READING, lambda _: (self._calls.look(), self._calls.counters()))
        task.succeeded.connect(self._on_read)
        task.failed.connect(self._on_failed)

    def choose(self, book: str) -> None:
        """Show the numbers of this book (id)."""
        if book and book != self._chosen:
            self._chosen = book
            self.changed.emit()

    def choose_receiver(self, device: str) -> None:
        """Choose the counter that a book would go to."""
        if device in self.counters:
            self.receiver = device
            self.changed.emit()

    def open(self, name: str, first: int) -> None:
        """Open a book of this year, held here."""
        if self.can_open:
            year = self.year
            self._start(Kind.BOOK_OPENED, lambda: self._calls.open(name, year, first))

    def hand_over(self, reason: str) -> None:
        """Hand the chosen book to the chosen counter."""
        if self.can_hand_over and self.page is not None:
            book, to = self.page.book, self.receiver
            self._start(
                Kind.BOOK_HANDED,
                lambda: self._calls.hand_over(book.name, book.year, to, reason),
                receiver=self.counters[to],
            )

    def take_over(self, reason: str) -> None:
        """Ask for the chosen book, with the reason."""
        if self.can_take_over and self.page is not None:
            book = self.page.book
            self._start(Kind.BOOK_TAKEN, lambda: self._calls.take_over(book.name, book.year, reason))

    def void(self, line: NumberLine | None, reason: str) -> None:
        """Call a number of the chosen book void, with the reason."""
        if line is not None and self.can_void(line) and self.page is not None:
            book, value = self.page.book, line.value
            self._start(
                Kind.BOOK_NUMBER_VOID,
                lambda: self._calls.void(book.name, book.year, value, reason),
                number=value,
            )

    def _can(self, kind: Kind) -> bool:
        return not self.busy and self.may(kind)

    def _start(self, kind: Kind, act: Callable[[], Book], **more: Any) -> None:
        self.busy, self.notice, self.done = True, None, None
        task = self._tasks.start(Lane.ARCHIVE, lambda _: act())
        task.succeeded.connect(lambda book: self._on_done(Done(kind, book, **more)))
        task.failed.connect(self._on_failed)
        self.changed.emit()

    def _on_done(self, done: Done) -> None:
        self.busy, self.done, self._chosen = False, done, done.book.id
        self.changed.emit()
        self.moved.emit()
        self.refresh()

    def _on_read(self, read: tuple[tuple[BookPage, ...], Mapping[str, str]]) -> None:
        self.pages, self.counters = read
        if self.receiver not in self.counters:
            self.receiver = next(iter(self.counters), "")
        self.changed.emit()

    def _on_failed(self, notice: Notice) -> None:
        self.busy, self.notice = False, notice
        self.changed.emit()
