"""What stands between a counter and central, and a person can put right: certificates, proxies, sign-in pages.

CentralError
├── Offline
│   ├── LineBlocked
│   │   ├── CertificateOfAnother    who answers shows another name
│   │   ├── CertificateNotBelieved  by an issuer that we do not know
│   │   ├── ProxyRefused            a proxy lets us not through
│   │   └── SomebodyBetween         a sign-in page, a filter: not central
│   └── CentralBusy
│       └── CityAway                a hub that does not reach the city now
└── RootsUnreadable                 the file of further roots
"""

from sync.errors import CentralBusy, CentralError, Offline


class LineBlocked(Offline):
    """Something stands between us and central that a person can put right."""


class CertificateOfAnother(LineBlocked):
    message = "Máy trả lời ở địa chỉ máy chủ trung tâm đưa chứng thư của một tên khác."
    remedy = "Xem lại địa chỉ máy chủ trong cài đặt; nếu đúng, báo người quản trị mạng: có thể đang bị chuyển hướng."


class CertificateNotBelieved(LineBlocked):
    message = "Chứng thư của máy chủ trung tâm do một nơi cấp mà máy này chưa tin, hoặc đã hết hạn."
    remedy = (
        "Ghi tệp chứng thư gốc do người quản trị cấp vào cài đặt (line.ca_file); xem cả ngày giờ của máy này."
    )


class ProxyRefused(LineBlocked):
    message = "Máy chủ proxy không cho kết nối tới máy chủ trung tâm (mã {status})."
    remedy = "Hỏi người quản trị mạng tên và mật khẩu của proxy, ghi vào cài đặt (line.proxy)."


class SomebodyBetween(LineBlocked):
    message = (
        "Một trang web khác trả lời thay cho máy chủ trung tâm: mạng này đòi đăng nhập, hoặc chặn kết nối."
    )
    remedy = "Mở trình duyệt, đăng nhập mạng rồi thử lại; nếu không được, báo người quản trị mạng."


class RootsUnreadable(CentralError):
    message = "Không đọc được tệp chứng thư gốc {path}."
    remedy = "Chép lại tệp (dạng PEM) do người quản trị cấp, hoặc sửa line.ca_file trong cài đặt."


class CityAway(CentralBusy):
    message = "Máy chủ phường chưa nối được máy chủ thành phố."
