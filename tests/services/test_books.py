"""A book without gaps: one holder, numbers in order, handed over by a request that central judges."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest

from clerk_app.clock import in_vietnam
from clerk_app.clock import now as computer_time
from clerk_app.desk import open_desk
from clerk_app.domain.book import (
    BookElsewhere,
    BookNotSettled,
    BookOpened,
    BookPage,
    NoSuchBook,
    NoSuchCounter,
    NotInBook,
    Standing,
)
from clerk_app.domain.reply import Pen, Refusal
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.books import BookReasonMissing
from clerk_app.services.recovery import restore_snapshot
from clerk_app.services.roles import NotYourRole
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings
from tests.second_counter import add_counter
from tests.services.conftest import RunningCentral

NAME, YEAR = "Văn bản đi", in_vietnam(computer_time()).year
PEN = Pen("thẻ hỏng")


@dataclass
class Counters:
    here: Desk
    there: Desk


@pytest.fixture
def counters(
    settings: Settings, tmp_path: Path, central: RunningCentral, clerk: Unlocked
) -> Iterator[Counters]:
    """Two counters whose papers are numbered from the book."""
    here = replace(settings, central=central.address, reply_number="book")
    copied = add_counter(here, central.folder, tmp_path / "second", "quay-05")
    there = replace(copied, reply_number="book")
    with open_desk(here, clerk) as first, open_desk(there, clerk) as second:
        yield Counters(first, second)


def rounds(*desks: Desk) -> None:
    for desk in desks:
        desk.exchange(Progress())


def refuse(desk: Desk, fill, name: str = "Đặng Thị Ánh") -> str:
    """Issue one paper that carries a number; return what stands on it."""
    paper = desk.refuse_dossier(
        fill(desk, name), Refusal("Cấp phép bay", "Không thuộc thẩm quyền.", "Điều 1"), PEN
    )
    pdf = pypdfium2.PdfDocument(desk.slip_pdf(paper.id))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    return text.partition("Số: ")[2].partition("/")[0]


def the_page(desk: Desk) -> BookPage:
    [page] = desk.show_books()
    return page


def the_book(desk: Desk):
    [book] = desk.books()
    return book


def test_the_holder_alone_takes_numbers_in_order_and_hands_the_book_over(counters: Counters, fill) -> None:
    here, there = counters.here, counters.there
    here.books.open(NAME, YEAR, 41)
    assert the_page(here).standing is Standing.ASKED
    assert set(refuse(here, fill)) == {"."}  # central has not said yet that the book is ours
    rounds(here, there)
    assert (the_page(here).standing, the_page(there).standing) == (Standing.HELD, Standing.ELSEWHERE)
    assert [refuse(here, fill), refuse(here, fill)] == ["41", "42"]
    assert set(refuse(there, fill)) == {"."}  # it is not the holder: the number is left to the pen

    with pytest.raises(NoSuchCounter) as refused:
        here.books.hand_over(NAME, YEAR, "quay-99")
    assert (refused.value.facts["known"], the_page(here).standing) == ("quay-05", Standing.HELD)
    here.books.hand_over(NAME, YEAR, "quay-05")
    assert the_page(here).standing is Standing.GOING
    assert set(refuse(here, fill)) == {"."}  # it takes no number from now on, whatever central says
    assert set(refuse(there, fill)) == {"."}
    rounds(here, there)

    assert refuse(there, fill) == "43"
    rounds(there, here)
    for desk in (here, there):
        book = the_book(desk)
        assert [each.value for each in book.numbers] == [41, 42, 43]
        assert (book.holder, book.next, book.missing, book.late) == ("device:quay-05", 44, (), ())
        assert {each.purpose for each in book.numbers} == {"refusal"}
        lines = the_page(desk).lines
        assert [each.value for each in lines] == [43, 42, 41]
        assert {each.dossier.applicant.owner.name for each in lines if each.dossier} == {"Đặng Thị Ánh"}
        assert desk.waiting() == ()
        assert desk.verify_journal().valid


def test_of_two_who_open_a_book_one_holds_it(counters: Counters, fill) -> None:
    here, there = counters.here, counters.there
    here.books.open(NAME, YEAR)
    there.books.open(NAME, YEAR, 100)
    rounds(there, here, there)
    assert (the_book(here).holder, the_book(here).next) == ("device:quay-05", 100)
    [lost] = [each for each in here.waiting() if each.parked]
    here.settle_waiting(lost.entry, "sổ đã mở ở quầy 5")
    rounds(here, here)
    assert here.waiting() == ()
    assert refuse(there, fill) == "100"
    with pytest.raises(BookOpened):
        here.books.open(NAME, YEAR)


def test_what_a_lost_holder_had_taken_is_found_when_it_comes_back(
    counters: Counters, fill, leader: Unlocked
) -> None:
    here, there = counters.here, counters.there
    here.books.open(NAME, YEAR)
    rounds(here, there)
    assert refuse(here, fill) == "1"  # and its line is down
    boss = there.switch(leader)
    with pytest.raises(BookReasonMissing):
        boss.books.take_over(NAME, YEAR, " ")
    boss.books.take_over(NAME, YEAR, "máy giữ sổ hỏng")
    rounds(there)
    assert refuse(there, fill) == "1"
    rounds(there, here, there)

    for desk in (here, there):
        book = the_book(desk)
        assert (book.late, [each.value for each in book.numbers]) == ((1,), [1])
        assert [(each.value, each.late) for each in the_page(desk).lines] == [(1, True), (1, True)]
    assert any(each.flagged for each in here.waiting())
    report = here.reconcile_day()
    assert "không liền số: 1" in "".join(f.what for line in report.lines for f in line.findings)


def test_a_counter_that_was_restored_takes_no_number_before_a_leader_has_looked_at_the_book(
    settings: Settings, central: RunningCentral, clerk: Unlocked, leader: Unlocked, fill
) -> None:
    here = replace(settings, central=central.address, reply_number="book")
    with open_desk(here, clerk) as desk:
        desk.books.open(NAME, YEAR)
        rounds(desk)
        snapshot = desk.upkeep.snapshot()
        assert refuse(desk, fill) == "1"
    restore_snapshot(here, leader, snapshot.path.name, even_if_sound=True)
    with open_desk(here, clerk) as desk:
        assert set(refuse(desk, fill)) == {"."}  # 1 is on paper, and nobody here knows it
        rounds(desk, desk)
        assert set(refuse(desk, fill)) == {"."}
        assert the_page(desk).standing is Standing.OLDER
        desk.switch(leader).books.take_over(NAME, YEAR, "đã đối chiếu sổ giấy sau khi khôi phục")
        rounds(desk)
        assert refuse(desk, fill).isdigit()


def test_a_void_number_stays_in_the_book_with_its_reason(counters: Counters, fill) -> None:
    here = counters.here
    here.books.open(NAME, YEAR)
    rounds(here)
    refuse(here, fill)
    with pytest.raises(NotInBook):
        here.books.void(NAME, YEAR, 2, "in sai")
    here.books.void(NAME, YEAR, 1, "in sai, đã hủy giấy")
    assert [(each.value, each.void) for each in the_book(here).numbers] == [(1, "in sai, đã hủy giấy")]
    with pytest.raises(NotInBook):
        here.books.void(NAME, YEAR, 1, "lần nữa")
    assert refuse(here, fill) == "2"
    rounds(here, here)
    assert here.waiting() == ()


def test_a_book_that_is_not_ours_gives_nothing_and_says_why(
    counters: Counters, leader: Unlocked, registrar: Unlocked
) -> None:
    here, there = counters.here, counters.there
    with pytest.raises(NoSuchBook):
        here.books.hand_over(NAME, YEAR, "quay-05")
    here.books.open(NAME, YEAR)
    with pytest.raises(BookNotSettled):
        here.books.upcoming(NAME, YEAR)
    rounds(here, there)
    with pytest.raises(BookElsewhere):
        there.books.upcoming(NAME, YEAR)
    with pytest.raises(NotYourRole):
        here.switch(leader).books.open("Sổ khác", YEAR)
    with pytest.raises(NotYourRole):
        here.switch(registrar).books.take_over(NAME, YEAR, "thử")
