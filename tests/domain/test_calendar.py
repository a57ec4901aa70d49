"""The office is open in its hours, on its days; the year's list of days off is data."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from clerk_app import catalogue, clock
from clerk_app.domain.calendar import VIETNAM, Calendar, CalendarDamaged, read_calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True),
        ("2026-11-24", False),  # Ngày Văn hóa Việt Nam
        ("2026-11-28", False),  # Saturday
        ("2026-02-13", True),
        ("2026-02-16", False),  # Tết
        ("2026-02-20", False),
        ("2026-02-23", True),
        ("2026-04-27", False),  # for Giỗ Tổ, a Sunday
        ("2026-08-22", True),  # a Saturday, worked for 31/8
        ("2026-08-31", False),
        ("2026-09-01", False),
        ("2026-09-03", True),
    ],
)
def test_the_list_of_2026_says_when_the_office_works(calendar: Calendar, day: str, works: bool) -> None:
    assert calendar.is_working_day(date.fromisoformat(day)) is works


def test_2026_is_announced_and_2027_is_not(calendar: Calendar) -> None:
    assert calendar.confirmed_years == {2026}
    assert not any(special.confirmed for special in calendar.days_off if special.day.year == 2027)
    assert not calendar.is_working_day(date(2027, 11, 24))
    assert not calendar.hours_confirmed


def test_every_special_day_says_where_it_comes_from(calendar: Calendar) -> None:
    assert all(special.source for special in (*calendar.days_off, *calendar.worked_days))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 06:00", "2026-11-23 08:00"),
        ("2026-11-23 08:00", "2026-11-23 08:00"),
        ("2026-11-23 11:59:59", "2026-11-23 11:59:59"),
        ("2026-11-23 12:00", "2026-11-23 13:30"),
        ("2026-11-23 17:29", "2026-11-23 17:29"),
        ("2026-11-23 17:30", "2026-11-25 08:00"),
        ("2026-11-24 09:00", "2026-11-25 08:00"),
        ("2026-02-13 18:00", "2026-02-23 08:00"),
        ("2026-08-22 10:00", "2026-08-22 10:00"),
    ],
)
def test_the_next_opening(calendar: Calendar, moment: str, opens: str) -> None:
    found = calendar.next_opening(at(moment))

    assert found == at(opens)
    assert found.tzinfo is UTC
    assert calendar.is_open(at(moment)) is (moment == opens)


def test_a_moment_of_another_zone_is_understood(calendar: Calendar) -> None:
    tokyo = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=9)))

    assert calendar.next_opening(tokyo) == at("2026-11-23 08:00")


def test_working_days_are_counted_over_days_off_and_swapped_saturdays(calendar: Calendar) -> None:
    assert calendar.add_working_days(date(2026, 11, 23), 1) == date(2026, 11, 25)
    assert calendar.add_working_days(date(2026, 8, 21), 1) == date(2026, 8, 22)
    assert calendar.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert calendar.roll_forward(date(2026, 11, 24)) == date(2026, 11, 25)
    assert calendar.roll_forward(date(2026, 11, 25)) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("moment", "hours", "ends"),
    [
        ("2026-11-23 08:00", 4, "2026-11-23 12:00"),
        ("2026-11-23 08:00", 5, "2026-11-23 14:30"),
        ("2026-11-23 10:00", 8, "2026-11-25 10:00"),
        ("2026-11-23 20:00", 1, "2026-11-25 09:00"),
        ("2026-11-23 09:00", 0, "2026-11-23 09:00"),
    ],
)
def test_working_hours_are_counted_only_while_the_office_is_open(
    calendar: Calendar, moment: str, hours: int, ends: str
) -> None:
    assert calendar.add_working_hours(at(moment), hours) == at(ends)


def test_a_point_with_other_hours_only_needs_other_data() -> None:
    content = json.loads(catalogue.load(catalogue.CALENDAR)) | {
        "hours": [["07:00", "11:30"], ["13:30", "17:00"]]
    }
    early = read_calendar(json.dumps(content).encode())

    assert early.hours[0] == (time(7), time(11, 30))
    assert early.closing_of(date(2026, 11, 23)) == at("2026-11-23 17:00")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"hours": []}, "hours"),
        ({"hours": [["12:00", "08:00"]]}, "hours"),
        ({"hours": [["08:00", "12:00"], ["11:00", "17:00"]]}, "hours"),
        ({"days_off": [{"day": "24/11/2026", "title": "x"}]}, r"days_off\[0\]\.day"),
        ({"confirmed_years": ["2026"]}, "confirmed_years"),
    ],
)
def test_a_damaged_calendar_names_the_place(change: dict[str, object], where: str) -> None:
    content = json.loads(catalogue.load(catalogue.CALENDAR)) | change

    with pytest.raises(CalendarDamaged, match=where):
        read_calendar(json.dumps(content).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"7", b"\xff"])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(CalendarDamaged):
        read_calendar(data)


def test_the_hour_of_vietnam_is_the_same_for_the_domain_and_for_the_clock() -> None:
    for year in range(1980, 2060):
        moment = datetime(year, 7, 1, tzinfo=UTC)
        assert clock.in_vietnam(moment).utcoffset() == moment.astimezone(VIETNAM).utcoffset()


def test_the_clock_writes_days_and_hours_of_vietnam() -> None:
    late = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)

    assert clock.format_moment(late) == "24/11/2026 01:05"
    assert clock.format_day(late) == "24/11/2026"
    assert clock.format_day(date(2026, 2, 3)) == "03/02/2026"
    assert clock.now().tzinfo is UTC
    with pytest.raises(ValueError, match="zone"):
        clock.format_moment(datetime(2026, 11, 23))  # noqa: DTZ001 - the very thing that must not pass
