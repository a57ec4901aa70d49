"""How signing says that something went wrong: one tree, Vietnamese sentences on the classes.

`SigningError` fits the office's `Notice` (message, remedy, facts) without importing it.
Facts never hold a PIN, a key or a citizen's data.
"""


class SigningError(Exception):
    """News for the clerk from the signing floor."""

    message = "Không ký số được."
    remedy = "Thử lại. Nếu còn lỗi, gọi người quản trị."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))


# The driver and its process


class ModuleMissing(SigningError):
    message = "Không tìm thấy phần mềm của thẻ ký số: {library}."
    remedy = "Cài phần mềm của nhà cung cấp thẻ, hoặc nhờ người quản trị sửa đường dẫn."


class ModuleWrongArchitecture(SigningError):
    message = "Phần mềm của thẻ ký số ({library}) là bản {found}, chương trình này cần bản {wanted}."
    remedy = "Cài bản {wanted} của phần mềm từ nhà cung cấp thẻ."


class ModuleNotLibrary(ModuleWrongArchitecture):
    message = "Tệp {library} không phải thư viện của phần mềm thẻ ký số."
    remedy = "Chọn tệp .dll, .so hoặc .dylib do nhà cung cấp thẻ cài vào máy."


class ModuleFailed(SigningError):
    message = "Phần mềm của thẻ ký số dừng đột ngột ({reason})."
    remedy = "Rút thẻ, cắm lại rồi thử lần nữa. Mã PIN phải nhập lại."


class TokenTimeout(SigningError):
    message = "Thẻ ký số không trả lời sau {seconds} giây."
    remedy = "Rút thẻ, cắm lại rồi thử lần nữa. Mã PIN phải nhập lại."


class TokenBusy(SigningError):
    message = "Thẻ ký số đang được dùng cho một lượt ký khác."
    remedy = "Chờ lượt ký kia xong rồi thử lại."


# The token and its PIN


class TokenMissing(SigningError):
    message = "Không thấy thẻ ký số số {serial}."
    remedy = "Cắm đúng thẻ rồi thử lại."


class TokenRemoved(SigningError):
    message = "Thẻ ký số bị rút ra khi đang dùng."
    remedy = "Cắm lại thẻ rồi ký tiếp. Mã PIN phải nhập lại."


class TokenError(SigningError):
    message = "Thẻ ký số báo lỗi {code}."
    remedy = "Rút thẻ, cắm lại rồi thử lần nữa. Nếu còn lỗi, báo mã lỗi cho người quản trị."


class TokenTaken(SigningError):
    message = "Thẻ ký số đang bị phần mềm khác chiếm ({code})."
    remedy = "Đóng phần mềm ký số khác và phần mềm quản lý thẻ, rút thẻ, cắm lại rồi ký lại."


class TokenStuck(SigningError):
    message = "Thẻ ký số còn kẹt ở một việc chưa xong ({code})."
    remedy = "Rút thẻ, cắm lại rồi ký lại. Mã PIN phải nhập lại."


class TokenMemory(SigningError):
    message = "Thẻ ký số hết bộ nhớ ({code})."
    remedy = "Rút thẻ, cắm lại rồi thử lần nữa. Nếu còn lỗi, nhờ đơn vị cấp thẻ dọn thẻ."


class HostMemory(SigningError):
    message = "Máy tính không đủ bộ nhớ cho phần mềm của thẻ ký số ({code})."
    remedy = "Đóng bớt chương trình khác rồi ký lại."


class DeviceError(SigningError):
    message = "Thẻ ký số hoặc đầu đọc báo lỗi thiết bị ({code})."
    remedy = "Cắm thẻ sang cổng USB khác rồi thử lại. Nếu còn lỗi, nhờ đơn vị cấp thẻ kiểm tra."


class LoggedOut(SigningError):
    message = "Thẻ ký số đã tự thoát đăng nhập trước khi ký ({code})."
    remedy = "Bấm ký lại và nhập lại mã PIN."


class PinIncorrect(SigningError):
    """Wrong PIN. Facts: `low` (few tries remain) and `final` (one try remains), as the token says."""

    message = "Mã PIN chưa đúng."
    remedy = "Nhập lại. Thẻ tự khóa sau nhiều lần sai."


class PinInvalid(SigningError):
    message = "Mã PIN có ký tự mà thẻ không nhận."
    remedy = "Tắt bộ gõ tiếng Việt rồi nhập lại. Thẻ có thể đã tính đây là một lần nhập sai."


class PinUnset(SigningError):
    message = "Thẻ ký số chưa được đặt mã PIN của người dùng."
    remedy = "Nhờ đơn vị cấp thẻ đặt mã PIN; trong lúc chờ, ký tay."


class PinLocked(SigningError):
    message = "Thẻ ký số đã bị khóa vì nhập sai mã PIN nhiều lần."
    remedy = "Nhờ đơn vị cấp thẻ mở khóa."


class PinExpired(SigningError):
    message = "Mã PIN đã hết hạn dùng."
    remedy = "Đổi mã PIN bằng phần mềm của nhà cung cấp thẻ."


class PinLength(SigningError):
    message = "Mã PIN phải có từ {least} đến {most} ký tự."
    remedy = "Nhập lại. Lần này chưa tính là một lần thử trên thẻ."


class PinPadMissing(SigningError):
    message = "Thẻ này không có bàn phím PIN riêng."
    remedy = "Nhập mã PIN trên màn hình."


class PinPadCancelled(SigningError):
    message = "Việc ký đã bị hủy trên thẻ hoặc đầu đọc ({code})."
    remedy = "Chưa ký gì. Bấm ký lại khi sẵn sàng."


class PinEachTime(SigningError):
    message = "Thẻ này đòi mã PIN cho từng chữ ký, nên mỗi lần chỉ ký được một văn bản."
    remedy = "Chọn từng văn bản rồi ký, mỗi lần nhập lại mã PIN. Văn bản đã ký vẫn giữ nguyên."


class PinEachOnPad(SigningError):
    message = (
        "Thẻ này đòi nhập mã PIN trên bàn phím riêng cho từng chữ ký; chương trình chưa ký được kiểu này."
    )
    remedy = "Dùng thẻ khác hoặc ký tay, và báo người quản trị loại thẻ."


# Certificate and key


class CertificateMissing(SigningError):
    message = "Không thấy chứng thư số dùng được trên thẻ."
    remedy = "Kiểm tra đã cắm đúng thẻ chưa."


class CertificateUnreadable(SigningError):
    message = "Không đọc được chứng thư số."
    remedy = "Kiểm tra thẻ hoặc tệp chứng thư, hoặc nhờ người quản trị xem."


class CertificateExpired(SigningError):
    message = "Chứng thư số của {owner} đã hết hạn ngày {day}."
    remedy = "Xin cấp chứng thư mới; trong lúc chờ, ký tay."


class CertificateNotYetValid(SigningError):
    message = "Chứng thư số của {owner} chưa có hiệu lực (từ ngày {day})."
    remedy = "Kiểm tra ngày giờ của máy."


class CertificateWrongUsage(SigningError):
    message = "Chứng thư số của {owner} không dùng để ký."
    remedy = "Chọn chứng thư có mục đích ký số."


class CertificateRevoked(SigningError):
    message = "Chứng thư số của {owner} đã bị thu hồi từ {day}, trước thời điểm ký được chứng minh."
    remedy = "Không dùng văn bản này. Cấp lại văn bản, ký bằng chứng thư còn hiệu lực."


class SignerRevoked(SigningError):
    message = "Chứng thư số của {owner} đã bị thu hồi từ {day}."
    remedy = (
        "Không ký bằng thẻ này nữa: báo nơi cấp chứng thư nếu không rõ vì sao; trong lúc chờ thẻ mới, ký tay."
    )


class CertificateWeak(SigningError):
    message = "Chứng thư số của {owner} dùng thuật toán không còn an toàn ({reason})."
    remedy = "Xin cấp chứng thư mới."


class CertificateWrongOwner(SigningError):
    message = "Thẻ đang cắm là của {found}, không phải của {owner}."
    remedy = "Cắm thẻ của chính người ký."


class KeyMismatch(SigningError):
    message = "Khóa trên thẻ không khớp với chứng thư số."
    remedy = "Không dùng thẻ này. Báo người quản trị."


class KeyNotPermitted(SigningError):
    message = "Khóa trên thẻ không được phép dùng để ký ({code})."
    remedy = "Chọn chứng thư khác trên thẻ, hoặc hỏi đơn vị cấp thẻ."


class DataRefused(SigningError):
    message = "Thẻ ký số không nhận dữ liệu cần ký ({code})."
    remedy = "Báo người quản trị mã lỗi, loại thẻ và phần mềm của thẻ; trong lúc chờ, ký tay."


class MechanismUnsupported(SigningError):
    message = "Thẻ ký số không có cách ký mà chương trình dùng được."
    remedy = "Báo người quản trị loại thẻ và phần mềm của thẻ."


# The document


BROKEN = "cấu trúc tệp hỏng"  # what a parser found in particular says nothing to people


class Unreadable(SigningError):
    message = "Không đọc được tệp PDF ({reason})."
    remedy = "Xin lại tệp gốc."


class FieldMissing(SigningError):
    message = "Văn bản không có ô ký {field}."
    remedy = "Tạo lại văn bản từ hồ sơ."


class FieldFilled(SigningError):
    message = "Ô ký {field} đã có chữ ký."
    remedy = "Xem lại văn bản; không cần ký thêm vào ô này."


class PageTurned(SigningError):
    message = "Trang {page} của tệp này bị xoay ngang: chữ ký sẽ nằm sai chiều."
    remedy = "Chọn trang khác, hoặc xin tệp không bị xoay rồi ký."


class FieldTaken(SigningError):
    message = "Văn bản đã có sẵn ô ký {field}."
    remedy = "Tạo lại văn bản từ hồ sơ."


class DocumentLocked(SigningError):
    message = "Văn bản đã khóa, không nhận thêm chữ ký vào ô {field}."
    remedy = "Tạo văn bản mới thay cho văn bản này."


class DocumentChanged(SigningError):
    message = "Văn bản sau khi ký không nối tiếp văn bản trước đó."
    remedy = "Bản ký này đã bị bỏ. Ký lại từ văn bản gốc."


class SignatureInvalid(SigningError):
    message = "Chữ ký vừa tạo không qua được kiểm tra: {reason}"
    remedy = "Bản ký này đã bị bỏ. Ký lại; nếu còn lỗi, báo người quản trị."


# Time and proof


class TimeStampError(SigningError):
    message = "Không lấy được dấu thời gian."
    remedy = "Chữ ký vẫn có hiệu lực. Dấu thời gian sẽ được thêm sau."


class TimeStampUnavailable(TimeStampError):
    message = "Dịch vụ cấp dấu thời gian không trả lời ({reason})."
    remedy = "Chữ ký vẫn có hiệu lực. Dấu thời gian sẽ được thêm khi có mạng trở lại."


class TimeStampRefused(TimeStampError):
    message = "Dịch vụ cấp dấu thời gian từ chối yêu cầu ({reason})."
    remedy = "Báo người quản trị hỏi đơn vị cấp dấu thời gian."


class TimeStampForged(TimeStampError):
    message = (
        "Dấu thời gian nhận được không đúng là của văn bản này hoặc của nơi cấp được tin cậy ({reason})."
    )
    remedy = "Dấu này đã bị bỏ. Báo người quản trị kiểm tra địa chỉ dịch vụ và chứng thư gốc."


class TimeStampTooLarge(TimeStampError):
    message = "Dấu thời gian quá lớn ({size} byte), không vừa chỗ dành sẵn."
    remedy = "Dấu này đã bị bỏ. Báo người quản trị chọn dịch vụ cấp dấu thời gian khác."


class RevocationError(SigningError):
    message = "Không kiểm tra được việc thu hồi chứng thư số."
    remedy = "Thử lại khi có mạng."


class RevocationUnavailable(RevocationError):
    message = "Nơi cấp chứng thư số không cho biết tình trạng thu hồi ({reason})."
    remedy = "Thử lại sau. Nếu còn lỗi, báo người quản trị kiểm tra đường mạng tới nơi cấp chứng thư."


class RevocationForged(RevocationError):
    message = "Câu trả lời về thu hồi không phải do nơi cấp chứng thư số ký ({reason})."
    remedy = "Câu trả lời này đã bị bỏ. Báo người quản trị."


class RevocationStale(RevocationError):
    message = "Danh sách thu hồi chứng thư số đã quá hạn từ {day}."
    remedy = "Kiểm tra ngày giờ của máy, rồi thử lại. Nếu còn lỗi, báo người quản trị."


class NothingToProve(SigningError):
    message = "Văn bản chưa có chữ ký số hợp lệ nào để thêm bằng chứng."
    remedy = "Kiểm tra lại văn bản trước khi thêm dấu thời gian."


class ProofBroken(SigningError):
    message = "Phần bằng chứng vừa thêm làm hỏng chữ ký: {reason}"
    remedy = "Bản vừa thêm đã bị bỏ, văn bản giữ nguyên như cũ. Báo người quản trị."
