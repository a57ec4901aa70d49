"""The verdict on a signed PDF as text to keep: what was found, in words, and behind it every figure."""

from collections.abc import Callable, Iterator
from pathlib import Path

from clerk_app.clock import format_moment
from clerk_app.domain.record import moment_text
from clerk_app.domain.signed_paper import CertificateFacts, DocumentVerdict, SignatureVerdict, Standing
from clerk_app.errors import OfficeError, say
from clerk_app.services.signature_words import conclusion, headline, lines
from clerk_app.settings import replace_file

Tell = Callable[[str], str]  # a sentence into the language that is spoken
_MARKS = {Standing.VALID: "✓", Standing.CAUTION: "!", Standing.INVALID: "✗", Standing.UNSIGNED: "·"}


class ReportNotSaved(OfficeError):
    message = "Không ghi được báo cáo vào {folder}."
    remedy = "Chọn thư mục khác, hoặc chép báo cáo rồi dán vào nơi cần."


def save_report(path: Path, text: str) -> None:
    """Write a report where somebody chose; raises `ReportNotSaved`."""
    try:
        replace_file(path, text.encode("utf-8"))
    except OSError as refused:
        raise ReportNotSaved(folder=path.parent.name or str(path.parent)) from refused


def as_told(sentence: str) -> str:
    """Tell a sentence as it is written."""
    return sentence


def report(verdict: DocumentVerdict, name: str, tell: Tell = as_told, *, with_figures: bool = True) -> str:
    """Return the whole report; `name`: what the file is called, "" to leave it out."""
    told = [
        *_file(verdict, name, tell),
        "",
        f"{tell(headline(verdict)).upper()}. {tell(conclusion(verdict))}",
    ]
    for number, signature in enumerate(verdict.signatures, 1):
        told += ["", tell(say("Chữ ký {number}", number=number))]
        told += [
            f"  {_MARKS[each.standing]} {tell(each.about)}: {tell(each.words)}"
            for each in lines(verdict, signature)
        ]
    if with_figures:
        told += ["", figures(verdict, tell)]
    return "\n".join(told) + "\n"


def figures(verdict: DocumentVerdict, tell: Tell = as_told) -> str:
    """Return every figure behind the verdict, a line each."""
    told = [tell(say("Số liệu kỹ thuật"))]
    told += [f"  SHA-256: {verdict.sha256}", f"  {tell(say('Số byte'))}: {verdict.size}"]
    told.append(f"  {tell(say('Số bản nối nhau'))}: {verdict.revisions or '–'}")
    for number, signature in enumerate(verdict.signatures, 1):
        told += ["", f"  {tell(say('Chữ ký {number}', number=number))}"]
        told += [f"    {name}: {value}" for name, value in _figures_of(signature, tell) if value]
        for place, each in enumerate(signature.path):
            told.append(f"    {tell(say('Chứng thư {number}', number=place + 1))}")
            told += [f"      {name}: {value}" for name, value in _certificate(each, tell) if value]
    return "\n".join(told)


def _file(verdict: DocumentVerdict, name: str, tell: Tell) -> Iterator[str]:
    yield tell(say("BÁO CÁO KIỂM TRA CHỮ KÝ SỐ"))
    if name:
        yield f"{tell(say('Tệp'))}: {name}"
    if verdict.judged_at is not None:
        yield f"{tell(say('Kiểm tra lúc'))}: {format_moment(verdict.judged_at)}"


def _figures_of(signature: SignatureVerdict, tell: Tell) -> Iterator[tuple[str, str]]:
    yield tell(say("Ô ký")), signature.field
    yield "ByteRange", "[" + " ".join(map(str, signature.byte_range)) + "]" if signature.byte_range else ""
    yield (
        tell(say("Bản được ký")),
        f"{signature.revision}/{signature.revisions}" if signature.revision else "",
    )
    yield "SubFilter", signature.form
    yield tell(say("Mức")), _level(signature)
    yield "DocMDP", tell(_certified(signature.certifies))
    yield tell(say("Hàm băm")), signature.digest
    yield tell(say("Thuật toán ký")), signature.algorithm
    yield tell(say("Lý do ký")), signature.reason
    yield (
        "intact / trusted / whole",
        " / ".join(str(each).lower() for each in (signature.intact, signature.trusted, signature.whole)),
    )
    yield tell(say("Giờ khai")), moment_text(signature.signed_at) if signature.signed_at else ""
    yield tell(say("Giờ chứng minh")), moment_text(signature.proven_at) if signature.proven_at else ""
    yield tell(say("Lúc thu hồi")), moment_text(signature.revoked_at) if signature.revoked_at else ""
    if signature.doubt:
        yield tell(say("Chỗ ngờ")), signature.doubt.value


def _certificate(facts: CertificateFacts, tell: Tell) -> Iterator[tuple[str, str]]:
    yield tell(say("Tên")), facts.name + (" ★" if facts.is_root else "")
    yield tell(say("Tổ chức")), facts.organisation
    yield tell(say("Nơi cấp")), facts.issuer
    yield tell(say("Số hiệu")), facts.serial
    yield "SHA-256", facts.sha256
    yield tell(say("Hiệu lực")), f"{moment_text(facts.valid_from)} → {moment_text(facts.valid_to)}"
    yield tell(say("Khóa")), facts.key
    yield tell(say("Nơi cấp ký bằng")), facts.signed_with


def _level(signature: SignatureVerdict) -> str:
    """Name the level of EN 319 142-1 as far as it shows; another program's container is PKCS#7."""
    if signature.form == "ETSI.CAdES.detached":
        return "PAdES B-T" if signature.proven_at else "PAdES B-B"
    return "PKCS#7" if signature.form else ""


def _certified(level: int) -> str:
    """Say what the signer let others change (ISO 32000-2, 12.8.2.2); "" for a signature that certifies nothing."""
    return {
        1: say("1: không được đổi gì"),
        2: say("2: được điền biểu mẫu và ký thêm"),
        3: say("3: được điền biểu mẫu, ký thêm và ghi chú"),
    }.get(level, "")
