"""A procedure is found by a few letters, in the version of the day; damaged data names its row."""

import json
from dataclasses import replace
from datetime import date, time
from itertools import groupby

import pytest

from clerk_app import catalogue
from clerk_app.domain.catalogue import Catalogue, CatalogueDamaged, NoSuchProcedure, read_catalogue
from clerk_app.domain.procedure import FeeChannel, Procedure, TimeLimit, TimeUnit

TODAY = date(2026, 11, 23)


def titles(found: tuple[Procedure, ...]) -> list[str]:
    return [procedure.title for procedure in found]


def named(*given: str) -> Catalogue:
    limit = TimeLimit(3, TimeUnit.WORKING_DAYS)
    rows = [Procedure(f"1.00000{n}", "1", title, "Hộ tịch", limit, ()) for n, title in enumerate(given)]
    return Catalogue("1", tuple(rows))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("khai sinh", "Đăng ký khai sinh"),
        ("Khái Sính", "Đăng ký khai sinh"),
        ("sinh khai", "Đăng ký khai sinh"),
        ("trich luc", "Cấp bản sao trích lục hộ tịch"),
        ("dk thuong", None),
        ("d k thuong", "Đăng ký thường trú"),
        ("chung thuc ban", "Chứng thực bản sao từ bản chính"),
        ("000815", "Chứng thực bản sao từ bản chính"),
        ("1.004222", "Đăng ký thường trú"),
        ("cu tru tam", "Gia hạn tạm trú"),
        ("tam tru", "Đăng ký tạm trú"),
        ("photo công chứng", "Chứng thực bản sao từ bản chính"),
        ("photo cong chung", "Chứng thực bản sao từ bản chính"),
        ("giấy khai sinh", "Đăng ký khai sinh"),
        ("giay khai", "Đăng ký khai sinh"),
        ("mat giay khai sinh", "Đăng ký lại khai sinh"),
        ("sao giay khai sinh", "Cấp bản sao trích lục hộ tịch"),
        ("nhap ho khau", "Đăng ký thường trú"),
        ("giay doc than", "Cấp giấy xác nhận tình trạng hôn nhân"),
        ("sổ đỏ", "Cấp Giấy chứng nhận quyền sử dụng đất lần đầu"),
        ("khuyet tat", "Xác định mức độ khuyết tật và cấp Giấy xác nhận khuyết tật"),
        ("hộ chiếu", None),
    ],
)
def test_a_few_typed_letters_find_the_procedure(procedures: Catalogue, typed: str, first: str | None) -> None:
    assert next(iter(titles(procedures.search(typed, 5))), None) == first


def test_marks_typed_right_come_first() -> None:
    assert titles(named("Cấp thẻ", "Cập nhật").search("cập")) == ["Cập nhật", "Cấp thẻ"]
    assert titles(named("Cấp thẻ", "Cập nhật").search("cấp")) == ["Cấp thẻ", "Cập nhật"]


def test_a_hit_in_the_title_comes_before_one_in_the_field() -> None:
    assert titles(named("Kết hôn", "Trích lục hộ tịch").search("ho tich")) == ["Trích lục hộ tịch", "Kết hôn"]


def test_words_that_stand_together_come_first() -> None:
    both = named("Sinh viên khai", "Đăng ký khai sinh")

    assert titles(both.search("khai sinh"))[0] == "Đăng ký khai sinh"


def test_a_search_gives_the_same_each_time_and_no_more_than_asked(procedures: Catalogue) -> None:
    turned = Catalogue("1", tuple(reversed(procedures.procedures)))

    assert procedures.search("dang ky", 3) == turned.search("dang ky", 3)
    assert len(procedures.search("dang ky", 3)) == 3


def test_nothing_typed_lists_everything_field_by_field(procedures: Catalogue) -> None:
    listed = procedures.search("", 100)
    fields = [each.field for each in listed]

    assert len(listed) == len(procedures.procedures)
    assert len(list(groupby(fields))) == len(set(fields))
    assert fields[0] == "Chứng thực"


def test_a_hit_in_the_title_comes_before_one_in_an_everyday_name() -> None:
    limit = TimeLimit(3, TimeUnit.WORKING_DAYS)
    named_so = Procedure("1.000001", "1", "Trích lục", "Hộ tịch", limit, (), keywords=("bản khai sinh",))
    titled_so = Procedure("1.000002", "1", "Khai sinh lưu động", "Hộ tịch", limit, ())

    assert titles(Catalogue("1", (named_so, titled_so)).search("khai s")) == [
        "Khai sinh lưu động",
        "Trích lục",
    ]


def test_who_types_a_whole_everyday_name_means_that_procedure() -> None:
    limit = TimeLimit(3, TimeUnit.WORKING_DAYS)
    named_so = Procedure("1.000001", "1", "Cấp mới", "Cư trú", limit, (), keywords=("hộ khẩu",))
    titled_so = Procedure("1.000002", "1", "Xóa hộ khẩu", "Cư trú", limit, ())
    both = Catalogue("1", (titled_so, named_so))

    assert titles(both.search("ho khau")) == ["Cấp mới", "Xóa hộ khẩu"]
    assert titles(both.search("ho kh")) == ["Xóa hộ khẩu", "Cấp mới"]


def test_a_dossier_gets_the_version_of_its_day(birth: Procedure) -> None:
    old = replace(birth, valid_to=date(2027, 2, 28))
    new = replace(birth, version="2027-03-01", valid_from=date(2027, 3, 1), title="Khai sinh, luật mới")
    both = Catalogue("2", (new, old))

    assert both.get(birth.code, date(2027, 2, 28)) == old
    assert both.get(birth.code, date(2027, 3, 1)) == new
    assert titles(both.search("khai sinh")) == [new.title]
    assert titles(both.search("khai sinh", on=TODAY)) == [old.title]
    assert both.version_of(birth.code, old.version) == old
    assert both.version_of(birth.code, "2001-01-01") is None


def test_an_unknown_code_or_a_day_before_its_time_is_refused(procedures: Catalogue) -> None:
    with pytest.raises(NoSuchProcedure, match=r"9\.999999.*23/11/2026"):
        procedures.get("9.999999", TODAY)
    with pytest.raises(NoSuchProcedure):
        procedures.get("1.001193", date(2020, 1, 1))


def test_a_fee_that_changes_on_a_date_is_the_one_of_the_day_of_receipt(procedures: Catalogue) -> None:
    residence = procedures.get("1.004222", TODAY)
    dearer = replace(
        residence,
        version="2027-01-01",
        valid_from=date(2027, 1, 1),
        fees=(replace(residence.fees[0], amount=25_000), *residence.fees[1:]),
    )
    both = Catalogue("2", (replace(residence, valid_to=date(2026, 12, 31)), dearer))

    assert both.get("1.004222", date(2026, 12, 31)).fees[0].amount == 20_000
    assert both.get("1.004222", date(2027, 1, 1)).fees[0].amount == 25_000


def test_the_catalogue_holds_the_procedures_of_a_ward_with_their_limits(procedures: Catalogue) -> None:
    limits = {code: procedures.get(code, TODAY).time_limit for code in ("2.000815", "1.001193", "2.000635")}

    assert all(limit.unit is TimeUnit.SAME_DAY and limit.cut_off == time(15) for limit in limits.values())
    assert procedures.get("1.004222", TODAY).time_limit.in_words == "07 ngày làm việc"
    assert procedures.get("2.000815", TODAY).fees[0].amount == 2000
    assert len(procedures.procedures) == 50
    assert len({each.field for each in procedures.procedures}) == 9


def test_what_rests_on_general_knowledge_or_a_copy_is_never_marked_confirmed(procedures: Catalogue) -> None:
    figures = [
        figure
        for each in procedures.procedures
        for figure in (
            each.time_limit,
            *each.papers,
            *each.fees,
            *(exempt for fee in each.fees for exempt in fee.exemptions),
        )
    ]

    second_hand = ("kiến thức chung", "chưa đối chiếu", "chưa có nguồn", "bản lưu")
    assert [f for f in figures if f.confirmed and any(mark in f.source for mark in second_hand)] == []
    assert not any(fee.confirmed for each in procedures.procedures for fee in each.fees if fee.amount is None)


def test_fees_by_channel_condition_and_exemption(procedures: Catalogue) -> None:
    direct, online = procedures.get("1.004222", TODAY).fees
    late = procedures.get("1.001193", TODAY).fees[1]

    assert (direct.channel, direct.amount) == (FeeChannel.COUNTER, 20_000)
    assert (online.channel, online.amount) == (FeeChannel.ONLINE, 10_000)
    assert (late.amount, late.condition) == (None, "Đăng ký quá hạn")
    assert [each.title for each in late.exemptions] == [
        "Người thuộc gia đình có công với cách mạng",
        "Người thuộc hộ nghèo",
        "Người khuyết tật",
    ]


def test_what_runs_in_a_system_of_its_ministry_says_in_which(procedures: Catalogue) -> None:
    systems = {each.field: each.outside_system for each in procedures.procedures if each.outside_system}

    assert set(systems) == {"Hộ tịch", "Cư trú", "Đăng ký kinh doanh", "Đất đai"}


def test_papers_that_a_database_may_replace_name_it(procedures: Catalogue) -> None:
    birth_extract = procedures.get("2.000635", TODAY)

    assert {paper.replaced_by for paper in birth_extract.papers} == {"", "CSDL quốc gia về dân cư"}


def test_an_identity_card_is_only_shown(procedures: Catalogue) -> None:
    cards = [paper for p in procedures.procedures for paper in p.papers if paper.key == "can-cuoc"]

    assert cards
    assert all(card.show_only and card.replaced_by for card in cards)


def damaged(change: object) -> bytes:
    content = json.loads(catalogue.load(catalogue.PROCEDURES))
    content["procedures"][12] = content["procedures"][12] | change if isinstance(change, dict) else change
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"title": None}, r"13 \(1\.001193\): title"),
        ({"time_limit": {"amount": "3", "unit": "days"}}, r"13 \(1\.001193\): time_limit\.amount"),
        ({"time_limit": {"amount": 3, "unit": "weeks"}}, r"13 \(1\.001193\): time_limit\.unit"),
        ({"papers": [{"key": "a", "title": "A"}, {"key": "a", "title": "B"}]}, r"13 \(1\.001193\): papers"),
        ({"code": "2.000815"}, r"13 \(2\.000815\): version"),
        ("không phải một dòng", r"13 \(\)"),
    ],
)
def test_a_damaged_row_is_named(change: object, row: str) -> None:
    with pytest.raises(CatalogueDamaged, match=row):
        read_catalogue(damaged(change))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"version": 1, "procedures": []}', b"\xff"])
def test_what_is_no_catalogue_is_refused(data: bytes) -> None:
    with pytest.raises(CatalogueDamaged, match="đầu tệp"):
        read_catalogue(data)
