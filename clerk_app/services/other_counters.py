"""The other counters of the unit, as central's signed list names them: to whom something can be handed."""

from sync import authors
from sync.contract.messages import HUB_ROLE
from sync.journal import Journal

_DEVICE = "device:"


def other_counters(journal: Journal, own: str) -> tuple[str, ...]:
    """Return the authors of all devices that count but our `own`; a hub is none: nobody sits there."""
    valid = [key for key in authors.known(journal).keys if not key.revoked_at]
    known = {key.author for key in valid if HUB_ROLE not in key.roles} - {own}
    return tuple(sorted(each for each in known if each.startswith(_DEVICE)))
