"""The two pages of Đối chiếu cuối ngày: the day held against its books, and the books without gaps."""

from ui.books.view import BooksView
from ui.reconcile.view import ReconcileView
from ui.widgets.pages import Pages


class DayPages(Pages):
    """Opens on the day; F7 leads to the books, Esc back."""

    def __init__(self, day: ReconcileView, books: BooksView) -> None:
        super().__init__(day, books)
        self.day, self.books = day, books
        day.books_asked.connect(self._show_books)
        books.back_asked.connect(lambda: self.turn_to(day))

    def refresh_books(self) -> None:
        """Read the books anew where they are what the screen shows."""
        if self.currentWidget() is self.books:
            self.books.refresh()

    def _show_books(self) -> None:
        self.turn_to(self.books)
        self.books.begin()
