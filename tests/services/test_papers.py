"""Papers laid on the counter: filed before they are shown, refused in words, scanned page by page."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from clerk_app.desk import open_desk
from clerk_app.domain.paper import PaperState, ScanState
from clerk_app.furniture import Desk
from clerk_app.papers.reader import Deadlines
from clerk_app.papers.refusals import PaperRefused, PaperTooSlow
from clerk_app.papers.sane import private_environment
from clerk_app.papers.scanner import ScannerMissing
from clerk_app.progress import Progress
from clerk_app.scanner_settings import ScannerSettings, ScanWay
from tests.papers.hostile import hangs_in_tiles


@pytest.fixture
def page() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (620, 877), "white").save(data, "JPEG")
    return data.getvalue()


def test_a_paper_laid_is_on_the_draft_encrypted_on_disk_and_can_be_seen(
    desk: Desk, fill, page: bytes, settings
) -> None:
    draft = desk.lay_papers(fill(desk), "ct01", page, "tờ khai.jpg")

    laid = next(paper for paper in draft.papers if paper.key == "ct01")
    (file,) = laid.files
    assert (laid.state, laid.scan) == (PaperState.PRESENT, ScanState.SCANNED)
    assert (file.media_type, file.pages, file.name) == ("image/jpeg", 1, "tờ khai.jpg")
    assert desk.drafts() == (draft,)
    assert desk.page_picture(file.sha256, 0, 100).startswith(b"\x89PNG")
    stored = [path.read_bytes() for path in (settings.folder / "files").rglob("*") if path.is_file()]
    assert len(stored) == 1
    assert page not in stored[0]


def test_a_second_page_stays_beside_the_first_and_the_same_again_changes_nothing(
    desk: Desk, fill, page: bytes
) -> None:
    other = io.BytesIO()
    Image.new("RGB", (620, 877), "grey").save(other, "PNG")
    draft = fill(desk)

    for data in (page, other.getvalue(), page):
        draft = desk.lay_papers(draft, "ct01", data, "trang")

    assert len(draft.papers) == 3
    assert [file.media_type for file in draft.papers[0].files] == ["image/jpeg", "image/png"]


def test_what_cannot_be_read_is_refused_and_the_draft_stays(desk: Desk, fill) -> None:
    draft = fill(desk)

    with pytest.raises(PaperRefused):
        desk.lay_papers(draft, "ct01", b"%PDF-1.7 broken", "hỏng.pdf")

    assert desk.drafts() == (draft,)


def test_files_of_a_received_dossier_wait_to_be_sent(desk: Desk, fill, page: bytes) -> None:
    draft = desk.lay_papers(fill(desk), "ct01", page, "tờ khai.jpg")
    assert desk.sending().files_waiting == 0

    desk.receive_dossier(draft)

    assert desk.sending().files_waiting == 1


def test_a_dropped_draft_is_gone(desk: Desk, fill) -> None:
    kept, dropped = fill(desk, "Còn"), fill(desk, "Bỏ")

    desk.drop_draft(dropped.id)

    assert desk.drafts() == (kept,)


def test_the_draft_last_saved_comes_first(desk: Desk, fill) -> None:
    first, second = fill(desk, "Một"), fill(desk, "Hai")

    again = desk.save_draft(replace(first, note="gọi lại sau"))

    assert [each.id for each in desk.drafts()] == [first.id, second.id]
    assert desk.drafts()[0] == again


def test_a_scanned_page_is_laid_on_the_draft(settings, clerk, fill, tmp_path: Path) -> None:
    Image.new("RGB", (620, 877), "white").save(tmp_path / "page.ppm")
    environment = private_environment(tmp_path / "sane", ["pnm"])
    scanner = ScannerSettings("pnm:0", environment, {"filename": str(tmp_path / "page.ppm")})

    with open_desk(replace(settings, scanner=scanner), clerk) as desk:
        draft = desk.scan_papers(fill(desk), "ct01", Progress())

    (file,) = draft.papers[0].files
    assert file.pages == 1
    assert draft.papers[0].scan is ScanState.SCANNED


def test_a_way_of_scanning_is_chosen_by_its_name_and_the_first_is_the_usual_one(
    settings, clerk, fill, tmp_path: Path
) -> None:
    sheets = {"source": "Automatic Document Feeder", "resolution": "20"}
    ways = (ScanWay("Một tờ", {"resolution": "20"}), ScanWay("Khay", sheets, feeder=True))
    environment = private_environment(tmp_path / "sane", ["test"])

    with open_desk(
        replace(settings, scanner=ScannerSettings("test:0", environment, ways=ways)), clerk
    ) as desk:
        usual = desk.scan_papers(fill(desk), "ct01", Progress())
        fed = desk.scan_papers(fill(desk), "ct01", Progress(), "Khay")

        assert desk.scan_ways == ("Một tờ", "Khay")
    assert len(usual.papers[0].files) == 1
    assert len(fed.papers[0].files) == 10  # all of one blackness, and still ten sheets


def test_without_a_scanner_the_clerk_is_told(settings, clerk, fill) -> None:
    with open_desk(replace(settings, scanner=ScannerSettings()), clerk) as desk:
        draft = fill(desk)
        with pytest.raises(ScannerMissing):
            desk.scan_papers(draft, "ct01", Progress())


def test_a_page_that_explodes_is_refused_and_not_tried_again_while_the_others_are_shown(
    desk: Desk, fill, page: bytes
) -> None:
    """Filed by an earlier version, which looked less closely."""
    pictures = desk.page_picture
    hostile, sound = pictures.files.files.put(hangs_in_tiles()), pictures.files.files.put(page)
    desk.warm_reader()
    pictures.reader.deadlines = Deadlines(picture=1.0)
    with pytest.raises(PaperTooSlow):
        pictures(hostile, 0, 100)
    pictures.reader.deadlines = Deadlines()

    with pytest.raises(PaperTooSlow):
        pictures(hostile, 0, 900)

    assert pictures(sound, 0, 100).startswith(b"\x89PNG")
    assert desk.lay_papers(fill(desk), "ct01", page, "tờ khai.jpg").papers[0].files
