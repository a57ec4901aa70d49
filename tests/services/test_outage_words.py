"""The outage log in words: a sentence for every cause, lengths as people say them."""

from datetime import UTC, datetime, timedelta

import pytest

from clerk_app.domain.outage import Cause, Outage, OutageAct
from clerk_app.services.outage_words import CAUSES, as_lines, length, span

SINCE = datetime(2026, 11, 23, 1, 42, tzinfo=UTC)


def outage(**changed: object) -> Outage:
    act = OutageAct("d1", "H26-1", "Trần Văn Được", "received", SINCE, "ab" * 32)
    facts = {"counter": "quay-03", "since": SINCE, "last_failed": SINCE + timedelta(minutes=70)}
    facts |= {"until": None, "lasts": True, "cause": Cause.TIME_OUT, "rounds": 3}
    facts |= {"begun": "cd" * 32, "ended": "", "acts": (act,)}
    return Outage(**facts | changed)


def test_every_cause_has_its_sentence() -> None:
    assert set(CAUSES) == set(Cause)


@pytest.mark.parametrize(
    ("lasted", "said"),
    [
        (timedelta(seconds=59), "chưa đến 1 phút"),
        (timedelta(minutes=1), "1 phút"),
        (timedelta(hours=3, minutes=12, seconds=59), "3 giờ 12 phút"),
        (timedelta(days=2, hours=5, minutes=40), "2 ngày 5 giờ"),
    ],
)
def test_a_length_is_told_as_people_say_it(lasted: timedelta, said: str) -> None:
    assert length(lasted) == said


def test_an_end_is_told_only_where_one_is_known() -> None:
    assert span(outage(until=SINCE + timedelta(hours=1))) == "23/11/2026 08:42 đến 23/11/2026 09:42"
    assert span(outage()) == "23/11/2026 08:42 đến nay"
    unknown = span(outage(lasts=False))
    assert unknown == "23/11/2026 08:42, không rõ lúc nối lại; lần hỏi cuối 23/11/2026 09:52"


def test_the_log_as_text_names_the_acts() -> None:
    text = as_lines([outage(), outage(acts=())], SINCE + timedelta(minutes=5), str)

    assert text.splitlines() == [
        "quay-03 · 23/11/2026 08:42 đến nay · 5 phút",
        "  Máy chủ không trả lời trong thời gian chờ. 1 hồ sơ, 1 việc.",
        "  23/11/2026 08:42  Tiếp nhận hồ sơ  H26-1 · Trần Văn Được",
        "quay-03 · 23/11/2026 08:42 đến nay · 5 phút",
        "  Máy chủ không trả lời trong thời gian chờ. Không có việc nào trong lúc này.",
    ]
    assert as_lines([], SINCE, str) == "Chưa ghi nhận lần mất kết nối nào."
