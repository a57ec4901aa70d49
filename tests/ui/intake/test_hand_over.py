"""Whose a draft is stands on the shelf; Ctrl+G gives it to a colleague, saved, and the counter is free."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.dossier import Draft, Hand
from tests.ui.intake.conftest import HANH, NOW, THUY, FakeDesk
from ui.intake.view import IntakeView

ANH = Applicant(Person(name="Đặng Ngọc Ánh"))


def on_the_shelf(desk: FakeDesk, view: IntakeView, until, holder: Hand) -> Draft:
    draft = Draft("draft-9", procedure="1.001193", applicant=ANH, updated_at=NOW, held_by=holder)
    desk.kept[draft.id] = draft
    view._model.keeper.reload()
    until(lambda: any(row.key == draft.id for row in view.shelf.list.rows))
    return draft


def row(view: IntakeView, key: str):
    return next(row for row in view.shelf.list.rows if row.key == key)


def test_a_colleague_s_draft_is_named_on_the_shelf_and_one_s_own_is_not(
    desk: FakeDesk, view: IntakeView, until
) -> None:
    on_the_shelf(desk, view, until, Hand(THUY.id, THUY.name))
    assert "của Trần Đức Thuỷ" in row(view, "draft-9").detail
    desk.kept["draft-9"] = replace(desk.kept["draft-9"], held_by=Hand(HANH.id, HANH.name))
    view._model.keeper.reload()
    until(lambda: "của" not in row(view, "draft-9").detail)


def test_who_opens_a_colleague_s_draft_is_told_whose_it_is(
    desk: FakeDesk, view: IntakeView, until, qtbot: QtBot
) -> None:
    draft = on_the_shelf(desk, view, until, Hand(THUY.id, THUY.name))
    with qtbot.waitSignal(view._model.said) as said:
        view._model.open(draft)
    assert said.args == ["Trần Đức Thuỷ đang giữ hồ sơ này. Bạn sửa là bạn làm tiếp."]


def test_what_was_typed_goes_along_and_the_counter_is_free(
    desk: FakeDesk, view: IntakeView, until, qtbot: QtBot
) -> None:
    model = view._model
    model.keeper.put(replace(model.draft, applicant=ANH))
    given = model.draft.id
    until(view.shelf.hand_over.isVisible)
    qtbot.keyClick(view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    menu = model.hands.menu
    assert [each.text() for each in menu.actions()] == ["&1  Trần Đức Thuỷ · Công chức tiếp nhận"]
    with qtbot.waitSignal(model.hands.handed):
        qtbot.keyClick(menu, Qt.Key.Key_Return)

    assert desk.kept[given].held_by == Hand(THUY.id, THUY.name)
    assert desk.kept[given].applicant == ANH
    until(lambda: bool(model.draft.id) and model.draft.id != given)


def test_a_blank_draft_is_given_to_nobody_and_the_key_is_not_offered(view: IntakeView, qtbot: QtBot) -> None:
    assert not view.shelf.hand_over.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert view._model.hands.menu is None
