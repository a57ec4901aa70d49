"""The two pages of Gửi, nhận dữ liệu: what waits, and the outages that have been."""

from ui.mailbox.outages_view import OutagesView
from ui.mailbox.view import MailboxView
from ui.widgets.pages import Pages


class MailboxPages(Pages):
    """Opens on what waits; F7 leads to the outages, Esc back."""

    def __init__(self, mailbox: MailboxView, outages: OutagesView) -> None:
        super().__init__(mailbox, outages)
        self.mailbox, self.outages = mailbox, outages
        mailbox.outages_asked.connect(lambda: self._turn(outages))
        outages.back_asked.connect(lambda: self._turn(mailbox))

    def refresh(self) -> None:
        """Read anew what the page on the screen shows."""
        if self.currentWidget() is self.outages:
            self.outages.begin()
        else:
            self.mailbox.begin()

    def after_round(self) -> None:
        """Read the outages anew where they are seen; what waits follows the rounds by itself."""
        if self.currentWidget() is self.outages:
            self.outages.begin()

    def _turn(self, page: MailboxView | OutagesView) -> None:
        self.turn_to(page)
        page.begin()
