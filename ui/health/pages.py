"""The two pages of Kiểm tra thiết bị: the whole counter, and its tokens."""

from ui.health.token_view import TokenView
from ui.health.view import HealthView
from ui.widgets.pages import Pages


class HealthPages(Pages):
    """Opens on the whole counter; F7 leads to the tokens, Esc back."""

    def __init__(self, health: HealthView, tokens: TokenView) -> None:
        super().__init__(health, tokens)
        self._tokens = tokens
        health.tokens_asked.connect(self._show_tokens)
        tokens.back_asked.connect(lambda: self.turn_to(health))

    def _show_tokens(self) -> None:
        self.turn_to(self._tokens)
        self._tokens.begin()
