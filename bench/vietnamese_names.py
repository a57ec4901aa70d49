"""Vietnamese names as they come: family names by how many bear them, middle and given names from the usual ones."""

import random

FAMILY = {
    "Nguyễn": 38, "Trần": 11, "Lê": 10, "Phạm": 7, "Hoàng": 4, "Huỳnh": 3, "Phan": 4, "Vũ": 3, "Võ": 2,
    "Đặng": 2, "Bùi": 2, "Đỗ": 2, "Hồ": 2, "Ngô": 2, "Dương": 1, "Lý": 1, "Đào": 1, "Đinh": 1, "Trịnh": 1,
    "Lương": 1, "Mai": 1, "Tạ": 1, "Y Blơ": 1,
}  # fmt: skip
MIDDLE = (
    "Thị", "Thị", "Thị", "Văn", "Văn", "Đức", "Minh", "Thanh", "Ngọc", "Quốc", "Hữu", "Thu", "Xuân", "Kim", "Mỹ",
    "Tấn", "Quang", "Thùy", "Bảo", "Gia", "Hoàng", "Đình", "Phương",
)  # fmt: skip
GIVEN = (
    "An", "Anh", "Ánh", "Bình", "Châu", "Chi", "Cường", "Dung", "Dũng", "Duyên", "Đạt", "Đông", "Giang", "Hà", "Hải",
    "Hạnh", "Hằng", "Hiền", "Hiếu", "Hòa", "Hồng", "Hùng", "Hương", "Khải", "Khánh", "Khoa", "Lan", "Linh", "Loan",
    "Long", "Mai", "Mạnh", "Nam", "Nga", "Ngân", "Nghĩa", "Nhung", "Oanh", "Phong", "Phúc", "Phước", "Quân", "Quyên",
    "Sinh", "Sơn", "Tâm", "Thảo", "Thắng", "Thuý", "Thúy", "Tiến", "Trang", "Trinh", "Tuấn", "Tú", "Uyên", "Vân",
    "Việt", "Vinh", "Yến",
)  # fmt: skip


def a_name(chance: random.Random) -> str:
    """Return a whole name; one in three has two middle names."""
    family = chance.choices(list(FAMILY), list(FAMILY.values()))[0]
    middle = [chance.choice(MIDDLE) for _ in range(1 + (chance.random() < 1 / 3))]
    return " ".join([family, *middle, chance.choice(GIVEN)])
