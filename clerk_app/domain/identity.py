"""What tells who stands at the counter: the QR code of an identity card, or the machine-readable zone of a passport."""

from datetime import date

from clerk_app.domain.identity_card import IdentityCard, read_card
from clerk_app.domain.mrz import MrzWrong, NotMrz, TravelDocument, looks_like_mrz, read_mrz
from clerk_app.domain.scanner_keys import Keyed

Identity = IdentityCard | TravelDocument


def read_identity(keyed: Keyed, today: date | None = None) -> Identity:
    """Return what the text tells, whichever it is; raises `NotACard`, `NotMrz` or `MrzWrong`."""
    if not looks_like_mrz(keyed.text):
        return read_card(keyed.text, today, keyed.doubts)
    if keyed.other:  # names have no digits, so letters are tried first; the check digits tell
        try:
            return read_mrz(keyed.other, today, keyed.other_doubts)
        except (NotMrz, MrzWrong):
            pass
    return read_mrz(keyed.text, today, keyed.doubts)
