"""Why a file is not taken for a paper. The sentences name no file and no citizen; `facts` may.

PaperRefused: PaperEmpty · PaperUnknown · PaperBroken · PaperEncrypted · PaperActive · PaperTooBig
· PaperTooManyPages · PictureTooLarge · PaperTooHeavy · PaperTooSlow · PictureNotPng · PictureNotClear · PictureEmpty
"""

from clerk_app.errors import OfficeError


class PaperRefused(OfficeError):
    message = "Tệp này không dùng được."
    remedy = "Chọn tệp khác, hoặc quét bản giấy."


class PaperEmpty(PaperRefused):
    message = "Tệp này rỗng, không có nội dung."
    remedy = "Xin lại tệp, hoặc quét bản giấy."


class PaperUnknown(PaperRefused):
    message = "Tệp này không phải PDF, JPEG hay PNG."
    remedy = "Mở tệp bằng chương trình của nó rồi lưu lại thành PDF, hoặc quét bản giấy."


class PaperBroken(PaperRefused):
    message = "Tệp này bị hỏng hoặc chưa tải về hết."
    remedy = "Sao chép hoặc tải lại tệp; nếu vẫn hỏng, quét bản giấy."


class PaperEncrypted(PaperRefused):
    message = "Tệp PDF này được bảo vệ bằng mật khẩu."
    remedy = "Xin bản không đặt mật khẩu, hoặc in ra rồi quét."


class PaperActive(PaperRefused):
    message = "Tệp PDF này có mã chạy kèm (JavaScript hoặc lệnh mở chương trình)."
    remedy = "Mở tệp ở máy của người nộp, in ra PDF mới rồi gửi lại; hoặc quét bản giấy."


class PaperTooBig(PaperRefused):
    message = "Tệp này nặng {megabytes} MB, quá {limit} MB."
    remedy = "Quét lại ở 200–300 dpi, hoặc chia thành nhiều tệp."


class PaperTooManyPages(PaperRefused):
    message = "Tệp này có {pages} trang, quá {limit} trang."
    remedy = "Chia thành nhiều tệp nhỏ hơn."


class PictureTooLarge(PaperRefused):
    message = "Ảnh này có {megapixels} triệu điểm ảnh, quá {limit} triệu."
    remedy = "Chụp hoặc quét lại ở độ phân giải thấp hơn (300 dpi là đủ)."


class PaperTooHeavy(PaperRefused):
    message = "Tệp này quá nặng khi mở ra, chương trình đã dừng việc mở."
    remedy = "Mở tệp ở máy của người nộp, in ra PDF mới rồi gửi lại; hoặc quét bản giấy."


class PaperTooSlow(PaperRefused):
    message = "Mở tệp này quá {seconds} giây vẫn chưa xong."
    remedy = "Mở tệp ở máy của người nộp, in ra PDF mới rồi gửi lại; hoặc quét bản giấy."


class PictureNotPng(PaperRefused):
    message = "Ảnh chữ ký, con dấu phải là tệp PNG."
    remedy = "Mở ảnh bằng chương trình vẽ, lưu lại thành PNG nền trong suốt."


class PictureNotClear(PaperRefused):
    message = "Ảnh này không có nền trong suốt: in ra sẽ che mất chữ bên dưới."
    remedy = "Xóa nền trắng của ảnh (nền trong suốt), lưu lại thành PNG rồi chọn lại."


class PictureEmpty(PaperRefused):
    message = "Ảnh này trong suốt hoàn toàn, không có nét nào."
    remedy = "Chọn đúng tệp ảnh chữ ký hoặc con dấu."


REFUSALS = {
    kind.__name__: kind
    for kind in (
        PaperEmpty,
        PaperUnknown,
        PaperBroken,
        PaperEncrypted,
        PaperActive,
        PaperTooBig,
        PaperTooManyPages,
        PictureTooLarge,
        PaperTooHeavy,
        PaperTooSlow,
        PictureNotPng,
        PictureNotClear,
        PictureEmpty,
    )
}
"""Each refusal by its name: how it crosses a pipe."""
