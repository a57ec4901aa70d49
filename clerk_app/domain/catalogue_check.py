"""Whether a catalogue may be published: each figure possible and sourced, each day with one version of a code.

A counter reads what central signed and is forgiving; this is the gate before central signs. Every fault names
the procedure, the place in it, and what to do.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from clerk_app.domain.calendar import Calendar
from clerk_app.domain.paper import KnownBy, PaperKind
from clerk_app.domain.procedure import Fee, Procedure, TimeLimit, TimeUnit
from clerk_app.errors import OfficeError

# National, e.g. 1.001193; a province's own carries its code behind: 1.001122.000.00.00.H48
_CODE = re.compile(r"\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})?")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = timedelta(days=1)


class CodeOdd(OfficeError):
    message = "Mã thủ tục “{code}” không đúng dạng."
    remedy = "Viết như trên Cổng DVCQG, ví dụ 1.001193 hoặc 1.001122.000.00.00.H48."


class TextMissing(OfficeError):
    message = "Chưa ghi nội dung bắt buộc."
    remedy = "Ghi đủ mã, bản, tên, lĩnh vực; mỗi giấy tờ có khóa và tên, mỗi khoản thu có tên."


class SourceMissing(OfficeError):
    message = "Số liệu chưa có nguồn."
    remedy = "Ghi văn bản hoặc nơi lấy số liệu; nếu chưa đối chiếu thì để “Đã xác nhận” là Không."


class FromDayMissing(OfficeError):
    message = "Bản {version} của thủ tục {code} chưa có ngày bắt đầu hiệu lực."
    remedy = "Ghi ngày bắt đầu; để trống ngày hết nếu còn hiệu lực."


class DaysReversed(OfficeError):
    message = "Ngày hết hiệu lực {ends} trước ngày bắt đầu {begins}."
    remedy = "Sửa lại hai ngày."


class VersionsOverlap(OfficeError):
    message = "Thủ tục {code}: bản {old} và bản {new} cùng có hiệu lực từ ngày {day}."
    remedy = "Cho bản cũ hết hiệu lực trước ngày bản mới bắt đầu một ngày."


class VersionsApart(OfficeError):
    message = "Thủ tục {code}: từ {begins} đến {ends} không có bản nào hiệu lực."
    remedy = "Sửa ngày của bản cũ hoặc bản mới cho liền nhau."


class VersionDoubled(OfficeError):
    message = "Thủ tục {code} có hai bản cùng số hiệu {version}."
    remedy = "Đặt số hiệu khác cho một bản, hoặc bỏ dòng lặp."


class LimitImpossible(OfficeError):
    message = "Thời hạn {amount} không thể có."
    remedy = "Ghi số từ 1 trở lên; giải quyết trong ngày thì chọn đơn vị “trong ngày” và ghi 0."


class CutOffOutsideHours(OfficeError):
    message = "Giờ chốt {cut_off} nằm ngoài giờ làm việc ({hours})."
    remedy = "Ghi giờ chốt trong giờ làm việc, ví dụ 15:00; không có thì để trống."


class FeesMissing(OfficeError):
    message = "Thủ tục chưa có khoản thu nào."
    remedy = "Ghi một khoản thu; nếu không thu thì ghi mức 0 và nguồn."


class FeeNegative(OfficeError):
    message = "Mức thu {amount} là số âm."
    remedy = "Ghi số tiền từ 0 trở lên; để trống nếu do tỉnh quy định."


class FeeDoubled(OfficeError):
    message = "Khoản thu “{title}” bị lặp trong một thủ tục."
    remedy = "Đặt cho mỗi khoản thu một tên riêng, hoặc bỏ dòng lặp."


class PaperDoubled(OfficeError):
    message = "Khóa giấy tờ “{key}” bị lặp trong một thủ tục."
    remedy = "Đặt cho mỗi giấy tờ một khóa riêng."


class KeyOdd(OfficeError):
    message = "Khóa giấy tờ “{key}” không đúng dạng."
    remedy = "Chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ to-khai."


class CountImpossible(OfficeError):
    message = "Số bản {count} không thể có."
    remedy = "Ghi số bản từ 1 đến 99."


class ConditionUnknown(OfficeError):
    message = "Cách biết điều kiện chỉ có nghĩa khi có điều kiện."
    remedy = "Ghi điều kiện bằng lời, hoặc để trống cả hai."


class AlternativeAlone(OfficeError):
    message = "Nhóm thay thế “{group}” chỉ có một giấy tờ."
    remedy = "Ghi cùng tên nhóm cho các giấy tờ thay được cho nhau, hoặc để trống."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in which version of which procedure, at which member, and what to do about it."""

    code: str
    version: str
    place: str  # "title", "time_limit.cut_off", "papers[2].source"
    notice: OfficeError


Found = Iterator[tuple[str, OfficeError]]  # place, what is wrong there


def faults_of(procedures: Iterable[Procedure], calendar: Calendar) -> tuple[Fault, ...]:
    """Return everything that is wrong, procedure by procedure; empty: it may be published."""
    given = tuple(procedures)
    alone = (
        Fault(each.code, each.version, place, notice)
        for each in given
        for place, notice in _faults_within(each, calendar)
    )
    return (*alone, *_faults_between(given))


def _faults_within(procedure: Procedure, calendar: Calendar) -> Found:
    if not _CODE.fullmatch(procedure.code):
        yield "code", CodeOdd(code=procedure.code)
    yield from _texts(procedure, ("version", "title", "field"))
    if not procedure.source.strip():
        yield "source", SourceMissing()
    begins, ends = procedure.valid_from, procedure.valid_to
    if begins is None:
        yield "valid_from", FromDayMissing(code=procedure.code, version=procedure.version)
    elif ends is not None and ends < begins:
        yield "valid_to", DaysReversed(begins=_day(begins), ends=_day(ends))
    yield from _limit(procedure.time_limit, calendar)
    yield from _papers(procedure.papers)
    if not procedure.fees:
        yield "fees", FeesMissing()
    yield from _fees(procedure.fees)


def _limit(limit: TimeLimit, calendar: Calendar) -> Found:
    if limit.amount < 0 or (limit.amount == 0 and limit.unit is not TimeUnit.SAME_DAY):
        yield "time_limit.amount", LimitImpossible(amount=limit.amount)
    if not limit.source.strip():
        yield "time_limit.source", SourceMissing()
    cut_off = limit.cut_off
    if cut_off is not None and not any(opens < cut_off < closes for opens, closes in calendar.hours):
        hours = ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in calendar.hours)
        yield "time_limit.cut_off", CutOffOutsideHours(cut_off=f"{cut_off:%H:%M}", hours=hours)


def _fees(fees: tuple[Fee, ...]) -> Found:
    seen: set[str] = set()
    for place, fee in enumerate(fees):
        yield from _within(f"fees[{place}]", _fee(fee))
        if fee.title in seen:
            yield f"fees[{place}].title", FeeDoubled(title=fee.title)
        seen.add(fee.title)


def _fee(fee: Fee) -> Found:
    yield from _texts(fee, ("title",))
    if fee.amount is not None and fee.amount < 0:
        yield "amount", FeeNegative(amount=fee.amount)
    if not fee.source.strip():
        yield "source", SourceMissing()
    for place, exemption in enumerate(fee.exemptions):
        yield from _within(f"exemptions[{place}]", _texts(exemption, ("title",)))
        if not exemption.source.strip():
            yield f"exemptions[{place}].source", SourceMissing()


def _papers(papers: tuple[PaperKind, ...]) -> Found:
    seen: set[str] = set()
    groups = Counter(paper.one_of for paper in papers if paper.one_of)
    for place, paper in enumerate(papers):
        yield from _within(f"papers[{place}]", _paper(paper, groups))
        if paper.key in seen:
            yield f"papers[{place}].key", PaperDoubled(key=paper.key)
        seen.add(paper.key)


def _paper(paper: PaperKind, groups: Mapping[str, int]) -> Found:
    yield from _texts(paper, ("key", "title"))
    if paper.key and not _KEY.fullmatch(paper.key):
        yield "key", KeyOdd(key=paper.key)
    if not 1 <= paper.count <= 99:
        yield "count", CountImpossible(count=paper.count)
    if not paper.source.strip():
        yield "source", SourceMissing()
    if paper.known_by is not KnownBy.ASKED and not paper.condition.strip():
        yield "known_by", ConditionUnknown()
    if groups.get(paper.one_of) == 1:
        yield "one_of", AlternativeAlone(group=paper.one_of)


def _faults_between(procedures: tuple[Procedure, ...]) -> Iterator[Fault]:
    dated = (each for each in procedures if each.valid_from is not None)
    by_age = sorted(dated, key=lambda each: (each.code, each.valid_from or date.min, each.version))
    for _, versions in groupby(by_age, key=lambda each: each.code):
        for old, new in pairwise(versions):
            yield from _faults_of_neighbours(old, new)
    labels = Counter((each.code, each.version) for each in procedures)
    for (code, version), count in labels.items():
        if count > 1:
            yield Fault(code, version, "version", VersionDoubled(code=code, version=version))


def _faults_of_neighbours(old: Procedure, new: Procedure) -> Iterator[Fault]:
    begins = new.valid_from or date.min
    if old.valid_to is None or old.valid_to >= begins:
        overlap = VersionsOverlap(code=new.code, old=old.version, new=new.version, day=_day(begins))
        yield Fault(new.code, new.version, "valid_from", overlap)
    elif old.valid_to + _DAY < begins:
        apart = VersionsApart(code=new.code, begins=_day(old.valid_to + _DAY), ends=_day(begins - _DAY))
        yield Fault(new.code, new.version, "valid_from", apart)


def _texts(record: object, names: Iterable[str]) -> Found:
    for name in names:
        if not getattr(record, name).strip():
            yield name, TextMissing()


def _within(place: str, found: Found) -> Found:
    return ((f"{place}.{member}", notice) for member, notice in found)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
