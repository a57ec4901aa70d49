"""A card's data from a picture: what no card says is passed over, and a picture without one says so."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from clerk_app.papers.reader import PaperReader
from clerk_app.papers.refusals import PaperUnknown
from clerk_app.services.find_cards import CardInPicture, CardsOnPaper, NoCardInPicture, cards_in
from sync.files import FileStore
from tests.papers.test_card_reader import TEXT, a_code, a_page, as_bytes


@pytest.fixture(scope="module")
def reader() -> Iterator[PaperReader]:
    with closing(PaperReader()) as opened:
        yield opened


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", bytes(32))


def test_the_card_in_a_photograph_is_read(reader: PaperReader) -> None:
    (card,) = CardInPicture(reader)(as_bytes(a_page(a_code(dot=4)), "JPEG"), "the.jpg")

    assert (card.number, card.name) == ("001190000001", "Nguyễn Thị Thử Nghiệm")
    assert (card.birth_date, card.doubtful) == (date(1990, 8, 15), ())


def test_a_code_that_is_no_card_is_passed_over(reader: PaperReader) -> None:
    picture = as_bytes(a_page(a_code("Q1;MS=H26.99.01-261123-0001", dot=4), a_code(dot=3)), "PNG")

    assert [card.number for card in cards_in(reader, picture)] == ["001190000001"]


def test_a_picture_without_a_card_is_said_and_a_paper_without_one_is_not(
    reader: PaperReader, files: FileStore
) -> None:
    picture = as_bytes(a_page(), "PNG")
    with pytest.raises(NoCardInPicture) as refusal:
        CardInPicture(reader)(picture)

    assert refusal.value.remedy
    assert CardsOnPaper(files, reader)(files.put(picture)) == ()


def test_the_card_on_a_filed_paper_is_found(reader: PaperReader, files: FileStore) -> None:
    (card,) = CardsOnPaper(files, reader)(files.put(as_bytes(a_page(a_code(TEXT, dot=4)), "PDF")))

    assert card.number == "001190000001"


def test_what_is_no_picture_is_refused(reader: PaperReader) -> None:
    with pytest.raises(PaperUnknown):
        CardInPicture(reader)(b"GIF89a")
