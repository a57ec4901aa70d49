"""What is kept of dossiers and documents is read as the records' own rules read it, and damage is named, never shown."""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from traceback import format_exception
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clerk_app.domain.document import Document
from clerk_app.domain.dossier import Dossier
from clerk_app.domain.record import RecordDamaged, from_json
from clerk_app.store.texts import document_of, dossier_of, text_of
from tests.store.conftest import MakeDossier

MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
PLAIN: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(-(1 << 62), 1 << 62),
    bool: st.booleans(),
    bytes: st.binary(max_size=8),
    date: st.dates(),
    time: st.times(),
    datetime: MOMENTS,
    type(None): st.none(),
}


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of a type as the domain writes them."""
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{f.name: any_of(hints[f.name]) for f in fields(hint) if f.init})
    inner = get_args(hint)
    if getattr(hint, "__origin__", None) is tuple:
        if inner[-1] is ...:
            return st.lists(any_of(inner[0]), max_size=2).map(tuple)
        return st.tuples(*map(any_of, inner))
    return st.one_of(*map(any_of, inner))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_of(Dossier))
def test_a_dossier_is_read_from_its_row_as_the_records_rules_read_it(dossier: Dossier) -> None:
    kept = text_of(dossier)
    assert dossier_of(kept) == from_json(Dossier, json.loads(kept))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_of(Document))
def test_a_document_is_read_from_its_row_as_the_records_rules_read_it(document: Document) -> None:
    kept = text_of(document)
    assert document_of(kept) == from_json(Document, json.loads(kept))


def test_a_row_of_an_older_program_has_the_defaults_of_what_it_does_not_know(
    make_dossier: MakeDossier,
) -> None:
    dossier = make_dossier(1, "Nguyễn Thị Hạnh")
    kept = json.loads(text_of(dossier))
    assert kept.pop("legal_code") == ""
    assert kept.pop("gone") is None
    assert dossier_of(json.dumps(kept | {"of_a_newer_one": 1})) == dossier


@pytest.mark.parametrize("member", ["status", "sets", "received_at"])
def test_damage_in_a_row_is_named_and_its_content_stays_untold(
    make_dossier: MakeDossier, member: str
) -> None:
    kept, wrong = json.loads(text_of(make_dossier(1, "Nguyễn Thị Hạnh"))), "Phạm Thị Kín"
    with pytest.raises(RecordDamaged) as damage:
        dossier_of(json.dumps(kept | {member: wrong}))
    assert damage.value.facts == {"where": member}
    assert wrong not in "".join(format_exception(damage.value))
