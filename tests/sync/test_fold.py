"""The one fold: what entries make of a subject, and what a failed guard does not."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.body import write_body
from sync.clock import Clock
from sync.entry import NO_HASH, Entry, Fields, new_id, parse, seal
from sync.errors import RulesMalformed
from sync.fold import Problem, Subject, Why, check, fold
from sync.keys import Ed25519Signer
from sync.rules import CHAIN_OPENED, KindRule, Nature, Rules

OFFICER = Ed25519Signer("officer:an", bytes(32))
SUBJECT = new_id()
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
RECEIVED = {"set": {"applicant": {"name": "An", "id": "001"}}, "move": {"from": None, "to": "received"}}
SIGNED = {"move": {"from": "received", "to": "slip_issued"}, "files": ["cd" * 32]}


def entry(kind: str, body: object, subject: str = SUBJECT) -> Entry:
    fields = Fields(new_id(), new_id(), 1, subject, kind, None, "officer:an", AT, Clock(AT, "b", 1), NO_HASH)
    return seal(fields, body if isinstance(body, bytes) else write_body(body), OFFICER)  # type: ignore[arg-type]


def test_entries_in_order_make_a_subject(rules: Rules) -> None:
    subject = fold([entry("received", RECEIVED), entry("slip_signed", SIGNED)], rules)
    assert (subject.id, subject.state) == (SUBJECT, "slip_issued")
    assert subject.fields == {"applicant": {"name": "An", "id": "001"}}
    assert subject.files == ("cd" * 32,)
    assert not subject.problems
    assert not subject.read_only


def test_each_id_counts_once(rules: Rules) -> None:
    received = entry("received", RECEIVED)
    assert fold([received, received], rules) == fold([received], rules)


def test_nothing_makes_nothing(rules: Rules) -> None:
    assert fold([], rules) == Subject()


def test_a_move_whose_from_no_longer_holds_changes_nothing_but_keeps_its_files(rules: Rules) -> None:
    early = entry("slip_signed", SIGNED | {"set": {}})
    subject = fold([early, entry("received", RECEIVED)], rules)
    assert subject.problems == (Problem(early.id, Why.STATE),)
    assert subject.state == "received"
    assert subject.files == ("cd" * 32,)
    assert early in subject.entries


def test_a_kind_makes_only_the_moves_published_for_it(rules: Rules) -> None:
    jump = entry("printed", {"move": {"from": "received", "to": "returned"}})
    subject = fold([entry("received", RECEIVED), jump], rules)
    assert subject.problems == (Problem(jump.id, Why.MOVE, "returned"),)
    assert subject.state == "received"


def test_a_kind_sets_only_the_groups_published_for_it(rules: Rules) -> None:
    fee = entry("corrected", {"set": {"fee": {"amount": 0}, "applicant": {"name": "Bình"}}})
    subject = fold([entry("received", RECEIVED), fee], rules)
    assert subject.problems == (Problem(fee.id, Why.GROUP, "fee"),)
    assert subject.fields["applicant"]["name"] == "An"


def test_the_last_writer_wins_field_by_field_where_nobody_interfered(rules: Rules) -> None:
    correction = entry(
        "corrected",
        {"set": {"applicant": {"name": "Ân"}}, "base_values": {"applicant": {"name": "An", "id": "001"}}},
    )
    subject = fold([entry("received", RECEIVED), correction], rules)
    assert subject.fields["applicant"] == {"name": "Ân", "id": "001"}
    assert not subject.problems


def test_two_halves_never_merge_into_a_person_who_does_not_exist(rules: Rules) -> None:
    seen = {"applicant": {"name": "An", "id": "001"}}
    theirs = entry("corrected", {"set": {"applicant": {"name": "Bình", "id": "002"}}, "base_values": seen})
    ours = entry("corrected", {"set": {"applicant": {"name": "Ân"}}, "base_values": seen})
    subject = fold([entry("received", RECEIVED), theirs, ours], rules)
    assert subject.fields["applicant"] == {"name": "Ân", "id": "001"}
    assert subject.problems == (Problem(ours.id, Why.GUARD, "applicant"),)


def test_an_unknown_kind_is_kept_and_makes_the_subject_read_only(rules: Rules) -> None:
    unknown = entry("supplement_asked", {"move": {"from": "received", "to": "waiting"}})
    subject = fold([entry("received", RECEIVED), unknown], rules)
    assert subject.read_only
    assert subject.state == "waiting"
    assert unknown in subject.entries


def test_an_unreadable_body_is_a_problem_and_not_a_crash(rules: Rules) -> None:
    broken = entry("printed", b'{"move": 3}')
    subject = fold([entry("received", RECEIVED), broken], rules)
    assert subject.problems == (Problem(broken.id, Why.BODY),)
    assert subject.state == "received"


def test_a_foreign_entry_touches_nothing(rules: Rules) -> None:
    foreign = entry("slip_signed", SIGNED, subject=new_id())
    subject = fold([entry("received", RECEIVED), foreign], rules)
    assert subject.problems[0].why is Why.SUBJECT
    assert foreign not in subject.entries
    assert not subject.files


def test_after_a_retired_body_the_rest_still_folds(rules: Rules) -> None:
    received = entry("received", RECEIVED)
    retired = parse(received.header, received.sig)
    subject = fold([retired, entry("slip_signed", SIGNED)], rules)
    assert subject.retired
    assert subject.state == "slip_issued"
    assert not subject.problems


def test_central_asks_the_same_guard_before_it_takes_a_request(rules: Rules) -> None:
    subject = fold([entry("received", RECEIVED), entry("slip_signed", SIGNED)], rules)
    again = entry("slip_signed", SIGNED)
    assert check(subject, again, rules) == Problem(again.id, Why.STATE, "slip_issued")
    assert check(subject, entry("printed", {}), rules) is None


TURN = KindRule("turn_taken", Nature.REQUEST, groups=frozenset({"turns"}), exclusive=frozenset({"turns"}))


def taken(before: str | None, after: str) -> Entry:
    return entry("turn_taken", {"set": {"turns": {"d": after}}, "base_values": {"turns": {"d": before}}})


def test_in_an_exclusive_group_who_comes_second_changes_nothing_and_is_marked(rules: Rules) -> None:
    exclusive = Rules.of([*rules.kinds.values(), TURN])
    given, first, second = taken(None, "free"), taken("free", "mine"), taken("free", "theirs")
    subject = fold([entry("received", RECEIVED), given, first, second, taken("mine", "next")], exclusive)
    assert subject.fields["turns"] == {"d": "next"}
    assert subject.problems == (Problem(second.id, Why.GUARD, "turns"),)
    assert Rules.from_json(exclusive.as_json()) == exclusive


def test_rules_travel_as_text(rules: Rules) -> None:
    assert Rules.from_json(rules.as_json()) == rules
    assert rules.get(CHAIN_OPENED.kind) == CHAIN_OPENED
    assert rules.get("supplement_asked") is None


@pytest.mark.parametrize("text", ["", "[]", '{"received":{}}', '{"received":{"nature":"whim"}}'])
def test_unreadable_rules_are_refused_in_words(text: str) -> None:
    with pytest.raises(RulesMalformed):
        Rules.from_json(text)


words = st.sampled_from(["received", "slip_issued", "name", "id", "applicant", "fee"])
scalars = st.none() | st.integers() | words
groups = st.dictionaries(words, st.dictionaries(words, scalars, max_size=2), max_size=2)
moves = st.fixed_dictionaries({"from": st.none() | words, "to": words})
bodies: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {}, optional={"set": groups, "base_values": groups, "move": moves, "files": st.just(["ab" * 32])}
).map(write_body) | st.binary(max_size=20)
kinds = st.sampled_from(["received", "slip_signed", "corrected", "printed", "from_tomorrow"])
lives = st.lists(st.builds(entry, kinds, bodies), max_size=6)
RULES = Rules.of(
    [
        KindRule("received", Nature.FACT, frozenset({(None, "received")}), frozenset({"applicant", "fee"})),
        KindRule("slip_signed", Nature.FACT, frozenset({("received", "slip_issued")})),
        KindRule("corrected", Nature.REQUEST, groups=frozenset({"applicant"})),
        KindRule("printed", Nature.FACT),
    ]
)


@settings(max_examples=60, deadline=None)
@given(lives)
def test_the_fold_never_raises_and_loses_no_entry(life: list[Entry]) -> None:
    subject = fold(life, RULES)
    assert subject.entries == tuple(life)
    assert {problem.entry for problem in subject.problems} <= {e.id for e in life}


@settings(max_examples=40, deadline=None)
@given(lives, st.data())
def test_an_entry_with_a_failed_guard_could_be_left_out(life: list[Entry], data: st.DataObject) -> None:
    subject = fold(life, RULES)
    failed = {p.entry for p in subject.problems if p.why is not Why.GUARD}
    rest = fold([e for e in life if e.id not in failed], RULES)
    assert (rest.state, rest.fields) == (subject.state, subject.fields)


@settings(max_examples=40, deadline=None)
@given(lives, st.integers(0, 6))
def test_later_entries_change_nothing_about_earlier_problems(life: list[Entry], cut: int) -> None:
    whole, part = fold(life, RULES), fold(life[:cut], RULES)
    assert whole.entries[: len(part.entries)] == part.entries
    assert whole.problems[: len(part.problems)] == part.problems
