"""Sample papers of people who do not exist: drawn pages that look like what citizens lay on the counter."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(__file__).parents[1] / "forms" / "fonts"
_DPI = 150
SCANNED = "may-quet.pnm"  # the page that lies in the practice scanner
_A4 = (1240, 1754)  # pixels at 150 dpi
_LEFT, _RIGHT = 150, 1120
_INK, _GREY, _SEAL, _PEN = (25, 28, 34), (150, 156, 164), (190, 40, 36), (26, 56, 140)


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """What one drawn page says: a title and lines of label and value."""

    title: str
    lines: tuple[tuple[str, str], ...]
    sealed: bool = False


BIRTH_DECLARATION = SamplePaper(
    "TỜ KHAI ĐĂNG KÝ KHAI SINH",
    (
        ("Kính gửi", "Ủy ban nhân dân phường Luyện Tập"),
        ("Họ, chữ đệm, tên người yêu cầu", "Trần Văn Được"),
        ("Số định danh cá nhân", "001089000012"),
        ("Nơi cư trú", "Tổ 21, phường Luyện Tập"),
        ("Quan hệ với người được khai sinh", "Cha"),
        ("Họ, chữ đệm, tên trẻ", "Trần Minh An"),
        ("Ngày, tháng, năm sinh", "12/11/2026"),
        ("Giới tính", "Nam"),
        ("Nơi sinh", "Bệnh viện Luyện Tập"),
    ),
)
BIRTH_NOTICE = SamplePaper(
    "GIẤY CHỨNG SINH",
    (
        ("Cơ sở khám bệnh, chữa bệnh", "Bệnh viện Luyện Tập"),
        ("Họ và tên mẹ", "Lê Thị Mỹ Duyên"),
        ("Năm sinh", "1992"),
        ("Đã sinh con vào lúc", "06 giờ 40 phút, ngày 12 tháng 11 năm 2026"),
        ("Giới tính của con", "Nam"),
        ("Cân nặng", "3.200 g"),
    ),
    sealed=True,
)
EXTRACT_DECLARATION = SamplePaper(
    "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
    (
        ("Kính gửi", "Ủy ban nhân dân phường Luyện Tập"),
        ("Họ, chữ đệm, tên người yêu cầu", "Đặng Ngọc Ánh"),
        ("Loại trích lục", "Trích lục khai sinh"),
        ("Số lượng bản sao", "02 bản"),
    ),
)
RESIDENCE_DECLARATION = SamplePaper(
    "TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ (CT01)",
    (
        ("Kính gửi", "Công an phường Luyện Tập"),
        ("Họ, chữ đệm và tên", "Huỳnh Tấn Phước"),
        ("Nội dung đề nghị", "Đăng ký thường trú"),
        ("Địa chỉ", "Số 8 ngõ 12, tổ 5, phường Luyện Tập"),
    ),
)
HOUSING_PROOF = SamplePaper(
    "HỢP ĐỒNG THUÊ NHÀ Ở",
    (
        ("Bên cho thuê", "Phạm Quốc Khánh"),
        ("Bên thuê", "Huỳnh Tấn Phước"),
        ("Thời hạn", "03 năm, từ ngày 01/09/2026"),
    ),
)
ORIGINAL_TO_COPY = SamplePaper(
    "BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG",
    (
        ("Cấp cho", "Y Blơ Niê"),
        ("Sinh ngày", "03/02/2004"),
        ("Năm tốt nghiệp", "2022"),
        ("Số hiệu", "LT 000123"),
    ),
    sealed=True,
)


def draw(paper: SamplePaper) -> Image.Image:
    """Draw one A4 page at 150 dpi."""
    page = Image.new("RGB", _A4, (252, 251, 247))
    pen = ImageDraw.Draw(page)
    _centred(pen, 90, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _font(30, "Bold"))
    _centred(pen, 130, "Độc lập - Tự do - Hạnh phúc", _font(30, "Bold"))
    pen.line((440, 178, 800, 178), fill=_INK, width=2)
    _centred(pen, 250, paper.title, _font(40, "Bold"))
    y = 360
    for label, value in paper.lines:
        pen.text((_LEFT, y), f"{label}:", font=_font(28, "Regular"), fill=_INK)
        x = _LEFT + pen.textlength(f"{label}: ", font=_font(28, "Regular"))
        pen.text((x + 6, y - 2), value, font=_font(30, "Italic"), fill=_PEN)
        pen.line((x, y + 38, _RIGHT, y + 38), fill=_GREY, width=1)
        y += 78
    pen.text((720, y + 40), "Luyện Tập, ngày 23 tháng 11 năm 2026", font=_font(26, "Italic"), fill=_INK)
    _signature(pen, y + 130)
    if paper.sealed:
        pen.ellipse((640, y + 90, 860, y + 310), outline=_SEAL, width=7)
        pen.ellipse((664, y + 114, 836, y + 286), outline=_SEAL, width=2)
        pen.text((690, y + 180), "LUYỆN TẬP", font=_font(26, "Bold"), fill=_SEAL)
    _centred(
        pen, 1680, "Giấy tờ mẫu để luyện tập – người trong giấy không có thật", _font(22, "Italic"), _GREY
    )
    return page


def as_jpeg(paper: SamplePaper) -> bytes:
    """Return the page as a JPEG photograph would be."""
    return _saved(draw(paper), "JPEG", quality=82)


def as_png(paper: SamplePaper) -> bytes:
    """Return the page as PNG."""
    return _saved(draw(paper), "PNG")


def as_pdf(*papers: SamplePaper) -> bytes:
    """Return the pages as one PDF, a page each."""
    first, *rest = (draw(paper) for paper in papers)
    made = _saved(first, "PDF", save_all=True, append_images=rest)
    # Pillow counts one generation too far, and who reads strictly would not sign such a file.
    return made.replace(b"0000000000 65536 f", b"0000000000 65535 f")


def as_pnm(paper: SamplePaper) -> bytes:
    """Return the page as the PNM picture that SANE's `pnm` scanner serves."""
    return _saved(draw(paper), "PPM")


def write_samples(folder: Path) -> None:
    """Write the sample papers as the files that a citizen might bring on a stick."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "to-khai-khai-sinh.pdf": as_pdf(BIRTH_DECLARATION),
        "giay-chung-sinh.jpg": as_jpeg(BIRTH_NOTICE),
        "to-khai-trich-luc.png": as_png(EXTRACT_DECLARATION),
        "ct01.pdf": as_pdf(RESIDENCE_DECLARATION),
        "hop-dong-thue-nha.jpg": as_jpeg(HOUSING_PROOF),
        "bang-tot-nghiep.jpg": as_jpeg(ORIGINAL_TO_COPY),
        SCANNED: as_pnm(EXTRACT_DECLARATION),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _saved(page: Image.Image, form: str, **options: object) -> bytes:
    out = BytesIO()
    page.save(out, form, dpi=(_DPI, _DPI), **options)
    return out.getvalue()


def _font(size: int, weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"LiberationSerif-{weight}.ttf", size)


def _centred(
    pen: ImageDraw.ImageDraw,
    y: int,
    text: str,
    font: ImageFont.FreeTypeFont,
    ink: tuple[int, int, int] = _INK,
) -> None:
    width = pen.textlength(text, font=font)
    pen.text(((_A4[0] - width) / 2, y), text, font=font, fill=ink)


def _signature(pen: ImageDraw.ImageDraw, y: int) -> None:
    points = [(760, y + 60), (800, y + 10), (830, y + 80), (880, y + 20), (900, y + 64), (990, y + 30)]
    pen.line(points, fill=_PEN, width=4, joint="curve")
