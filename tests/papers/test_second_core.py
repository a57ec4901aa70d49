"""The other core: a child checks what a list signs; whatever becomes of it, each paper is checked and nobody waits."""

import json
import os
import signal
import sys
import threading
import time

import pytest

from clerk_app.domain.record import as_json, from_json
from clerk_app.papers import second_core as room
from clerk_app.papers.reading_child import ReaderFailed, ReadingChild
from clerk_app.papers.second_core import second_core
from signing.errors import Unreadable
from signing.pades import Check
from signing.report import Report
from signing.trust import Trust
from signing.validation import validate
from tests.papers.test_signature_reader import authority, page, signed, signer, trust

__all__ = ["authority", "page", "signed", "signer", "trust"]

LIST = 20


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[ReadingChild]:
    """The children that were started, oldest first."""
    started: list[ReadingChild] = []

    def start(command: tuple[str, ...]) -> ReadingChild:
        child = ReadingChild(command)
        started.append(child)
        return child

    monkeypatch.setattr(room, "ReadingChild", start)
    return started


@pytest.fixture
def asked_here(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The papers that were checked in this process."""
    here: list[bytes] = []

    def noted(pdf: bytes, trust: Trust) -> Report:
        here.append(pdf)
        return validate(pdf, trust)

    monkeypatch.setattr(room, "validate", noted)
    return here


def _once_ready(check: Check, asked_here: list[bytes], signed: bytes, trust: Trust) -> Report:
    """Ask until the child is the one that answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        before = len(asked_here)
        report = check(signed, trust)
        if len(asked_here) == before:
            return report
        time.sleep(0.05)
    raise AssertionError("the child never answered")


def test_the_other_core_says_what_this_one_says(
    signed: bytes, trust: Trust, children: list[ReadingChild], asked_here: list[bytes]
) -> None:
    with second_core(LIST) as check:
        told = _once_ready(check, asked_here, signed, trust)
        spoilt = check(signed.replace(b"612", b"613", 1), trust)
    here = validate(signed, trust)
    assert told.valid
    assert told == here
    assert not spoilt.valid
    assert [each.ended for each in children] == [True]


def test_the_first_papers_do_not_wait_for_the_other_core(
    signed: bytes, trust: Trust, monkeypatch: pytest.MonkeyPatch, asked_here: list[bytes]
) -> None:
    slow = (sys.executable, "-c", "import time; time.sleep(60)")
    monkeypatch.setattr(room, "PROGRAM", slow)
    with second_core(LIST) as check:
        assert check(signed, trust).valid
    assert asked_here == [signed]


def test_a_short_list_starts_no_child(signed: bytes, trust: Trust, children: list[ReadingChild]) -> None:
    with second_core(7) as check:
        assert check(signed, trust).valid
    assert children == []


def test_a_child_that_dies_in_the_middle_of_a_list_costs_nothing_but_time(
    signed: bytes, trust: Trust, children: list[ReadingChild], asked_here: list[bytes]
) -> None:
    with second_core(LIST) as check:
        _once_ready(check, asked_here, signed, trust)
        children[0].kill()
        before = len(asked_here)
        assert check(signed, trust).valid
        assert check(signed, trust).valid
    assert len(asked_here) == before + 2
    assert len(children) == 1


@pytest.mark.skipif(os.name == "nt", reason="a process is stopped by SIGSTOP")
def test_a_child_that_hangs_is_given_up(
    signed: bytes,
    trust: Trust,
    children: list[ReadingChild],
    asked_here: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with second_core(LIST) as check:
        _once_ready(check, asked_here, signed, trust)
        monkeypatch.setattr(room, "_SECONDS", 0.3)
        os.kill(children[0]._process.pid, signal.SIGSTOP)
        assert check(signed, trust).valid
    assert children[0].ended


def test_two_papers_at_once_go_to_both_cores(signed: bytes, trust: Trust, asked_here: list[bytes]) -> None:
    with second_core(LIST) as check:
        _once_ready(check, asked_here, signed, trust)
        told: list[Report] = []
        threads = [threading.Thread(target=lambda: told.append(check(signed, trust))) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert [each.valid for each in told] == [True] * 4


def test_what_is_no_pdf_is_refused_as_ever(signed: bytes, trust: Trust, asked_here: list[bytes]) -> None:
    with second_core(LIST) as check:
        _once_ready(check, asked_here, signed, trust)
        with pytest.raises(Unreadable):
            check(b"no PDF", trust)
        assert check(signed, trust).valid


def test_a_list_that_ends_at_once_leaves_no_child_behind(children: list[ReadingChild]) -> None:
    with second_core(LIST):
        pass
    until = time.monotonic() + 30
    while time.monotonic() < until and not all(each.ended for each in children):
        time.sleep(0.05)
    assert all(each.ended for each in children)


def test_where_no_child_can_be_started_the_list_goes_on(
    signed: bytes, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: tuple[str, ...]) -> ReadingChild:
        raise ReaderFailed

    monkeypatch.setattr(room, "ReadingChild", refused)
    with second_core(LIST) as check:
        assert check(signed, trust).valid


def test_a_child_that_talks_nonsense_is_not_believed(
    signed: bytes, trust: Trust, monkeypatch: pytest.MonkeyPatch, asked_here: list[bytes]
) -> None:
    lies = (
        "import sys; from clerk_app.papers.frames import *\n"
        "while read_frame(sys.stdin.buffer): write_frame(sys.stdout.buffer, {}, b'[]')"
    )
    monkeypatch.setattr(room, "PROGRAM", (sys.executable, "-c", lies))
    with second_core(LIST) as check:
        until = time.monotonic() + 5
        while time.monotonic() < until:
            assert check(signed, trust).valid
    assert asked_here


def test_a_report_comes_out_as_it_went_in(signed: bytes, trust: Trust) -> None:
    report = validate(signed, trust)
    assert from_json(Report, json.loads(json.dumps(as_json(report)))) == report
