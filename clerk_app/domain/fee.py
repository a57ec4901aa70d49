"""Money in whole đồng: how it is written, how it is said, and the fee of certified copies."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000

_FIRST_PAGES, _FIRST_FEE, _NEXT_FEE, _HIGHEST_FEE = 2, 2_000, 1_000, 200_000


def format_dong(amount: int) -> str:
    """Return an amount as on papers: 15000 gives "15.000 đ"."""
    return f"{amount:,} đ".replace(",", ".")


def copies_fee(copies: int, pages: int) -> int:
    """Return the fee in đồng for `copies` certified copies of `pages` pages each.

    2.000 đ a page, 1.000 đ from page 3 on, at most 200.000 đ a copy (QĐ 2873/QĐ-UBND Hà Tĩnh; editable
    data of the province once fees are collected here).
    """
    if copies < 0 or pages < 0:
        raise ValueError("copies and pages are counted from 0")
    first = min(pages, _FIRST_PAGES)
    return copies * min(first * _FIRST_FEE + (pages - first) * _NEXT_FEE, _HIGHEST_FEE)


def dong_in_words(amount: int) -> str:
    """Return an amount in words, as a receipt says it: 84000 gives "tám mươi tư nghìn đồng chẵn"."""
    whole = amount > 0 and amount % 1000 == 0
    return number_in_words(amount) + (" đồng chẵn" if whole else " đồng")


def number_in_words(number: int) -> str:
    """Return a number from 0 on in words: 1005 gives "một nghìn không trăm linh năm"."""
    if number < 0:
        raise ValueError("only numbers from 0 on")
    if number == 0:
        return _DIGITS[0]
    return " ".join(_said(number, full=False))


def _said(number: int, *, full: bool) -> list[str]:
    """Return the words of a number above 0; `full`: something was said before, so hundreds are said too."""
    billions, rest = divmod(number, _BILLION)
    said = [*_said(billions, full=full), "tỷ"] if billions else []
    for place in (2, 1, 0):
        group = rest // 1000**place % 1000
        if group:
            said.append(_three(group, full=full or bool(said)) + _GROUPS[place])
    return said


def _three(group: int, *, full: bool) -> str:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens > 1:
        said.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        said.append(_one(ones, tens))
    return " ".join(said)


def _one(ones: int, tens: int) -> str:
    if ones == 5 and tens:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(ones, _DIGITS[ones])
    return _DIGITS[ones]
