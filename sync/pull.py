"""Take what was settled elsewhere: entries of others, and central's word on our own."""

from sync.client import Central
from sync.errors import ContractBroken
from sync.journal import Journal, feed
from sync.watch import Watch


def pull(journal: Journal, central: Central, check: feed.Check, watch: Watch) -> int:
    """Read the feed to its end and return how many entries of others came; `check` knows whose signature counts.

    Each page and its cursor are one transaction, so a page is never half taken nor skipped.
    """
    received = 0
    while True:
        with journal.reading() as tx:
            cursor = feed.cursor(tx)
        watch.step(received, received, "Đang nhận dữ liệu")
        page = central.feed(cursor)
        if page.more and page.next == cursor:
            raise ContractBroken(reason="cursor")
        with journal.writing() as tx:
            received += feed.apply_page(tx, page, check)
        if not page.more:
            return received
