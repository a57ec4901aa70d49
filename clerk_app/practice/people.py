"""The practice officers: names, roles, passphrases and PINs that anybody may know."""

from dataclasses import dataclass

from clerk_app.domain.officer import Officer, Role, Unit

UNIT = Unit(
    id="0199d5a0-0000-7000-8000-000000000001",
    agency_code="H26.99.01",
    superior="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG THÀNH PHỐ (LUYỆN TẬP)",
    name="Điểm phục vụ hành chính công phường Luyện Tập",
    place="Luyện Tập",
    address="Số 1 đường Luyện Tập, phường Luyện Tập",
    phone="024 0000 0000",
    counter="Q3",
    practice=True,
)

PIN = "246810"  # of every practice token
PASSPHRASE = "luyen-tap-2026"  # of every practice officer  # noqa: S105 - published on purpose


@dataclass(frozen=True, slots=True)
class PracticePerson:
    """A practice officer and the token in their drawer."""

    officer: Officer
    token: str = ""  # label of the token; empty: signs nothing


OFFICER = PracticePerson(
    Officer("qt-01", "Nguyễn Thị Hạnh", frozenset({Role.OFFICER}), "Công chức tiếp nhận"), "QT Can bo 01"
)
SECOND_OFFICER = PracticePerson(
    Officer("qt-02", "Trần Đức Thuỷ", frozenset({Role.OFFICER}), "Công chức tiếp nhận"), "QT Can bo 02"
)
LEADER = PracticePerson(
    Officer("ld-01", "Phạm Quang Vinh", frozenset({Role.LEADER}), "Phó Giám đốc chi nhánh"), "QT Lanh dao 01"
)
REGISTRAR = PracticePerson(
    Officer("vt-01", "Lê Thu Hà", frozenset({Role.REGISTRAR}), "Văn thư"), "QT Van thu 01"
)
RECEIVER = PracticePerson(Officer("hd-01", "Vũ Thị Mai", frozenset({Role.RECEIVER}), "Nhân viên hướng dẫn"))
ADMINISTRATOR = PracticePerson(
    Officer("qtr-01", "Đỗ Văn Nam", frozenset({Role.ADMINISTRATOR}), "Quản trị máy")
)
AUDITOR = PracticePerson(Officer("kt-01", "Bùi Thanh Tùng", frozenset({Role.AUDITOR}), "Kiểm tra nội bộ"))
PEOPLE = (OFFICER, SECOND_OFFICER, LEADER, REGISTRAR, RECEIVER, ADMINISTRATOR, AUDITOR)

SEAL_TOKEN = "QT Con dau"  # label; the agency's own certificate is on it  # noqa: S105 - a label, no secret
