"""The fee at the foot of the counter: the one that counts here, and the others where they are looked for."""

from dataclasses import replace

from clerk_app.domain.procedure import Exemption, Fee, FeeChannel, Procedure, TimeLimit, TimeUnit
from ui.intake.words import fee_table, fee_words, procedure_details, procedure_sources

DIRECT = Fee(
    "Đăng ký thường trú, nộp trực tiếp",
    20000,
    "lần",
    source="TT 75/2022/TT-BTC",
    confirmed=True,
    channel=FeeChannel.COUNTER,
)
ONLINE = Fee("Đăng ký thường trú, nộp trực tuyến", 10000, "lần", channel=FeeChannel.ONLINE)


def test_the_first_fee_of_the_table_that_is_taken_here_is_the_one_at_the_counter() -> None:
    assert fee_words((DIRECT, ONLINE)) == ("Lệ phí", "20.000 đ/lần · 1 mức khác")
    assert fee_words((ONLINE, DIRECT)) == ("Lệ phí", "20.000 đ/lần · 1 mức khác")


def test_every_fee_stands_in_the_table_with_what_it_is_for_and_its_source() -> None:
    table = fee_table((DIRECT, ONLINE)).splitlines()

    assert table == [
        "Đăng ký thường trú, nộp trực tiếp: 20.000 đ/lần",
        "   Nguồn: TT 75/2022/TT-BTC",
        "Đăng ký thường trú, nộp trực tuyến: 10.000 đ/lần (chưa xác nhận)",
    ]


def test_who_does_not_pay_and_when_a_fee_applies_stand_with_it() -> None:
    poor = Exemption("Người thuộc hộ nghèo", confirmed=True)
    late = replace(DIRECT, condition="Đăng ký quá hạn", note="Tối đa 50.000 đ", exemptions=(poor,))

    first, free, _ = fee_table((late,)).splitlines()
    assert first.endswith("20.000 đ/lần (Đăng ký quá hạn; Tối đa 50.000 đ)")
    assert free.strip() == "Miễn cho: Người thuộc hộ nghèo"


def test_what_nobody_has_checked_says_so() -> None:
    assert fee_words((replace(DIRECT, confirmed=False),)) == ("Lệ phí (chưa xác nhận)", "20.000 đ/lần")
    limit = TimeLimit(3, TimeUnit.WORKING_DAYS, source="kiến thức chung")
    guessed = Procedure("1.004194", "1", "Đăng ký tạm trú", "Cư trú", limit, (), outside_system="CSDL dân cư")

    assert "03 ngày làm việc (chưa xác nhận)" in procedure_details(guessed)
    assert procedure_sources(guessed).splitlines() == [
        "Thời hạn: 03 ngày làm việc (chưa xác nhận)",
        "Nguồn: kiến thức chung",
        "Giải quyết trên: CSDL dân cư",
    ]
    known = replace(guessed, time_limit=replace(limit, confirmed=True))
    assert "chưa xác nhận" not in procedure_details(known) + procedure_sources(known)


def test_nothing_to_pay_is_said() -> None:
    assert fee_words(()) == ("Lệ phí", "Không thu")
    assert fee_words((Fee("Lệ phí", 0, confirmed=True),)) == ("Lệ phí", "Miễn")
    assert fee_words((Fee("Lệ phí", None),)) == ("Lệ phí", "Theo mức của tỉnh")
