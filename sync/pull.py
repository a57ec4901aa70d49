"""Take what was settled elsewhere: entries of others, and central's word on our own."""

from collections.abc import Callable, Sequence

from sync import authors
from sync.client import Central
from sync.contract.messages import FeedItem, Verdict
from sync.errors import CentralWentBack, ContractBroken
from sync.journal import Journal, feed
from sync.watch import Watch


def pull(journal: Journal, central: Central, whose: Callable[[], feed.Check], watch: Watch) -> int:
    """Read the feed to its end and return how many entries of others came; `whose` knows whose signature counts.

    Raises `CentralWentBack` where central misses what it once had; nothing of that page is kept.
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
            if denied := feed.denied(tx, page):
                _raise_if_it_speaks_for_itself(journal, denied)
        if not page.more:
            return received


def _raise_if_it_speaks_for_itself(journal: Journal, denied: Sequence[FeedItem]) -> None:
    """What a hub hands on as final is the city's word, in the hub's order: from the two nothing follows."""
    is_its_own = any(item.answer.verdict is Verdict.HELD for item in denied)
    if is_its_own or not authors.known(journal).hub_keys:
        raise CentralWentBack
