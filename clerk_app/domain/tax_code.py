"""Tax codes: ten digits with a check digit, thirteen for a dependent unit, twelve for persons and households."""

import re
from datetime import date

from clerk_app.domain.identity_card import ImpossibleNumber, check_personal_number
from clerk_app.errors import OfficeError, say

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TAX_CODE = re.compile(r"(\d{10})(?:-?(\d{3}))?", re.ASCII)
_PERSONAL = 12  # since 1/7/2025 persons and household businesses use their personal number


class ImpossibleTaxCode(OfficeError):
    message = "Mã số thuế không thể có: {why}."
    remedy = "So lại với giấy chứng nhận đăng ký; chưa có mã thì để trống."


def plain_tax_code(code: str) -> str:
    """Return the code as it is written: without blanks and dots, a dependent unit after a dash."""
    plain = re.sub(r"[\s.]", "", code)
    found = _TAX_CODE.fullmatch(plain)
    return f"{found[1]}-{found[2]}" if found and found[2] else plain


def check_tax_code(code: str, today: date | None = None) -> tuple[str, ...]:
    """Return what is unlikely about a tax code, as Vietnamese sentences; raises `ImpossibleTaxCode`.

    The tenth digit is 10 − (Σ weighted mod 11); where that gives 10, programs disagree, so a 0 only warns.
    """
    plain = plain_tax_code(code)
    if len(plain) == _PERSONAL and plain.isdecimal():
        try:
            return check_personal_number(plain, today=today)
        except ImpossibleNumber as error:
            raise ImpossibleTaxCode(why=error.facts["why"]) from error
    found = _TAX_CODE.fullmatch(plain)
    if found is None:
        raise ImpossibleTaxCode(
            why=say("phải có 10 chữ số, 13 chữ số (đơn vị phụ thuộc) hoặc 12 chữ số (cá nhân)")
        )
    digits = [int(digit) for digit in found[1]]
    if len(set(digits)) == 1:
        raise ImpossibleTaxCode(why=say("10 chữ số giống hệt nhau"))
    check = 10 - sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    rare = check == 10 and digits[9] == 0
    if check != digits[9] and not rare:
        raise ImpossibleTaxCode(why=say("sai chữ số kiểm tra"))
    return (
        *((say("Mã số thuế có chữ số kiểm tra hiếm gặp, cần so lại."),) if rare else ()),
        *((say("Mã đơn vị phụ thuộc 000 không có, cần so lại."),) if found[2] == "000" else ()),
    )
