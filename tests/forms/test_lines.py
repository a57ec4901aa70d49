"""Lines are broken at spaces, never wider than the page, and lose no word."""

import random

import pytest

from clerk_app.forms import lines as lines_module
from clerk_app.forms.lines import NBSP, Line, Paragraph, Run, first_lines, leader, one_line, said, wrap
from clerk_app.forms.typeface import Face

WIDTH = 200.0


def _text(lines: tuple[Line, ...]) -> str:
    return " ".join(segment.text for line in lines for segment in line.segments)


def test_no_line_is_wider_than_its_room_and_no_word_is_lost(seed: random.Random) -> None:
    syllables = ["Nguyễn", "Thị", "phường", "đường", "Ủy", "quyền", "12/5", "a", "khai", "sinh"]
    for _ in range(50):
        words = [seed.choice(syllables) for _ in range(seed.randint(1, 60))]
        lines = wrap(Paragraph((Run(" ".join(words)),)), seed.uniform(8, 14), WIDTH)

        assert max(line.width for line in lines) <= WIDTH + 0.01
        assert _text(lines).split() == words


def test_a_word_longer_than_a_line_is_cut_and_stays_whole_in_sum() -> None:
    word = "khong.dau.cach" * 12

    lines = wrap(Paragraph((Run("Email: "), Run(word))), 12, WIDTH)

    assert max(line.width for line in lines) <= WIDTH + 0.01
    assert _text(lines).replace(" ", "") == "Email:" + word


def test_what_is_held_together_stays_on_one_line_and_prints_plain_spaces() -> None:
    held = f"ngày{NBSP}23{NBSP}tháng{NBSP}11"

    lines = wrap(Paragraph((Run("Thời gian nhận hồ sơ lúc 09 giờ: "), Run(held))), 12, WIDTH)

    assert "ngày 23 tháng 11" in [segment.text for segment in lines[-1].segments][-1]


def test_an_unknown_value_is_a_line_of_dots_that_fills_the_room() -> None:
    (line,) = wrap(Paragraph((Run("Địa chỉ: "), said(""))), 12, WIDTH)

    assert line.segments[-1].text.endswith("....................")
    assert WIDTH - 5 < line.width <= WIDTH


def test_two_unknown_values_share_the_room() -> None:
    (line,) = wrap(Paragraph((Run("Số: "), leader(), Run(" Quyển: "), leader())), 12, WIDTH)

    dots = [part.count(".") for part in " ".join(s.text for s in line.segments).split() if "." in part]
    assert len(dots) == 2
    assert abs(dots[0] - dots[1]) <= 1


def test_a_title_shrinks_rather_than_leaves_the_page() -> None:
    line = one_line("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", Face.BOLD, 14, WIDTH)

    assert line.width <= WIDTH + 0.01
    assert line.size < 14


def test_the_first_lines_fit_their_room_and_end_in_dots_where_some_are_left_out() -> None:
    lines = wrap(Paragraph((Run("một hai ba bốn năm sáu bảy tám chín mười " * 20),)), 10, WIDTH)

    kept = first_lines(lines, 40)

    assert 0 < sum(line.height for line in kept) <= 40
    assert _text(kept).endswith("…")
    assert kept[:-1] == lines[: len(kept) - 1]
    assert max(line.width for line in kept) <= WIDTH + 0.01


def test_the_first_lines_of_a_short_text_are_all_of_it() -> None:
    lines = wrap(Paragraph((Run("một hai ba"),)), 10, WIDTH)

    assert first_lines(lines, 40) == lines
    assert first_lines(lines, 1) == ()


def test_a_word_of_many_letters_is_measured_once_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def measure(text: str, *_: object) -> float:
        measured.append(text)
        return 5.0 * len(text)

    monkeypatch.setattr(lines_module, "width_of", measure)
    word = tuple(lines_module._cut([Run("a" * 2000)], 10, WIDTH, 0.0))

    assert sum(len(piece.parts) for piece in word) == 2000
    assert len(measured) < 2 * 2000
