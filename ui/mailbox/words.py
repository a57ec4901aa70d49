"""What waits and what has to be mended, as rows and sentences in the counter's words."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.kinds import Kind
from clerk_app.domain.sending import FilesOnTheLine, NumbersOfDay, Sending, Waiting
from ui import act_words, local_time
from ui.language import told
from ui.mailbox.view_model import Group
from ui.theme import Tone
from ui.widgets.checklist import Row

translate = QCoreApplication.translate
_STEP = 1024
_NAMED = 2  # acts of a dossier that its line names


def group_row(group: Group, now: datetime) -> Row:
    """Return everything of one dossier that is on its way."""
    kinds = list(dict.fromkeys(act_words.act(each.kind) for each in group.acts))
    more = translate("Mailbox", "…") if len(kinds) > _NAMED else ""
    acts = f"{', '.join(kinds[:_NAMED])}{more}"
    since = group.since
    details = (
        translate("Mailbox", "{count} việc").format(count=len(group.acts)) if len(group.acts) > 1 else "",
        acts,
        translate("Mailbox", "{count} tệp, {size}").format(count=group.files, size=size(group.size))
        if group.files
        else "",
        translate("Mailbox", "từ {since}").format(since=local_time.short(since, now)) if since else "",
        _at_the_hub() if group.acts and all(each.held for each in group.acts) else "",
    )
    own = translate("Mailbox", "Việc của quầy")
    title = " · ".join(part for part in (group.code, group.person) if part) or own
    detail = " · ".join(part for part in details if part)
    return Row(group.dossier, title, detail, "", Tone.INFO, "clock")


def parked_row(each: Waiting) -> Row:
    """Return what central did not take, or took with a flag."""
    act = act_words.act(each.kind) if each.kind else translate("Mailbox", "Cảnh báo")
    title = " · ".join(part for part in (each.code, each.person) if part) or act
    so_far = translate("Mailbox", "chờ thành phố") if each.held else ""
    detail = " · ".join(part for part in (act if title != act else "", so_far, told(each.reason)) if part)
    if each.settled:
        return Row(each.entry, title, detail, translate("Mailbox", "Chờ gửi"), Tone.INFO, "clock")
    badge = translate("Mailbox", "Cần xử lý") if each.parked else translate("Mailbox", "Cần xem")
    return Row(each.entry, title, detail, badge, Tone.BAD if each.parked else Tone.WARN)


def connection(sending: Sending, now: datetime) -> tuple[str, Tone]:
    """Return how the line to central stands, and how much is no further than the hub of the ward."""
    if sending.alone_since is not None:
        since = local_time.short(sending.alone_since, now)
        return translate("Mailbox", "Mất kết nối từ {since}").format(since=since), Tone.WARN
    if sending.held:
        return translate("Mailbox", "{count} việc chờ thành phố").format(count=sending.held), Tone.INFO
    return translate("Mailbox", "Đang thông suốt"), Tone.OK


def _at_the_hub() -> str:
    return translate("Mailbox", "đã gửi máy chủ phường, chờ thành phố")


def owner(each: Waiting) -> str:
    """Return who has to act on it."""
    named = translate("Mailbox", "{owner} xử lý").format(owner=told(each.owner))
    return named if each.owner else translate("Mailbox", "Cán bộ tại quầy xử lý")


def step(each: Waiting, acts: frozenset[Kind]) -> str:
    """Return what is to be done about it by somebody who may do `acts`; who may only read is told whose work it is."""
    if each.settled:
        return translate("Mailbox", "Đã ghi là xử lý xong, chờ gửi lên máy chủ.")
    if each.to_choose and Kind.CORRECTED not in acts:
        return _somebody_chooses(may_drop=Kind.SETTLED in acts)
    wanted = {Kind.SETTLED} if each.droppable else {Kind.LOOKED_AT} if each.flagged else frozenset()
    if not acts.issuperset(wanted):
        return translate("Mailbox", "Cán bộ tiếp nhận hoặc lãnh đạo của quầy xử lý việc này; ở đây chỉ xem.")
    return told(each.next_step)


def _somebody_chooses(*, may_drop: bool) -> str:
    if not may_drop:
        return translate(
            "Mailbox",
            "Hai nơi cùng sửa hồ sơ này. Cán bộ tiếp nhận chọn bên đúng cho từng mục; ở đây chỉ xem.",
        )
    return translate(
        "Mailbox",
        "Hai nơi cùng sửa hồ sơ này. Cán bộ tiếp nhận chọn bên đúng cho từng mục. Nếu giữ nguyên dữ liệu đang có hiệu lực "
        "thì ghi lý do rồi bấm Đã xử lý: giấy quầy này đã cấp không còn giá trị.",
    )


def numbers(today: int, after: NumbersOfDay | None) -> str:
    """Return how many leased numbers are left today and on the next working day."""
    left = translate("Mailbox", "còn {count} số hôm nay").format(count=today)
    left = left if today else translate("Mailbox", "hết, cấp số tạm")
    if after is None:
        return left
    return translate("Mailbox", "{left} · {day}: {count} số").format(
        left=left, day=f"{after.day:%d/%m}", count=after.left
    )


def files_on_the_line(files: FilesOnTheLine) -> str:
    """Return how much of files went out today, which wait, and why."""
    parts = []
    if files.held:
        told = translate("Mailbox", "{count} tệp ({size}) đang chờ")
        parts.append(told.format(count=files.held, size=size(files.held_size)))
    if files.paused:
        parts.append(translate("Mailbox", "tệp lớn đang tạm dừng"))
    if files.metered:
        parts.append(translate("Mailbox", "mạng tính tiền theo dung lượng"))
    if files.limit:
        told = translate("Mailbox", "hôm nay đã gửi {sent} trong mức {limit} tệp")
        parts.append(told.format(sent=size(files.sent_today), limit=size(files.limit)))
    elif files.sent_today:
        parts.append(translate("Mailbox", "hôm nay đã gửi {sent} tệp").format(sent=size(files.sent_today)))
    else:
        parts.append(translate("Mailbox", "hôm nay chưa gửi tệp nào"))
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def size(count: int) -> str:
    """Return bytes as people say them: "640 KB", "1,3 MB"."""
    if count < _STEP**2:
        return f"{max(1, round(count / _STEP)) if count else 0} KB"
    return f"{count / _STEP**2:.1f} MB".replace(".", ",")
