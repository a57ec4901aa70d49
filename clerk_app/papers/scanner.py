"""A scanner, whatever stands behind it: what it can do for us, and what can go wrong.

ScannerError: ScannerMissing · ScannerProgramMissing · ScannerEmpty · ScannerJammed · CoverOpen · ScannerStopped
· ScannerBusy · ScannerDenied · ScannerGone · ScannerSilent · WayRefused · ScannerFailed
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from clerk_app.errors import OfficeError
from clerk_app.progress import Progress


class ScannerError(OfficeError):
    message = "Máy quét gặp lỗi."
    remedy = "Tắt và bật lại máy quét, thử lần nữa; hoặc chọn tệp, hoặc ghi nợ bản quét."


class ScannerMissing(ScannerError):
    message = "Không thấy máy quét."
    remedy = "Bật máy quét, kiểm tra dây nối; hoặc chọn tệp, hoặc ghi nợ bản quét."


class ScannerProgramMissing(ScannerError):
    message = "Máy tính này chưa có chương trình quét (SANE)."
    remedy = "Nhờ người quản trị cài gói sane-utils; trong lúc chờ, chọn tệp hoặc ghi nợ bản quét."


class ScannerEmpty(ScannerError):
    message = "Máy quét không có giấy."
    remedy = "Đặt giấy vào khay rồi quét lại."


class ScannerJammed(ScannerError):
    message = "Giấy bị kẹt trong máy quét."
    remedy = "Lấy giấy kẹt ra, đặt lại từ tờ bị kẹt rồi quét tiếp; các trang trước đã được giữ."


class CoverOpen(ScannerError):
    message = "Nắp máy quét đang mở."
    remedy = "Đóng nắp máy quét rồi quét lại."


class ScannerStopped(ScannerError):
    message = "Việc quét đã bị dừng ở máy quét."
    remedy = "Quét tiếp từ trang chưa có; các trang trước đã được giữ."


class ScannerBusy(ScannerError):
    message = "Máy quét đang bận."
    remedy = "Chờ máy quét xong việc, hoặc đóng chương trình khác đang dùng máy quét."


class ScannerDenied(ScannerError):
    message = "Tài khoản này không được phép dùng máy quét."
    remedy = "Nhờ người quản trị cấp quyền dùng máy quét; trong lúc chờ, chọn tệp hoặc ghi nợ bản quét."


class ScannerGone(ScannerError):
    message = "Mất liên lạc với máy quét giữa chừng."
    remedy = "Kiểm tra nguồn và dây nối, rồi quét lại từ trang chưa có."


class ScannerSilent(ScannerError):
    message = "Máy quét không phản hồi trong {seconds} giây."
    remedy = "Tắt và bật lại máy quét rồi quét lại từ trang chưa có."


class WayRefused(ScannerError):
    message = "Máy quét không nhận cách quét này (mục {option})."
    remedy = "Chọn cách quét khác (Shift+F6); báo người quản trị sửa mục này trong cài đặt máy quét."


class ScannerFailed(ScannerError):
    message = "Máy quét báo lỗi (mã {code})."
    remedy = (
        "Kiểm tra cài đặt máy quét, hoặc nhờ người quản trị; trong lúc chờ, chọn tệp hoặc ghi nợ bản quét."
    )


@dataclass(frozen=True, slots=True)
class ScannerInfo:
    """A scanner that can be chosen."""

    device: str  # name that opens it
    label: str  # maker and model, for people


class Scanner(Protocol):
    """Pages come one by one; what came before an error is good and stays."""

    def list(self) -> tuple[ScannerInfo, ...]:
        """Return the scanners that this computer sees now. May take seconds; raises `ScannerError`."""
        ...

    def scan(self, progress: Progress) -> Iterator[bytes]:
        """Yield each page as the bytes of a JPEG or PNG as soon as it is complete.

        Raises a `ScannerError`, or `Cancelled` when the watcher stops; the device is let go in both cases.
        """
        ...
