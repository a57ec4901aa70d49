"""The fields of a dossier as they are called on screens."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def field_name(field: str) -> str:
    """Return the name of a field that people correct; "" for the small print of a person."""
    return {
        "owner_name": translate("Detail", "tên chủ hồ sơ"),
        "owner_id_number": translate("Detail", "số giấy tờ"),
        "owner_birth_date": translate("Detail", "ngày sinh"),
        "owner_address": translate("Detail", "địa chỉ"),
        "owner_phone": translate("Detail", "điện thoại"),
        "submitter_name": translate("Detail", "tên người nộp"),
        "submitter_id_number": translate("Detail", "số giấy tờ người nộp"),
        "submitter_phone": translate("Detail", "điện thoại người nộp"),
        "number": translate("Detail", "số giấy ủy quyền"),
        "scope": translate("Detail", "nội dung ủy quyền"),
        "detail": translate("Detail", "nơi nhận kết quả"),
    }.get(field, "")


def group_name(group: str) -> str:
    """Return the name of a group of fields that are corrected together."""
    return {
        "applicant": translate("Detail", "Chủ hồ sơ, người nộp"),
        "authorisation": translate("Detail", "Giấy ủy quyền"),
        "return_channel": translate("Detail", "Nơi nhận kết quả"),
    }.get(group, group)
