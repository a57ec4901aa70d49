"""What went wrong is said in words; a bug's report holds no citizen's data."""

import sys
import threading
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from clerk_app.errors import OfficeError
from ui.notices import Crashes, crash_report, in_words
from ui.widgets.crash_dialog import CrashDialog


class PapersWet(OfficeError):
    message = "Giấy ướt: {papers}, từ {since}."
    remedy = "Hong khô {papers}."


def test_facts_fill_message_and_remedy() -> None:
    noon = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)

    words = in_words(PapersWet(papers=("tờ khai", "ảnh"), since=noon))

    assert (
        words.message == "Giấy ướt: tờ khai, ảnh, từ 12:00 23/11/2026."
    )  # in Việt Nam, wherever the computer thinks it is
    assert words.remedy == "Hong khô tờ khai, ảnh."


def test_a_missing_fact_leaves_no_braces() -> None:
    notice = PapersWet(papers="tờ khai", since="sáng")
    notice.facts = {"papers": "tờ khai"}

    assert "{" not in in_words(notice).message


def test_a_report_holds_places_but_no_values() -> None:
    citizen = "Trần Văn Được 001089001234"
    try:
        int(citizen)
    except ValueError as bug:
        report = crash_report(type(bug), bug.__traceback__)

    assert "ValueError" in report
    assert "tests/ui/test_notices.py" in report
    assert "Được" not in report
    assert "001089" not in report


def test_a_bug_in_any_thread_is_heard_in_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crashes = Crashes()
    crashes.listen()

    with qtbot.waitSignal(crashes.reported) as reported:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()

    assert "ZeroDivisionError" in reported.args[0]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_reports_gather_until_they_are_closed(qtbot: QtBot) -> None:
    dialog = CrashDialog()
    qtbot.addWidget(dialog)

    dialog.add("first")
    dialog.add("second")
    assert "first" in dialog.report.toPlainText()
    assert "second" in dialog.report.toPlainText()

    dialog.hide()
    dialog.add("third")
    assert "first" not in dialog.report.toPlainText()
