"""The machine-readable zone of a passport (TD3) or of a card (TD1), by ICAO Doc 9303 parts 3 to 5.

NotMrz     the text is no such zone
MrzWrong   a check digit does not fit: something was misread; the sentence names what
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import reduce

from clerk_app.errors import OfficeError, say

FILLER = "<"
_TD3, _TD1 = (44, 44), (30, 30, 30)
_ALPHABET = re.compile(r"[A-Z0-9<]*")
_WEIGHTS = (7, 3, 1)
_SEXES = {"M": "Nam", "F": "Nữ", FILLER: "", "X": ""}
_LOOKS = {"«": "<<", "‹": FILLER, "≪": "<<"}  # how readers of print see two fillers
_TO_DIGITS = str.maketrans("OQDILZSGB", "000112568")  # where only digits can stand
_TO_LETTERS = str.maketrans("012568", "OIZSGB")  # where only letters can stand
_VIETNAM, _NO_END = "VNM", "991231"
_MOST_YEARS = 30  # a document ends within so many years, or its year is of the last century


class NotMrz(OfficeError):
    message = "Không phải dòng mã đọc máy (MRZ) của hộ chiếu hoặc thẻ: {why}."
    remedy = "Đọc lại đủ các dòng có dấu < ở chân trang hộ chiếu hoặc mặt sau thẻ, hoặc gõ tay."


class MrzWrong(OfficeError):
    """`fields`: what does not fit, as one text; `names`: the same as a tuple."""

    message = "Dòng mã đọc máy sai chữ số kiểm tra ở: {fields}."
    remedy = "Đọc lại, hoặc so từng ký tự với giấy tờ; chưa điền gì vào hồ sơ."


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """What the zone tells. Its letters are plain capitals: no accents, no hyphens."""

    kind: str  # document code, e.g. "P", "I", "AR"
    issuer: str  # code of the state
    number: str
    name: str  # surname first, as the passport prints it
    birth_date: date | None  # None: the document does not say the day
    sex: str  # "Nam", "Nữ" or empty
    nationality: str  # code, see `country`
    expires_on: date | None  # None: without end
    personal_number: str = ""  # of the holder, where the issuer writes one
    warnings: tuple[str, ...] = ()  # Vietnamese sentences
    doubtful: tuple[
        str, ...
    ] = ()  # "name": an input method changed letters of it, and no check digit covers them

    def is_expired(self, today: date) -> bool:
        """Whether its last day lies behind."""
        return self.expires_on is not None and self.expires_on < today


def looks_like_mrz(text: str) -> bool:
    """Say whether a text, maybe not complete yet, can only be a machine-readable zone."""
    plain = _plain(text)
    return FILLER in plain and re.match(r"[PIAC][A-Z<][A-Z0-9<]{3}", plain) is not None


def is_whole_mrz(text: str) -> bool:
    """Say whether all lines are there, however they are broken."""
    return looks_like_mrz(text) and _split(text) is not None


def read_mrz(text: str, today: date | None = None, doubts: Collection[int] = ()) -> TravelDocument:
    """Return what a machine-readable zone tells; raises `NotMrz` or `MrzWrong`.

    Spaces, line breaks and lower case do not matter. `today` tells the centuries of two-digit years; `doubts` are
    the places in `text` where the input method may have changed a sign.
    """
    lines = _split(text)
    if lines is None:
        plain = _plain(text)
        raise NotMrz(why=say("có {count} ký tự, thay vì 2 dòng 44 hoặc 3 dòng 30", count=len(plain)))
    if not all(_ALPHABET.fullmatch(line) for line in lines):
        raise NotMrz(why=say("có ký tự lạ"))
    if lines[0][0] not in "PIAC":
        kind = lines[0][:2].rstrip(FILLER)
        raise NotMrz(why=say("loại giấy tờ {kind} không phải hộ chiếu hay thẻ", kind=kind))
    day = today or datetime.now(UTC).date()
    passport = len(lines) == len(_TD3)
    told = _read_passport(lines, day) if passport else _read_card(lines, day)
    in_name = any((len(_plain(text[:place])) < _TD3[0]) is passport for place in doubts)
    return replace(told, doubtful=("name",)) if in_name else told


def check_digit(text: str) -> str:
    """Return the check digit of `text`: weights 7, 3, 1; A = 10 … Z = 35; the filler counts nothing."""
    values = (0 if sign == FILLER else int(sign, 36) for sign in text)
    return str(sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)


def _plain(text: str) -> str:
    for seen, meant in _LOOKS.items():
        text = text.replace(seen, meant)
    return "".join(text.split()).upper()


def _split(text: str) -> tuple[str, ...] | None:
    """Return the lines at their full length, or None. Fillers lost at the end of a line are put back."""
    lines = [plain for line in text.splitlines() if (plain := _plain(line))]
    whole = "".join(lines)
    for form in (_TD3, _TD1):
        width = form[0]
        if len(whole) == width * len(form):
            return tuple(whole[start : start + width] for start in range(0, len(whole), width))
        fits = all(width - 20 < len(line) <= width for line in lines[:1] + lines[2:])
        if len(lines) == len(form) and len(lines[1]) == width and fits:
            return tuple(line.ljust(width, FILLER) for line in lines)
    return None


def _read_passport(lines: tuple[str, ...], today: date) -> TravelDocument:
    first, second = lines
    second = _digits_at(second, slice(9, 10), slice(13, 20), slice(21, 28), slice(43, 44))
    personal, personal_check = second[28:42], second[42]
    empty = not personal.strip(FILLER) and personal_check in "0<"
    _check(
        (say("số giấy tờ"), second[0:9], second[9]),
        (say("ngày sinh"), second[13:19], second[19]),
        (say("ngày hết hạn"), second[21:27], second[27]),
        *(() if empty else ((say("số cá nhân"), personal, personal_check),)),
        (say("cả dòng"), second[0:10] + second[13:20] + second[21:43], second[43]),
    )
    return _document(
        first,
        _Second(second[0:9], second[13:19], second[20], second[21:27], second[10:13], personal),
        first[5:],
        today,
    )


def _read_card(lines: tuple[str, ...], today: date) -> TravelDocument:
    first, second, names = lines
    second = _digits_at(second, slice(0, 7), slice(8, 15), slice(29, 30))
    number, number_check, rest = first[5:14], first[14], first[15:30]
    if number_check == FILLER:  # a longer number goes on in the optional data, its check digit after it
        more, _, rest = rest.partition(FILLER)
        number, number_check = number + more[:-1], more[-1:]
    _check(
        (say("số giấy tờ"), number, number_check),
        (say("ngày sinh"), second[0:6], second[6]),
        (say("ngày hết hạn"), second[8:14], second[14]),
        *(_own_number(rest) if first[2:5] == _VIETNAM else ()),
        (say("cả thẻ"), first[5:30] + second[0:7] + second[8:15] + second[18:29], second[29]),
    )
    return _document(
        first, _Second(number, second[0:6], second[7], second[8:14], second[15:18], rest[:14]), names, today
    )


def _own_number(rest: str) -> tuple[tuple[str, str, str], ...]:
    """Vietnamese cards: the personal number fills the optional data, with a check digit of its own."""
    return ((say("số định danh cá nhân"), rest[:14], rest[14:15]),) if rest.strip(FILLER) else ()


@dataclass(frozen=True, slots=True)
class _Second:
    """The facts of both forms, still as written."""

    number: str
    birth: str
    sex: str
    expiry: str
    nationality: str
    personal: str


def _document(first: str, told: _Second, names: str, today: date) -> TravelDocument:
    letters = names.translate(_TO_LETTERS)
    nationality = told.nationality.translate(_TO_LETTERS).strip(FILLER)
    return TravelDocument(
        kind=first[:2].strip(FILLER),
        issuer=first[2:5].translate(_TO_LETTERS).strip(FILLER),
        number=told.number.strip(FILLER),
        name=_name(letters),
        birth_date=_birth(told.birth, today),
        sex=_sex(told.sex),
        nationality=nationality,
        expires_on=_expiry(told.expiry, nationality, today),
        personal_number=told.personal.strip(FILLER),
        warnings=_doubts(told, letters),
    )


def _digits_at(line: str, *places: slice) -> str:
    for place in places:
        digits = line[place].translate(_TO_DIGITS)
        line = line[: place.start] + digits + line[place.stop :]
    return line


def _and(first: str, more: str) -> str:
    return say("{first}, {more}", first=first, more=more)


def _check(*told: tuple[str, str, str]) -> None:
    wrong = tuple(name for name, text, digit in told if check_digit(text) != digit)
    if wrong:
        raise MrzWrong(fields=reduce(_and, wrong), names=wrong)


def _name(letters: str) -> str:
    surname, _, given = letters.strip(FILLER).partition(FILLER * 2)
    name = " ".join(f"{surname}{FILLER}{given}".replace(FILLER, " ").split())
    if not name:
        raise NotMrz(why=say("không có họ tên"))
    return name


def _sex(sign: str) -> str:
    if sign not in _SEXES:
        raise NotMrz(why=say("giới tính không phải M, F hoặc <"))
    return _SEXES[sign]


def _birth(text: str, today: date) -> date | None:
    if FILLER in text or "00" in {text[2:4], text[4:6]}:
        return None
    return _day(text, say("ngày sinh"), latest=today)


def _expiry(text: str, nationality: str, today: date) -> date | None:
    if FILLER in text or (text == _NO_END and nationality == _VIETNAM):
        return None
    return _day(text, say("ngày hết hạn"), latest=date(today.year + _MOST_YEARS, 12, 31))


def _day(text: str, what: str, latest: date) -> date:
    """Return the day that `text` (YYMMDD) means: in this century, unless that lies after `latest`."""
    try:
        year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:6])
        if (year, month, day) > (latest.year, latest.month, latest.day):
            year -= 100
        return date(year, month, day)
    except ValueError as error:
        raise NotMrz(why=say("{what} không có trong lịch", what=what)) from error


def _doubts(told: _Second, letters: str) -> tuple[str, ...]:
    doubts = []
    if not letters.endswith(FILLER):
        doubts.append(say("Họ tên có thể bị cắt bớt: so lại với trang hộ chiếu."))
    if FILLER in told.birth or "00" in {told.birth[2:4], told.birth[4:6]}:
        doubts.append(say("Giấy tờ không ghi đủ ngày sinh."))
    return tuple(doubts)
