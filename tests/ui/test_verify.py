"""Any signed file is judged on a screen: told in large words, then line by line; the file itself is not kept."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from clerk_app.domain.signed_paper import (
    ChangeKind,
    DocumentVerdict,
    Doubt,
    PartChanged,
    SignatureVerdict,
    Standing,
)
from clerk_app.papers.signature_reader import SignedFileNotPdf, read_signed_file
from clerk_app.progress import Progress
from clerk_app.services.signature_report import ReportNotSaved, save_report
from ui.tasks import Tasks
from ui.theme import Tone
from ui.verify.calls import VerifyCalls
from ui.verify.view import VerifyView
from ui.verify.view_model import VerifyViewModel
from ui.verify.words import standing_of

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
GOOD = SignatureVerdict(
    field="CanBo",
    signer="Nguyễn Thị Hạnh",
    valid=True,
    signed_at=NOW,
    intact=True,
    trusted=True,
    whole=True,
    digest="sha256",
)
SIGNED = DocumentVerdict(True, (GOOD,), size=42_000, sha256="ab" * 32, revisions=1, judged_at=NOW)
CHANGED = replace(
    SIGNED,
    valid=False,
    signatures=(
        replace(GOOD, valid=False, whole=False, changes=(PartChanged(ChangeKind.PAGE, "1"),)),
        replace(GOOD, field="LanhDao", signer="Trần Văn Dũng"),
    ),
)


class FakeJudge:
    """Answers what the test says; holds its answer back while `gate` is closed."""

    def __init__(self) -> None:
        self.verdict = SIGNED
        self.asked: list[bytes] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, pdf: bytes, progress: Progress) -> DocumentVerdict:
        self.asked.append(pdf)
        while not self.gate.wait(0.01):
            progress.step(0, 1)
        return self.verdict


@pytest.fixture
def judge() -> Iterator[FakeJudge]:
    made = FakeJudge()
    yield made
    made.gate.set()


@pytest.fixture
def model(judge: FakeJudge, tasks: Tasks) -> VerifyViewModel:
    calls = VerifyCalls(read_signed_file, judge, lambda document: f"%PDF-{document}".encode(), save_report)
    return VerifyViewModel(calls, tasks)


@pytest.fixture
def view(model: VerifyViewModel, qtbot: QtBot) -> VerifyView:
    made = VerifyView(model)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "công văn đến.pdf"
    made.write_bytes(b"%PDF-1.7 signed")
    return made


def _judged(view: VerifyView, model: VerifyViewModel, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.judged):
        model.check_file(path)


def test_before_any_file_the_screen_says_how_to_begin(view: VerifyView) -> None:
    assert view.headline.text() == "Kiểm tra chữ ký số trên tệp PDF"
    assert "Không dùng mạng" in view.conclusion.text()
    assert not view.keep.isEnabled()
    assert view.stop.isHidden()


def test_a_good_file_is_told_in_large_words_and_a_card_for_each_signature(
    view: VerifyView, model: VerifyViewModel, judge: FakeJudge, file: Path, qtbot: QtBot
) -> None:
    _judged(view, model, file, qtbot)

    assert judge.asked == [b"%PDF-1.7 signed"]
    assert view.headline.text() == "Chữ ký số hợp lệ"
    assert [card.accessibleName() for card in view.cards] == ["1. Chữ ký của Nguyễn Thị Hạnh hợp lệ."]
    assert "Người ký (đúng): Nguyễn Thị Hạnh" in view.cards[0].accessibleDescription()


def test_after_the_verdict_the_first_signature_is_read_and_keys_scroll(
    view: VerifyView, model: VerifyViewModel, judge: FakeJudge, file: Path, qtbot: QtBot
) -> None:
    judge.verdict = replace(CHANGED, signatures=CHANGED.signatures * 4)
    view.resize(800, 400)
    with qtbot.waitActive(view):
        view.activateWindow()

    _judged(view, model, file, qtbot)

    qtbot.waitUntil(view.cards[0].hasFocus)
    bar = view.whole.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(view.cards[0], Qt.Key.Key_Down)
    assert bar.value() > 0


def test_a_changed_file_says_so_and_each_signature_keeps_its_own_standing(
    view: VerifyView, model: VerifyViewModel, judge: FakeJudge, file: Path, qtbot: QtBot
) -> None:
    judge.verdict = CHANGED

    _judged(view, model, file, qtbot)

    assert view.headline.text() == "KHÔNG hợp lệ"
    assert view.headline.property("tone") == Tone.BAD.name.lower()
    standings = [standing_of(CHANGED, each) for each in CHANGED.signatures]
    assert standings == [Standing.INVALID, Standing.VALID]
    assert "trang 1" in view.cards[0].accessibleDescription().lower()


def test_a_file_that_cannot_be_judged_is_never_called_valid_or_invalid(
    view: VerifyView, model: VerifyViewModel, judge: FakeJudge, tmp_path: Path, qtbot: QtBot
) -> None:
    photograph = tmp_path / "ảnh.jpg"
    photograph.write_bytes(b"\xff\xd8\xff\xe0")

    _judged(view, model, photograph, qtbot)

    assert judge.asked == []
    assert isinstance(model.notice, SignedFileNotPdf)
    assert view.headline.text() == "Không kiểm tra được"
    assert "Chưa biết" in view.conclusion.text()
    assert not view.keep.isEnabled()
    assert "không phải tệp PDF" in " ".join(each.text() for each in view.trouble.findChildren(QLabel))


def test_a_file_on_its_way_can_be_stopped_and_then_nothing_is_known(
    view: VerifyView, model: VerifyViewModel, judge: FakeJudge, file: Path, qtbot: QtBot
) -> None:
    judge.gate.clear()
    model.check_file(file)
    qtbot.waitUntil(lambda: bool(judge.asked))
    assert view.headline.text() == "Đang kiểm tra…"
    assert not view.stop.isHidden()

    with qtbot.waitSignal(model.judged):
        view.stop.click()

    assert view.headline.text() == "Đã dừng"
    assert model.verdict is None


def test_a_newer_file_takes_the_place_of_the_one_under_way(
    view: VerifyView, model: VerifyViewModel, judge: FakeJudge, file: Path, qtbot: QtBot
) -> None:
    judge.gate.clear()
    model.check_file(file)
    qtbot.waitUntil(lambda: bool(judge.asked))

    model.check_document("slip-7", "H01.01 – 7")
    judge.gate.set()
    qtbot.waitUntil(lambda: model.verdict is not None)

    assert model.name == "H01.01 – 7"
    assert judge.asked[-1] == b"%PDF-slip-7"


def test_a_dropped_file_is_judged(view: VerifyView, model: VerifyViewModel, file: Path, qtbot: QtBot) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    with qtbot.waitSignal(model.judged):
        view.dropEvent(drop)

    assert model.name == "công văn đến.pdf"
    assert drop.isAccepted()


def test_figures_stand_behind_a_key_and_go_again(
    view: VerifyView, model: VerifyViewModel, file: Path, qtbot: QtBot
) -> None:
    _judged(view, model, file, qtbot)
    figures = view.findChild(QLabel, "figures")
    assert figures.isHidden() or not figures.isVisibleTo(view)

    view.technical.click()
    assert figures.isVisibleTo(view)
    assert "SHA-256: " + "ab" * 32 in figures.text()

    view.technical.click()
    assert not figures.isVisibleTo(view)


def test_figures_of_a_file_do_not_stand_beside_the_next_one(
    view: VerifyView, model: VerifyViewModel, judge: FakeJudge, file: Path, qtbot: QtBot
) -> None:
    _judged(view, model, file, qtbot)
    view.technical.click()
    judge.verdict = replace(CHANGED, sha256="cd" * 32)

    _judged(view, model, file, qtbot)

    assert "ab" * 32 not in view.findChild(QLabel, "figures").text()


def test_the_report_goes_to_the_clipboard_and_to_a_file(
    view: VerifyView, model: VerifyViewModel, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    _judged(view, model, file, qtbot)
    kept = tmp_path / "báo cáo.txt"

    with qtbot.waitSignal(view.copied):
        view.copy.click()
    with qtbot.waitSignal(model.saved, check_params_cb=lambda name: name == "báo cáo.txt"):
        model.save(kept)

    assert QGuiApplication.clipboard().text() == model.report == kept.read_text("utf-8")
    assert "Người ký: Nguyễn Thị Hạnh" in model.report


def test_a_report_that_cannot_be_written_says_what_to_do_and_keeps_the_verdict(
    view: VerifyView, model: VerifyViewModel, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    _judged(view, model, file, qtbot)

    model.save(file / "báo cáo.txt")
    qtbot.waitUntil(lambda: model.notice is not None)

    assert isinstance(model.notice, ReportNotSaved)
    assert model.verdict is SIGNED
    assert view.headline.text() == "Chữ ký số hợp lệ"


def test_a_counter_that_trusts_nobody_yet_says_what_is_missing(
    view: VerifyView, model: VerifyViewModel, judge: FakeJudge, file: Path, qtbot: QtBot
) -> None:
    stranger = replace(GOOD, valid=False, trusted=False, doubt=Doubt.NO_ROOTS)
    judge.verdict = replace(SIGNED, valid=False, signatures=(stranger,))

    _judged(view, model, file, qtbot)

    told = " ".join(each.text() for each in view.trouble.findChildren(QLabel))
    assert "chưa tin cậy nơi cấp chứng thư nào" in told


def test_the_dialog_for_a_file_speaks_vietnamese(view: VerifyView, qtbot: QtBot) -> None:
    view.choose()

    dialog = view.window().findChild(QFileDialog)
    assert dialog.windowTitle() == "Chọn tệp PDF có chữ ký số"
    assert dialog.labelText(QFileDialog.DialogLabel.Reject) == "Thôi"
    dialog.reject()
