"""The two pages of Kiểm tra thiết bị: the whole counter, and its tokens."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.health.token_view import TokenView
from ui.health.view import HealthView


class HealthPages(QStackedWidget):
    """Opens on the whole counter; F7 leads to the tokens, Esc back."""

    def __init__(self, health: HealthView, tokens: TokenView) -> None:
        super().__init__()
        self._tokens = tokens
        for page in (health, tokens):
            self.addWidget(page)
        self.setFocusProxy(health)
        health.tokens_asked.connect(lambda: self._turn_to(tokens))
        tokens.back_asked.connect(lambda: self._turn_to(health))

    def _turn_to(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.setFocusProxy(page)
        page.setFocus()
        if page is self._tokens:
            self._tokens.begin()
