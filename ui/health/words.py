"""The checks of this computer in the counter's words."""

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.verdict import Check, Health
from ui.language import told
from ui.theme import Tone

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
    }
    return titles.get(name, name)


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
