"""Find identity cards in a picture by their QR codes: a file that somebody brought, or a paper filed already."""

from collections.abc import Iterator
from dataclasses import dataclass

from clerk_app.domain.identity_card import IdentityCard, NotACard, read_card
from clerk_app.errors import OfficeError
from clerk_app.papers.reader import PaperReader
from sync.files import FileStore

_FIRST_PAGES = 4  # a card is copied on the first sheet, or on its back


class NoCardInPicture(OfficeError):
    message = "Không thấy mã QR của thẻ căn cước trong ảnh này."
    remedy = "Chụp gần, thẳng, đủ sáng mặt có mã QR (thẻ mới: mặt sau), hoặc quét từ 300 dpi; hoặc gõ tay."


def cards_in(reader: PaperReader, data: bytes, name: str = "") -> tuple[IdentityCard, ...]:
    """Return the cards in a PDF, JPEG or PNG, in the order of its pages; raises `PaperRefused` for other bytes."""
    paper = reader.read(data, name)
    found: dict[str, IdentityCard] = {}
    for page in range(min(paper.pages, _FIRST_PAGES)):
        found |= {card.number: card for card in _cards(reader.codes(data, page))}
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class CardInPicture:
    reader: PaperReader

    def __call__(self, data: bytes, name: str = "") -> tuple[IdentityCard, ...]:
        """Return the cards in a file that ought to hold one; raises `PaperRefused` or `NoCardInPicture`."""
        cards = cards_in(self.reader, data, name)
        if not cards:
            raise NoCardInPicture
        return cards


@dataclass(frozen=True, slots=True)
class CardsOnPaper:
    files: FileStore
    reader: PaperReader

    def __call__(self, sha256: str) -> tuple[IdentityCard, ...]:
        """Return the cards on a filed paper, none where there is none; raises `FileMissing` or `FileDamaged`."""
        return cards_in(self.reader, self.files.get(sha256))


def _cards(texts: tuple[str, ...]) -> Iterator[IdentityCard]:
    for text in texts:
        try:
            yield read_card(text)
        except NotACard:
            continue  # a form's code, a shop's, a chat's
