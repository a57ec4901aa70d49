"""Take what was settled elsewhere: entries of others, and central's word on our own."""

from collections.abc import Callable

from sync.client import Central
from sync.errors import ContractBroken
from sync.journal import Journal, feed
from sync.watch import Watch


def pull(journal: Journal, central: Central, whose: Callable[[], feed.Check], watch: Watch) -> int:
    """Read the feed to its end and return how many entries of others came; `whose` knows whose signature counts.

    It is asked after each page, so that whoever wrote what stands there is known by then. Each page and its
    cursor are one transaction, so a page is never half taken nor skipped.
    """
    received = 0
    while True:
        with journal.reading() as tx:
            cursor = feed.cursor(tx)
        watch.step(received, received, "Đang nhận dữ liệu")
        page = central.feed(cursor)
        if page.more and (page.next == cursor or not page.items):
            raise ContractBroken(reason="cursor")
        check = whose()
        with journal.writing() as tx:
            received += feed.apply_page(tx, page, check)
        if not page.more:
            return received
