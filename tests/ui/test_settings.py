"""The settings screen: what is wrong is said at its field, and nothing is saved by half."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from clerk_app.papers.scanner import ScannerInfo, ScannerProgramMissing
from clerk_app.picture_settings import SEAL
from clerk_app.services.change_settings import Choices, SettingsNotWritten
from clerk_app.services.sign_pictures import SealSizeMissing, SignPicture
from tests.ui.samples import a_page
from ui.settings.pictures_card import PicturesCard
from ui.settings.pictures_model import PictureCalls, PicturesModel
from ui.settings.view import SettingsView
from ui.settings.view_model import SettingsCalls, SettingsViewModel
from ui.tasks import Tasks
from ui.theme import Tone

CHOICES = Choices(
    superior="UBND THÀNH PHỐ HÀ NỘI",
    name="Điểm phục vụ hành chính công phường Hà Đông",
    place="Hà Đông",
    address="Số 1 phố Mẫu",
    phone="024 0000 0000",
    counter="Q3",
    central="https://tw.example",
    scanner="pnm:0",
    tokens=(),
    agency_code="H26.99.01",
)


class FakePictures:
    """Stands for the store of pictures; the real one is tried with the services."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}

    def calls(self) -> PictureCalls:
        return PictureCalls(self.list, self.keep, self.drop, lambda _, width: a_page(width))

    def list(self) -> tuple[SignPicture, ...]:
        leader = SignPicture("ld-01", "Phạm Quang Vinh", "ld-01" in self.kept)
        return leader, SignPicture(SEAL, "UBND phường Thử", SEAL in self.kept, self.kept.get(SEAL, 0))

    def keep(self, whose: str, path: str, mm: int) -> None:
        if whose == SEAL and not mm:
            raise SealSizeMissing(least=15, most=60)
        self.kept[whose] = mm

    def drop(self, whose: str) -> None:
        del self.kept[whose]


class FakeFile:
    """Stands for the settings' file; the real one is tried with the services."""

    def __init__(self) -> None:
        self.choices = CHOICES
        self.trouble: Exception | None = None

    def read(self) -> Choices:
        return self.choices

    def __call__(self, choices: Choices) -> Choices:
        if self.trouble is not None:
            raise self.trouble
        self.choices = choices
        return choices


@pytest.fixture
def file() -> FakeFile:
    return FakeFile()


@pytest.fixture
def scanners() -> list[ScannerInfo]:
    return [ScannerInfo("test:0", "Noname frontend-tester")]


@pytest.fixture
def model(file: FakeFile, scanners: list[ScannerInfo], tasks: Tasks, qtbot: QtBot) -> SettingsViewModel:
    made = SettingsViewModel(
        SettingsCalls(file, lambda: tuple(scanners), lambda: ("HP M404", "Kyocera")), tasks
    )
    made.refresh()
    qtbot.waitUntil(lambda: made.choices is not None and not made.busy)
    return made


@pytest.fixture
def view(model: SettingsViewModel, qtbot: QtBot) -> SettingsView:
    made = SettingsView(model, PicturesModel(FakePictures().calls(), model._tasks))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def retype(view: SettingsView, qtbot: QtBot) -> Callable[[str, str], None]:
    def _retype(name: str, text: str) -> None:
        view._lines[name].selectAll()
        qtbot.keyClick(view._lines[name], Qt.Key.Key_Delete)
        qtbot.keyClicks(view._lines[name], text)

    return _retype


def test_what_was_typed_is_saved(
    view: SettingsView, file: FakeFile, retype: Callable[[str, str], None], qtbot: QtBot
) -> None:
    retype("phone", "024 3333 4444")

    with qtbot.waitSignal(view.saved):
        view.save.click()

    assert file.choices == replace(CHOICES, phone="024 3333 4444")
    assert not view.save.isEnabled()


def test_a_mistake_is_said_at_its_field_and_keeps_the_button_shut(
    view: SettingsView, retype: Callable[[str, str], None]
) -> None:
    retype("name", "")
    retype("central", "tw.example")

    assert "không được để trống" in view._fields["name"].words
    assert "https://ten-may-chu" in view._fields["central"].words
    assert view._fields["central"].tone is Tone.BAD
    assert not view.save.isEnabled()
    assert view._said.text() == "Còn 2 chỗ cần sửa trước khi lưu."


def test_changes_can_be_taken_back(view: SettingsView, retype: Callable[[str, str], None]) -> None:
    retype("address", "So 2")
    view.undo.click()

    assert view._lines["address"].text() == "Số 1 phố Mẫu"
    assert not view.undo.isEnabled()


def test_what_is_not_saved_yet_stays_while_one_looks_elsewhere(
    view: SettingsView, model: SettingsViewModel, retype: Callable[[str, str], None]
) -> None:
    retype("address", "So 2")

    model.refresh()

    assert not model.busy
    assert view._lines["address"].text() == "So 2"


def test_a_file_that_cannot_be_written_is_told_and_the_typing_stays(
    view: SettingsView,
    model: SettingsViewModel,
    file: FakeFile,
    retype: Callable[[str, str], None],
    qtbot: QtBot,
) -> None:
    file.trouble = SettingsNotWritten(path="settings.json")
    retype("address", "So 2")

    view.save.click()
    qtbot.waitUntil(lambda: model.notice is not None)

    assert "Không ghi được tệp cài đặt" in view.trouble.words
    assert view._lines["address"].text() == "So 2"
    assert view.save.isEnabled()


def test_scanners_are_found_and_chosen_from_the_list(
    view: SettingsView, model: SettingsViewModel, qtbot: QtBot
) -> None:
    view.find_scanner.click()
    qtbot.waitUntil(lambda: bool(model.scanners) and not model.busy)

    view.scanner.setCurrentIndex(0)
    view.scanner.activated.emit(0)

    assert view.scanner.itemText(0) == "Noname frontend-tester (test:0)"
    assert model.choices is not None
    assert model.choices.scanner == "test:0"
    assert view.scanner.lineEdit().text() == "test:0"


def test_no_scanner_and_no_program_are_told(
    view: SettingsView, model: SettingsViewModel, scanners: list[ScannerInfo], qtbot: QtBot
) -> None:
    scanners.clear()
    view.find_scanner.click()
    qtbot.waitUntil(lambda: model.looked_for_scanners and not model.busy)
    assert "Không thấy máy quét nào" in view._fields["scanner"].words

    def none() -> tuple[ScannerInfo, ...]:
        raise ScannerProgramMissing

    model._calls = replace(model._calls, list_scanners=none)
    view.find_scanner.click()
    qtbot.waitUntil(lambda: model.notice is not None)
    assert "SANE" in view.trouble.words


def test_a_driver_that_is_none_is_marked_and_can_be_dropped(
    view: SettingsView, model: SettingsViewModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "token.so"
    text.write_text("not a library")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(text), ""))

    view.add.click()
    view.add.click()

    assert [row.badge for row in view.tokens.rows] == ["Cần sửa"]
    assert not view._token_words.isHidden()
    assert not view.save.isEnabled()

    view.drop.click()

    assert view.tokens.rows == ()
    assert not model.dirty


def test_each_form_has_its_printer(
    view: SettingsView, model: SettingsViewModel, file: FakeFile, qtbot: QtBot
) -> None:
    box = view.printing.boxes["printer_supplement"]
    qtbot.waitUntil(lambda: box.count() == 3)
    assert [box.itemText(place) for place in range(3)] == [
        "Máy in mặc định của máy tính",
        "HP M404",
        "Kyocera",
    ]

    box.setCurrentIndex(2)
    box.activated.emit(2)
    with qtbot.waitSignal(view.saved):
        view.save.click()

    assert file.choices == replace(CHOICES, printer_supplement="Kyocera")


def test_a_chosen_printer_that_is_gone_stays_chosen_and_says_so(
    view: SettingsView, model: SettingsViewModel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(model.printers))

    model.put("printer_slip", "Máy cũ")

    box = view.printing.boxes["printer_slip"]
    assert box.currentText() == "Máy cũ (không thấy)"
    assert box.currentData() == "Máy cũ"


def test_the_scan_folder_is_chosen_and_what_becomes_of_its_files(
    view: SettingsView, file: FakeFile, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))

    view.choose_folder.click()
    view.keep_scans.click()
    with qtbot.waitSignal(view.saved):
        view.save.click()

    assert file.choices == replace(CHOICES, scan_folder=str(tmp_path), keep_scans=True)


def test_a_scan_folder_without_its_root_is_marked(
    view: SettingsView, retype: Callable[[str, str], None]
) -> None:
    retype("scan_folder", "quet")

    assert "Không có thư mục quet" in view._fields["scan_folder"].words
    assert not view.save.isEnabled()


def test_the_language_is_chosen(view: SettingsView, model: SettingsViewModel) -> None:
    box = view.printing.boxes["language"]

    box.setCurrentIndex(2)
    box.activated.emit(2)

    assert model.choices is not None
    assert model.choices.language == "en"


@pytest.fixture
def pictures() -> FakePictures:
    return FakePictures()


@pytest.fixture
def card(pictures: FakePictures, tasks: Tasks, qtbot: QtBot) -> PicturesCard:
    model = PicturesModel(pictures.calls(), tasks)
    made = PicturesCard(model)
    qtbot.addWidget(made)
    made.show()
    model.refresh()
    qtbot.waitUntil(lambda: not model.busy and bool(model.pictures))
    return made


def test_a_picture_is_chosen_shown_and_let_go(
    card: PicturesCard, pictures: FakePictures, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    model = card._model
    assert model.chosen == "ld-01"
    assert not card.width_field.isVisible()  # a person's is as large as its room
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/a/hand.png", ""))
    with qtbot.waitSignal(model.kept):
        card.choose.click()
    assert pictures.kept == {"ld-01": 0}
    assert not card.preview.pixmap().isNull()
    with qtbot.waitSignal(model.kept):
        card.drop.click()
    assert pictures.kept == {}


def test_a_seal_needs_its_real_size(
    card: PicturesCard, pictures: FakePictures, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    model = card._model
    card.list.choose(SEAL)
    qtbot.waitUntil(lambda: model.chosen == SEAL and not model.busy)
    assert card.width_field.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/a/seal.png", ""))
    card.choose.click()
    qtbot.waitUntil(lambda: "mi-li-mét" in card._words.text())
    card.mm.setText("36")
    with qtbot.waitSignal(model.kept):
        card.choose.click()
    assert pictures.kept == {SEAL: 36}
    assert not card._words.isVisible()
