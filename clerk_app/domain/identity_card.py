"""What an identity card tells: its QR text and the 12-digit personal number.

NotACard           the text is no card's QR
ImpossibleNumber   no personal number can look like this
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from clerk_app.domain.text import fold, nfc
from clerk_app.errors import OfficeError, say

# Provinces of birth registration before the merger of 2025; old numbers keep them. Births abroad have others.
_PROVINCE_LIST = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038
040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082
083 084 086 087 089 091 092 093 094 095 096
"""
_PROVINCES = frozenset(_PROVINCE_LIST.split())
_SEXES = {"nam": "Nam", "nu": "Nữ"}
_OLD_NUMBER = re.compile(r"\d{9}", re.ASCII)
_DAY = re.compile(r"\d{8}", re.ASCII)
_PLAIN_FIELDS = 7  # of the card of 2021; the card of 2024 has ten and more
_MORE_FIELDS = 10
_OLD_AGE = 120
_SEPARATORS = ("|", "\x1d", "\t")  # the card's own; what some scanners send in its place
_OPENING = "\ufeff\x02\u200b"  # marks that scanners and text files put before a text
_DOUBTABLE = {2: "name", 5: "address"}  # fields with words in them; a number or day has its own form
_SEX_FIELD = 4  # one of two words, or it is not read


class NotACard(OfficeError):
    message = "Không phải mã QR của thẻ căn cước: {why}."
    remedy = "Đọc lại mã trên thẻ (thẻ mới: mặt sau), tắt bộ gõ tiếng Việt nếu chữ sai, hoặc gõ tay."


class ImpossibleNumber(OfficeError):
    message = "Số định danh cá nhân không thể có: {why}."
    remedy = "So lại với thẻ từng chữ số; chưa có số thì để trống."


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """The fields of a card's QR code; `rest` keeps fields 8+ of the 2024 card unparsed."""

    number: str
    old_number: str
    name: str
    birth_date: date
    sex: str
    address: str
    issued_on: date | None
    rest: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()  # Vietnamese sentences: unlikely, not impossible
    doubtful: tuple[str, ...] = ()  # "name", "address": an input method changed letters of it


def read_card(text: str, today: date | None = None, doubts: Collection[int] = ()) -> IdentityCard:
    """Return the card whose QR holds `text`: 7, or 10 and more, fields between `|`; raises `NotACard`.

    `doubts` are the places in `text` where the input method may have changed a sign.
    """
    separator = next((each for each in _SEPARATORS if text.count(each) >= _PLAIN_FIELDS - 1), "|")
    doubtful = {text.count(separator, 0, place) for place in doubts}
    fields = [nfc(field).strip() for field in _as_utf8(text.strip(_OPENING + "\r\n ")).split(separator)]
    if len(fields) != _PLAIN_FIELDS and len(fields) < _MORE_FIELDS:
        raise NotACard(why=say("có {count} mục thay vì 7 hoặc từ 10 trở lên", count=len(fields)))
    if doubtful & (set(range(_PLAIN_FIELDS)) - _DOUBTABLE.keys() - {_SEX_FIELD}):
        raise NotACard(why=say("bộ gõ tiếng Việt đã đổi chữ số"))
    number, old_number, name, birth, sex, address, issued = fields[:_PLAIN_FIELDS]
    if not name:
        raise NotACard(why=say("không có họ và tên"))
    birth_date, issued_on = _day(birth, say("ngày sinh")), _day(issued, say("ngày cấp")) if issued else None
    known_sex = _SEXES.get(fold(sex), "")
    try:
        warnings = check_personal_number(number, birth_date, known_sex, today)
    except ImpossibleNumber as error:
        raise NotACard(why=say("số định danh {why}", why=error.facts["why"])) from error
    return IdentityCard(
        number=number,
        old_number=old_number,
        name=name,
        birth_date=birth_date,
        sex=known_sex,
        address=address,
        issued_on=issued_on,
        rest=tuple(fields[_PLAIN_FIELDS:]),
        warnings=(*warnings, *_doubts(old_number, name, known_sex)),
        doubtful=tuple(name for field, name in _DOUBTABLE.items() if field in doubtful),
    )


def looks_like_card(text: str) -> bool:
    """Say whether a text, maybe not complete yet, begins as the QR code of a card does."""
    return re.match(r"\d{12}[|\x1d]", text.lstrip(_OPENING), re.ASCII) is not None


def check_personal_number(
    number: str, birth_date: date | None = None, sex: str = "", today: date | None = None
) -> tuple[str, ...]:
    """Return what is unlikely about a 12-digit number `PPP G YY NNNNNN`, as Vietnamese sentences.

    G tells century and sex (0/1 = nam/nữ of 19xx, 2/3 of 20xx …), YY the year of birth. Raises
    `ImpossibleNumber`. `today` None asks the clock of the computer: only its year matters.
    """
    if len(number) != 12 or not number.isdecimal() or not number.isascii():
        raise ImpossibleNumber(why=say("phải có đúng 12 chữ số"))
    if len(set(number)) == 1:
        raise ImpossibleNumber(why=say("12 chữ số giống hệt nhau"))
    this_year = (today or datetime.now(UTC).date()).year
    mark, year = int(number[3]), 1900 + int(number[3]) // 2 * 100 + int(number[4:6])
    if year > this_year:
        raise ImpossibleNumber(why=say("chữ số thứ 4 đến thứ 6 chỉ năm sinh {year}, chưa tới", year=year))
    warnings = []
    if number[:3] not in _PROVINCES:
        warnings.append(
            say("Ba chữ số đầu không thuộc tỉnh, thành phố nào đã biết (có thể khai sinh ở nước ngoài).")
        )
    if year < this_year - _OLD_AGE:
        warnings.append(say("Số định danh chỉ năm sinh {year}: hơn {age} tuổi.", year=year, age=_OLD_AGE))
    if birth_date is not None and birth_date.year != year:
        warnings.append(say("Năm sinh không khớp với số định danh."))
    if fold(sex) in _SEXES and (fold(sex) == "nu") != bool(mark % 2):
        warnings.append(say("Giới tính không khớp với số định danh."))
    return tuple(warnings)


def _as_utf8(text: str) -> str:
    """Return the text that was meant where a scanner typed each byte of UTF-8 as a letter of Windows-1252."""
    try:
        return b"".join(_byte(sign) for sign in text).decode()
    except UnicodeError:
        return text


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")  # the five bytes to which that alphabet gives no letter


def _day(text: str, what: str) -> date:
    if _DAY.fullmatch(text) is None:
        raise NotACard(why=say("{what} phải có 8 chữ số", what=what))
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError as error:
        raise NotACard(why=say("{what} không có trong lịch", what=what)) from error


def _doubts(old_number: str, name: str, sex: str) -> list[str]:
    warnings: list[str] = []
    if old_number and _OLD_NUMBER.fullmatch(old_number) is None:
        warnings.append(say("Số CMND cũ không phải 9 chữ số."))
    if not sex:
        warnings.append(say("Không đọc được giới tính trên thẻ."))
    if not all(sign.isalpha() or sign in " '-." for sign in name):
        warnings.append(say("Họ và tên có ký tự lạ: tắt bộ gõ tiếng Việt rồi đọc lại thẻ."))
    return warnings
