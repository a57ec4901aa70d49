"""Books without gaps: opened and handed over by requests that central judges, their numbers taken by the holder alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from clerk_app.domain.book import (
    BOOK,
    HIGHEST,
    Book,
    BookElsewhere,
    BookNotSettled,
    BookOfOlderLife,
    BookOpened,
    NoSuchBook,
    NoSuchCounter,
    NotInBook,
    Standing,
    book_id,
    book_of,
    handed_body,
    number_body,
    opened_body,
    void_body,
)
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.reason import checked_reason
from clerk_app.errors import OfficeError
from clerk_app.services.other_counters import other_counters
from clerk_app.services.roles import require_for
from clerk_app.store.entry_rules import entry_rules
from clerk_app.store.projection import body_of
from sync import authors
from sync.bundle import name_of
from sync.entry import Entry, Signer
from sync.fold import Subject, Why, fold
from sync.journal import Act, Journal, Tx, entries, handed

_GIVE = (Kind.BOOK_OPENED, Kind.BOOK_HANDED, Kind.BOOK_TAKEN)


class BookReasonMissing(OfficeError):
    message = "Chưa ghi lý do."
    remedy = "Ghi ngắn gọn vì sao, ví dụ: máy giữ sổ hỏng; in sai, đã hủy giấy."


class FirstNumberWrong(OfficeError):
    message = "Số đầu của sổ phải từ 1 trở lên."
    remedy = "Ghi số tiếp theo của sổ giấy, hoặc 1 cho sổ mới."


@dataclass(frozen=True, slots=True)
class Books:
    journal: Journal
    officer: Officer
    signer: Signer
    device: str  # author of the device: it is the counter that holds a book
    usual: str = ""  # what the book of outgoing papers is called here

    def __call__(self) -> tuple[Book, ...]:
        """Return the books that this counter knows, by year and name, with their numbers."""
        with self.journal.reading() as tx:
            return books_in(tx)

    def open(self, name: str, year: int, first: int = 1) -> Book:
        """Ask central for a new book, held here; the next exchange brings the answer. Raises `BookOpened`, `FirstNumberWrong`."""
        require_for(self.officer, Kind.BOOK_OPENED)
        if not 1 <= first <= HIGHEST:
            raise FirstNumberWrong
        subject = book_id(self.journal.unit, name, year)
        with self.journal.act(self.signer) as act:
            if read_book(act.tx, subject) is not None:
                raise BookOpened(name=name, year=year)
            act.add(subject, Kind.BOOK_OPENED, opened_body(name, year, self.device, first))
            return _known(act.tx, subject, name, year)

    def hand_over(self, name: str, year: int, device: str, reason: str = "") -> Book:
        """Ask central to let another counter (`device`: its id) hold a book of ours; from now on we take no number of it.

        Raises `NoSuchBook`, `BookElsewhere`, `BookNotSettled`, `BookOfOlderLife`, `NoSuchCounter`.
        """
        require_for(self.officer, Kind.BOOK_HANDED)
        known = self.counters()
        with self.journal.act(self.signer) as act:
            book = self._held(act.tx, name, year)
            if device not in known:
                raise NoSuchCounter(device=device, known=", ".join(known) or "chưa có máy nào")
            act.add(book.id, Kind.BOOK_HANDED, handed_body(book, f"device:{device}", reason.strip()))
            return _known(act.tx, book.id, name, year)

    def counters(self) -> dict[str, str]:
        """Return the devices to which a book of ours may go: their ids, and how people call them."""
        known = authors.known(self.journal)
        return {name_of(each): known.called(each) for each in other_counters(self.journal, self.device)}

    def take_over(self, name: str, year: int, reason: str) -> Book:
        """Ask central for a book whose holder is gone. What that one took and never sent will be flagged when it comes.

        Raises `NoSuchBook`, `BookReasonMissing`.
        """
        require_for(self.officer, Kind.BOOK_TAKEN)
        if not (why := checked_reason(reason)):
            raise BookReasonMissing
        with self.journal.act(self.signer) as act:
            book = _known(act.tx, book_id(self.journal.unit, name, year), name, year)
            act.add(book.id, Kind.BOOK_TAKEN, handed_body(book, self.device, why))
            return _known(act.tx, book.id, name, year)

    def void(self, name: str, year: int, value: int, reason: str) -> Book:
        """Note that a number taken counts no more; it stays in the book. Raises `NotInBook`, `BookReasonMissing`."""
        require_for(self.officer, Kind.BOOK_NUMBER_VOID)
        if not (why := checked_reason(reason)):
            raise BookReasonMissing
        with self.journal.act(self.signer) as act:
            book = _known(act.tx, book_id(self.journal.unit, name, year), name, year)
            if not any(each.value == value and not each.void for each in book.numbers):
                raise NotInBook(value=value)
            act.add(book.id, Kind.BOOK_NUMBER_VOID, void_body(value, why))
            return _known(act.tx, book.id, name, year)

    def upcoming(self, name: str, year: int) -> int:
        """Return the number that the book gives next, without taking it. Raises what `take` raises."""
        with self.journal.reading() as tx:
            return self._held(tx, name, year).next

    def take(self, act: Act, name: str, year: int, purpose: str, subject: str) -> int:
        """Take the next number within an act. Raises `NoSuchBook`, `BookElsewhere`, `BookNotSettled`, `BookOfOlderLife`."""
        book = self._held(act.tx, name, year)
        act.add(book.id, Kind.BOOK_NUMBER, number_body(book, purpose, subject))
        return book.next

    def _held(self, tx: Tx, name: str, year: int) -> Book:
        """Return a book that is ours, both as we have it and as central has settled it, and since this life began.

        Numbers of a life that is lost may be on paper: a person has to look first.
        """
        book = _known(tx, book_id(self.journal.unit, name, year), name, year)
        match self.standing(tx, book):
            case Standing.GOING | Standing.ELSEWHERE:
                raise BookElsewhere(
                    name=name, year=year, holder=authors.known(self.journal).called(book.holder)
                )
            case Standing.ASKED:
                raise BookNotSettled(name=name, year=year)
            case Standing.OLDER:
                raise BookOfOlderLife(name=name, year=year)
        return book

    def standing(self, tx: Tx, book: Book) -> Standing:
        """Return how a book stands here: as we have it, and as central has settled it."""
        settled = fold(entries.final_of_subject(tx, book.id), entry_rules())
        agreed = settled.fields.get(BOOK, {}).get("holder") == book.holder
        if book.holder != self.device:
            return Standing.ELSEWHERE if agreed else Standing.GOING
        if not agreed:
            return Standing.ASKED
        given = [each for each in settled.entries if self._gives_us(each)]
        older = bool(given) and handed.is_older_than_this_life(tx, given[-1])
        return Standing.OLDER if older else Standing.HELD

    def _gives_us(self, entry: Entry) -> bool:
        told = body_of(entry).get("set", {}).get(BOOK, {})
        return entry.kind in _GIVE and told.get("holder") == self.device


class NumberOvertaken(OfficeError):
    message = "Số trong sổ vừa được lấy ở một lượt khác."
    remedy = "Bấm ký lại để lập giấy với số mới; chưa có giấy nào được in."


@dataclass(frozen=True, slots=True)
class OutgoingNumbers:
    """The numbers of papers that go out, from one book; where this counter does not hold it, they are left to the pen."""

    books: Books
    name: str

    def upcoming(self, year: int) -> int | None:
        """Return the number that the next paper carries, None where the book is not ours."""
        try:
            return self.books.upcoming(self.name, year)
        except (NoSuchBook, BookElsewhere, BookNotSettled, BookOfOlderLife):
            return None

    def take(self, act: Act, year: int, printed: int, document: str, subject: str) -> None:
        """Take the number that is printed already, though nobody has seen it; raises `NumberOvertaken`."""
        if self.books.take(act, self.name, year, document, subject) != printed:
            raise NumberOvertaken


def read_book(tx: Tx, id: str) -> Book | None:
    """Return a book as this counter has it: what central settled, then our own acts on their way; None for no book."""
    folded = fold(entries.of_subject(tx, id), entry_rules())
    stale = {each.entry for each in folded.problems if each.why is Why.GUARD}
    return book_of(
        id,
        folded.fields.get(BOOK, {}),
        _bodies(folded, Kind.BOOK_NUMBER, but=stale),
        (body_of(each) for each in _of(folded, Kind.BOOK_NUMBER) if each.id in stale),
        _bodies(folded, Kind.BOOK_NUMBER_VOID),
    )


def _bodies(folded: Subject, kind: Kind, but: Iterable[str] = ()) -> list[dict[str, object]]:
    left_out = set(but)
    return [dict(body_of(each)) for each in _of(folded, kind) if each.id not in left_out]


def _of(folded: Subject, kind: Kind) -> list[Entry]:
    return [each for each in folded.entries if each.kind == kind]


def _known(tx: Tx, id: str, name: str, year: int) -> Book:
    book = read_book(tx, id)
    if book is None:
        raise NoSuchBook(name=name, year=year)
    return book


def books_in(tx: Tx) -> tuple[Book, ...]:
    """Return every book that this counter knows, by year and name."""
    found = (read_book(tx, each) for each in entries.subjects_with(tx, Kind.BOOK_OPENED))
    return tuple(sorted((each for each in found if each), key=lambda each: (each.year, each.name)))
