"""The verdict on a signed PDF in plain Vietnamese: the same words for the window, the command line and a saved report."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from clerk_app.clock import format_day, in_vietnam
from clerk_app.domain.signed_paper import (
    ChangeKind,
    DocumentVerdict,
    Doubt,
    PartChanged,
    SignatureVerdict,
    Standing,
)
from clerk_app.errors import in_a_row, say

_MOST_NAMED = 6  # pages or fields of a kind that are named one by one


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told: what it is about, the sentence, and how it stands."""

    about: str
    words: str
    standing: Standing


def headline(verdict: DocumentVerdict) -> str:
    """Return the verdict in a few words."""
    return {
        Standing.VALID: say("Chữ ký số hợp lệ"),
        Standing.CAUTION: say("Hợp lệ, có chỗ cần xem"),
        Standing.INVALID: say("KHÔNG hợp lệ"),
        Standing.UNSIGNED: say("Không có chữ ký số"),
    }[verdict.standing]


def conclusion(verdict: DocumentVerdict) -> str:
    """Return the verdict in a sentence."""
    count = len(verdict.signatures)
    wrong = sum(not each.valid for each in verdict.signatures)
    if not count:
        return say("Văn bản chưa có chữ ký số nào.")
    if wrong:
        return say(
            "{wrong} trong {count} chữ ký số không hợp lệ. Không dùng tệp này làm căn cứ; xin bản gốc từ nơi ban hành.",
            wrong=wrong,
            count=count,
        )
    if verdict.standing is Standing.CAUTION:
        return say("Cả {count} chữ ký số đều hợp lệ; đọc kỹ các dòng đánh dấu bên dưới.", count=count)
    if all(each.revocation_checked for each in verdict.signatures):
        return say("Cả {count} chữ ký số đều hợp lệ.", count=count)
    return say("Cả {count} chữ ký số đều hợp lệ (chưa kiểm tra thu hồi).", count=count)


def in_short(signature: SignatureVerdict) -> str:
    """Return one signature in one sentence."""
    if not signature.signer:
        return say("Chữ ký ở ô {field} không đọc được.", field=signature.field)
    if signature.valid:
        return say("Chữ ký của {signer} hợp lệ.", signer=signature.signer)
    return say("Chữ ký của {signer} KHÔNG hợp lệ.", signer=signature.signer)


def lines(verdict: DocumentVerdict, signature: SignatureVerdict) -> tuple[Told, ...]:
    """Return what a clerk should know of one signature, what matters most first."""
    if not signature.signer:
        words = say("Chữ ký ở ô {field} không đọc được.", field=signature.field)
        return (Told(say("Chữ ký"), words, Standing.INVALID),)
    return (
        _who(signature),
        _content(signature),
        _certificate(signature),
        _revocation(signature),
        _when(verdict, signature),
        _part(verdict, signature),
        _algorithm(signature),
    )


def _who(signature: SignatureVerdict) -> Told:
    words: str = signature.signer
    if signature.organisation and signature.organisation != signature.signer:
        words = say("{signer} – {organisation}", signer=words, organisation=signature.organisation)
    if signature.trusted:
        return Told(say("Người ký"), words, Standing.VALID)
    words = say("{signer} (tên tự khai trong chứng thư, chưa ai bảo đảm)", signer=words)
    return Told(say("Người ký"), words, Standing.INVALID)


def _content(signature: SignatureVerdict) -> Told:
    about = say("Nội dung")
    if not signature.intact and signature.doubt is Doubt.WEAK:
        words = say(
            "Không xác nhận được: chữ ký dùng {digest} đã lỗi thời, kẻ gian có thể làm giả.",
            digest=signature.digest.upper(),
        )
        return Told(about, words, Standing.INVALID)
    if not signature.intact:
        return Told(
            about, say("Nội dung đã ký bị sửa, hoặc chữ ký bị thay hay lấy từ tệp khác."), Standing.INVALID
        )
    parts = _changed(signature.changes)
    if not signature.whole and parts:
        return Told(about, say("BỊ THAY ĐỔI sau khi ký: {parts}.", parts=parts), Standing.INVALID)
    if not signature.whole:
        return Told(
            about, say("BỊ THAY ĐỔI sau khi ký: tệp có thêm dữ liệu ngoài phần đã ký."), Standing.INVALID
        )
    if not parts:
        return Told(about, say("Nguyên vẹn từ khi ký đến nay."), Standing.VALID)
    standing = Standing.CAUTION if signature.touched else Standing.VALID
    return Told(about, say("Phần đã ký còn nguyên. Sau đó có thêm: {parts}.", parts=parts), standing)


def _certificate(signature: SignatureVerdict) -> Told:
    about = say("Chứng thư")
    if signature.trusted:
        names = " ← ".join(each.name for each in reversed(signature.path))
        words = say("Do nơi quầy tin cậy cấp: {names}.", names=names) if names else say("Được tin cậy.")
        if signature.because:
            words = in_a_row(words, say("{because}.", because=signature.because))
        return Told(about, words, Standing.VALID)
    return Told(about, _doubt_words(signature), Standing.INVALID)


def _doubt_words(signature: SignatureVerdict) -> str:
    if not signature.path:
        return say("Không xét được.")
    own, last = signature.path[0], signature.path[-1]
    found = {
        Doubt.NO_ROOTS: say("Quầy này chưa có chứng thư gốc nào để đối chiếu: nhờ người quản trị cài."),
        Doubt.STRANGER: say(
            "Do “{issuer}” cấp, không dẫn tới chứng thư gốc nào mà quầy tin cậy; trùng tên cũng không tính.",
            issuer=last.issuer,
        ),
        Doubt.EXPIRED: say("Đã hết hạn ngày {day}, trước lúc ký.", day=format_day(own.valid_to)),
        Doubt.NOT_YET: say("Lúc ký chưa có hiệu lực (từ ngày {day}).", day=format_day(own.valid_from)),
        Doubt.ISSUER_OUT_OF_TIME: say("Chứng thư của nơi cấp không có hiệu lực lúc ký."),
        Doubt.NOT_FOR_SIGNING: say("Không phải chứng thư để ký văn bản (của nơi cấp hoặc của máy móc)."),
        Doubt.WEAK: say("Dùng thuật toán hoặc độ dài khóa đã lỗi thời."),
    }.get(signature.doubt)
    if found is not None:
        return found
    if not signature.intact:
        return say("Không xét, vì nội dung đã ký không còn đúng.")
    return say("Không dẫn tới nơi cấp được tin cậy, hoặc không có hiệu lực lúc ký.")


def _revocation(signature: SignatureVerdict) -> Told:
    about = say("Thu hồi")
    if signature.revoked_at is not None and signature.valid:
        words = say("Chứng thư bị thu hồi lúc {moment}, sau khi đã ký.", moment=_moment(signature.revoked_at))
        return Told(about, words, Standing.VALID)
    if signature.revoked_at is not None:
        words = say("Chứng thư đã bị thu hồi lúc {moment}.", moment=_moment(signature.revoked_at))
        return Told(about, words, Standing.INVALID)
    if signature.revocation_checked:
        return Told(
            about, say("Chứng thư chưa bị thu hồi lúc ký, theo dữ liệu kèm trong tệp."), Standing.VALID
        )
    return Told(about, say("Chưa kiểm tra được; kiểm tra tại máy này không dùng mạng."), Standing.UNSIGNED)


def _when(verdict: DocumentVerdict, signature: SignatureVerdict) -> Told:
    about = say("Thời điểm ký")
    if signature.proven_at is not None:
        words = say("Chậm nhất {moment}, có dấu thời gian chứng minh.", moment=_moment(signature.proven_at))
        return Told(about, words, Standing.VALID)
    if signature.signed_at is None:
        return Told(about, say("Chữ ký không ghi thời điểm ký."), Standing.UNSIGNED)
    moment = _moment(signature.signed_at)
    if verdict.is_from_the_future(signature):
        words = say("{moment}: muộn hơn đồng hồ của máy này, xem lại ngày giờ của hai máy.", moment=moment)
        return Told(about, words, Standing.CAUTION)
    return Told(
        about,
        say("{moment}, theo máy của người ký; chưa có gì chứng minh.", moment=moment),
        Standing.UNSIGNED,
    )


def _part(verdict: DocumentVerdict, signature: SignatureVerdict) -> Told:
    about = say("Phần được ký")
    if signature.revision and signature.revision == signature.revisions and signature.covers == verdict.size:
        return Told(about, say("Toàn bộ tệp."), Standing.UNSIGNED)
    if signature.revision:
        words = say(
            "Bản thứ {revision} trong {revisions} bản nối nhau của tệp: {covers} byte đầu trong {size} byte.",
            revision=signature.revision,
            revisions=signature.revisions,
            covers=_number(signature.covers),
            size=_number(verdict.size),
        )
    else:
        words = say(
            "{covers} byte đầu trong {size} byte.",
            covers=_number(signature.covers),
            size=_number(verdict.size),
        )
    return Told(about, words, Standing.UNSIGNED)


def _algorithm(signature: SignatureVerdict) -> Told:
    key = signature.path[0].key if signature.path else ""
    words = ", ".join(part for part in (signature.digest.upper(), key) if part)
    is_weak = signature.doubt is Doubt.WEAK
    return Told(say("Thuật toán"), words or "–", Standing.INVALID if is_weak else Standing.UNSIGNED)


def _changed(changes: tuple[PartChanged, ...]) -> str:
    """Name what changed, the places of one kind together; "" when nothing did."""
    parts: dict[str, object] = {}
    for kind, group in groupby(changes, key=lambda each: each.kind):
        places = [each.place for each in group]
        named = ", ".join(places[:_MOST_NAMED]) + (" …" if len(places) > _MOST_NAMED else "")
        parts[f"part{len(parts)}"] = _kind_words(kind, named)
    return say("; ".join(f"{{{gap}}}" for gap in parts), **parts)


def _kind_words(kind: ChangeKind, places: str) -> str:
    return {
        ChangeKind.PAGE: say("nội dung trang {places}", places=places),
        ChangeKind.PAGES_MORE: say("thêm {places} trang", places=places),
        ChangeKind.PAGES_FEWER: say("bớt {places} trang", places=places),
        ChangeKind.NOTE: say("ghi chú, hình dán ở trang {places}", places=places),
        ChangeKind.FILLED: say("ô được điền: {places}", places=places),
        ChangeKind.REWRITTEN: say("ô đã điền bị viết lại: {places}", places=places),
        ChangeKind.FIELD: say("ô biểu mẫu thêm hoặc bớt: {places}", places=places),
        ChangeKind.SIGNATURE: say("chữ ký ở ô {places}", places=places),
        ChangeKind.DESCRIPTION: say("tên, tác giả, ngày lập của tệp"),
        ChangeKind.FORM: say("cách hiện biểu mẫu"),
        ChangeKind.CATALOGUE: say("phần ngoài các trang (mục lục, lệnh chạy kèm, tệp đính kèm)"),
    }[kind]


def _moment(moment: datetime) -> str:
    return f"{in_vietnam(moment):%H:%M:%S %d/%m/%Y}"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")
