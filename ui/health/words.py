"""The checks of this computer in the counter's words."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.token_library import FoundDriver
from clerk_app.domain.verdict import Check, Health
from ui.language import told
from ui.theme import Tone
from ui.widgets.findings import Finding

TONES = {Health.OK: Tone.OK, Health.WARN: Tone.WARN, Health.FAIL: Tone.BAD}


def title(name: str) -> str:
    """Return what a check looked at, e.g. "Máy quét"; a check that has no words here keeps its own name."""
    translate = QCoreApplication.translate
    titles = {
        "sqlite": translate("Health", "Thư viện lưu trữ"),
        "journal": translate("Health", "Tệp nhật ký"),
        "chain": translate("Health", "Chuỗi nhật ký"),
        "alarms": translate("Health", "Dữ liệu nhận về"),
        "clock": translate("Health", "Ngày giờ"),
        "archive": translate("Health", "Sổ tra cứu"),
        "files": translate("Health", "Tệp giấy tờ"),
        "disk": translate("Health", "Ổ đĩa"),
        "mark": translate("Health", "Dấu mốc nhật ký"),
        "snapshots": translate("Health", "Bản chụp nhật ký"),
        "second_place": translate("Health", "Nơi lưu thứ hai"),
        "tokens": translate("Health", "Thẻ ký số"),
        "trust": translate("Health", "Chứng thư gốc"),
        "proof": translate("Health", "Dấu thời gian"),
        "scanner": translate("Health", "Máy quét"),
        "central": translate("Health", "Máy chủ trung tâm"),
        "numbers": translate("Health", "Dải số cấp trước"),
        "token_driver": translate("Health", "Phần mềm thẻ"),
        "token_architecture": translate("Health", "Bản 32 hay 64 bit"),
        "token_loads": translate("Health", "Nạp phần mềm thẻ"),
        "token_slots": translate("Health", "Thẻ trong đầu đọc"),
        "token_pin": translate("Health", "Tình trạng mã PIN"),
        "token_certificate": translate("Health", "Chứng thư số"),
        "token_chain": translate("Health", "Nơi cấp được tin cậy"),
        "token_key": translate("Health", "Khóa và chứng thư"),
        "token_revocation": translate("Health", "Tình trạng thu hồi"),
        "token_clock": translate("Health", "Ngày giờ của máy"),
        "token_time_stamp": translate("Health", "Dịch vụ dấu thời gian"),
    }
    part, _, number = name.partition(":")  # several of a kind are numbered
    known = titles.get(part, part)
    return f"{known} ({number})" if number else known


def finding(check: Check) -> Finding:
    """Return a check as a line of the window."""
    sentence, remedy = told(check.sentence), told(check.remedy)
    return Finding(check.name, title(check.name), sentence, remedy, badge(check.health), TONES[check.health])


def badge(health: Health) -> str:
    """Return the state in a word or two."""
    translate = QCoreApplication.translate
    return {
        Health.OK: translate("Health", "Tốt"),
        Health.WARN: translate("Health", "Cần chú ý"),
        Health.FAIL: translate("Health", "Cần sửa"),
    }[health]


def report(checks: tuple[Check, ...]) -> str:
    """Return all lines as plain text, to send to whoever looks after the computer."""
    return "\n".join(
        " · ".join(
            part
            for part in (f"[{badge(each.health)}] {title(each.name)}", told(each.sentence), told(each.remedy))
            if part
        )
        for each in checks
    )


def of_driver(driver: FoundDriver) -> tuple[str, Tone]:
    """Return where a driver stands in a word or two, and its tone."""
    translate = QCoreApplication.translate
    if not driver.works:
        return translate("Health", "Không dùng được"), Tone.BAD
    if driver.chosen:
        return translate("Health", "Đang dùng"), Tone.OK
    return translate("Health", "Dùng được"), Tone.INFO
