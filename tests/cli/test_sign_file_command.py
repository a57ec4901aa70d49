"""`clerk-app sign-file` signs a PDF from anywhere and says where the signed one lies."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import LEADER, PIN, REGISTRAR, PracticePerson

Run = Callable[..., Any]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "cong-van.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(80, 700, "Cong van")
    canvas.save()
    return path


@pytest.fixture
def sign(run: Run, office: PracticeOffice, typed_pin: Callable[[str], int]) -> Run:
    def typed(who: PracticePerson, file: object, *words: object, pin: str = PIN) -> Any:
        common = ("--json", "--data", office.counter, "--officer", who.officer.id, "--pin-fd", typed_pin(pin))
        return run("sign-file", *common, file, *words)

    return typed


def test_a_letter_is_approved_issued_and_copied(
    sign: Run, letter: Path, run: Run, office: PracticeOffice
) -> None:
    approved = sign(LEADER, letter, "--act", "approve", "--page", 1, "--at", 30, 40)
    assert approved.code == 0, approved.out
    assert approved.json["path"].endswith("cong-van-da-ky.pdf")
    issued = sign(REGISTRAR, approved.json["path"], "--act", "issue")
    copied = sign(REGISTRAR, issued.json["path"], "--act", "copy", "--copy", "part")
    assert (issued.code, copied.code) == (0, 0)
    verdict = run("verify", "--json", "--data", office.counter, copied.json["path"])
    assert verdict.code == 0
    assert len(verdict.json["signatures"]) == 3


def test_what_may_not_be_done_is_refused_with_what_to_do_next(sign: Run, letter: Path) -> None:
    for who, words, kind in (
        (REGISTRAR, ("--act", "issue"), "NotIssued"),
        (REGISTRAR, ("--act", "incoming"), "NumberMissing"),
        (REGISTRAR, ("--act", "approve"), "NotYourRole"),
    ):
        said = sign(who, letter, *words)
        assert said.code == 3
        assert said.json["error"]["kind"] == kind
        assert said.json["error"]["remedy"]
    assert list(letter.parent.glob("*.pdf")) == [letter]
