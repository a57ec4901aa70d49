"""The pages of Gửi, nhận dữ liệu: what waits, the outages, what goes by hand meanwhile, and what waits for its code."""

from ui.bundle.view import BundleView
from ui.mailbox.codes_view import CodesView
from ui.mailbox.outages_view import OutagesView
from ui.mailbox.view import MailboxView
from ui.widgets.pages import Pages


class MailboxPages(Pages):
    """Opens on what waits; F7 leads to the outages, F8 to the bundles, F6 to what waits for its code, Esc back."""

    def __init__(
        self, mailbox: MailboxView, outages: OutagesView, bundles: BundleView, codes: CodesView
    ) -> None:
        super().__init__(mailbox, outages, bundles, codes)
        self.mailbox, self.outages, self.bundles, self.codes = mailbox, outages, bundles, codes
        mailbox.outages_asked.connect(lambda: self._turn(outages))
        mailbox.bundles_asked.connect(self.show_bundles)
        mailbox.codes_asked.connect(lambda: self._turn(codes))
        for page in (outages, bundles, codes):
            page.back_asked.connect(lambda: self._turn(mailbox))

    def show_bundles(self) -> None:
        """Turn to what goes by hand."""
        self._turn(self.bundles)

    def refresh(self) -> None:
        """Read anew what the page on the screen shows."""
        page = self.currentWidget()
        (page if isinstance(page, OutagesView | BundleView | CodesView) else self.mailbox).begin()

    def after_round(self) -> None:
        """Read the further pages anew where they are seen; what waits follows the rounds by itself."""
        if self.currentWidget() is not self.mailbox:
            self.refresh()

    def _turn(self, page: MailboxView | OutagesView | BundleView | CodesView) -> None:
        self.turn_to(page)
        page.begin()
