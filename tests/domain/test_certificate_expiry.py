"""The end of a certificate is told in days of Việt Nam, from thirty days on."""

from datetime import UTC, datetime, timedelta

import pytest

from clerk_app.domain.certificate_expiry import days_left, expiry_sentence, step

END = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)  # 23:59 in Việt Nam


@pytest.mark.parametrize(
    ("left", "reached"),
    [(31, None), (30, 30), (16, 30), (15, 15), (8, 15), (7, 7), (2, 7), (1, 1), (0, 1)],
)
def test_the_warning_has_four_steps(left: int, reached: int | None) -> None:
    assert step(END, END - timedelta(days=left, minutes=1)) == reached


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (END - timedelta(days=31), ""),
        (END - timedelta(days=15), "Chứng thư số của An hết hạn ngày 31/12/2026 (còn 15 ngày)."),
        (END - timedelta(hours=1), "Chứng thư số của An hết hạn hôm nay, ngày 31/12/2026."),
        (END, "Chứng thư số của An đã hết hạn ngày 31/12/2026."),
    ],
)
def test_the_sentence_names_owner_day_and_days(now: datetime, sentence: str) -> None:
    assert expiry_sentence("An", END, now) == sentence


def test_days_are_counted_on_the_calendar_of_vietnam() -> None:
    assert days_left(END, datetime(2026, 12, 30, 16, 59, tzinfo=UTC)) == 1
    assert days_left(END, datetime(2026, 12, 30, 17, 1, tzinfo=UTC)) == 0  # already the 31st there
