"""Before central signs a catalogue every figure is possible and sourced, and every day has one version."""

from dataclasses import replace
from datetime import date, time

import pytest

from clerk_app.domain import catalogue_check as check
from clerk_app.domain.calendar import Calendar
from clerk_app.domain.catalogue import Catalogue
from clerk_app.domain.catalogue_check import Fault, faults_of
from clerk_app.domain.paper import KnownBy, PaperKind
from clerk_app.domain.procedure import Exemption, Fee, Procedure, TimeLimit, TimeUnit
from clerk_app.errors import OfficeError

GOOD = Procedure(
    code="1.004222",
    version="2026-11-25",
    title="Đăng ký thường trú",
    field="Cư trú",
    time_limit=TimeLimit(7, TimeUnit.WORKING_DAYS, source="Luật"),
    papers=(PaperKind("ct01", "Tờ khai", source="Luật"), PaperKind("cho-o", "Chỗ ở", source="Luật")),
    fees=(Fee("Lệ phí", 20_000, source="TT 75"),),
    valid_from=date(2026, 1, 1),
    source="Luật",
)
FEE, PAPER, LIMIT = GOOD.fees[0], GOOD.papers[0], GOOD.time_limit


def told(faults: tuple[Fault, ...]) -> list[tuple[str, type[OfficeError]]]:
    return [(fault.place, type(fault.notice)) for fault in faults]


def test_the_packaged_catalogue_may_be_published(procedures: Catalogue, calendar: Calendar) -> None:
    assert faults_of(procedures.procedures, calendar) == ()


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        ({"code": "4222"}, "code", check.CodeOdd),
        ({"title": "  "}, "title", check.TextMissing),
        ({"version": ""}, "version", check.TextMissing),
        ({"source": ""}, "source", check.SourceMissing),
        ({"valid_from": None}, "valid_from", check.FromDayMissing),
        ({"valid_to": date(2025, 1, 1)}, "valid_to", check.DaysReversed),
        ({"time_limit": replace(LIMIT, amount=0)}, "time_limit.amount", check.LimitImpossible),
        ({"time_limit": replace(LIMIT, amount=-3)}, "time_limit.amount", check.LimitImpossible),
        ({"time_limit": replace(LIMIT, source="")}, "time_limit.source", check.SourceMissing),
        (
            {"time_limit": replace(LIMIT, cut_off=time(12, 30))},
            "time_limit.cut_off",
            check.CutOffOutsideHours,
        ),
        ({"time_limit": replace(LIMIT, cut_off=time(20))}, "time_limit.cut_off", check.CutOffOutsideHours),
        ({"fees": ()}, "fees", check.FeesMissing),
        ({"fees": (replace(FEE, amount=-1),)}, "fees[0].amount", check.FeeNegative),
        ({"fees": (FEE, replace(FEE, title="Khác", source=" "))}, "fees[1].source", check.SourceMissing),
        ({"fees": (replace(FEE, title=""),)}, "fees[0].title", check.TextMissing),
        (
            {"fees": (replace(FEE, exemptions=(Exemption("Hộ nghèo"),)),)},
            "fees[0].exemptions[0].source",
            check.SourceMissing,
        ),
        ({"fees": (FEE, replace(FEE, amount=1))}, "fees[1].title", check.FeeDoubled),
        ({"papers": (PAPER, PAPER)}, "papers[1].key", check.PaperDoubled),
        ({"papers": (replace(PAPER, key="Tờ khai"),)}, "papers[0].key", check.KeyOdd),
        ({"papers": (replace(PAPER, count=0),)}, "papers[0].count", check.CountImpossible),
        ({"papers": (replace(PAPER, source=""),)}, "papers[0].source", check.SourceMissing),
        (
            {"papers": (replace(PAPER, known_by=KnownBy.AUTHORISED),)},
            "papers[0].known_by",
            check.ConditionUnknown,
        ),
        ({"papers": (replace(PAPER, one_of="nhom"),)}, "papers[0].one_of", check.AlternativeAlone),
    ],
)
def test_each_impossible_figure_is_named_with_its_place(
    calendar: Calendar, change: dict[str, object], place: str, fault: type[OfficeError]
) -> None:
    found = faults_of([replace(GOOD, **change)], calendar)  # type: ignore[arg-type]

    assert told(found) == [(place, fault)]
    assert found[0].notice.remedy != OfficeError.remedy


def test_a_province_s_own_code_is_a_code(calendar: Calendar) -> None:
    assert faults_of([replace(GOOD, code="1.001122.000.00.00.H48")], calendar) == ()


@pytest.mark.parametrize(
    ("old_ends", "fault"),
    [
        (None, check.VersionsOverlap),
        (date(2027, 3, 1), check.VersionsOverlap),
        (date(2027, 2, 27), check.VersionsApart),
        (date(2027, 2, 28), None),
    ],
)
def test_two_versions_follow_each_other_day_by_day(
    calendar: Calendar, old_ends: date | None, fault: type[OfficeError] | None
) -> None:
    new = replace(GOOD, version="2027-03-01", valid_from=date(2027, 3, 1))
    found = faults_of([new, replace(GOOD, valid_to=old_ends)], calendar)

    assert told(found) == ([] if fault is None else [("valid_from", fault)])
    assert all("28/02/2027" in str(each.notice) or "01/03/2027" in str(each.notice) for each in found)


def test_two_versions_never_share_a_label(calendar: Calendar) -> None:
    later = replace(GOOD, valid_from=date(2027, 3, 1))
    found = faults_of([replace(GOOD, valid_to=date(2027, 2, 28)), later], calendar)

    assert told(found) == [("version", check.VersionDoubled)]
