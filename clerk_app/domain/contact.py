"""Phone numbers as people say them at the counter: doubts only, never a refusal."""

import re

from clerk_app.errors import say

_MOBILE = re.compile(r"0[35789]\d{8}", re.ASCII)
_LANDLINE = re.compile(r"02\d{9}", re.ASCII)


def plain_phone(phone: str) -> str:
    """Return the number without spaces and dots, +84 written as 0."""
    plain = re.sub(r"[\s.()-]", "", phone)
    return re.sub(r"^(\+84|0084)", "0", plain)


def phone_warnings(phone: str) -> tuple[str, ...]:
    """Return what is unlikely about a phone number, as Vietnamese sentences; nothing for an empty one."""
    plain = plain_phone(phone)
    if not plain or _MOBILE.fullmatch(plain) or _LANDLINE.fullmatch(plain):
        return ()
    return (
        say("Số điện thoại không giống số di động (10 chữ số) hoặc số cố định (11 chữ số) của Việt Nam."),
    )
