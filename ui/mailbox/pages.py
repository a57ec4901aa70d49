"""The two pages of Gửi, nhận dữ liệu: what waits, and the outages that have been."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.mailbox.outages_view import OutagesView
from ui.mailbox.view import MailboxView


class MailboxPages(QStackedWidget):
    """Opens on what waits; F7 leads to the outages, Esc back."""

    def __init__(self, mailbox: MailboxView, outages: OutagesView) -> None:
        super().__init__()
        self.mailbox, self.outages = mailbox, outages
        for page in (mailbox, outages):
            self.addWidget(page)
        self.setFocusProxy(mailbox)
        mailbox.outages_asked.connect(lambda: self._turn_to(outages))
        outages.back_asked.connect(lambda: self._turn_to(mailbox))

    def refresh(self) -> None:
        """Read anew what the page on the screen shows."""
        if self.currentWidget() is self.outages:
            self.outages.begin()
        else:
            self.mailbox.begin()

    def _turn_to(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()
        self.refresh()
