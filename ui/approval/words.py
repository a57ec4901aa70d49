"""What the signing of lists says: why an item stands out, what is left to do, how it ended."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.approval import Batch, Elsewhere, Standing, ToSign
from clerk_app.domain.own_work import Barred
from clerk_app.errors import Notice
from ui import local_time
from ui.notices import in_words
from ui.theme import Tone
from ui.widgets.checklist import Row

translate = QCoreApplication.translate


def standing(each: Standing) -> str:
    """Return why an item stands out, in a few words."""
    return {
        Standing.FLAGGED: translate("Approval", "Có cảnh báo"),
        Standing.REISSUED: translate("Approval", "Cấp lại"),
        Standing.LATE: translate("Approval", "Quá hẹn"),
        Standing.FIRST: translate("Approval", "Đầu tiên của thủ tục"),
        Standing.SAMPLE: translate("Approval", "Mẫu ngẫu nhiên"),
    }[each]


def row(item: ToSign, now: datetime, *, opened: bool, left_out: bool, refused: Notice | None) -> Row:
    """Return an item as a line: whose it is, which dossier, why it stands out, and where it stands."""
    words, tone, icon = _where(item, opened=opened, left_out=left_out)
    if refused is not None:
        return Row(
            item.id, item.person, in_words(refused).message, translate("Approval", "Không ký được"), Tone.BAD
        )
    if item.barred is not None:
        why = f"{item.code} · {barred(item.barred)}"
        words = translate("Approval", "Không tự ký")
        return Row(item.id, item.person, why, words, Tone.NEUTRAL, "circle-minus")
    why = ", ".join(standing(each) for each in Standing if each in item.standings)
    due = local_time.due(item.due_at, now) if item.due_at else ""
    told = (item.code, why, item.procedure_title, due)
    return Row(item.id, item.person, " · ".join(part for part in told if part), words, tone, icon)


def barred(why: Barred) -> str:
    """Return why an item has to be signed by somebody else, and by whom."""
    return {
        Barred.OWN_WORK: translate("Approval", "Do mình nhận: chờ người khác ký"),
        Barred.OWN_DOSSIER: translate("Approval", "Hồ sơ của mình: chờ người khác ký"),
    }[why]


def _where(item: ToSign, *, opened: bool, left_out: bool) -> tuple[str, Tone, str]:
    if left_out:
        return translate("Approval", "Để lại"), Tone.NEUTRAL, "circle-minus"
    if opened:
        return translate("Approval", "Đã xem"), Tone.OK, "circle-check"
    if item.must_be_opened:
        return translate("Approval", "Phải xem"), Tone.WARN, "eye"
    return translate("Approval", "Sẽ ký"), Tone.INFO, "pen-line"


def elsewhere(waiting: Sequence[Elsewhere], *, alone: bool) -> str:
    """Return what waits at other counters, and why it cannot be signed here yet; `alone`: central is away."""
    if alone:
        return _without_central(len(waiting))
    free = sum(each.is_free for each in waiting)
    asked = sum(each.asked for each in waiting)
    held = [each.machine for each in waiting if each.holder]
    parts = []
    if free:
        parts.append(translate("Approval", "{count} văn bản ở quầy khác chờ ký.").format(count=free))
    if asked:
        words = translate("Approval", "{count} văn bản đã xin nhận về, chờ máy chủ trung tâm trả lời.")
        parts.append(words.format(count=asked))
    if held:
        words = translate("Approval", "{count} văn bản đang do máy khác giữ lượt ký ({machines}).")
        parts.append(words.format(count=len(held), machines=", ".join(sorted(set(held)))))
    return " ".join(parts)


def held_row(each: Elsewhere) -> Row:
    """Return a document that cannot be signed here while central is away: where its turn is, and why it stays there."""
    if each.asked:
        why = translate("Approval", "đã xin nhận, máy chủ chưa trả lời")
    elif each.holder:
        why = translate("Approval", "lượt ký đang ở {machine}").format(machine=each.machine)
    else:
        why = translate("Approval", "chưa ai nhận lượt ký")
    badge = translate("Approval", "Chưa ký được")
    return Row(each.document, each.person, f"{each.code} · {why}", badge, Tone.WARN, "lock")


def _without_central(count: int) -> str:
    what_to_do = translate(
        "Approval",
        "Máy chủ chưa nối được. Nhờ quầy giữ văn bản xuất gói chuyển tay ra USB hoặc thư mục mạng, rồi nhận gói ở đây.",
    )
    if not count:
        return what_to_do
    words = translate("Approval", "{count} văn bản chờ ký chưa ký được ở máy này.")
    return f"{words.format(count=count)} {what_to_do}"


def outcome(batch: Batch) -> tuple[str, str, Tone]:
    """Return how a signing ended: a sentence, what to do next, and how good it is."""
    signed = translate("Approval", "Đã ký {count} văn bản.").format(count=len(batch.signed))
    parts = [signed]
    if batch.refused:
        parts.append(translate("Approval", "{count} không ký được.").format(count=len(batch.refused)))
    if batch.left:
        parts.append(translate("Approval", "{count} chưa ký.").format(count=len(batch.left)))
    if batch.stopped is not None:
        why = in_words(batch.stopped)
        again = translate("Approval", "Bấm F9 để ký tiếp những văn bản còn lại.")
        return " ".join((*parts, why.message)), f"{why.remedy} {again}", Tone.WARN
    if batch.left:
        return " ".join(parts), translate("Approval", "Bấm F9 để ký tiếp những văn bản còn lại."), Tone.WARN
    if batch.refused:
        return " ".join(parts), translate("Approval", "Lý do ghi ở từng dòng."), Tone.WARN
    return " ".join(parts), "", Tone.OK
