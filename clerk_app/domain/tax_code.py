"""Tax codes of organisations: ten digits with a check digit, thirteen for a dependent unit."""

import re
from datetime import date

from clerk_app.domain.identity_card import ImpossibleNumber, check_personal_number
from clerk_app.errors import OfficeError

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TAX_CODE = re.compile(r"(\d{10})(-?\d{3})?", re.ASCII)
_PERSONAL = 12  # since 1/7/2025 persons and household businesses use their personal number


class ImpossibleTaxCode(OfficeError):
    message = "Mã số thuế không thể có: {why}."
    remedy = "So lại với giấy chứng nhận đăng ký; chưa có mã thì để trống."


def check_tax_code(code: str, today: date | None = None) -> tuple[str, ...]:
    """Return what is unlikely about a tax code, as Vietnamese sentences; raises `ImpossibleTaxCode`.

    The tenth digit is 10 − (Σ weighted mod 11); where that gives 10, programs disagree, so a 0 only warns.
    """
    plain = code.strip()
    if len(plain) == _PERSONAL and plain.isdecimal():
        try:
            return check_personal_number(plain, today=today)
        except ImpossibleNumber as error:
            raise ImpossibleTaxCode(why=error.facts["why"]) from error
    found = _TAX_CODE.fullmatch(plain)
    if found is None:
        raise ImpossibleTaxCode(
            why="phải có 10 chữ số, 13 chữ số (đơn vị phụ thuộc) hoặc 12 chữ số (cá nhân)"
        )
    digits = [int(digit) for digit in found[1]]
    check = 10 - sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    if check == 10 and digits[9] == 0:
        return ("Mã số thuế có chữ số kiểm tra hiếm gặp, cần so lại.",)
    if check != digits[9]:
        raise ImpossibleTaxCode(why="sai chữ số kiểm tra")
    return ()
