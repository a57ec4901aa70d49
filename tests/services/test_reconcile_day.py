"""Đối chiếu cuối ngày: numbers, papers, register and central of a day agree, or a line says which does not."""

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest

from clerk_app.clock import in_vietnam
from clerk_app.clock import now as computer_time
from clerk_app.desk import open_desk
from clerk_app.domain.correction import Correction
from clerk_app.domain.reconciling import Agreement, DayReport
from clerk_app.errors import CentralOffline
from clerk_app.furniture import Desk
from clerk_app.progress import Cancelled, Progress
from clerk_app.services.reconcile_words import as_lines, books, conclusion
from clerk_app.services.void_numbers import VoidNumbers
from clerk_app.store import schema
from tests.services.test_return_result import AT_ONCE, OWNER


class Paper:
    """A printer that takes every page, unless it is told to break."""

    def __init__(self, breaks: bool = False) -> None:
        self.breaks = breaks

    def spool(self, *_: object) -> None:
        if self.breaks:
            raise RuntimeError("hết giấy")


def blank_page() -> bytes:
    output = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(output)
    return output.getvalue()


def by_pen(desk: Desk, dossier) -> str:
    return desk.slip_for_pen(dossier.id, "không có thẻ").id


def whats(report: DayReport) -> list[str]:
    return [finding.what for line in report.lines for finding in line.findings]


def figures(report: DayReport) -> list[int | None]:
    return [count for _, count in books(report)]


def test_a_day_that_agrees_shows_one_figure_in_every_book(online: Desk, receive, pin) -> None:
    online.exchange(Progress())
    for name in ("Một", "Hai"):
        document = online.issue_slip(receive(online, name).id, pin(online))
        online.print_slip(document.id, Paper())
    online.print_slip(document.id, Paper())
    online.exchange(Progress())

    report = online.reconcile_day()

    assert report.agrees
    assert figures(report) == [2] * 5
    assert whats(report) == []
    assert [line.agreement for line in report.lines] == [Agreement.AGREES] * 2
    assert (report.counts.prints, report.counts.reprints, report.counts.unused) == (3, 1, 73)
    assert report.counts.at_central == report.counts.entries
    assert conclusion(report) == "Số, giấy, sổ theo dõi và máy chủ khớp nhau."


def test_without_central_the_books_here_are_compared_and_that_is_said(desk: Desk, receive) -> None:
    dossier = receive(desk)
    desk.print_slip(by_pen(desk, dossier), Paper())

    report = desk.reconcile_day()

    assert not report.agrees
    assert isinstance(report.not_asked, CentralOffline)
    assert figures(report) == [1, 1, 1, 1, None]
    assert (report.counts.provisional, report.counts.numbers) == (1, 0)
    assert whats(report) == [
        "Có 1 việc chưa gửi lên máy chủ.",
        "Có 4 việc chưa gửi lên máy chủ.",
        "Còn số tạm: chưa cấp mã hồ sơ hoặc chưa lập thông báo mã.",
    ]
    assert "Chưa kết nối được máy chủ" in as_lines(report)


def test_a_number_without_a_paper_and_a_paper_without_an_end_are_named(online: Desk, receive) -> None:
    online.exchange(Progress())
    bare, cut, whole = (receive(online, name) for name in ("Chưa giấy", "Kẹt giấy", "Chưa in"))
    with pytest.raises(RuntimeError):
        online.print_slip(by_pen(online, cut), Paper(breaks=True))
    by_pen(online, whole)
    online.exchange(Progress())

    report = online.reconcile_day()

    lines = {line.dossier: [finding.what for finding in line.findings] for line in report.lines}
    assert lines[bare.id] == ["Đã cấp số, chưa có giấy hẹn."]
    assert lines[whole.id] == ["Giấy hẹn chưa in lần nào."]
    assert lines[cut.id] == ["Giấy hẹn: lần in hỏng hoặc chưa rõ, chưa bản nào chắc chắn đã ra giấy."]
    assert figures(report) == [3, 3, 2, 3, 3]
    assert report.counts.without_slip == 1
    assert report.counts.prints_unknown == 1
    owners = {finding.owner for line in report.lines for finding in line.findings}
    assert owners == {online.officer.name}
    assert all(finding.next_step for line in report.lines for finding in line.findings)


def test_a_dossier_given_at_once_needs_no_slip_and_a_replaced_slip_is_counted(
    online: Desk, receive, fill
) -> None:
    online.exchange(Progress())
    online.return_at_once(fill(online, **AT_ONCE), OWNER)
    mended = receive(online, "Sai tên")
    by_pen(online, mended)
    renamed = replace(mended.applicant, owner=replace(mended.applicant.owner, name="Đúng tên"))
    again = online.reissue_slip(mended.id, Correction(renamed, mended.return_channel, "sai tên"), None)
    online.print_slip(again.id, Paper())
    online.exchange(Progress())

    report = online.reconcile_day()

    assert report.agrees, as_lines(report)
    assert (report.counts.returned_at_once, report.counts.slips_by_pen, report.counts.replaced) == (1, 1, 1)
    assert figures(report) == [2] * 5


def test_a_row_of_the_register_that_says_otherwise_is_named_before_what_is_open(
    online: Desk, receive
) -> None:
    right, wrong = receive(online, "Đúng"), receive(online, "Sai")
    online.exchange(Progress())
    with online.find_dossiers.archive.writing() as view:
        rows = schema.metadata.tables["dossiers"]
        view.execute(rows.delete().where(rows.c.id == wrong.id))

    report = online.reconcile_day()

    assert [line.dossier for line in report.lines] == [wrong.id, right.id]
    assert report.lines[0].findings[0].what == "Nhật ký có hồ sơ này, sổ theo dõi không có."
    assert report.lines[0].agreement is Agreement.DIFFERS
    assert figures(report)[3] == 1


def test_what_central_forgot_is_named_with_who_must_act(online: Desk, receive, central) -> None:
    online.exchange(Progress())
    dossier = receive(online)
    online.print_slip(by_pen(online, dossier), Paper())
    online.exchange(Progress())
    with closing(sqlite3.connect(central.folder / "central.db")) as database, database:
        of_dossier = "DELETE FROM number_uses WHERE entry IN (SELECT hash FROM entries WHERE subject = ?)"
        database.execute(of_dossier, (dossier.id,))

    report = online.reconcile_day()

    assert whats(report) == [
        "Máy chủ đếm số cấp trước của ngày này khác với quầy.",
        "Máy chủ ghi số này cho việc khác hoặc theo mã khác.",
    ]
    assert {line.findings[0].owner for line in report.lines} == {"Người quản trị"}
    assert figures(report) == [1, 1, 1, 1, 0]
    assert conclusion(report) == "Có 2 dòng không khớp, 0 dòng còn dở."


def test_a_file_that_is_gone_from_this_computer_is_named(online: Desk, receive, fill, settings) -> None:
    draft = online.lay_papers(fill(online), "ct01", blank_page(), "to-khai.pdf")
    online.receive_dossier(draft)
    online.exchange(Progress())
    for path in (settings.folder / "files").rglob("*"):
        if path.is_file():
            path.unlink()

    report = online.reconcile_day()

    assert "Có tệp của hồ sơ không còn trên máy này." in whats(report)


def test_a_day_without_work_agrees_once_central_was_asked(online: Desk) -> None:
    online.exchange(Progress())

    report = online.reconcile_day(in_vietnam(computer_time()).date() - timedelta(days=1))

    assert report.agrees
    assert figures(report) == [0] * 5


def test_a_long_day_can_be_stopped(desk: Desk, receive) -> None:
    receive(desk)
    watched = Progress()
    watched.cancel()

    with pytest.raises(Cancelled):
        desk.reconcile_day(progress=watched)


def test_each_number_leased_for_a_day_is_used_or_void_and_both_sides_count_the_same(
    settings, central, clerk, clock, receive
) -> None:
    with open_desk(replace(settings, central=central.address), clerk, clock) as desk:
        desk.exchange(Progress())
        today = in_vietnam(clock.wall()).date()
        by_pen(desk, receive(desk))
        desk.exchange(Progress())
        counts = desk.reconcile_day(today).counts
        assert (counts.leased, counts.taken, counts.void, counts.unused) == (75, 1, 0, 74)
        clock.move(
            timedelta(days=1)
        )  # central's own clock stays: the counter's follows it no further than a day

        still = desk.reconcile_day(today)
        assert "Chưa ghi bỏ các số cấp trước mà ngày này không dùng." in whats(still)
        assert VoidNumbers(desk.waiting.journal, desk.exchange.outages.device, desk.exchange.line.now)()
        assert "Các số đã ghi bỏ của ngày này chưa gửi lên máy chủ." in whats(desk.reconcile_day(today))
        desk.exchange(Progress())

        report = desk.reconcile_day(today)
        counts = report.counts
        assert (counts.leased, counts.taken, counts.void, counts.apart, counts.unused) == (75, 1, 74, 0, 0)
        assert counts.leased_at_central == (75, 1, 74, 0)
        said = as_lines(report)
        assert "75 = 1 đã dùng + 74 bỏ + 0 để riêng + 0 chưa dùng" in said
        assert "Máy chủ đếm số cấp trước cũng như vậy." in said
        assert desk.verify_journal().valid
