"""What was received under a provisional number gets its code when ranges come, by a further signed paper."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from clerk_app.clock import in_vietnam
from clerk_app.clock import now as computer_time
from clerk_app.desk import open_desk
from clerk_app.domain.document import DocumentKind, SignatureField
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.handover import Handover
from clerk_app.domain.kinds import Kind
from clerk_app.domain.number import parse_code
from clerk_app.domain.reconciling import Agreement
from clerk_app.domain.register_filter import RegisterFilter
from clerk_app.domain.reply import Pen
from clerk_app.errors import PinWrong
from clerk_app.furniture import Desk
from clerk_app.progress import Progress
from clerk_app.services.give_codes import NoCodeNeeded, NoRangeForCodes
from clerk_app.services.roles import NotYourRole
from clerk_app.services.unlock import Unlocked
from tests.second_counter import add_counter
from tests.services.test_reconcile_day import Paper


def alone(desk: Desk, receive, *names: str) -> list[Dossier]:
    """Receive while no range is at hand: under provisional numbers, each with its slip."""
    made = [receive(desk, name) for name in names]
    for each in made:
        desk.slip_for_pen(each.id, "mất mạng")
    assert all(each.provisional for each in made)
    return made


def text(desk: Desk, document: str) -> str:
    pdf = pypdfium2.PdfDocument(desk.slip_pdf(document))
    return " ".join("".join(page.get_textpage().get_text_range() for page in pdf).split())


def found(desk: Desk, asked: str) -> list[str]:
    return [each.id for each in desk.find_dossiers(asked, wanted=RegisterFilter())]


def test_a_list_gets_its_codes_and_signed_papers_under_one_pin(
    online: Desk, receive, pin, tmp_path: Path, settings, central, clerk: Unlocked, leader
) -> None:
    one, two = alone(online, receive, "Đặng Thị Ánh", "Y Blơ Niê")
    slips = {each.id: online.dossier(each.id).documents[0].head for each in (one, two)}
    assert [each.provisional for each in online.give_codes.waiting()] == [one.code, two.code]
    online.exchange(Progress())

    batch = online.give_codes([one.id, two.id], pin(online))

    assert (batch.refused, batch.left, batch.stopped) == ({}, (), None)
    assert online.give_codes.waiting() == ()
    for paper, dossier in zip(batch.signed, (one, two), strict=True):
        now = online.dossier(dossier.id)
        assert (paper.kind, paper.signed_by) == (DocumentKind.CODE_NOTICE, (SignatureField.OFFICER,))
        assert (now.code, now.provisional) == (dossier.code, True)  # what was printed stays
        assert not parse_code(now.legal_code).provisional
        assert now.documents[0].head == slips[dossier.id]
        assert all(each.valid for each in now.documents)
        said = text(online, paper.id)
        assert f"Số tạm đã ghi trên giấy tiếp nhận: {dossier.code}" in said
        assert f"Mã hồ sơ: {now.legal_code}" in said
        assert online.verify_document(online.slip_pdf(paper.id)).valid
        assert found(online, dossier.code) == found(online, now.legal_code) == [dossier.id]
        online.print_slip(paper.id, Paper())
    assert online.dossier(one.id).legal_code != online.dossier(two.id).legal_code

    online.exchange(Progress())
    assert online.waiting() == ()
    assert central.count(f"number_uses WHERE code = '{online.dossier(one.id).legal_code}'") == 1
    assert central.count(f"number_uses WHERE code = '{one.code}'") == 1
    there = add_counter(
        replace(settings, central=central.address), central.folder, tmp_path / "second", "quay-05"
    )
    with open_desk(there, clerk) as other:
        other.exchange(Progress())
        assert found(other, online.dossier(one.id).legal_code) == found(other, one.code) == [one.id]
        assert other.give_codes.waiting() == ()
    assert online.verify_journal().valid
    online.return_result(one.id, Handover(receiver="Đặng Thị Ánh"))
    online.exchange(Progress())
    code = online.dossier(one.id).legal_code.lower()
    assert online.switch(leader).redact_dossier.preview(code).dossier.id == one.id


def test_the_day_counts_the_code_and_says_what_still_waits(online: Desk, receive) -> None:
    [one, two] = alone(online, receive, "Một", "Hai")
    online.exchange(Progress())
    online.give_codes([one.id], Pen("thẻ hỏng"))
    online.exchange(Progress())

    report = online.reconcile_day(in_vietnam(computer_time()).date())

    lines = {line.dossier: line for line in report.lines}
    assert "Còn số tạm" in lines[two.id].findings[0].what
    assert all("Còn số tạm" not in each.what for each in lines[one.id].findings)
    assert report.count(Agreement.DIFFERS) == 0
    counts = report.counts
    assert (counts.provisional, counts.codes_given, counts.taken, counts.leased) == (2, 1, 1, 75)
    assert counts.leased_at_central == (75, 1, 0, 0)


def test_without_a_range_nothing_is_given(online: Desk, receive) -> None:
    [one] = alone(online, receive, "Một")
    before = online.history(one.id)
    with pytest.raises(NoRangeForCodes):
        online.give_codes([one.id], Pen("thẻ hỏng"))
    assert online.history(one.id) == before


def test_a_wrong_pin_gives_no_code(online: Desk, receive, pin) -> None:
    [one] = alone(online, receive, "Một")
    online.exchange(Progress())
    wrong = replace(pin(online), pin=bytearray(b"00000000"))
    before = online.history(one.id)

    with pytest.raises(PinWrong):
        online.give_codes([one.id], wrong)

    assert online.history(one.id) == before
    assert not any(wrong.pin)


def test_a_code_whose_paper_was_cut_off_is_told_later_under_the_same_code(
    online: Desk, receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    [one] = alone(online, receive, "Một")
    online.exchange(Progress())

    def cut(*_: object, **__: object) -> None:
        raise RuntimeError("mất điện")

    with monkeypatch.context() as broken:
        broken.setattr("clerk_app.services.give_codes.render", cut)
        with pytest.raises(RuntimeError):
            online.give_codes([one.id], Pen("thẻ hỏng"))
    [waiting] = online.give_codes.waiting()
    assert waiting.legal_code == online.dossier(one.id).legal_code != ""

    batch = online.give_codes([one.id], Pen("thẻ hỏng"))

    assert waiting.legal_code in text(online, batch.signed[0].id)
    assert [line.kind for line in online.history(one.id)].count(Kind.CODE_GIVEN) == 1
    assert online.give_codes([one.id], Pen("thẻ hỏng")).refused.keys() == {one.id}


def test_only_an_officer_gives_codes_and_only_where_one_waits(
    online: Desk, receive, leader: Unlocked
) -> None:
    online.exchange(Progress())
    numbered = receive(online)
    batch = online.give_codes([numbered.id], Pen("thẻ hỏng"))
    assert isinstance(batch.refused[numbered.id], NoCodeNeeded)
    with pytest.raises(NotYourRole):
        online.switch(leader).give_codes([numbered.id], Pen("thẻ hỏng"))
