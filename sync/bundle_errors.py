"""How a bundle that goes by hand fails; each class carries its sentence and its remedy.

SyncError
└── BundleError
    ├── BundleUnreadable    no bundle, or only part of one
    ├── BundleForAnother    sealed to another computer
    ├── BundleNotBelieved   not from whom it says, or it does not fit together
    ├── BundleTooLarge      more than we are ready to carry or to read
    └── BundlePlaceFailed   the folder or stick is not there, or takes nothing
        └── BundlePlaceFull it has no room
"""

from sync.errors import SyncError


class BundleError(SyncError):
    message = "Có lỗi khi chuyển tay một gói giữa hai quầy."


class BundleUnreadable(BundleError):
    message = "Tệp {file} không phải gói chuyển tay, hoặc chép chưa hết."
    remedy = "Chép lại tệp từ quầy gửi, hoặc nhờ quầy gửi bấm Ghi lại gói."


class BundleForAnother(BundleError):
    message = "Gói này gửi cho {receiver}, máy này không mở được."
    remedy = "Đưa tệp sang đúng máy đó, hoặc nhờ quầy gửi lấy lại lượt ký rồi xuất gói cho máy này."


class BundleNotBelieved(BundleError):
    message = "Gói chuyển tay không được nhận: {reason}."
    remedy = (
        "Chưa có gì của gói được dùng. Nhờ quầy gửi ghi lại gói; "
        "nếu vẫn vậy thì chờ nối máy chủ và báo người quản trị."
    )


class BundleTooLarge(BundleError):
    message = "Gói chuyển tay lớn {size} MB, quá mức {limit} MB."
    remedy = "Chọn ít văn bản hơn cho một gói."


class BundlePlaceFailed(BundleError):
    message = "Không ghi hoặc đọc được ở {place}."
    remedy = "Cắm lại USB hoặc nối lại thư mục mạng rồi làm lại."


class BundlePlaceFull(BundlePlaceFailed):
    message = "Nơi chép gói đã đầy: {place}."
    remedy = "Dọn bớt hoặc chọn nơi khác rồi làm lại."
