"""A grant lets another author write named kinds from day to day: never backwards, never oneself, never passed on."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sync import keys
from sync.contract.messages import AuthorKey
from sync.entry import Entry
from sync.grants import covering, granting_kinds, grants_of, roles_by
from sync.rules import KindRule, Nature, Rules
from tests.sync.central.chain_writer import ChainWriter

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)  # 10:00 in Việt Nam
UNIT, DOSSIER = str(uuid.uuid4()), str(uuid.uuid4())
LEADER, OFFICER = frozenset({"leader"}), frozenset({"officer"})
RULES = Rules.of(
    [
        KindRule("approved", Nature.FACT, roles=LEADER),
        KindRule("sealed", Nature.FACT, roles=frozenset({"registrar"})),
        KindRule("delegated", Nature.FACT, roles=LEADER, grants=frozenset({"approved", "sealed"})),
        KindRule("delegation_ended", Nature.FACT, roles=LEADER, ends_grants=True),
    ]
)
WHO = {"officer:vinh": LEADER, "officer:lan": LEADER, "officer:hanh": OFFICER, "officer:thuy": OFFICER}


def pen(name: str) -> ChainWriter:
    return ChainWriter(keys.generate(f"officer:{name}"), now=NOW)


def roles_at(author: str, _: datetime) -> frozenset[str]:
    return WHO.get(author, frozenset())


def granted(by: str = "vinh", at: datetime = NOW, **other: Any) -> Entry:
    told = {"to": "officer:hanh", "kinds": ["approved"], "from": "2026-12-01", "until": "2026-12-03", **other}
    return pen(by).write(UNIT, "delegated", {"grant": told}, occurred_at=at)


def acts(entry: Entry, *told: Entry, roles=roles_at) -> bool:
    return covering(grants_of(told, RULES, roles), entry, RULES, roles) is not None


def approved(by: str = "hanh", days: float = 0, kind: str = "approved") -> Entry:
    return pen(by).write(DOSSIER, kind, occurred_at=NOW + timedelta(days=days))


def test_it_holds_from_the_first_day_to_the_last_by_the_days_of_the_office() -> None:
    grant = granted()
    last_minute = (datetime(2026, 12, 3, 16, 59, tzinfo=UTC) - NOW) / timedelta(days=1)  # 23:59 there
    assert acts(approved(), grant)
    assert acts(approved(days=last_minute), grant)
    assert not acts(approved(days=last_minute + 2 / 1440), grant)
    assert not acts(approved(), granted(**{"from": "2026-12-02"}))


def test_nothing_before_it_was_written_is_covered_though_its_day_had_begun() -> None:
    assert not acts(approved(days=-1 / 24), granted())


def test_only_who_is_named_and_only_what_is_named() -> None:
    assert not acts(approved("thuy"), granted())
    assert not acts(approved(kind="sealed"), granted())
    assert not acts(approved(kind="delegated"), granted())


@pytest.mark.parametrize(
    "entry",
    [
        granted("hanh", to="officer:thuy"),  # who was granted it, or nobody: no role of their own
        granted(to="officer:vinh"),  # oneself
        granted(kinds=["sealed"]),  # what the leader may not do either
        granted(kinds=["approved", "sealed"]),
        granted(kinds=["delegated"]),  # it can't be passed on
        granted(kinds=[]),
        granted(until="2026-11-30"),
        granted(until="ngày mai"),
        pen("vinh").write(UNIT, "delegated", {"grant": "x"}),
        pen("vinh").write(UNIT, "approved", {"grant": {"to": "officer:hanh", "kinds": ["approved"]}}),
    ],
)
def test_what_may_not_be_granted_is_no_grant(entry: Entry) -> None:
    assert grants_of([entry], RULES, roles_at) == ()


def test_a_leader_takes_it_back_and_nobody_else_does() -> None:
    grant = granted()
    end = pen("lan").write(UNIT, "delegation_ended", {"ends": grant.id}, occurred_at=NOW + timedelta(hours=1))
    own = pen("hanh").write(UNIT, "delegation_ended", {"ends": grant.id}, occurred_at=NOW)
    assert acts(approved(), grant, end)
    assert not acts(approved(days=1), grant, end)
    assert acts(approved(days=1), grant, own)


def test_it_ends_with_the_key_of_who_granted_it() -> None:
    span = ("2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z")
    known = [
        AuthorKey("officer:vinh", b"", ("leader",), *span, "2026-12-02T00:00:00.000Z"),
        AuthorKey("officer:hanh", b"", ("officer",), *span, None),
    ]
    roles = roles_by(known)
    assert acts(approved(), granted(), roles=roles)
    assert not acts(approved(days=1), granted(), roles=roles)


def test_rules_carry_what_may_be_granted() -> None:
    assert Rules.from_json(RULES.as_json()) == RULES
    assert granting_kinds(RULES) == {"delegated", "delegation_ended"}
