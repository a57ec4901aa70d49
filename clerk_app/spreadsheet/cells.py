"""One cell as the value that its column holds: forgiving about how it was typed, strict about what it says."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from clerk_app.domain.text import nfc, search_key
from clerk_app.errors import OfficeError
from clerk_app.spreadsheet.layout import Column, Content, Sheet
from clerk_app.spreadsheet.workbook import Line, Place, RowFault, Value

MOST_SIGNS = 1000
_DAY_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:hg]|giờ)\s*(\d{2})?(?::00)?\s*(?:phút)?")
_YES = frozenset({"co", "x", "1", "true", "yes"})
_NO = frozenset({"khong", "0", "false", "no"})
_GROUPED = re.compile(r"-?\d{1,3}([ .,]\d{3})+")

Read = str | int | bool | date | time | StrEnum | tuple[str, ...] | None


class CellMissing(OfficeError):
    message = "Chưa ghi “{column}”."
    remedy = "Ghi nội dung ô này; nếu ô bị gộp thì bỏ gộp và ghi lại ở từng dòng."


class CellTooLong(OfficeError):
    message = "Nội dung dài hơn {most} chữ."
    remedy = "Viết ngắn lại."


class NumberUnclear(OfficeError):
    message = "“{text}” không phải số nguyên."
    remedy = "Ghi số nguyên, ví dụ 20000; không ghi đơn vị."


class DayUnclear(OfficeError):
    message = "“{text}” không phải ngày."
    remedy = "Ghi ngày theo dạng dd/mm/yyyy, ví dụ 01/03/2027."


class HourUnclear(OfficeError):
    message = "“{text}” không phải giờ."
    remedy = "Ghi giờ theo dạng hh:mm, ví dụ 15:00."


class ChoiceUnknown(OfficeError):
    message = "Không có lựa chọn “{text}” cho cột “{column}”."
    remedy = "Chọn một trong: {choices}."


def read_cell(column: Column, value: Value) -> Read:
    """Return what a cell says, None for an empty one; raises the error classes above."""
    text = plain_text(value)
    if not text:
        if column.required:
            raise CellMissing(column=column.title)
        return None
    if len(text) > MOST_SIGNS:
        raise CellTooLong(most=MOST_SIGNS)
    if column.content is Content.CODE and isinstance(value, float):
        return f"{value:.6f}"  # 2.000720 typed as a number has lost its last zero
    read = _READERS.get(column.content)
    return read(column, value, text) if read else text


def read_line(sheet: Sheet, line: Line) -> tuple[dict[str, Any], list[RowFault]]:
    """Return what the cells of a row say by member, without the empty ones, and what is wrong with them."""
    values: dict[str, Any] = {}
    faults = []
    for column in sheet.columns:
        try:
            value = read_cell(column, line.values.get(column.member))
        except OfficeError as notice:
            faults.append(RowFault(Place(sheet.title, line.number, column.title), notice))
            continue
        if value is not None:
            values[column.member] = value
    return values, faults


def plain_text(value: Value) -> str:
    """Return a cell as text: NFC, one space between words, none around them; a day as YYYY-MM-DD."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case float() if math.isfinite(value) and value == int(value):
            return str(int(value))
    return " ".join(nfc(str(value)).split())


def _number(_: Column, value: Value, text: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    plain = re.sub(r"[ .,]", "", text) if _GROUPED.fullmatch(text) else text
    try:
        return int(plain)
    except ValueError as error:
        raise NumberUnclear(text=text[:40]) from error


def _day(_: Column, value: Value, text: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise DayUnclear(text=text[:40])


def _hour(_: Column, value: Value, text: str) -> time:
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    found = _HOUR.fullmatch(text.casefold())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise HourUnclear(text=text[:40])
    return time(hour, minute)


def _yes(column: Column, _: Value, text: str) -> bool:
    word = search_key(text)
    if word in _YES | _NO:
        return word in _YES
    raise ChoiceUnknown(text=text[:40], column=column.title, choices="Có, Không")


def _choice(column: Column, _: Value, text: str) -> StrEnum:
    choices = column.choices or {}
    found = next((choice for words, choice in choices.items() if search_key(words) == search_key(text)), None)
    if found is None:
        raise ChoiceUnknown(text=text[:40], column=column.title, choices=", ".join(choices))
    return found


def _list(_: Column, __: Value, text: str) -> tuple[str, ...]:
    return tuple(part for each in text.split(";") if (part := each.strip()))


_READERS: dict[Content, Callable[[Column, Value, str], Read]] = {
    Content.NUMBER: _number,
    Content.DAY: _day,
    Content.HOUR: _hour,
    Content.YES_NO: _yes,
    Content.CHOICE: _choice,
    Content.LIST: _list,
}
