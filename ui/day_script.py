"""Who comes to the counter on the day of the demonstration. None of these people exists."""

from dataclasses import dataclass

SCAN = "máy quét"  # in place of a file's name: the page that lies in the scanner


@dataclass(frozen=True, slots=True)
class Visitor:
    """What stands on somebody's card."""

    number: str
    name: str
    birth: str  # ddMMyyyy, as in the QR code
    sex: str
    address: str

    @property
    def card(self) -> str:
        """The text of the QR code on the card, as a scanner types it."""
        return f"{self.number}||{self.name}|{self.birth}|{self.sex}|{self.address}|15062024"


@dataclass(frozen=True, slots=True)
class Visit:
    """One citizen's business: what the officer types to find it, who it is, what lies on the counter."""

    looked_for: str
    procedure: str  # code that has to be found
    owner: Visitor
    papers: tuple[tuple[str, str], ...]  # key of the checklist line, and the file's name; "" is only shown
    submitter: Visitor | None = None  # an authorised person
    authorisation: tuple[str, str] = ("", "")  # number and scope of the paper; its day is the day itself
    by_pen: bool = False
    photos: str = ""  # name under which this visit is photographed


MORNING = (
    Visit(
        "khai sinh",
        "1.001193",
        Visitor("001089000012", "Trần Văn Được", "14071989", "Nam", "Tổ 21, phường Luyện Tập"),
        (("to-khai", "to-khai-khai-sinh.pdf"), ("giay-chung-sinh", "giay-chung-sinh.jpg"), ("can-cuoc", "")),
        photos="khai-sinh",
    ),
    Visit(
        "trich luc",
        "2.000635",
        Visitor("001192004321", "Đặng Ngọc Ánh", "08031992", "Nữ", "Số 15 phố Luyện Tập, phường Luyện Tập"),
        (("to-khai", SCAN), ("can-cuoc", "")),
        photos="trich-luc-quet",
    ),
    Visit(
        "thuong tru",
        "1.004222",
        Visitor("001068007788", "Huỳnh Tấn Phước", "20101968", "Nam", "Số 8 ngõ 12, tổ 5, phường Luyện Tập"),
        (("ct01", "ct01.pdf"), ("giay-to-cho-o", "hop-dong-thue-nha.jpg"), ("can-cuoc", "")),
        submitter=Visitor("001301005566", "Huỳnh Mỹ Duyên", "02022001", "Nữ", "Tổ 5, phường Luyện Tập"),
        authorisation=("07/GUQ", "Nộp hồ sơ và nhận kết quả đăng ký thường trú"),
        photos="thuong-tru-uy-quyen",
    ),
)
LACKING = Visit(  # the birth note was left at home
    "khai sinh",
    "1.001193",
    Visitor("001095006677", "Vũ Thị Hồng Nhung", "17051995", "Nữ", "Tổ 2, phường Luyện Tập"),
    (("to-khai", "to-khai-khai-sinh.pdf"), ("can-cuoc", "")),
)
ALONE = (
    Visit(
        "chung thuc ban sao",
        "2.000815",
        Visitor("066204001122", "Y Blơ Niê", "03022004", "Nam", "Tổ 3, phường Luyện Tập"),
        (("ban-chinh", ""), ("ban-sao", "bang-tot-nghiep.jpg")),
        photos="mat-ket-noi",
    ),
    Visit(
        "khai sinh",
        "1.001193",
        Visitor("001192008899", "Lê Thị Mỹ Duyên", "21031992", "Nữ", "Tổ 9, phường Luyện Tập"),
        (("to-khai", "to-khai-khai-sinh.pdf"), ("giay-chung-sinh", "giay-chung-sinh.jpg"), ("can-cuoc", "")),
    ),
    Visit(
        "trich luc",
        "2.000635",
        Visitor("001075003344", "Phạm Quốc Khánh", "02091975", "Nam", "Tổ 14, phường Luyện Tập"),
        (("to-khai", "to-khai-trich-luc.png"), ("can-cuoc", "")),
        by_pen=True,
        photos="ky-tay",
    ),
)
