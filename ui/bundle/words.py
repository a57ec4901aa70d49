"""What the screen of bundles says: a line for each document, and how an act ended."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.document import SignatureField
from clerk_app.domain.handing import HandedOut, ToHand
from clerk_app.services.hand_over_bundle import HandedOver
from clerk_app.services.take_in_bundle import TakenIn
from ui import local_time
from ui.theme import Tone
from ui.widgets.checklist import Row

translate = QCoreApplication.translate
_SHOWN = 6  # codes in a sentence


def waiting_row(each: ToHand, *, left_out: bool) -> Row:
    """Return a document that may go, as a line."""
    waits = {
        SignatureField.LEADER: translate("Bundle", "Chờ lãnh đạo ký"),
        SignatureField.SEAL: translate("Bundle", "Chờ đóng dấu số"),
    }.get(each.field, each.field.value)
    told = translate("Bundle", "máy chủ đã biết") if each.unsure else ""
    detail = " · ".join(part for part in (each.code, waits, told) if part)
    if left_out:
        return Row(
            each.document, each.person, detail, translate("Bundle", "Để lại"), Tone.NEUTRAL, "circle-minus"
        )
    return Row(each.document, each.person, detail, translate("Bundle", "Sẽ chuyển"), Tone.INFO, "send")


def out_row(each: HandedOut, counter: str, now: datetime) -> Row:
    """Return a document that has gone, as a line; `counter`: how people call the one that has it."""
    at = local_time.short(each.at, now)
    detail = translate("Bundle", "{code} · chuyển lúc {at}").format(code=each.code, at=at)
    badge = translate("Bundle", "Ở {counter}").format(counter=counter)
    return Row(each.document, each.person, detail, badge, Tone.WARN, "usb")


def unsure(waiting: Sequence[ToHand]) -> str:
    """Return what is to be known of turns that central knows to be free; "" when there are none."""
    count = sum(each.unsure for each in waiting)
    if not count:
        return ""
    words = translate(
        "Bundle",
        "{count} văn bản máy chủ đã biết là chưa ai nhận lượt: nếu trong lúc này có máy khác còn nối mạng nhận lượt "
        "thì chữ ký đến máy chủ sau không có hiệu lực.",
    )
    return words.format(count=count)


def nobody_known() -> str:
    """Return why nothing can go yet: no other counter is known here."""
    return translate(
        "Bundle",
        "Máy này chưa biết quầy nào khác: quầy kia đăng ký xong, máy này nối máy chủ một lần thì có tên ở đây.",
    )


def ended(told: HandedOver | TakenIn | tuple[HandedOut, ...]) -> tuple[str, str, Tone]:
    """Return how an act ended: a sentence, what to do next, and how good it is."""
    match told:
        case HandedOver():
            return _handed(told)
        case TakenIn():
            return _taken(told)
        case _:
            words = translate("Bundle", "Đã lấy lại lượt ký của {codes}.")
            hint = translate(
                "Bundle", "Máy này ký được tiếp. Chữ ký ở nơi kia mà đến máy chủ sau thì không có hiệu lực."
            )
            return words.format(codes=_codes([each.code for each in told])), hint, Tone.OK


def _handed(told: HandedOver) -> tuple[str, str, Tone]:
    words = translate("Bundle", "Đã ghi gói {file}: chuyển lượt ký {count} văn bản cho {counter}.")
    said = words.format(file=told.file.name, count=told.documents, counter=told.receiver)
    parts = [said]
    if told.news:
        more = translate("Bundle", "Kèm {count} văn bản đã xử lý ở đây.")
        parts.append(more.format(count=told.news))
    if told.left:
        more = translate("Bundle", "Còn {count} văn bản cho gói sau.")
        parts.append(more.format(count=told.left))
    hint = translate(
        "Bundle",
        "Mang tệp này đến máy nhận, bấm Nhận gói ở đó. Chỉ máy ấy mở được; máy này không ký các văn bản đó nữa.",
    )
    return " ".join(parts), hint, Tone.OK


def _taken(told: TakenIn) -> tuple[str, str, Tone]:
    parts = []
    if told.to_sign:
        words = translate("Bundle", "{count} văn bản từ {counter} ký được ở máy này: {codes}.")
        parts.append(words.format(count=len(told.to_sign), counter=told.sender, codes=_codes(told.to_sign)))
    if told.signed:
        words = translate("Bundle", "{count} văn bản có thêm chữ ký: {codes}.")
        parts.append(words.format(count=len(told.signed), codes=_codes(told.signed)))
    if told.with_person:
        words = translate(
            "Bundle", "{count} văn bản chờ người quản trị xác nhận vì máy này vừa được khôi phục: {codes}."
        )
        parts.append(words.format(count=len(told.with_person), codes=_codes(told.with_person)))
    if not parts:
        parts.append(translate("Bundle", "Đã nhận gói từ {counter}.").format(counter=told.sender))
    hint = "" if told.is_new else translate("Bundle", "Gói này đã nhận trước đó, không có gì mới.")
    return " ".join(parts), hint, Tone.WARN if told.with_person else Tone.OK


def _codes(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:_SHOWN])
    return f"{shown}, …" if len(codes) > _SHOWN else shown
