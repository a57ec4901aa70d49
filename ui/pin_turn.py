"""What a model that signs with a token has in common: the token is looked for, its PIN is asked for, once for each try."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from clerk_app.domain.reply import Pen
from clerk_app.domain.token_card import TokenCard, TypedPin, own_card, why_no_pin
from clerk_app.errors import Notice, PinWrong
from clerk_app.progress import Progress
from ui.notices import Words, in_words
from ui.tasks import Work


class PinTurn(QObject):
    """`card` is the token whose PIN is asked for, `pin_notice` why the last try failed, told inside the PIN dialog.

    A model says how it looks for tokens, and what it does when a PIN may be asked for and when there will be none. Its
    look ends in `_on_cards`, and whatever failed on the way in `_on_refused`: a wrong PIN leads to the token once more.
    """

    def __init__(self, owner: str = "", parent: QObject | None = None) -> None:
        """`owner`: who is to sign."""
        super().__init__(parent)
        self._owner = owner
        self.card: TokenCard | None = None
        self.pin_notice: Notice | None = None

    def _look_for_token(self) -> None:
        raise NotImplementedError

    def _ask_pin(self) -> None:
        raise NotImplementedError

    def _give_up(self, notice: Notice) -> None:
        raise NotImplementedError

    def _signer(self) -> str:
        return self._owner

    def _on_cards(self, cards: tuple[TokenCard, ...]) -> None:
        self.card = own_card(cards)
        why = why_no_pin(self.card, self._signer())
        if why is None:
            self._ask_pin()
        else:
            self._on_refused(why)

    def _on_refused(self, notice: Notice) -> None:
        if isinstance(notice, PinWrong):
            self.pin_notice = notice
            self._look_for_token()  # needs no PIN: tells whether few tries are left, then asks again
        else:
            self.pin_notice = None
            self._give_up(notice)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose PIN, to sign what, and why the last try failed."""

    card: TokenCard
    what: str
    trouble: Words | None = None


def asked_of(model: PinTurn, what: str) -> Asked | None:
    """Return what the PIN dialog has to ask for a model that asks now; None without a token."""
    trouble = in_words(model.pin_notice) if model.pin_notice else None
    return None if model.card is None else Asked(model.card, what, trouble)


def one_try(by: TypedPin | Pen, sign: Work) -> Work:
    """Return the work of signing by a PIN, whose bytes are wiped whatever happens."""

    def work(progress: Progress) -> object:
        try:
            return sign(progress)
        finally:
            if isinstance(by, TypedPin):
                by.wipe()

    return work
