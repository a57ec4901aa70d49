"""The pages of one screen: one is seen, and takes the keys."""

from PySide6.QtWidgets import QStackedWidget, QWidget


class Pages(QStackedWidget):
    """Opens on the first page; `turn_to` leads to another."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        for page in pages:
            self.addWidget(page)
        self.setFocusProxy(pages[0])

    def turn_to(self, page: QWidget) -> None:
        """Show a page and give it the keys."""
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()
