"""What the signing of files says: the acts, what each is for, how it ended."""

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.file_act import CopyForm, FileAct
from clerk_app.services.sign_file import FileSigned

translate = QCoreApplication.translate


def act(each: FileAct) -> str:
    """Return what an act is called at the counter."""
    return {
        FileAct.APPROVE: translate("SignFile", "Ký phê duyệt"),
        FileAct.ISSUE: translate("SignFile", "Phát hành, đóng dấu số"),
        FileAct.INCOMING: translate("SignFile", "Văn bản đến"),
        FileAct.COPY: translate("SignFile", "Sao văn bản"),
    }[each]


def purpose(each: FileAct) -> str:
    """Return what an act does, in a line."""
    return {
        FileAct.APPROVE: translate("SignFile", "Chữ ký của lãnh đạo, ở trang cuối"),
        FileAct.ISSUE: translate("SignFile", "Dấu cơ quan, sau chữ ký của lãnh đạo"),
        FileAct.INCOMING: translate("SignFile", "Số đến, ngày đến, ở đầu trang nhất"),
        FileAct.COPY: translate("SignFile", "Sao y, sao lục, trích sao; góc trên phải trang nhất"),
    }[each]


def copy(form: CopyForm) -> str:
    """Return what a kind of copy is called."""
    return {
        CopyForm.WHOLE: translate("SignFile", "Sao y"),
        CopyForm.AGAIN: translate("SignFile", "Sao lục"),
        CopyForm.PART: translate("SignFile", "Trích sao"),
    }[form]


def outcome(signed: FileSigned) -> tuple[str, str]:
    """Return how a signing ended, and where the file lies."""
    path = PurePath(signed.path)
    said = translate("SignFile", "Đã ký: {name}").format(name=path.name)
    where = translate("SignFile", "Nằm trong thư mục {folder}. Tệp cũ vẫn nguyên.").format(folder=path.parent)
    unproven = "" if signed.stamped else translate("SignFile", "Chưa có dấu thời gian.")
    return said, f"{where} {unproven}".strip()
