"""Who may do what: one table, on a page for people, asked by every act at the desk and again by central."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clerk_app.domain.access import DOORS as TITLED
from clerk_app.domain.applicant import Applicant, Person
from clerk_app.domain.conflict import Choice
from clerk_app.domain.correction import Correction
from clerk_app.domain.delegation import DELEGABLE
from clerk_app.domain.document import SignatureField
from clerk_app.domain.dossier import Draft, ReturnChannel
from clerk_app.domain.handover import Handover
from clerk_app.domain.kinds import KINDS, EntryKind, Kind, Nature
from clerk_app.domain.officer import ROLE_TITLES, Role
from clerk_app.domain.reply import Pen, Refusal, SupplementRequest
from clerk_app.errors import OfficeError
from clerk_app.furniture import DOORS, Desk
from clerk_app.practice import people
from clerk_app.services.roles import NotYourRole
from clerk_app.services.roles import may as role_may
from clerk_app.services.unlock import Unlocked
from clerk_app.store.entry_rules import entry_rules
from sync import keys
from sync.body import write_body
from sync.central.judging import author_flags
from sync.clock import Clock, office_day
from sync.contract.messages import Answer, AuthorKey, Verdict
from sync.entry import Fields, seal
from sync.errors import SyncError
from sync.grants import covering, grants_of
from sync.journal import deliveries, entries
from tests.sync.central.chain_writer import ChainWriter

PAGE = Path(__file__).parents[2] / "docs" / "acts-and-roles.md"
_COLUMNS = {"device": "máy", **{role.value: ROLE_TITLES[role] for role in Role}}
WHO = {
    Role.OFFICER: people.OFFICER,
    Role.LEADER: people.LEADER,
    Role.REGISTRAR: people.REGISTRAR,
    Role.RECEIVER: people.RECEIVER,
    Role.ADMINISTRATOR: people.ADMINISTRATOR,
    Role.AUDITOR: people.AUDITOR,
}


def doors() -> list[str]:
    """Return the lines of what may be read and changed besides acts."""
    lines = [f"| Cửa | {' | '.join(ROLE_TITLES[role] for role in Role)} |", "|---|" + "---|" * len(Role)]
    for door in TITLED:
        marks = " | ".join("có" if role in door.roles else "–" for role in Role)
        lines.append(f"| {door.title} (`{door.to.value}`) | {marks} |")
    return lines


def table() -> list[str]:
    """Return the lines of the acts."""
    lines = [f"| Việc | Loại | {' | '.join(_COLUMNS.values())} |", "|---|---|" + "---|" * len(_COLUMNS)]
    for kind in KINDS:
        nature = "ghi nhận" if kind.nature is Nature.FACT else "đề nghị"
        marks = " | ".join(_mark(kind, role) for role in _COLUMNS)
        lines.append(f"| {kind.title} (`{kind.name.value}`) | {nature} | {marks} |")
    return lines


def _mark(kind: EntryKind, role: str) -> str:
    if role in kind.roles:
        return "có*" if kind.not_by_author_of else "có"
    return "ủy quyền" if kind.name in DELEGABLE and role == Role.OFFICER else "–"


def test_the_page_is_the_table_of_the_program() -> None:
    told = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    wanted = [*table(), *doors()]
    assert told == wanted, "write these lines to docs/acts-and-roles.md:\n" + "\n".join(wanted)


def test_every_piece_of_furniture_stands_behind_a_door_or_needs_none() -> None:
    assert DOORS.keys() == {field.name for field in fields(Desk)}


@pytest.mark.parametrize("role", Role)
def test_a_door_is_shut_for_who_may_not_read_or_change_behind_it(desk: Desk, everybody, role: Role) -> None:
    sitting = at(desk, everybody, role)
    shut = {name for name, needs in DOORS.items() if needs and not role_may(sitting.officer, *needs)}
    for name in sorted(shut):
        with pytest.raises(NotYourRole):
            getattr(sitting, name)()
    assert shut or role is Role.OFFICER


@pytest.mark.parametrize(
    ("role", "reach"),
    [
        (Role.RECEIVER, lambda desk: desk.find_dossiers("")),
        (Role.RECEIVER, lambda desk: desk.pictures.drop("")),
        (Role.ADMINISTRATOR, lambda desk: desk.drafts()),
        (Role.ADMINISTRATOR, lambda desk: desk.lay_papers.file(None)),
        (Role.ADMINISTRATOR, lambda desk: desk.history(NOBODY)),
        (Role.AUDITOR, lambda desk: desk.give_back_turn.waiting()),
        (Role.AUDITOR, lambda desk: desk.tokens.choose(None)),
        (Role.AUDITOR, lambda desk: desk.settle_waiting(NOBODY, "")),
    ],
)
def test_the_methods_behind_a_door_are_shut_too(desk: Desk, everybody, role: Role, reach) -> None:
    sitting = at(desk, everybody, role)
    with pytest.raises(NotYourRole):
        reach(sitting)


def test_an_auditor_reads_the_whole_day_and_leaves_no_trace_of_their_own(
    desk: Desk, everybody, receive
) -> None:
    dossier = receive(desk)
    looking = at(desk, everybody, Role.AUDITOR)

    assert looking.dossier(dossier.id).code == dossier.code
    assert [line.kind for line in looking.history(dossier.id)] == ["received"]
    assert looking.verify_journal().valid
    assert dossier.id in {line.dossier for line in looking.reconcile_day().lines}
    assert looking.outages() == ()
    author = f"officer:{looking.officer.id}"
    with desk.waiting.journal.reading() as tx:
        assert all(entry.author != author for entry in entries.of_chain(tx, desk.waiting.journal.chain, 1))


def test_who_receives_without_signing_leaves_the_slip_to_an_officer(
    desk: Desk, everybody, receive, pin
) -> None:
    receiving = at(desk, everybody, Role.RECEIVER)
    dossier = receive(receiving)

    with pytest.raises(NotYourRole):
        receiving.slip_for_pen(dossier.id, "thử")
    assert [each.id for each in desk.unfinished().unsigned] == [dossier.id]
    slip = desk.issue_slip(dossier.id, pin(desk))
    assert desk.verify_document(desk.slip_pdf(slip.id)).signatures[0].signer == desk.officer.name


@dataclass(frozen=True)
class Act:
    """Something done at the desk; by whoever may not do it, it must be refused before anything else is looked at."""

    kind: Kind
    do: Callable[[Desk], object]


NOBODY = str(uuid.uuid4())
DRAFT, PEN = Draft(NOBODY, updated_at=datetime(2026, 11, 23, tzinfo=UTC)), Pen("thử")
CHOICE = Choice(NOBODY, frozenset({"applicant"}), "thử", ())
CORRECTION = Correction(Applicant(Person(name="Thử")), ReturnChannel(), "thử")
ACTS = {
    "receive_dossier": Act(Kind.RECEIVED, lambda desk: desk.receive_dossier(DRAFT)),
    "ask_for_supplement": Act(
        Kind.SUPPLEMENT_ASKED,
        lambda desk: desk.ask_for_supplement(DRAFT, SupplementRequest(("thử",), "thử"), PEN),
    ),
    "refuse_dossier": Act(
        Kind.REFUSED, lambda desk: desk.refuse_dossier(DRAFT, Refusal("thử", "thử", "thử"), PEN)
    ),
    "slip_for_pen": Act(Kind.SLIP_FOR_PEN, lambda desk: desk.slip_for_pen(NOBODY, "thử")),
    "reissue_slip": Act(Kind.CORRECTED, lambda desk: desk.reissue_slip(NOBODY, CORRECTION, None)),
    "settle_conflict": Act(Kind.CORRECTED, lambda desk: desk.settle_conflict(CHOICE, None)),
    "give_codes": Act(Kind.CODE_GIVEN, lambda desk: desk.give_codes([NOBODY], PEN)),
    "open_book": Act(Kind.BOOK_OPENED, lambda desk: desk.books.open("Thử", 2026, 0)),
    "hand_over_book": Act(Kind.BOOK_HANDED, lambda desk: desk.books.hand_over("Thử", 2026, "quay-05")),
    "take_book_over": Act(Kind.BOOK_TAKEN, lambda desk: desk.books.take_over("Thử", 2026, "thử")),
    "void_number": Act(Kind.BOOK_NUMBER_VOID, lambda desk: desk.books.void("Thử", 2026, 1, "thử")),
    "return_result": Act(Kind.RETURNED, lambda desk: desk.return_result(NOBODY, Handover())),
    "return_at_once": Act(Kind.RETURNED, lambda desk: desk.return_at_once(DRAFT, Handover())),
    "resubmit": Act(Kind.RESUBMITTED, lambda desk: desk.resubmit(NOBODY, "")),
}


def may(role: str, name: Kind) -> bool:
    return role in next(kind.roles for kind in KINDS if kind.name is name)


def at(desk: Desk, everybody: dict[str, Unlocked], role: Role) -> Desk:
    """Let somebody with this role alone sit down."""
    return desk.switch(everybody[WHO[role].officer.id])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ACTS)
def test_an_act_at_the_desk_asks_for_its_role_first(desk: Desk, everybody, role: Role, name: str) -> None:
    act = ACTS[name]

    with pytest.raises((OfficeError, SyncError, LookupError, ValueError)) as refused:
        act.do(at(desk, everybody, role))

    assert isinstance(refused.value, NotYourRole) is not may(role.value, act.kind)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("field", "kind"),
    [(SignatureField.LEADER, Kind.SLIP_APPROVED), (SignatureField.SEAL, Kind.SLIP_SEALED)],
)
def test_a_room_to_sign_is_open_to_whose_turn_it_can_be(
    desk: Desk, everybody, role: Role, field: SignatureField, kind: Kind
) -> None:
    room = at(desk, everybody, role).signing_room
    assert (room is not None and room.field is field) is may(role.value, kind)


@pytest.mark.parametrize("role", Role)
def test_files_are_signed_by_whose_act_it_is(desk: Desk, everybody, role: Role) -> None:
    assert bool(at(desk, everybody, role).sign_file.acts) is may(role.value, Kind.FILE_SIGNED)


@pytest.mark.parametrize("role", Role)
def test_what_central_did_not_take_is_given_up_by_who_may_settle(
    desk: Desk, everybody, receive, role: Role
) -> None:
    dossier = receive(desk)
    desk.slip_for_pen(dossier.id, "thẻ hỏng")
    entry = desk.history(dossier.id)[1]
    with desk.waiting.journal.writing() as tx:
        refused = entries.get(tx, entry.entry)
        deliveries.acknowledge(tx, [Answer(refused.id, refused.hash, Verdict.REFUSED, reason="role")])
    other = at(desk, everybody, role)

    if may(role.value, Kind.SETTLED):
        other.settle_waiting(entry.entry, "đã báo người dân")
    else:
        with pytest.raises(NotYourRole):
            other.settle_waiting(entry.entry, "đã báo người dân")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name.value)
@pytest.mark.parametrize("role", [*_COLUMNS])
def test_central_flags_an_entry_of_whoever_may_not_write_it(kind: EntryKind, role: str) -> None:
    key, now = keys.generate(f"officer:{role}"), datetime.now(UTC)
    clock = Clock(now, "boot", 1)
    fields = Fields(NOBODY, NOBODY, 2, NOBODY, kind.name.value, None, key.author, now, clock, "0" * 64)
    span = ("2000-01-01T00:00:00.000Z", "2100-01-01T00:00:00.000Z")
    known = AuthorKey(key.author, key.public_bytes, (role,), *span, None)

    flags = author_flags(seal(fields, write_body({"v": 1}), key), known, entry_rules(), now)

    assert ("role" in flags) is (role not in kind.roles)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name.value)
def test_central_lets_a_delegate_write_what_can_be_delegated_and_nothing_else(kind: EntryKind) -> None:
    rules, now = entry_rules(), datetime.now(UTC)
    roles = {"officer:ld": frozenset({"leader"}), "officer:qt": frozenset({"officer"})}
    day = office_day(now).isoformat()
    grant = {"to": "officer:qt", "kinds": [kind.name.value], "from": day, "until": day}

    def roles_at(author: str, _: datetime) -> frozenset[str]:
        return roles[author]

    made = ChainWriter(keys.generate("officer:ld"), now=now).write(NOBODY, "delegated", {"grant": grant})
    act = ChainWriter(keys.generate("officer:qt"), now=now).write(NOBODY, kind.name.value)
    found = covering(grants_of([made], rules, roles_at), act, rules, roles_at)
    assert (found is not None) is (kind.name in DELEGABLE)
