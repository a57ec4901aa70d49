"""Pages put in order by hand: nothing lost, nothing doubled, everything can be taken back."""

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.domain import pages
from clerk_app.domain.dossier import Draft, draft_files, draft_from_bytes
from clerk_app.domain.pages import Papers, Place, places_of
from clerk_app.domain.paper import LaidPage, LaidPaper, PaperFile, PaperState, ScanState
from clerk_app.domain.record import as_json, from_json

LONG, SHORT, PHOTO = (
    PaperFile(name * 32, "application/pdf", n) for name, n in (("aa", 3), ("bb", 2), ("cc", 1))
)
FORM = LaidPaper("to-khai", PaperState.PRESENT, ScanState.SCANNED, files=(LONG, SHORT))
BIRTH = LaidPaper("chung-sinh", PaperState.PRESENT, ScanState.SCANNED, files=(PHOTO,))
CARD = LaidPaper("can-cuoc", PaperState.SHOWN_ONLY)
PAPERS: Papers = (FORM, BIRTH, CARD)
KEYS = ("to-khai", "chung-sinh", "can-cuoc", "cu-tru")


def line(papers: Papers, key: str) -> LaidPaper:
    return next(laid for laid in papers if laid.key == key)


def leaves(papers: Papers) -> Counter[tuple[str, int]]:
    return Counter(page.leaf for laid in papers for page in laid.shown)


def read(papers: Papers, key: str) -> str:
    """The pages of a paper in short: first letter of the file, number of the page."""
    return " ".join(f"{page.sha256[0]}{page.index}" for page in line(papers, key).shown)


def place(key: str, file: PaperFile, index: int = 0) -> Place:
    return Place(key, file.sha256, index)


def test_a_paper_whose_pages_nobody_touched_shows_its_files_as_they_came() -> None:
    assert read(PAPERS, "to-khai") == "a0 a1 a2 b0 b1"
    assert FORM.pages == ()


def test_a_page_is_turned_and_turned_back() -> None:
    once = pages.turned(PAPERS, [place("to-khai", LONG, 1)], 90)

    assert [page.turned for page in line(once, "to-khai").shown] == [0, 90, 0, 0, 0]
    assert pages.turned(once, [place("to-khai", LONG, 1)], -90) == PAPERS
    assert pages.turned(once, [place("to-khai", LONG, 1)], 270) == PAPERS


def test_pages_step_within_their_paper_and_stop_at_its_edge() -> None:
    picked = [place("to-khai", LONG, 1), place("to-khai", LONG, 2)]

    on = pages.stepped(PAPERS, picked, 1)
    assert read(on, "to-khai") == "a0 b0 a1 a2 b1"
    assert read(pages.stepped(pages.stepped(on, picked, 1), picked, 1), "to-khai") == "a0 b0 b1 a1 a2"
    assert pages.stepped(on, picked, -1) == PAPERS
    assert pages.stepped(PAPERS, [place("to-khai", LONG, 0)], -1) == PAPERS


def test_a_page_is_laid_between_two_others() -> None:
    after = pages.moved(PAPERS, [place("to-khai", SHORT, 1)], "to-khai", place("to-khai", LONG, 1))

    assert read(after, "to-khai") == "a0 b1 a1 a2 b0"
    assert line(after, "to-khai").state is PaperState.PRESENT


def test_a_page_moved_to_another_paper_brings_its_file_and_the_paper_counts_as_there() -> None:
    after = pages.moved(PAPERS, [place("to-khai", LONG, 2), place("to-khai", SHORT, 0)], "can-cuoc")

    assert read(after, "to-khai") == "a0 a1 b1"
    assert read(after, "can-cuoc") == "a2 b0"
    card = line(after, "can-cuoc")
    assert (card.state, card.scan) == (PaperState.PRESENT, ScanState.SCANNED)
    assert card.files == (LONG, SHORT)
    assert line(after, "to-khai").files == (LONG, SHORT)


def test_a_paper_whose_every_page_went_elsewhere_is_not_laid_any_more() -> None:
    after = pages.moved(PAPERS, places_of(BIRTH), "cu-tru")

    assert [laid.key for laid in after] == ["to-khai", "can-cuoc", "cu-tru"]
    assert line(after, "cu-tru").files == (PHOTO,)


def test_what_the_clerk_said_of_an_emptied_paper_stays_said() -> None:
    blurred = (replace(BIRTH, state=PaperState.ILLEGIBLE), FORM)

    after = line(pages.moved(blurred, places_of(BIRTH), "to-khai"), "chung-sinh")

    assert (after.state, after.scan, after.files) == (PaperState.ILLEGIBLE, ScanState.NOT_SCANNED, ())


def test_a_page_that_lies_on_both_papers_is_not_doubled_by_moving_it() -> None:
    twice = (FORM, replace(BIRTH, files=(PHOTO, SHORT)))

    after = pages.moved(twice, [place("to-khai", SHORT, 0)], "chung-sinh")

    assert read(after, "chung-sinh") == "c0 b1 b0"
    assert read(after, "to-khai") == "a0 a1 a2 b1"


def test_from_a_page_on_the_rest_is_split_off() -> None:
    after = pages.split_off(PAPERS, place("to-khai", LONG, 2), "chung-sinh")

    assert read(after, "to-khai") == "a0 a1"
    assert read(after, "chung-sinh") == "c0 a2 b0 b1"
    assert pages.split_off(PAPERS, place("to-khai", LONG, 2), "to-khai") == PAPERS


def test_a_file_leaves_with_its_last_page_and_no_sooner() -> None:
    some = pages.without(PAPERS, [place("to-khai", SHORT, 0)])
    assert line(some, "to-khai").files == (LONG, SHORT)

    none = pages.without(some, [place("to-khai", SHORT, 1)])
    assert line(none, "to-khai").files == (LONG,)
    assert draft_files(Draft("d", papers=none)) == (LONG.sha256, PHOTO.sha256)


def test_a_paper_without_pages_is_there_but_not_scanned() -> None:
    after = line(pages.without(PAPERS, places_of(BIRTH)), "chung-sinh")

    assert (after.state, after.scan, after.files) == (PaperState.PRESENT, ScanState.NOT_SCANNED, ())


def test_a_file_laid_again_brings_back_only_the_pages_that_were_taken_away() -> None:
    less = line(pages.without(PAPERS, [place("to-khai", LONG, 1)]), "to-khai")

    assert pages.with_file(less, LONG).shown[-1] == LaidPage(LONG.sha256, 1)
    assert len(pages.with_file(less, LONG).shown) == 5
    assert pages.with_file(FORM, replace(LONG, name="tên khác")) == FORM


def test_an_act_is_taken_back_without_what_came_since() -> None:
    after = pages.without(PAPERS, [place("to-khai", LONG, 0)])
    fourth = PaperFile("dd" * 32, "image/png", 1)
    since = (
        pages.with_file(line(after, "to-khai"), fourth),
        replace(BIRTH, state=PaperState.ILLEGIBLE),
        CARD,
    )

    back = pages.taken_back(since, PAPERS, after)

    assert read(back, "to-khai") == "a0 a1 a2 b0 b1 d0"
    assert line(back, "chung-sinh").state is PaperState.ILLEGIBLE
    assert pages.taken_back(back, after, PAPERS) == since


def test_a_line_made_by_an_act_stays_when_a_file_came_to_it_since() -> None:
    after = pages.moved(PAPERS, [place("to-khai", LONG, 0)], "cu-tru")
    fourth = PaperFile("dd" * 32, "image/png", 1)
    since = (*after[:-1], pages.with_file(after[-1], fourth))

    back = pages.taken_back(since, PAPERS, after)

    assert read(back, "to-khai") == "a0 a1 a2 b0 b1"
    assert read(back, "cu-tru") == "d0"
    assert line(back, "cu-tru").state is PaperState.PRESENT


def test_pages_come_back_to_a_line_that_was_taken_away_since() -> None:
    after = pages.without(PAPERS, places_of(BIRTH))
    since = (after[0], after[2])

    assert pages.taken_back(since, PAPERS, after) == PAPERS


def test_a_draft_of_an_older_version_reads_as_filed() -> None:
    old = as_json(FORM)
    del old["pages"]

    assert from_json(LaidPaper, old) == FORM


def test_an_order_by_hand_is_written_and_read_again() -> None:
    after = line(pages.turned(PAPERS, places_of(FORM)[2:4], 180), "to-khai")

    assert from_json(LaidPaper, as_json(after)) == after


def test_a_page_that_no_file_holds_is_passed_over() -> None:
    strange = replace(
        FORM, pages=(LaidPage("ee" * 32, 0), LaidPage(LONG.sha256, 9), LaidPage(SHORT.sha256, 1))
    )

    assert strange.shown == (LaidPage(SHORT.sha256, 1),)


def test_a_draft_with_pages_that_are_no_pages_is_refused_in_words() -> None:
    data = b'{"id":"d","papers":[{"key":"k","pages":[{"sha256":1,"index":0}]}]}'

    try:
        draft_from_bytes(data)
    except Exception as error:  # noqa: BLE001 - the kind is what is asked
        assert type(error).__name__ == "DraftUnreadable"  # noqa: PT017
    else:
        raise AssertionError


Act = Callable[[Papers], Papers]


def late(number: int) -> str:
    """The name of a file that comes while pages are put in order."""
    return f"{number:064x}"


@st.composite
def acts(draw: st.DrawFn) -> tuple[bool, Act]:
    """Any act on any pages, and whether it takes pages away; places that are not there are asked for too."""
    spot = st.builds(
        Place,
        st.sampled_from(KEYS),
        st.sampled_from([LONG.sha256, SHORT.sha256, PHOTO.sha256, *map(late, range(3))]),
        st.integers(0, 2),
    )
    picked = draw(st.lists(spot, min_size=1, max_size=6))
    to = draw(st.sampled_from(KEYS))
    kinds: list[tuple[bool, Act]] = [
        (False, lambda papers: pages.turned(papers, picked, 90)),
        (False, lambda papers: pages.turned(papers, picked, -90)),
        (False, lambda papers: pages.stepped(papers, picked, 1)),
        (False, lambda papers: pages.stepped(papers, picked, -1)),
        (False, lambda papers: pages.moved(papers, picked, to, picked[-1])),
        (False, lambda papers: pages.moved(papers, picked, to)),
        (False, lambda papers: pages.split_off(papers, picked[0], to)),
        (True, lambda papers: pages.without(papers, picked)),
    ]
    return draw(st.sampled_from(kinds))


@given(st.lists(acts(), max_size=12))
@settings(max_examples=80, deadline=None)
def test_any_row_of_acts_can_be_undone_and_done_again(row: list[tuple[bool, Act]]) -> None:
    states = [PAPERS]
    for _, act in row:
        states.append(act(states[-1]))
    now = states[-1]
    for before, after in reversed(list(itertools.pairwise(states))):
        now = pages.taken_back(now, before, after)
    assert now == PAPERS
    for before, after in itertools.pairwise(states):
        now = pages.taken_back(now, after, before)
    assert now == states[-1]


@given(st.lists(acts(), max_size=12))
@settings(max_examples=80, deadline=None)
def test_no_page_is_lost_or_doubled_and_every_file_has_a_page(row: list[tuple[bool, Act]]) -> None:
    papers = PAPERS
    for takes, act in row:
        before = leaves(papers)
        papers = act(papers)
        after = leaves(papers)
        assert after <= before if takes else after == before
        assert max(after.values(), default=1) == 1
        for laid in papers:
            assert {file.sha256 for file in laid.files} == {page.sha256 for page in laid.shown}
            assert laid.scan is not ScanState.SCANNED or laid.files
            assert not laid.shown or laid.state is PaperState.PRESENT
    assert from_json(Draft, as_json(Draft("d", papers=papers))).papers == papers


@given(st.lists(st.tuples(acts(), st.sampled_from(["", *KEYS])), max_size=10))
@settings(max_examples=80, deadline=None)
def test_files_that_come_between_the_acts_survive_their_undoing(
    row: list[tuple[tuple[bool, Act], str]],
) -> None:
    now, done, come = PAPERS, list[tuple[Papers, Papers]](), Counter[tuple[str, int]]()
    for number, ((_, act), key) in enumerate(row):
        before, now = now, act(now)
        done.append((before, now))
        if key:
            file = PaperFile(late(number), "image/jpeg", 1)
            laid = next((each for each in now if each.key == key), LaidPaper(key))
            now = (*(each for each in now if each.key != key), pages.with_file(laid, file))
            come[(file.sha256, 0)] += 1
    for before, after in reversed(done):
        now = pages.taken_back(now, before, after)

    assert leaves(now) == leaves(PAPERS) + come
    for before, after in done:
        now = pages.taken_back(now, after, before)
    assert max(leaves(now).values(), default=1) == 1
    assert leaves(now) <= leaves(PAPERS) + come
