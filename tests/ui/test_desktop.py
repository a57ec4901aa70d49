"""The window's day: unlock, work, lock, another officer, the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from clerk_app.domain.officer import Officer
from clerk_app.errors import OfficeError
from clerk_app.practice.people import OFFICER, PASSPHRASE, SECOND_OFFICER, UNIT
from clerk_app.progress import Progress
from clerk_app.settings import Account, Settings, write_settings
from clerk_app.sign_in_settings import SignInSettings
from tests.ui.samples import OFFICER as CLERK
from ui import desktop as desktop_room
from ui.desktop import Desktop
from ui.workplace import Workplace


class Wrong(OfficeError):
    message = "Mật khẩu chưa đúng."


class FakeDesk:
    """Knows its officer, and that it was handed on."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer
        self.stale = False

    def up_to_date(self) -> bool:
        return not self.stale

    def admit(self, unlocked: SimpleNamespace) -> None:
        assert unlocked.officer == self.officer

    def switch(self, unlocked: SimpleNamespace) -> "FakeDesk":
        return FakeDesk(unlocked.officer)


class FakeRounds(QObject):
    barred = Signal(object)


@dataclass
class FakeHouse:
    """Stands behind the rooms that the window imports late; remembers what happened to them."""

    told: list[str] = field(default_factory=list)
    proofs: list[object] = field(default_factory=list)  # of sign-ins, one an unlock
    rounds: "FakeRounds | None" = None  # of the workplace that stands

    def rooms(self) -> Callable[[str], SimpleNamespace]:
        rooms = {
            "clerk_app.desk": SimpleNamespace(open_desk=self._open_desk),
            "clerk_app.services.unlock": SimpleNamespace(unlock=self._unlock),
            "clerk_app.services.offline_days": SimpleNamespace(sign_in_due=lambda *_: {}),
            "ui.screens": SimpleNamespace(furnish=self._furnish),
            "ui.printing": SimpleNamespace(PracticePrinter=lambda folder, _: folder),
        }
        return rooms.__getitem__

    def _unlock(self, _: Path, officer: str, passphrase: bytearray, proof: object) -> SimpleNamespace:
        if bytes(passphrase).decode() != PASSPHRASE:
            raise Wrong
        self.proofs.append(proof)
        person = OFFICER if officer == OFFICER.officer.id else SECOND_OFFICER
        return SimpleNamespace(officer=person.officer)

    @contextmanager
    def _open_desk(self, _: Settings, unlocked: SimpleNamespace, progress: Progress) -> Iterator[FakeDesk]:
        self.told.append("opened")
        yield FakeDesk(unlocked.officer)
        self.told.append("closed")

    def _furnish(self, desk: FakeDesk, *_: object) -> SimpleNamespace:
        place = Workplace(CLERK, UNIT)
        place.add_screen("Tiếp nhận hồ sơ", "file-plus", "Ctrl+1", QWidget())
        name = desk.officer.id
        self.rounds = FakeRounds()
        return SimpleNamespace(
            workplace=place,
            rounds=self.rounds,
            begin=lambda: self.told.append(f"began {name}"),
            rest=lambda: self.told.append(f"saved {name}"),
            stop=lambda: self.told.append(f"stopped {name}"),
        )


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> FakeHouse:
    made = FakeHouse()
    monkeypatch.setattr(desktop_room, "import_module", made.rooms())
    return made


@pytest.fixture
def desktop(house: FakeHouse, tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    accounts = (Account(OFFICER.officer), Account(SECOND_OFFICER.officer))
    write_settings(Settings(tmp_path, UNIT, accounts=accounts))
    made = Desktop(tmp_path)
    qtbot.addWidget(made.window)
    made.show()
    yield made
    made.close()


def _enter(desktop: Desktop, qtbot: QtBot, officer: int = 0) -> None:
    desktop.unlock_view.officer.setCurrentIndex(officer)
    with qtbot.waitSignal(desktop.opened):
        desktop.unlock_view.enter.click()


def test_practice_opens_with_one_key(desktop: Desktop, house: FakeHouse, qtbot: QtBot) -> None:
    _enter(desktop, qtbot)

    assert house.told == ["opened", "began qt-01"]
    assert desktop.screens.workplace.isVisible()


def test_a_wrong_passphrase_opens_nothing(desktop: Desktop, house: FakeHouse, qtbot: QtBot) -> None:
    desktop.unlock_view.passphrase.setText("sai")
    desktop.unlock_view.enter.click()
    qtbot.waitUntil(lambda: desktop.unlock.notice is not None)

    assert house.told == []


class Barred(OfficeError):
    message = "Quyền của Nguyễn Thị Hạnh đã bị thu hồi trên máy chủ."


def test_who_may_not_stay_is_locked_out_with_the_reason_and_what_they_were_asked_is_closed(
    desktop: Desktop, house: FakeHouse, qtbot: QtBot
) -> None:
    _enter(desktop, qtbot)
    place, question = desktop.screens.workplace, QDialog(desktop.window)
    question.open()

    house.rounds.barred.emit(Barred())

    assert not place.isVisible()
    assert not question.isVisible()
    assert house.told == ["opened", "began qt-01", "saved qt-01"]
    assert desktop.unlock_view.trouble.words.startswith(Barred.message)
    desktop.unlock_view.passphrase.setText("người khác đang gõ")
    desktop.unlock.calm()
    house.rounds.barred.emit(Barred())  # the next round tells it again
    assert desktop.unlock_view.passphrase.text() == "người khác đang gõ"
    assert desktop.unlock.notice is None


def test_after_a_lock_the_same_officer_finds_the_same_work(
    desktop: Desktop, house: FakeHouse, qtbot: QtBot
) -> None:
    _enter(desktop, qtbot)
    place = desktop.screens.workplace

    place.lock_asked.emit()
    assert not place.isVisible()
    _enter(desktop, qtbot)

    assert desktop.screens.workplace is place
    assert house.told == ["opened", "began qt-01", "saved qt-01"]


def test_another_officer_gets_the_same_desk_and_a_workplace_of_their_own(
    desktop: Desktop, house: FakeHouse, qtbot: QtBot
) -> None:
    _enter(desktop, qtbot)
    desktop.lock()

    _enter(desktop, qtbot, officer=1)

    assert house.told == ["opened", "began qt-01", "saved qt-01", "stopped qt-01", "began qt-02"]


def test_closing_the_window_puts_the_desk_away(desktop: Desktop, house: FakeHouse, qtbot: QtBot) -> None:
    _enter(desktop, qtbot)

    desktop.window.close()

    assert house.told[-2:] == ["stopped qt-01", "closed"]


def test_a_counter_without_settings_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    made = Desktop(tmp_path / "nothing")
    qtbot.addWidget(made.window)

    assert "settings.json" in made.unlock_view.trouble.words
    assert not made.unlock_view.enter.isEnabled()
    made.close()


def test_a_sign_in_goes_with_the_next_unlock_alone(house: FakeHouse, tmp_path: Path, qtbot: QtBot) -> None:
    account = (Account(OFFICER.officer),)
    write_settings(Settings(tmp_path, UNIT, accounts=account, sign_in=SignInSettings("https://sso.example")))
    desktop = Desktop(tmp_path)
    qtbot.addWidget(desktop.window)
    desktop.show()
    assert desktop.sign_in is not None
    desktop.sign_in._on_signed_in("proof")

    _enter(desktop, qtbot)
    desktop.lock()
    _enter(desktop, qtbot)
    desktop.close()

    assert house.proofs == ["proof", None]
