"""The foot of a slip: who signs, and below the rule what is ours to add and not the form's."""

from dataclasses import dataclass

from clerk_app.forms.lines import Line, Paragraph, Run, first_lines, leader, one_line, wrap
from clerk_app.forms.page import BOTTOM, LEFT, RIGHT, WIDTH, Sheet
from clerk_app.forms.qr import draw_qr
from clerk_app.forms.signatures import (
    GAP,
    LARGEST_GAP,
    LEFT_MIDDLE,
    SIGN_ROOM,
    SIGNATURES,
    SMALL,
    TINY,
    Signer,
    approval_height,
    approval_width,
    draw_approval,
    draw_citizen,
    draw_officer,
)
from clerk_app.forms.slip_facts import ApplicantMark, SlipFacts
from clerk_app.forms.typeface import Face, printable
from signing.field import FieldBox

_QR_SIDE = 78.0
_A_MM = 72 / 25.4  # points
_NOTE_SIZES = (9.5, 8.5, 7.5)
_NOTE_ROOM = (
    100.0  # points high that one note may be, so that the foot stays on one page; the journal has all of it
)


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot, measured before it is drawn."""

    facts: SlipFacts
    notes: tuple[Line, ...]  # what is said beside the QR
    strip: float  # points from the rule to the bottom margin

    @property
    def height(self) -> float:
        """Points from the signatures' titles to the bottom margin, at least."""
        return self.strip + GAP / 2 + SIGNATURES


def measure_foot(facts: SlipFacts) -> Foot:
    """Wrap the notes, and say how high the foot will be."""
    seal = facts.seal_mm * _A_MM
    strip = approval_height(seal)  # below the rule; more only for long notes
    width = WIDTH - _QR_SIDE - 2 * GAP - approval_width(facts.fields, seal)
    for size in _NOTE_SIZES:
        each = [first_lines(wrap(text, size, width), _NOTE_ROOM) for text in _notes(facts)]
        notes = tuple(line for note in each for line in note)
        height = sum(line.height for line in notes) + 4
        if height <= strip:
            break
    return Foot(facts, notes, max(strip, height + GAP))


def draw_foot(sheet: Sheet, foot: Foot, text_end: float) -> tuple[FieldBox, ...]:
    """Draw the signatures below the text and the strip at the bottom; return room for the fields asked for."""
    rule = BOTTOM + foot.strip
    top = max(text_end - LARGEST_GAP, rule + GAP / 2 + SIGNATURES)
    officer = _draw_signatures(sheet, foot.facts, top)
    sheet.rule(LEFT, RIGHT, rule, 0.4)
    approval = _draw_strip(sheet, foot, rule - GAP / 2)
    boxes = {box.name: box for box in (officer, *approval)}
    return tuple(boxes[name] for name in foot.facts.fields if name in boxes)


def _draw_signatures(sheet: Sheet, facts: SlipFacts, top: float) -> FieldBox:
    citizen = Signer("NGƯỜI NỘP HỒ SƠ", (_mark_note(facts),), facts.submitted_by)
    _draw_mark(sheet, facts, draw_citizen(sheet, citizen, top))
    electronic = "(Chữ ký số của người tiếp nhận hồ sơ nếu là biểu mẫu điện tử)"
    return draw_officer(
        sheet, Signer("NGƯỜI TIẾP NHẬN HỒ SƠ", ("(Ký và ghi rõ họ tên)", electronic), facts.officer), top
    )


def _mark_note(facts: SlipFacts) -> str:
    detail = printable(facts.mark_detail)
    match facts.mark:
        case ApplicantMark.FINGERPRINT:
            return f"(Điểm chỉ: {detail})" if detail else "(Điểm chỉ)"
        case ApplicantMark.WITNESS:
            return "(Người nộp không ký được, có người làm chứng ký)"
        case ApplicantMark.INTERPRETER:
            return "(Ký và ghi rõ họ tên, có người phiên dịch ký)"
        case _:
            return "(Ký và ghi rõ họ tên)"


def _draw_mark(sheet: Sheet, facts: SlipFacts, names: float) -> None:
    """Draw the frame for a finger, or the line on which a witness or an interpreter signs."""
    helpers = {ApplicantMark.WITNESS: "Người làm chứng: ", ApplicantMark.INTERPRETER: "Người phiên dịch: "}
    if facts.mark is ApplicantMark.FINGERPRINT:
        sheet.frame(LEFT_MIDDLE - 20, names + 3, LEFT_MIDDLE + 20, names + SIGN_ROOM - 3)
    elif facts.mark in helpers:
        who = Run(printable(facts.mark_detail)) if facts.mark_detail else leader()
        lines = wrap(Paragraph((Run(helpers[facts.mark]), who)), SMALL, WIDTH * 0.44)
        room = max(18.0, sum(line.height for line in lines) + 2)
        sheet.write_centred(lines, LEFT_MIDDLE, names + room)


def _notes(facts: SlipFacts) -> tuple[Paragraph, ...]:
    """Return what is said beside the QR, the most urgent first."""
    asked = ", ".join(printable(part) for part in (facts.unit_name, facts.unit_address) if part)
    said = [
        ("Mã hồ sơ này không thay đổi.", "") if facts.code_stays else ("", ""),
        ("Hỏi về hồ sơ: ", f"điện thoại {printable(facts.phone)}, {asked}") if facts.phone else ("", asked),
        ("Bản chính cơ quan giữ: ", _originals(facts.originals)),
        ("Ký bằng bút: ", printable(facts.pen_reason)),
        ("", "Đã đọc lại nội dung giấy này cho người nộp nghe." if facts.read_aloud else ""),
    ]
    shown = [(bold, text) for bold, text in said if text or bold.endswith(".")]
    return tuple(Paragraph((Run(bold, Face.BOLD), Run(text))) for bold, text in shown)


def _originals(numbers: tuple[int, ...] | None) -> str:
    if numbers is None:
        return ""
    if not numbers:
        return "không có."
    return f"giấy số {_ranges(numbers)} trong thành phần hồ sơ."


def _ranges(numbers: tuple[int, ...]) -> str:
    """Return e.g. "1–3, 5" for 1, 2, 3, 5."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and stretches[-1][-1] == number - 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]}–{s[-1]}" for s in stretches)


def _draw_strip(sheet: Sheet, foot: Foot, top: float) -> tuple[FieldBox, ...]:
    facts = foot.facts
    draw_qr(sheet, facts.qr, (LEFT, top - _QR_SIDE), _QR_SIDE)
    caption = " ".join(facts.entry_hash[start : start + 4] for start in range(0, 16, 4))
    sheet.write_centred(
        [one_line(caption, Face.REGULAR, TINY, _QR_SIDE)], LEFT + _QR_SIDE / 2, top - _QR_SIDE
    )
    y = top - 2
    for line in foot.notes:
        y = sheet.write(line, LEFT + _QR_SIDE + GAP, y)
    return draw_approval(sheet, facts.fields, top, facts.seal_mm * _A_MM)
