"""kill -9 at the named points: what was printed has its record, numbers stay, nothing is there twice."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from clerk_app.domain.document import DocumentKind
from clerk_app.domain.dossier import Status
from clerk_app.domain.reply import SupplementRequest
from clerk_app.furniture import Desk
from clerk_app.services.issue_slip import SlipIssued
from tests import nursery

REQUEST = SupplementRequest(("Giấy tờ chỗ ở (01 bản sao)",), "Hồ sơ chưa đủ")


@pytest.fixture
def kill_at(settings) -> Callable[[str], None]:
    """Run a counter until it stands still at a point, and kill it there."""
    (settings.folder / "ct01.jpg").write_bytes(_page())

    def kill(point: str) -> None:
        child = nursery.begin("tests.services.counter_to_kill", str(settings.folder), point)
        said = child.says()
        child.kill()
        assert said == "here"

    return kill


def only_dossier(desk: Desk):
    (dossier,) = desk.find_dossiers("dang thi anh")
    return dossier


def goes_on(desk: Desk, receive, expected: str) -> None:
    """The next number follows, and the chain holds."""
    assert receive(desk, "Người sau").code.endswith(expected)
    assert desk.verify_journal().valid


def test_killed_before_a_file_is_written_the_draft_has_no_such_paper(kill_at, open_again) -> None:
    kill_at("before file write")

    with open_again() as desk:
        (draft,) = desk.drafts()
        assert all(not paper.files for paper in draft.papers)
        assert desk.find_dossiers("") == ()


def test_killed_after_a_file_is_written_the_draft_says_nothing_that_is_not_there(kill_at, open_again) -> None:
    kill_at("after file write")

    with open_again() as desk:
        (draft,) = desk.drafts()
        assert all(not paper.files for paper in draft.papers)
        again = desk.lay_papers(draft, "ct01", _page(), "ct01.jpg")
        (file,) = again.papers[-1].files
        assert desk.page_picture(file.sha256, 0, 100).startswith(b"\x89PNG")


def _page() -> bytes:
    page = io.BytesIO()
    Image.new("RGB", (620, 877), "white").save(page, "JPEG")
    return page.getvalue()


def test_killed_before_received_is_kept_the_draft_is_whole_and_no_number_is_used(
    kill_at, open_again, receive
) -> None:
    kill_at("before received")

    with open_again() as desk:
        (draft,) = desk.drafts()
        assert len(draft.papers) == 3
        assert desk.find_dossiers("") == ()
        goes_on(desk, receive, "-0001")


@pytest.mark.parametrize(
    "point", ["after received", "during projection", "after signature", "before slip_signed"]
)
def test_killed_before_the_slip_is_kept_it_is_made_again_under_the_same_number(
    kill_at, open_again, receive, pin, point: str
) -> None:
    kill_at(point)

    with open_again() as desk:
        dossier = only_dossier(desk)
        assert dossier.status is Status.RECEIVED
        assert dossier.documents == ()
        assert desk.drafts() == ()
        assert desk.unfinished().unsigned == (dossier,)
        slip = desk.issue_slip(dossier.id, pin(desk))
        assert desk.dossier(dossier.id).code == dossier.code
        assert desk.verify_document(desk.slip_pdf(slip.id)).valid
        assert [line.kind for line in desk.history(dossier.id)] == ["received", "slip_signed"]
        goes_on(desk, receive, "-0002")


def test_killed_after_the_slip_is_kept_it_is_there_and_not_made_again(
    kill_at, open_again, receive, pin
) -> None:
    kill_at("after slip_signed")

    with open_again() as desk:
        dossier = only_dossier(desk)
        (slip,) = dossier.documents
        assert slip.prints == 0
        assert desk.verify_document(desk.slip_pdf(slip.id)).valid
        with pytest.raises(SlipIssued):
            desk.issue_slip(dossier.id, pin(desk))
        assert not desk.unfinished()
        goes_on(desk, receive, "-0002")


def test_killed_during_a_print_the_officer_is_asked_and_the_next_copy_counts_on(
    kill_at, open_again, receive
) -> None:
    kill_at("during print")

    with open_again() as desk:
        (slip,) = desk.unfinished().prints
        assert slip.prints == 1
        settled = desk.settle_print(slip.id, True)
        assert not settled.print_unfinished
        assert not desk.unfinished()
        kinds = [line.kind for line in desk.history(slip.dossier)]
        assert kinds == ["received", "slip_signed", "print_started", "print_ended"]
        assert desk.settle_print(slip.id, False) == settled
        assert desk.print_slip(slip.id, QuietPrinter()) == 2
        goes_on(desk, receive, "-0002")


def test_killed_between_signature_and_request_the_draft_is_as_it_was_and_no_number_used(
    kill_at, open_again, pin
) -> None:
    kill_at("signed, not asked")

    with open_again() as desk:
        (draft,) = desk.drafts()
        assert draft.supplements == 0
        assert desk.find_dossiers("") == ()
        desk.ask_for_supplement(draft, REQUEST, pin(desk))
        assert desk.dossier(draft.id).code.endswith("-0001")
        assert desk.verify_journal().valid


def test_killed_before_a_return_at_once_is_kept_nothing_is_received_either(
    kill_at, open_again, receive
) -> None:
    kill_at("before at once")

    with open_again() as desk:
        assert len(desk.drafts()) == 1
        assert desk.find_dossiers("") == ()
        goes_on(desk, receive, "-0001")


class QuietPrinter:
    def spool(self, form: DocumentKind, pdf: bytes, title: str, note: str) -> None:
        assert pdf.startswith(b"%PDF")
