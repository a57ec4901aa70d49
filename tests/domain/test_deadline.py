"""The promised day: cut-off hours, working days, days off, and years whose list is not announced."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app import catalogue
from clerk_app.domain.calendar import VIETNAM, Calendar, SpecialDay, read_calendar
from clerk_app.domain.deadline import due_time
from clerk_app.domain.procedure import TimeLimit, TimeUnit

SAME_DAY = TimeLimit(0, TimeUnit.SAME_DAY, time(15))
HOURS = read_calendar(catalogue.load(catalogue.CALENDAR))
UNITS = st.sampled_from(TimeUnit)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("received", "due", "late"),
    [
        ("2026-11-23 07:00", "2026-11-23 17:30", False),  # before opening
        ("2026-11-23 12:30", "2026-11-23 17:30", False),  # at lunch
        ("2026-11-23 14:59", "2026-11-23 17:30", False),
        ("2026-11-23 15:00", "2026-11-23 17:30", False),  # "sau 15 giờ": 15:00 still counts
        ("2026-11-23 15:00:59", "2026-11-23 17:30", False),  # its slip says 15 giờ 00 phút
        ("2026-11-23 15:01", "2026-11-25 17:30", True),  # 24/11 is off
        ("2026-11-23 18:00", "2026-11-25 17:30", True),  # late once, not twice
        ("2026-11-24 10:00", "2026-11-25 17:30", False),  # on a day off there is no cut-off
        ("2026-11-24 16:00", "2026-11-25 17:30", False),
        ("2026-11-27 15:01", "2026-11-30 17:30", True),  # a Friday
        ("2026-02-13 15:01", "2026-02-23 17:30", True),  # the last day before Tết
        ("2026-08-21 15:01", "2026-08-22 17:30", True),  # into a worked Saturday
        ("2026-08-22 15:01", "2026-08-24 17:30", True),
    ],
)
def test_a_same_day_act(calendar: Calendar, received: str, due: str, late: bool) -> None:
    found = due_time(SAME_DAY, at(received), calendar)

    assert found.due_at == at(due)
    assert found.after_cut_off is late
    assert found.calendar_confirmed


@pytest.mark.parametrize(
    ("amount", "unit", "received", "due"),
    [
        (3, "working_days", "2026-11-23 09:00", "2026-11-27 17:30"),  # over 24/11
        (1, "working_days", "2026-11-23 17:31", "2026-11-26 17:30"),  # counts as received on 25/11
        (1, "working_days", "2026-11-28 10:00", "2026-12-01 17:30"),  # a Saturday counts as Monday
        (7, "working_days", "2026-02-12 09:00", "2026-03-02 17:30"),  # over Tết
        (1, "working_days", "2026-08-21 09:00", "2026-08-22 17:30"),  # a worked Saturday
        (5, "working_days", "2026-08-27 09:00", "2026-09-08 17:30"),  # over 31/8-2/9
        (2, "days", "2026-11-23 09:00", "2026-11-25 17:30"),
        (1, "days", "2026-11-23 09:00", "2026-11-25 17:30"),  # ends on a day off: rolls forward
        (10, "days", "2026-02-10 09:00", "2026-02-23 17:30"),  # ends within Tết
        (21, "days", "2026-11-02 16:59", "2026-11-23 17:30"),
        (8, "working_hours", "2026-11-23 10:00", "2026-11-25 10:00"),
        (2, "working_hours", "2026-11-23 11:00", "2026-11-23 14:30"),
        (4, "working_hours", "2026-11-23 13:30", "2026-11-23 17:30"),
    ],
)
def test_a_term(calendar: Calendar, amount: int, unit: str, received: str, due: str) -> None:
    found = due_time(TimeLimit(amount, TimeUnit(unit)), at(received), calendar)

    assert found.due_at == at(due)
    assert not found.after_cut_off


def test_a_cut_off_also_moves_a_term_in_working_days(calendar: Calendar) -> None:
    found = due_time(TimeLimit(2, TimeUnit.WORKING_DAYS, time(15)), at("2026-11-23 16:00"), calendar)

    assert found.due_at == at("2026-11-27 17:30")
    assert found.after_cut_off


def test_a_term_that_reaches_an_unannounced_year_says_so(calendar: Calendar) -> None:
    within = due_time(TimeLimit(3, TimeUnit.WORKING_DAYS), at("2026-12-28 09:00"), calendar)
    beyond = due_time(TimeLimit(7, TimeUnit.WORKING_DAYS), at("2026-12-28 09:00"), calendar)

    assert (within.due_at, within.calendar_confirmed) == (at("2026-12-31 17:30"), True)
    assert (beyond.due_at, beyond.calendar_confirmed) == (at("2027-01-07 17:30"), False)


@pytest.mark.parametrize(
    ("limit", "received", "due"),
    [
        (SAME_DAY, "2027-02-05 15:00", "2027-02-05 17:30"),  # the last Friday before Tết Đinh Mùi
        (SAME_DAY, "2027-02-05 15:01", "2027-02-09 17:30"),  # Mùng 1 is Saturday 6/2, Mùng 3 Monday 8/2
        (TimeLimit(3, TimeUnit.WORKING_DAYS), "2027-02-04 09:00", "2027-02-10 17:30"),
        (TimeLimit(7, TimeUnit.WORKING_DAYS), "2027-01-28 09:00", "2027-02-09 17:30"),
        (
            TimeLimit(2, TimeUnit.DAYS),
            "2027-02-05 09:00",
            "2027-02-09 17:30",
        ),  # ends on Mùng 2: rolls forward
        (TimeLimit(8, TimeUnit.WORKING_HOURS), "2027-02-05 13:30", "2027-02-09 12:00"),
        (
            TimeLimit(1, TimeUnit.WORKING_DAYS),
            "2027-04-15 09:00",
            "2027-04-19 17:30",
        ),  # over Giỗ Tổ, a Friday
        (TimeLimit(5, TimeUnit.WORKING_DAYS), "2026-12-28 09:00", "2027-01-05 17:30"),  # over the new year
    ],
)
def test_a_term_across_tet_2027_counts_the_days_of_law_and_says_that_its_year_is_not_announced(
    calendar: Calendar, limit: TimeLimit, received: str, due: str
) -> None:
    found = due_time(limit, at(received), calendar)

    assert found.due_at == at(due)
    assert not found.calendar_confirmed


def test_a_plan_that_is_announced_only_needs_other_data(calendar: Calendar) -> None:
    """A made-up plan of five days off, 4/2 to 10/2, with Saturday 20/2 worked instead."""
    days = (date(2027, 2, day) for day in (4, 5, 8, 9, 10))
    plan = replace(
        calendar,
        days_off=(*calendar.days_off, *(SpecialDay(day, "Tết", "Thông báo", True) for day in days)),
        worked_days=(*calendar.worked_days, SpecialDay(date(2027, 2, 20), "Làm bù", "Thông báo", True)),
        confirmed_years=frozenset({2026, 2027}),
    )
    found = due_time(TimeLimit(8, TimeUnit.WORKING_DAYS), at("2027-02-03 09:00"), plan)

    assert found.due_at == at("2027-02-20 17:30")
    assert found.calendar_confirmed


def test_times_are_given_back_in_utc(calendar: Calendar) -> None:
    assert due_time(SAME_DAY, at("2026-11-23 09:00"), calendar).due_at.tzinfo is UTC


@settings(deadline=None, max_examples=80)
@given(MOMENTS, st.integers(0, 40), UNITS, st.none() | st.just(time(15)))
def test_a_due_time_never_lies_before_receipt_nor_on_a_day_off(
    received: datetime, amount: int, unit: TimeUnit, cut_off: time | None
) -> None:
    due = due_time(TimeLimit(amount, unit, cut_off), received, HOURS).due_at

    assert due >= received
    assert HOURS.is_working_day(due.astimezone(VIETNAM).date())


@settings(deadline=None, max_examples=80)
@given(MOMENTS, st.integers(0, 60 * 24 * 4), st.integers(0, 20), UNITS, st.none() | st.just(time(15)))
def test_who_comes_later_is_never_promised_an_earlier_time(
    received: datetime, minutes: int, amount: int, unit: TimeUnit, cut_off: time | None
) -> None:
    limit = TimeLimit(amount, unit, cut_off)
    first, second = (due_time(limit, m, HOURS) for m in (received, received + timedelta(minutes=minutes)))

    assert first.due_at <= second.due_at
