"""The fee at the foot of the counter: the one that counts here, and the others where they are looked for."""

from clerk_app.domain.procedure import Fee
from ui.intake.words import fee_table, fee_words

DIRECT = Fee("Đăng ký thường trú, nộp trực tiếp", 20000, "lần")
ONLINE = Fee("Đăng ký thường trú, nộp trực tuyến", 10000, "lần")


def test_the_first_fee_of_the_table_is_the_one_at_the_counter() -> None:
    assert fee_words((DIRECT, ONLINE)) == "20.000 đ/lần · còn 1 mức khác"


def test_every_fee_stands_in_the_table_with_what_it_is_for() -> None:
    table = fee_table((DIRECT, ONLINE)).splitlines()

    assert table == [
        "Đăng ký thường trú, nộp trực tiếp: 20.000 đ/lần",
        "Đăng ký thường trú, nộp trực tuyến: 10.000 đ/lần",
    ]


def test_nothing_to_pay_is_said() -> None:
    assert fee_words(()) == "Không thu"
    assert fee_words((Fee("Lệ phí", 0),)) == "Miễn"
    assert fee_words((Fee("Lệ phí", None),)) == "Theo mức của tỉnh"
