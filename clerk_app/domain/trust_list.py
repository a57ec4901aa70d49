"""Whom the unit trusts: authorities with their names and for what, dated, published and signed by central."""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from enum import StrEnum

from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError


class Purpose(StrEnum):
    """What an authority is believed about."""

    SIGNATURE = "signature"  # who signed
    TIME = "time"  # when it was


EVERYTHING = frozenset(Purpose)


class TrustListDamaged(OfficeError):
    message = "Danh sách tin cậy không đọc được ({where})."
    remedy = "Vẫn dùng danh sách đang có; báo người quản trị máy chủ trung tâm."


@dataclass(frozen=True, slots=True)
class Anchor:
    """One certificate (DER), and for what; one that is not self-signed only helps to build chains."""

    name: str
    certificate: bytes
    purposes: frozenset[Purpose] = EVERYTHING


@dataclass(frozen=True, slots=True)
class TrustList:
    """`label`: YYYY-MM-DD[.n], only grows."""

    label: str
    anchors: tuple[Anchor, ...]


def read_trust_list(content: bytes) -> TrustList:
    """Read what `write_trust_list` writes; raises `TrustListDamaged` naming the place."""
    where = "tệp"
    try:
        told = json.loads(content)
        label, listed = str(told["label"]), told["anchors"]
        anchors = []
        for number, each in enumerate(listed, 1):
            where = f"mục {number}"
            purposes = frozenset(Purpose(purpose) for purpose in each["for"])
            der = b64decode(each["certificate"], validate=True)
            anchors.append(Anchor(nfc(str(each["name"])), der, purposes))
    except (ValueError, KeyError, TypeError, NotBase64) as damaged:
        raise TrustListDamaged(where=where) from damaged
    return TrustList(label, tuple(anchors))


def write_trust_list(trusted: TrustList) -> bytes:
    """Return the list as JSON (UTF-8), the same for the same list."""
    anchors = [
        {
            "name": each.name,
            "for": sorted(purpose.value for purpose in each.purposes),
            "certificate": b64encode(each.certificate).decode(),
        }
        for each in trusted.anchors
    ]
    text = json.dumps({"label": trusted.label, "anchors": anchors}, ensure_ascii=False, indent=1)
    return text.encode() + b"\n"
