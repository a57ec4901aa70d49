"""Who asks for the same a second time is known before it is received."""

from dataclasses import replace

from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.handover import Handover
from clerk_app.domain.reply import Pen
from clerk_app.domain.twin import Twin
from clerk_app.furniture import Desk
from clerk_app.practice import people
from tests.services.test_replies import REFUSAL


def test_a_dossier_under_way_of_the_same_person_and_procedure_is_a_twin(desk: Desk, fill, receive) -> None:
    first = receive(desk)
    second = fill(desk, "DANG THI ANH")

    assert [twin.code for twin in desk.find_twins(second)] == [first.code]


def test_a_role_that_may_not_read_dossiers_learns_the_code_and_whom_to_ask_and_no_more(
    desk: Desk, fill, receive, everybody
) -> None:
    first = receive(desk)
    receiving = desk.switch(everybody[people.RECEIVER.officer.id])

    assert desk.find_twins(fill(desk)) == (Twin(first.code, "", first),)
    assert receiving.find_twins(fill(receiving)) == (Twin(first.code, people.OFFICER.officer.name),)


def test_another_person_another_procedure_and_the_draft_itself_are_no_twins(
    desk: Desk, fill, receive
) -> None:
    receive(desk)
    draft = fill(desk)
    other = Applicant(Person("Đặng Thị Ánh", id_number="001188012346"))

    assert desk.find_twins(replace(draft, applicant=other)) == ()
    assert desk.find_twins(replace(draft, procedure="2.000635")) == ()
    assert desk.find_twins(replace(draft, procedure="")) == ()
    assert desk.find_twins(replace(draft, applicant=Applicant(Person("Đặng Thị Ánh")))) == ()
    assert len(desk.find_twins(draft)) == 1


def test_what_was_refused_or_returned_is_over(desk: Desk, fill, receive) -> None:
    returned = receive(desk)
    desk.slip_for_pen(returned.id, "thẻ hỏng")
    desk.return_result(returned.id, Handover(receiver="Đặng Thị Ánh", id_number="001188012345"))
    desk.refuse_dossier(fill(desk), REFUSAL, Pen("thẻ hỏng"))

    assert desk.find_twins(fill(desk)) == ()
