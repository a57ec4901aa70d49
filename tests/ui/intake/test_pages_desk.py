"""Pages put in order without a window: what is done can be taken back, and the checklist stays right."""

from collections.abc import Callable
from typing import Any

import pytest

from clerk_app.domain.paper import PaperState, ScanState
from ui.intake.papers_model import Page
from ui.intake.people_model import Who
from ui.intake.stage import Stage
from ui.intake.view_model import IntakeViewModel

Model = IntakeViewModel
Settled = Callable[[], None]
Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def laid(model: Model, desk: Any, settled: Settled, until: Until) -> Model:
    """A draft with two pages on each of two papers."""
    model.start()
    settled()
    model.choose(desk.procedures[0])
    for key in ("to-khai", "chung-sinh"):
        model.scans.scan(key)
        until(lambda: not model.at_work)
        model.save()  # not after a pause in typing
        settled()
    until(lambda: len(model.papers.pages) == 4)
    return model


@pytest.fixture
def said(laid: Model) -> list[str]:
    words: list[str] = []
    laid.said.connect(words.append)
    return words


def lines(model: Model) -> dict[str, int]:
    """How many pages each line of the checklist shows."""
    return {row.kind.key: len(row.laid.shown) for row in model.papers.rows if row.laid.shown}


def page(model: Model, number: int) -> Page:
    return model.papers.pages[number - 1]


def test_a_deleted_page_comes_back_and_the_officer_is_told_how(laid: Model, said: list[str]) -> None:
    before = laid.draft.papers
    laid.pages.delete([page(laid, 3)])
    assert lines(laid) == {"to-khai": 2, "chung-sinh": 1}

    laid.pages.undo()
    assert laid.draft.papers == before
    laid.pages.redo()
    assert lines(laid) == {"to-khai": 2, "chung-sinh": 1}
    assert said == [
        "Đã xóa trang 3 – Ctrl+Z để lấy lại",
        "Đã hoàn tác: xóa trang 3 – Ctrl+Y để làm lại",
        "Đã làm lại: xóa trang 3 – Ctrl+Z để hoàn tác",
    ]


def test_what_is_seen_at_once_is_not_told(laid: Model, said: list[str]) -> None:
    laid.pages.turn([page(laid, 1)], 90)
    laid.pages.step([page(laid, 1)], 1)

    assert said == []
    assert [each.turned for each in laid.papers.pages] == [0, 90, 0, 0]
    laid.pages.undo()
    laid.pages.undo()
    assert said[-1] == "Đã hoàn tác: xoay trang 1 – Ctrl+Y để làm lại"


def test_a_moved_page_makes_its_new_paper_count_and_the_empty_one_is_missing_again(
    laid: Model, said: list[str]
) -> None:
    laid.pages.move(laid.papers.pages[2:], "cu-tru")

    states = {row.kind.key: row.laid.state for row in laid.papers.rows}
    assert lines(laid) == {"to-khai": 2, "cu-tru": 2}
    assert (states["chung-sinh"], states["cu-tru"]) == (PaperState.MISSING, PaperState.PRESENT)
    assert "paper:chung-sinh" in {todo.place for todo in laid.todo}
    assert said == ["Đã chuyển 2 trang sang “Giấy tờ chứng minh nơi cư trú” – Ctrl+Z để chuyển lại"]


def test_a_conditional_paper_left_empty_asks_for_nothing(laid: Model) -> None:
    laid.pages.move(laid.papers.pages[2:], "ket-hon")
    laid.pages.move(laid.papers.pages[2:], "chung-sinh")

    assert "paper:ket-hon" not in {todo.place for todo in laid.todo}


def test_from_a_page_on_the_rest_becomes_another_paper(laid: Model, said: list[str]) -> None:
    laid.pages.split(page(laid, 2), "can-cuoc")

    assert lines(laid) == {"to-khai": 1, "chung-sinh": 2, "can-cuoc": 1}
    assert said == ["Đã tách từ trang 2 sang “Căn cước của cha, mẹ” – Ctrl+Z để gộp lại"]


def test_the_next_line_is_the_likely_place(laid: Model) -> None:
    targets = laid.pages.targets([page(laid, 1)])

    assert [target.key for target in targets] == [
        "chung-sinh",
        "can-cuoc",
        "cu-tru",
        "?Cha, mẹ có đăng ký kết hôn",
    ]
    assert [target.number for target in targets if target.likely] == [2]


def test_a_page_dropped_beside_another_goes_to_its_paper(laid: Model, said: list[str]) -> None:
    moving = page(laid, 1)
    laid.pages.drop([moving], page(laid, 3), behind=True)

    assert lines(laid) == {"to-khai": 1, "chung-sinh": 3}
    assert laid.papers.pages[2].picture == moving.picture
    assert "Giấy chứng sinh" in said[0]
    laid.pages.drop([page(laid, 3)], page(laid, 2), behind=False)
    assert laid.papers.pages[1].picture == moving.picture
    assert len(said) == 1


def test_a_scan_that_comes_meanwhile_survives_undo(
    laid: Model, desk: Any, settled: Settled, until: Until
) -> None:
    desk.file_gate.clear()
    laid.scans.scan("cu-tru")
    laid.pages.delete(laid.papers.pages[:2])
    desk.file_gate.set()
    settled()
    until(lambda: lines(laid) == {"chung-sinh": 2, "cu-tru": 2})
    laid.papers.set_state("chung-sinh", PaperState.ILLEGIBLE)

    laid.pages.undo()

    assert lines(laid) == {"to-khai": 2, "chung-sinh": 2, "cu-tru": 2}
    assert laid.papers.rows[0].laid.scan is ScanState.SCANNED
    assert laid.papers.rows[1].laid.state is PaperState.ILLEGIBLE


def test_a_page_moved_in_and_out_while_its_new_paper_is_filed_is_not_doubled(
    laid: Model, desk: Any, tmp_path: Any, settled: Settled
) -> None:
    file = tmp_path / "them.pdf"
    file.write_bytes(b"%PDF-more")
    desk.file_gate.clear()
    laid.papers.import_files("cu-tru", [file])
    laid.pages.move([page(laid, 1)], "cu-tru")
    laid.pages.move([page(laid, 4)], "to-khai")
    desk.file_gate.set()
    settled()

    names = [each.picture for each in laid.papers.pages]
    assert len(names) == len(set(names)) == 6


def test_the_order_by_hand_is_saved_with_the_draft(laid: Model, desk: Any, settled: Settled) -> None:
    laid.pages.step([page(laid, 1)], 1)
    laid.save()
    settled()

    assert desk.kept[laid.draft.id].papers == laid.draft.papers
    assert [each.index for each in laid.draft.papers[0].pages] == [1, 0]


def test_another_draft_or_another_checklist_ends_undo(laid: Model, desk: Any, settled: Settled) -> None:
    laid.pages.delete([page(laid, 1)])
    laid.choose(desk.procedures[0])
    assert laid.pages.may_undo
    laid.choose(desk.procedures[1])
    assert not laid.pages.may_undo

    laid.pages.turn([page(laid, 1)], 90)
    laid.new()
    settled()
    assert not laid.pages.may_undo


def test_after_acceptance_pages_stay_as_they_are(laid: Model, desk: Any, until: Until) -> None:
    laid.people.type(Who.OWNER, name="Trần Minh An")
    for key in ("can-cuoc", "cu-tru"):
        laid.papers.tick(key)
    laid.pages.turn([page(laid, 1)], 180)
    laid.pages.delete([page(laid, 2)])
    laid.sign_and_print()
    until(lambda: laid.stage is Stage.ASKING_PIN)

    (dossier,) = desk.dossiers.values()
    laid.pages.undo()
    laid.pages.delete([page(laid, 1)])

    assert not laid.pages.may_act
    assert not laid.pages.may_undo
    assert [each.turned for each in laid.papers.pages] == [180, 0, 0]
    assert len(dossier.papers[0].shown) == 1


def test_acts_on_pages_that_are_gone_do_nothing(laid: Model, said: list[str]) -> None:
    gone = page(laid, 1)
    laid.pages.delete([gone])
    laid.pages.delete([gone])
    laid.pages.turn([gone], 90)
    laid.pages.move([gone], "cu-tru")
    laid.pages.split(gone, "cu-tru")

    assert len(said) == 1
    laid.pages.undo()
    assert not laid.pages.may_undo
    laid.pages.undo()
    assert said[-1] == "Chưa có thao tác nào với trang để hoàn tác."
