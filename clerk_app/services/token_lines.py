"""The lines of Kiểm tra thẻ: what was found of a token and its certificates, in a sentence and what to do next."""

from datetime import datetime

from clerk_app.clock import format_day
from clerk_app.domain.certificate_expiry import RENEW, expiry_sentence
from clerk_app.domain.verdict import Check, Health
from clerk_app.errors import Notice, in_a_row, say
from signing.errors import SigningError
from signing.examination import SeenCertificate, SeenToken
from signing.token import TokenInfo

Line = tuple[str, Health, str, str]  # part, health, sentence, remedy


def slots_line(tokens: tuple[SeenToken, ...]) -> Line:
    if not tokens:
        remedy = say("Cắm thẻ; nếu đã cắm, đổi cổng USB và xem phần mềm này có đúng loại thẻ không.")
        return "token_slots", Health.WARN, say("Phần mềm chạy nhưng không thấy thẻ nào."), remedy
    labels = ", ".join(each.info.label for each in tokens)
    return "token_slots", Health.OK, say("Thấy {count} thẻ: {labels}.", count=len(tokens), labels=labels), ""


def pin_line(info: TokenInfo) -> Line:
    part, label = "token_pin", info.label
    if info.pin_locked:
        told = say("Thẻ {label} đã bị khóa vì nhập sai mã PIN nhiều lần.", label=label)
        return part, Health.FAIL, told, say("Nhờ đơn vị cấp thẻ mở khóa; trong lúc chờ, ký tay.")
    if info.pin_final_try:
        told = say("Thẻ {label} chỉ còn một lần thử mã PIN.", label=label)
        return part, Health.WARN, told, say("Chắc chắn mã PIN rồi hãy nhập; sai lần này thẻ bị khóa.")
    if info.pin_count_low:
        told = say("Thẻ {label} đã có lần nhập sai mã PIN.", label=label)
        return part, Health.WARN, told, say("Nhập cẩn thận: nhập đúng một lần thì thẻ đếm lại từ đầu.")
    return part, Health.OK, say("Thẻ {label} không báo lần nhập sai mã PIN nào.", label=label), ""


def chain_line(seen: SeenCertificate) -> Line:
    owner = seen.certificate.common_name
    if seen.rooted:
        told = say("Chứng thư của {owner} dẫn tới chứng thư gốc được tin cậy.", owner=owner)
        return "token_chain", Health.OK, told, ""
    told = say("Chứng thư của {owner} không dẫn tới chứng thư gốc nào được tin cậy ở quầy này.", owner=owner)
    remedy = say(
        "Nhờ người quản trị chép chứng thư gốc và chứng thư trung gian của nơi cấp vào thư mục tin cậy."
    )
    return "token_chain", Health.FAIL, told, remedy


def key_line(seen: SeenCertificate) -> Line:
    part, owner = "token_key", seen.certificate.common_name
    each_time = say("Thẻ này đòi mã PIN cho từng chữ ký.") if seen.pin_each_time else ""
    match seen.key_fits:
        case False:
            told = say("Khóa công khai trên thẻ không khớp với chứng thư của {owner}.", owner=owner)
            return part, Health.FAIL, told, say("Không dùng thẻ này. Báo đơn vị cấp thẻ.")
        case True:
            told = say("Khóa trên thẻ khớp với chứng thư của {owner}.", owner=owner)
        case None:
            told = say("Thẻ không cho xem khóa của {owner}; khóa được so khi ký.", owner=owner)
    return part, Health.OK, in_a_row(told, each_time) if each_time else told, ""


def certificate_line(seen: SeenCertificate, now: datetime) -> Line:
    certificate, part = seen.certificate, "token_certificate"
    owner = certificate.common_name
    if not certificate.may_sign:
        told = say("Chứng thư của {owner} không dùng để ký.", owner=owner)
        return part, Health.OK, told, ""
    if certificate.valid_from > now:
        told = say(
            "Chứng thư số của {owner} chưa có hiệu lực (từ ngày {day}).",
            owner=owner,
            day=format_day(certificate.valid_from),
        )
        return part, Health.FAIL, told, say("Kiểm tra ngày giờ của máy.")
    if certificate.weakness:
        told = say(
            "Chứng thư số của {owner} dùng thuật toán không còn an toàn ({reason}).",
            owner=owner,
            reason=certificate.weakness,
        )
        return part, Health.FAIL, told, say("Xin cấp chứng thư mới.")
    if warning := expiry_sentence(owner, certificate.valid_to, now):
        over = certificate.valid_to <= now
        remedy = say("Xin cấp chứng thư mới; trong lúc chờ, ký tay.") if over else RENEW
        return part, Health.FAIL if over else Health.WARN, warning, remedy
    told = say(
        "Chứng thư số của {owner} dùng để ký, hiệu lực từ {start} đến {end}.",
        owner=owner,
        start=format_day(certificate.valid_from),
        end=format_day(certificate.valid_to),
    )
    return part, Health.OK, told, ""


def of_trouble(part: str, trouble: SigningError | None) -> Line:
    return of_notice(part, Health.FAIL, trouble or SigningError())


def of_notice(part: str, health: Health, found: Notice) -> Line:
    return part, health, say(found.message, **found.facts), say(found.remedy, **found.facts)


def numbered(lines: list[Line]) -> tuple[Check, ...]:
    """Give each line a name of its own: the first of a kind bears the part's, the next ones a number."""
    seen: dict[str, int] = {}
    found = []
    for part, health, sentence, remedy in lines:
        seen[part] = seen.get(part, 0) + 1
        name = part if seen[part] == 1 else f"{part}:{seen[part]}"
        found.append(Check(name, health, sentence, remedy))
    return tuple(found)
