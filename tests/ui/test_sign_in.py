"""The button below the passphrase: the browser signs in, the window goes on living, and the next unlock carries the proof."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from clerk_app.clock import now
from clerk_app.domain.officer import Officer, Role
from clerk_app.progress import Progress
from clerk_app.services.offline_days import SignedIn, SignInFirst
from clerk_app.services.sign_in import SignIn, SignInAway
from clerk_app.settings import Account, Settings
from clerk_app.sign_in_settings import SignInSettings
from tests.services.false_provider import FalseProvider, false_provider
from tests.services.plain_browser import PlainBrowser
from tests.ui.samples import OFFICER, OTHER, UNIT
from ui.tasks import Tasks
from ui.unlock.sign_in_model import OpenBrowser, SignInViewModel
from ui.unlock.view import UnlockView
from ui.unlock.view_model import UnlockViewModel

Work = Callable[[str, OpenBrowser, Progress], object]


class Systems(QObject):
    """Stands where the computer's own browser would: Qt hands addresses to it."""

    def __init__(self) -> None:
        super().__init__()
        self.browser = PlainBrowser("")
        self.threads: list[threading.Thread] = []

    @Slot(QUrl)
    def take(self, address: QUrl) -> None:
        self.threads.append(threading.current_thread())
        self.browser.open(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def systems() -> Iterator[Systems]:
    made = Systems()
    QDesktopServices.setUrlHandler("http", made, "take")
    yield made
    QDesktopServices.unsetUrlHandler("http")
    made.browser.wait()


@pytest.fixture
def false() -> Iterator[FalseProvider]:
    with false_provider() as provider:
        yield provider


@pytest.fixture
def build(tasks: Tasks, qtbot: QtBot) -> Callable[..., tuple[UnlockView, SignInViewModel]]:
    def built(work: Work, due: dict[str, Any] | None = None) -> tuple[UnlockView, SignInViewModel]:
        signing = SignInViewModel(work, lambda: due or {}, tasks)
        model = UnlockViewModel((OFFICER, OTHER), lambda *_: None, tasks)
        view = UnlockView(model, UNIT.name, "", signing)
        qtbot.addWidget(view)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        return view, signing

    return built


Build = Callable[..., tuple[UnlockView, SignInViewModel]]


def waits(_officer: str, _browser: OpenBrowser, progress: Progress) -> object:
    while True:
        progress.step(0, 1)
        threading.Event().wait(0.01)


def test_the_computers_browser_signs_in_while_the_window_lives(
    build: Build, systems: Systems, false: FalseProvider, tmp_path: Path, qtbot: QtBot
) -> None:
    account = Account(Officer(OFFICER.id, OFFICER.name, frozenset({Role.OFFICER})))
    settings = Settings(tmp_path, UNIT, "", (account,), sign_in=SignInSettings(false.base))
    false.bend = lambda claims: {**claims, "sub": OFFICER.id}
    view, signing = build(lambda who, browser, progress: SignIn(settings, browser)(who, progress))

    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert view.cancel.isVisible()  # back at once: nobody waits in the window's thread
    qtbot.waitUntil(lambda: signing.proof is not None, timeout=30_000)

    assert isinstance(signing.proof, SignedIn)
    assert signing.proof.officer == OFFICER.id
    assert systems.threads == [threading.main_thread()]
    assert "Đã đăng nhập" in view.standing.words
    assert view.passphrase.isEnabled()


def test_without_a_provider_there_is_no_button(tasks: Tasks, qtbot: QtBot) -> None:
    view = UnlockView(UnlockViewModel((OFFICER,), lambda *_: None, tasks), UNIT.name)
    qtbot.addWidget(view)
    view.show()

    assert not any(widget.isVisible() for widget in (view.sign_in, view.cancel, view.standing))


def test_who_waits_may_give_up(build: Build, qtbot: QtBot) -> None:
    view, signing = build(waits)
    view.sign_in.click()
    assert not view.enter.isEnabled()

    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not signing.busy)

    assert view.sign_in.isVisible()
    assert view.officer.isEnabled()
    assert not view.standing.isVisible()
    assert view.passphrase.hasFocus()


def test_what_went_wrong_is_told_with_what_to_do(build: Build, qtbot: QtBot) -> None:
    def away(*_: object) -> object:
        raise SignInAway(address="https://dang-nhap.example")

    view, signing = build(away)
    view.sign_in.click()
    qtbot.waitUntil(lambda: signing.notice is not None)

    assert "https://dang-nhap.example" in view.standing.words
    assert view.sign_in.isEnabled()
    assert view.passphrase.hasFocus()  # within the days one unlocks as usual


def test_a_browser_that_does_not_open_is_told(
    build: Build, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)

    def asks(officer: str, browser: OpenBrowser, progress: Progress) -> object:
        browser("http://127.0.0.1/")
        return waits(officer, browser, progress)

    view, signing = build(asks)
    view.sign_in.click()
    qtbot.waitUntil(lambda: not signing.busy)

    assert "trình duyệt" in view.standing.words


def test_a_proof_of_one_is_not_shown_for_another(build: Build, qtbot: QtBot) -> None:
    view, signing = build(lambda *_: "proof")
    view.sign_in.click()
    qtbot.waitUntil(lambda: signing.proof is not None)
    assert view.standing.isVisible()

    view.officer.setCurrentIndex(1)

    assert not view.standing.isVisible()


def test_the_last_days_are_told_and_the_end_of_them(build: Build, qtbot: QtBot) -> None:
    due = {OFFICER.id: now() + timedelta(days=1), OTHER.id: now() - timedelta(days=1)}
    view, signing = build(lambda *_: None, due)
    qtbot.waitUntil(lambda: signing.due == due)

    assert "Sắp phải đăng nhập" in view.standing.words
    view.officer.setCurrentIndex(1)
    assert "đã hết" in view.standing.words


def test_a_sign_in_takes_back_that_one_was_asked_for(build: Build, qtbot: QtBot) -> None:
    view, signing = build(lambda *_: "proof")
    view._model.refuse(SignInFirst(officer=OFFICER.name, when="23/11/2026 12:00"))
    assert view.trouble.isVisible()

    view.sign_in.click()
    qtbot.waitUntil(lambda: signing.proof is not None)

    assert not view.trouble.isVisible()
