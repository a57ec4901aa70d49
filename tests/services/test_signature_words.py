"""The verdict on a signed paper is told so that a clerk knows what to do, and never says more than was proven."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clerk_app.domain.signed_paper import (
    CertificateFacts,
    ChangeKind,
    DocumentVerdict,
    Doubt,
    PartChanged,
    SignatureVerdict,
    Standing,
)
from clerk_app.language import ENGLISH, told
from clerk_app.services.signature_report import figures, report
from clerk_app.services.signature_words import conclusion, headline, in_short, lines

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OWN = CertificateFacts(
    name="Nguyễn Thị Hằng",
    organisation="UBND phường Thực Hành",
    issuer="CA cấp phát",
    serial="5af1",
    sha256="aa" * 32,
    valid_from=NOW - timedelta(days=100),
    valid_to=NOW + timedelta(days=600),
    key="RSA 2048",
    signed_with="sha256_rsa",
)
ROOT = replace(OWN, name="CA gốc", issuer="CA gốc", is_root=True, organisation="")
GOOD = SignatureVerdict(
    field="CanBo",
    signer="Nguyễn Thị Hằng",
    valid=True,
    signed_at=NOW - timedelta(hours=1),
    intact=True,
    trusted=True,
    whole=True,
    covers=51_000,
    organisation="UBND phường Thực Hành",
    revision=2,
    revisions=2,
    path=(OWN, ROOT),
    byte_range=(0, 20_000, 40_000, 11_000),
    form="ETSI.CAdES.detached",
    certifies=2,
    digest="sha256",
    algorithm="rsassa_pkcs1v15",
)


def _paper(*signatures: SignatureVerdict, size: int = 51_000) -> DocumentVerdict:
    valid = bool(signatures) and all(each.valid for each in signatures)
    return DocumentVerdict(valid, signatures, size, "bb" * 32, 2, NOW)


def _told(signature: SignatureVerdict, size: int = 51_000) -> dict[str, tuple[str, Standing]]:
    return {
        each.about: (each.words, each.standing) for each in lines(_paper(signature, size=size), signature)
    }


def test_a_good_signature_says_who_when_what_and_by_whose_word() -> None:
    told = _told(GOOD)

    assert told["Người ký"] == ("Nguyễn Thị Hằng – UBND phường Thực Hành", Standing.VALID)
    assert told["Nội dung"] == ("Nguyên vẹn từ khi ký đến nay.", Standing.VALID)
    assert told["Chứng thư"] == ("Do nơi quầy tin cậy cấp: CA gốc ← Nguyễn Thị Hằng.", Standing.VALID)
    assert told["Thời điểm ký"][0] == "08:00:00 24/11/2026, theo máy của người ký; chưa có gì chứng minh."
    assert told["Phần được ký"][0] == "Toàn bộ tệp."
    assert told["Thuật toán"][0] == "SHA256, RSA 2048"
    assert "Chưa kiểm tra" in told["Thu hồi"][0]
    assert _paper(GOOD).standing is Standing.VALID
    assert "chưa kiểm tra thu hồi" in conclusion(_paper(GOOD))


def test_an_earlier_signature_covers_a_part_and_says_which() -> None:
    earlier = replace(GOOD, revision=2, revisions=3, changes=(PartChanged(ChangeKind.SIGNATURE, "LanhDao"),))

    told = _told(earlier, size=77_066)

    assert told["Nội dung"] == (
        "Phần đã ký còn nguyên. Sau đó có thêm: chữ ký ở ô LanhDao.",
        Standing.VALID,
    )
    assert told["Phần được ký"][0] == (
        "Bản thứ 2 trong 3 bản nối nhau của tệp: 51.000 byte đầu trong 77.066 byte."
    )
    assert _paper(earlier, size=77_066).standing is Standing.VALID


def test_a_field_filled_since_is_valid_and_has_to_be_looked_at() -> None:
    filled = replace(GOOD, changes=(PartChanged(ChangeKind.REWRITTEN, "HoTen"),))

    assert _paper(filled).standing is Standing.CAUTION
    assert headline(_paper(filled)) == "Hợp lệ, có chỗ cần xem"
    assert _told(filled)["Nội dung"] == (
        "Phần đã ký còn nguyên. Sau đó có thêm: ô đã điền bị viết lại: HoTen.",
        Standing.CAUTION,
    )


def test_a_changed_paper_says_where_it_changed() -> None:
    places = tuple(PartChanged(ChangeKind.PAGE, str(number)) for number in range(1, 9))
    changed = replace(GOOD, valid=False, whole=False, changes=(*places, PartChanged(ChangeKind.CATALOGUE)))

    words, standing = _told(changed)["Nội dung"]

    assert standing is Standing.INVALID
    assert words == (
        "BỊ THAY ĐỔI sau khi ký: nội dung trang 1, 2, 3, 4, 5, 6 …; "
        "phần ngoài các trang (mục lục, lệnh chạy kèm, tệp đính kèm)."
    )
    assert "Không dùng tệp này làm căn cứ" in conclusion(_paper(changed))


@pytest.mark.parametrize("doubt", [each for each in Doubt if each], ids=lambda each: each.value)
def test_each_doubt_has_its_own_words_and_nobody_is_called_by_an_unproven_name(doubt: Doubt) -> None:
    doubted = replace(GOOD, valid=False, trusted=False, doubt=doubt)

    told = _told(doubted)

    assert told["Chứng thư"][1] is Standing.INVALID
    assert told["Chứng thư"][0] != _told(replace(doubted, doubt=Doubt.NONE))["Chứng thư"][0]
    assert "chưa ai bảo đảm" in told["Người ký"][0]


def test_a_weak_digest_is_not_called_a_change_of_content() -> None:
    weak = replace(GOOD, valid=False, intact=False, trusted=False, doubt=Doubt.WEAK, digest="sha1")

    assert _told(weak)["Nội dung"][0].startswith("Không xác nhận được: chữ ký dùng SHA1")


def test_a_time_that_has_not_come_yet_has_to_be_looked_at() -> None:
    early = replace(GOOD, signed_at=NOW + timedelta(hours=2))

    assert _paper(early).standing is Standing.CAUTION
    assert _told(early)["Thời điểm ký"][1] is Standing.CAUTION


def test_a_proven_time_and_a_revocation_are_told_as_such() -> None:
    proven = replace(GOOD, proven_at=NOW, revocation_checked=True)
    revoked = replace(proven, valid=False, trusted=False, revoked_at=NOW)

    assert _told(proven)["Thời điểm ký"] == (
        "Chậm nhất 09:00:00 24/11/2026, có dấu thời gian chứng minh.",
        Standing.VALID,
    )
    assert _told(proven)["Thu hồi"][1] is Standing.VALID
    assert _told(revoked)["Thu hồi"] == (
        "Chứng thư đã bị thu hồi lúc 09:00:00 24/11/2026.",
        Standing.INVALID,
    )
    assert conclusion(_paper(proven)) == "Cả 1 chữ ký số đều hợp lệ."


def test_a_signature_that_cannot_be_read_has_one_line() -> None:
    unread = SignatureVerdict("CanBo", "", False, None)

    assert [each.words for each in lines(_paper(unread), unread)] == ["Chữ ký ở ô CanBo không đọc được."]
    assert in_short(unread) == "Chữ ký ở ô CanBo không đọc được."


def test_the_report_has_the_words_first_and_every_figure_behind() -> None:
    told = report(_paper(GOOD), "giay-hen.pdf")

    assert told.splitlines()[:2] == ["BÁO CÁO KIỂM TRA CHỮ KÝ SỐ", "Tệp: giay-hen.pdf"]
    assert "CHỮ KÝ SỐ HỢP LỆ." in told
    assert told.index("Người ký: Nguyễn Thị Hằng") < told.index("Số liệu kỹ thuật")
    for figure in ("5af1", "aa" * 32, "bb" * 32, "[0 20000 40000 11000]", "rsassa_pkcs1v15", "PAdES B-B"):
        assert figure in told
    assert figures(_paper(GOOD)) in told
    assert "Số liệu" not in report(_paper(GOOD), "", with_figures=False)


def test_the_report_speaks_english_too() -> None:
    filled = replace(GOOD, changes=(PartChanged(ChangeKind.FILLED, "GhiChu"),))

    said = report(_paper(filled), "slip.pdf", lambda sentence: told(sentence, ENGLISH))

    assert "What was signed is whole. Added since: fields filled: GhiChu." in said
    assert "Technical figures" in said
    assert "Nguyên vẹn" not in said
