"""How `sync` says that something went wrong; each class carries its sentence and its remedy.

SyncError
├── EntryMalformed          bytes that are no entry, or not as we write them
│   └── EntryTooNew         written by a newer program
├── EntryForged             hash, signature or body do not belong together
├── RulesMalformed          published rules that cannot be read
├── JournalError
│   ├── JournalHeld         another program has the folder open
│   ├── WrongKey            the data key does not open this file
│   ├── JournalDamaged      the file is damaged
│   ├── JournalOfAnother    made for another unit
│   ├── JournalNewer        made by a newer program
│   ├── JournalRestored     news: it was older than its mark, and goes on in a new chain
│   ├── JournalMoved        news: it is on another computer, or its mark is gone
│   ├── JournalDoubted      news: central knows another course of our chain
│   ├── JournalSound        a snapshot may not take the place of a journal that can be read
│   ├── SnapshotUnusable    a snapshot that is damaged, or is none
│   ├── JournalBusy         another piece of work did not let go in time
│   └── SqliteTooOld        the library in this installation must not be used
├── DiskFull                the act or file is not kept
├── DiskFailed              the act or file is not kept
├── CentralNewer            central's database was made by a newer program
├── SecondPlaceOutOfReach   the second place of unsent work is not there, or takes nothing
│   └── SecondPlaceFull     it has no room
├── BundleError             see `bundle_errors`
├── RecoveryKeyWrong        nothing at the second place opens with this key
├── HeadMoved               somebody else has added a revision
├── TurnElsewhere           the document waits for somebody else
│   └── TurnWithPerson      nobody knows whether it was signed elsewhere
├── VersionWentBack         signed data whose version is older than what we have
├── EpochChanged            the central system was restored
├── StillUntold             it cannot take back yet what it lost
├── FileError
│   ├── FileMissing         no such file in this store
│   ├── FileDamaged         its bytes are not what its name promises
│   └── FileForged          central sent other bytes than were asked for
├── BodyForged              central sent another body than the entry commits to
└── CentralError
    ├── Offline             nobody answers
    │   ├── CentralBusy     it asks to come back later
    │   └── LineBlocked     something stands between: see `line_errors`, and RootsUnreadable there
    ├── DeviceRefused       the central system does not know this device (401/403)
    ├── CodeRefused         a one-use code does not make known who asks
    ├── CentralFailed       it answers, but with an error
    ├── EntryNotTaken       it fails at one entry; the others go on
    ├── FileNotTaken        it fails at one file; those of other subjects go on
    ├── TimeNotBelieved     its clock tells a time that cannot be
    ├── ContractBroken      it answers something that we cannot read
    │   └── AnswerTooLarge  or more than we are ready to read
    ├── CentralWentBack     it was put back, and does not say so
    ├── LeasesHeldBack      it was restored, and does not know yet which numbers are out
    ├── LeaseForged         a number range without a valid signature
    ├── HeadForged          its word on what it has is not signed, or falls short of its answers
    └── StatementForged     shared data without a valid signature
"""

_SERVER_ERROR = 500  # from here on the server speaks of its own failure


class SyncError(Exception):
    """Root of everything `sync` tells a person; anything else it raises is a bug."""

    message = "Có lỗi khi lưu hoặc gửi dữ liệu."
    remedy = "Thử lại. Nếu còn lỗi, gọi người quản trị."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))


class EntryMalformed(SyncError):
    message = "Một bút toán không đọc được: {reason}."
    remedy = "Giữ nguyên dữ liệu và gọi người quản trị; hồ sơ khác không bị ảnh hưởng."


class EntryTooNew(EntryMalformed):
    message = "Bút toán do phiên bản mới hơn ghi: {reason}."
    remedy = "Cập nhật chương trình trên máy này."


class EntryForged(SyncError):
    message = "Bút toán {entry} không đúng với chữ ký hoặc nội dung của nó: {reason}."
    remedy = "Không dùng bút toán này; báo người quản trị kiểm tra nhật ký."


class RulesMalformed(SyncError):
    message = "Bộ quy tắc công bố không đọc được: {reason}."
    remedy = "Tải lại dữ liệu dùng chung; nếu còn lỗi, gọi người quản trị."


class JournalError(SyncError):
    message = "Nhật ký trên máy này gặp lỗi."
    remedy = "Đóng chương trình rồi mở lại. Nếu còn lỗi, gọi người quản trị."


class JournalHeld(JournalError):
    message = "Dữ liệu của quầy đang được mở ở nơi khác: {by}."
    remedy = "Đóng chương trình kia rồi mở lại; mỗi lần chỉ một chương trình được ghi."


class WrongKey(JournalError):
    message = "Khóa dữ liệu không mở được nhật ký của quầy."
    remedy = "Đăng nhập lại. Nếu vẫn không mở được, gọi người quản trị; đừng xóa tệp nào."


class JournalDamaged(JournalError):
    message = "Tệp nhật ký bị hỏng ({reason})."
    remedy = (
        "Dừng nhận hồ sơ trên máy này, giữ nguyên mọi tệp và gọi người quản trị chạy lệnh clerk-app recover."
    )


class JournalOfAnother(JournalError):
    message = "Nhật ký trong thư mục này là của một đơn vị khác."
    remedy = "Kiểm tra thư mục dữ liệu trong cài đặt; đừng chép dữ liệu của quầy khác vào đây."


class JournalNewer(JournalError):
    message = "Nhật ký do phiên bản mới hơn tạo (bản {found}, chương trình này đọc đến bản {known})."
    remedy = "Cập nhật chương trình trên máy này rồi mở lại."


class CentralNewer(SyncError):
    message = "Dữ liệu của máy chủ trung tâm do phiên bản mới hơn tạo (bản {found}, chương trình này biết đến {known})."
    remedy = "Cập nhật chương trình trên máy chủ này rồi chạy lại."


class JournalRestored(JournalError):
    message = "Máy này vừa được khôi phục từ một bản cũ: thiếu {missing} việc đã ghi sau cùng."
    remedy = (
        "Cứ tiếp nhận bình thường: quầy đã mở chuỗi ghi mới, số cũ không dùng lại. "
        "Báo người quản trị lấy lại việc chưa gửi từ nơi lưu thứ hai, và đối chiếu giấy hẹn đã in gần đây."
    )


class JournalMoved(JournalError):
    message = "Dữ liệu của quầy được chép từ nơi khác đến máy này, hoặc mất dấu mốc của máy."
    remedy = (
        "Cứ tiếp nhận bình thường: quầy đã mở chuỗi ghi mới, số cũ không dùng lại. "
        "Báo người quản trị; không để hai máy cùng dùng một bản dữ liệu."
    )


class JournalDoubted(JournalError):
    message = "Máy chủ trung tâm biết một diễn biến khác của nhật ký quầy này."
    remedy = (
        "Cứ tiếp nhận bình thường: quầy đã mở chuỗi ghi mới, số cũ không dùng lại. "
        "Báo người quản trị kiểm tra có hai máy dùng chung một bản dữ liệu không."
    )


class JournalSound(JournalError):
    message = "Nhật ký đang dùng vẫn đọc được nguyên vẹn; thay bằng bản chụp cũ sẽ mất việc đã ghi sau đó."
    remedy = "Không cần khôi phục. Nếu vẫn muốn thay, chạy lại lệnh với --anyway; nhật ký hiện tại được giữ bên cạnh."


class SnapshotUnusable(JournalError):
    message = "Bản chụp {path} không dùng được: không có, bị hỏng, hoặc không phải của quầy này."
    remedy = "Chọn bản chụp khác trong thư mục snapshots."


class JournalBusy(JournalError):
    message = "Nhật ký đang bận quá lâu."
    remedy = "Đợi một lát rồi làm lại; việc vừa rồi chưa được lưu."


class DiskFull(SyncError):
    message = "Ổ đĩa đã đầy, việc vừa rồi chưa được lưu."
    remedy = "Giải phóng ổ đĩa rồi làm lại; những gì đã lưu trước đó vẫn còn."


class DiskFailed(SyncError):
    message = "Không ghi hoặc đọc được ổ đĩa, việc vừa rồi chưa được lưu."
    remedy = "Kiểm tra ổ đĩa rồi làm lại. Nếu còn lỗi, gọi người quản trị."


class SecondPlaceOutOfReach(SyncError):
    message = "Không ghi được nơi lưu thứ hai của việc chưa gửi: {place}."
    remedy = (
        "Cứ tiếp nhận bình thường. Cắm lại ổ đĩa hoặc nối lại thư mục mạng; việc chưa gửi sẽ tự chép sang."
    )


class SecondPlaceFull(SecondPlaceOutOfReach):
    message = "Nơi lưu thứ hai của việc chưa gửi đã đầy: {place}."
    remedy = "Cứ tiếp nhận bình thường. Dọn bớt ổ đĩa đó, hoặc nối mạng để gửi hồ sơ; phần còn lại sẽ tự chép sang."


class RecoveryKeyWrong(SyncError):
    message = "Khóa khôi phục không mở được gì ở nơi lưu thứ hai."
    remedy = "Kiểm tra đúng thư mục và đúng khóa khôi phục của đơn vị rồi chạy lại; đừng xóa gì ở đó."


class SqliteTooOld(JournalError):
    message = "Thư viện SQLite trên máy này quá cũ ({found}, cần {needed} trở lên)."
    remedy = "Cài lại chương trình đầy đủ; không mở nhật ký bằng thư viện cũ."


class HeadMoved(SyncError):
    message = "Văn bản đã có bản mới hơn, chưa ghi thêm được."
    remedy = "Mở lại văn bản để xem bản mới nhất rồi làm lại."


class TurnElsewhere(SyncError):
    message = "Văn bản đang chờ {holder} ký."
    remedy = "Chờ đến lượt rồi ký; trên máy này chỉ xem được."


class TurnWithPerson(TurnElsewhere):
    message = "Lượt ký văn bản này chờ người quản trị xác nhận, vì dữ liệu của quầy vừa được khôi phục."
    remedy = (
        "Khi chắc chắn chưa nơi nào ký, người quản trị trả lại lượt bằng lệnh clerk-app turns --give-back."
    )


class VersionWentBack(SyncError):
    message = "Dữ liệu dùng chung {name} nhận được cũ hơn bản đang có."
    remedy = "Vẫn dùng bản đang có; báo người quản trị máy chủ trung tâm."


class EpochChanged(SyncError):
    message = "Máy chủ trung tâm vừa được khôi phục; đang gửi lại những gì máy chủ còn thiếu."
    remedy = "Cứ làm việc bình thường, không phải làm gì thêm."


class StillUntold(SyncError):
    message = "Máy chủ vừa khôi phục chưa nhận lại được {count} việc; nó chưa biết khóa ký của: {authors}."
    remedy = (
        "Báo người quản trị đăng ký lại các cán bộ, thiết bị này trên máy chủ; việc sẽ tự gửi lại, không mất."
    )


class FileError(SyncError):
    message = "Kho tệp trên máy này gặp lỗi."
    remedy = "Thử lại. Nếu còn lỗi, gọi người quản trị."


class FileMissing(FileError):
    message = "Không có tệp {sha256} trên máy này."
    remedy = "Nhận lại từ máy chủ trung tâm hoặc quét lại giấy tờ."


class FileDamaged(FileError):
    message = "Tệp {sha256} đã bị hỏng."
    remedy = "Không dùng tệp này; nhận lại từ máy chủ trung tâm hoặc quét lại giấy tờ."


class FileForged(FileError):
    message = "Tệp nhận về không phải tệp {sha256} đã hỏi."
    remedy = "Tệp này không được dùng; lần gửi, nhận sau sẽ hỏi lại. Còn lặp lại thì báo người quản trị máy chủ trung tâm."


class BodyForged(SyncError):
    message = "Nội dung nhận về không phải nội dung đã ghi của việc này."
    remedy = "Nội dung này không được dùng. Báo người quản trị máy chủ trung tâm, kèm mã hồ sơ."


class CentralError(SyncError):
    message = "Máy chủ trung tâm gặp lỗi."
    remedy = "Cứ tiếp nhận bình thường; dữ liệu đã lưu trên máy này và sẽ được gửi lại."


class Offline(CentralError):
    message = "Chưa kết nối được máy chủ trung tâm."
    remedy = "Cứ tiếp nhận bình thường; hồ sơ đã lưu trên máy này và sẽ tự gửi khi có mạng."


class DeviceRefused(CentralError):
    message = "Máy chủ trung tâm không nhận máy này."
    remedy = "Gọi người quản trị đăng ký lại máy; hồ sơ vẫn được giữ và chưa bị từ chối."


class CodeRefused(CentralError):
    message = "Máy chủ trung tâm không nhận mã đăng ký này."
    remedy = "Nhờ người quản trị máy chủ cấp mã mới rồi làm lại."

    @property
    def why(self) -> str:
        """The contract's word for it, e.g. `code_expired`."""
        return str(self.facts.get("why", ""))


class CentralFailed(CentralError):
    message = "Máy chủ trung tâm báo lỗi {status}."
    remedy = "Cứ tiếp nhận bình thường; chương trình sẽ tự gửi lại."


class EntryNotTaken(CentralError):
    message = "Máy chủ trung tâm báo lỗi {status} khi nhận bút toán {entry}."
    remedy = "Bút toán vẫn chờ gửi, hồ sơ khác vẫn gửi bình thường. Báo người quản trị máy chủ trung tâm."


class FileNotTaken(CentralError):
    message = "Máy chủ trung tâm báo lỗi {status} khi nhận một tệp của hồ sơ."
    remedy = "Tệp và các tệp khác của hồ sơ này vẫn chờ gửi, hồ sơ khác vẫn gửi bình thường. Báo người quản trị máy chủ trung tâm."


class TimeNotBelieved(CentralError):
    message = "Máy chủ trung tâm báo giờ không thể đúng: {time}."
    remedy = "Giờ của máy này vẫn được dùng. Báo người quản trị máy chủ trung tâm chỉnh lại đồng hồ."


class ContractBroken(CentralError):
    message = "Máy chủ trung tâm trả lời không đúng giao ước: {reason}."
    remedy = "Báo người quản trị; dữ liệu vẫn còn trên máy này."


class AnswerTooLarge(ContractBroken):
    message = "Máy chủ trung tâm trả lời quá dài (hơn {limit} byte), không đọc tiếp."


class CentralWentBack(CentralError):
    message = "Máy chủ trung tâm đã lùi về dữ liệu cũ mà chưa ai báo."
    remedy = (
        "Cứ tiếp nhận bình thường. Báo người quản trị chạy lệnh clerk-app central-restored trên máy chủ, "
        "rồi mở lại máy chủ."
    )


class LeasesHeldBack(CentralError):
    message = "Máy chủ vừa được khôi phục, chưa cấp dải số mới: còn chờ {waiting_for} báo dải số đang giữ."
    remedy = (
        "Cứ tiếp nhận bình thường: hết số thì dùng số tạm. Mở chương trình và nối mạng ở các quầy đó; "
        "quầy không còn dùng thì người quản trị thu hồi trên máy chủ."
    )


class HubOutOfNumbers(CentralError):
    message = "Máy chủ phường hết dải số của ngày {day} và chưa hỏi thêm được thành phố."
    remedy = "Cứ tiếp nhận bình thường: hết số thì dùng số tạm. Khi đường truyền lên thành phố có lại, số tự được cấp."


class LeaseForged(CentralError):
    message = "Dải số nhận được không có chữ ký hợp lệ."
    remedy = "Không dùng dải số này; báo người quản trị máy chủ trung tâm."


class HeadForged(CentralError):
    message = "Lời xác nhận đã nhận của máy chủ không có chữ ký hợp lệ, hoặc thiếu việc vừa nhận."
    remedy = (
        "Cứ làm việc bình thường; việc đã gửi vẫn còn trên máy này. Báo người quản trị máy chủ trung tâm."
    )


class CentralBusy(Offline):
    message = "Máy chủ trung tâm đang bận hoặc tạm dừng (mã {status})."

    @property
    def retry_after(self) -> float:
        """Seconds that it asks us to wait; 0 when it does not say."""
        told = self.facts.get("retry_after", 0.0)
        return float(told) if isinstance(told, (int, float)) else 0.0

    @property
    def speaks_of_itself(self) -> bool:
        """Whether it asks to wait; else it may have failed at what was just sent."""
        status = self.facts.get("status", 0)
        return self.retry_after > 0 or not isinstance(status, int) or status < _SERVER_ERROR


class StatementForged(CentralError):
    message = "Dữ liệu dùng chung {name} không có chữ ký hợp lệ của máy chủ trung tâm."
    remedy = "Vẫn dùng bản đang có; báo người quản trị máy chủ trung tâm."
