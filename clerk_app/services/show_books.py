"""Show the books without gaps: how each stands here, and its last numbers with the dossiers that they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass

from clerk_app.domain.book import Book, BookPage, NumberLine
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.kinds import Kind
from clerk_app.services.books import Books, books_in
from clerk_app.store.dossiers import NoSuchDossier
from clerk_app.store.projection import Projection, body_of
from sync import authors
from sync.entry import Entry
from sync.journal import Tx, entries

LAST = 100  # numbers of a book that are shown


@dataclass(frozen=True, slots=True)
class ShowBooks:
    books: Books
    projection: Projection

    def __call__(self) -> tuple[BookPage, ...]:
        """Return the books that this counter knows: the newest year first, then by name."""
        known = authors.known(self.books.journal)
        with self.books.journal.reading() as tx:
            found = [self._page(tx, each, known.called(each.holder)) for each in books_in(tx)]
        return tuple(sorted(found, key=lambda page: (-page.book.year, page.book.name)))

    def _page(self, tx: Tx, book: Book, holder: str) -> BookPage:
        void = {each.value: each.void for each in book.numbers}
        taken = [each for each in entries.of_subject(tx, book.id) if each.kind == Kind.BOOK_NUMBER]
        late = set(book.late)
        lines = [self._line(tx, each, void, late) for each in taken[: -LAST - 1 : -1]]
        return BookPage(book, holder, self.books.standing(tx, book), tuple(lines))

    def _line(self, tx: Tx, entry: Entry, void: Mapping[int, str], late: set[int]) -> NumberLine:
        told = body_of(entry)
        value = int(told.get("value", 0))
        dossier = self._dossier(tx, str(told.get("for", "")))
        purpose = str(told.get("purpose", ""))
        return NumberLine(value, purpose, entry.occurred_at, dossier, void.get(value, ""), value in late)

    def _dossier(self, tx: Tx, subject: str) -> Dossier | None:
        try:
            return self.projection.dossier_in(tx, subject) if subject else None
        except NoSuchDossier:
            return None
