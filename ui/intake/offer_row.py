"""A card seen on a paper: whose it is, and the key that fills it in. Nothing is filled in before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clerk_app.domain.identity_card import IdentityCard
from ui.widgets.elided import ElidedLabel
from ui.widgets.key_button import KeyButton


class OfferRow(QWidget):
    """Words and two buttons; shown while a card is offered."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ElidedLabel(role="strong")
        self.take = KeyButton("", "Shift+F4", "id-card", "slim")
        self.drop = KeyButton(self.tr("Bỏ qua"), kind="slim")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for button in (self.take, self.drop):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.hide()

    def show_offer(self, cards: tuple[IdentityCard, ...], whose: str) -> None:
        """Show the first of the cards, and whose record it would fill; nothing while there is none."""
        self.setVisible(bool(cards))
        if cards:
            words = self.tr("Trong giấy tờ có thẻ của {name}, sinh {year}")
            more = self.tr(" · còn {n} thẻ khác").format(n=len(cards) - 1) if len(cards) > 1 else ""
            self.words.set_words(words.format(name=cards[0].name, year=cards[0].birth_date.year) + more)
            self.take.set_words(self.tr("Điền vào {record}").format(record=whose))
