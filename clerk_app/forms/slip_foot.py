"""The foot of a slip: who signs, and below the rule what is ours to add and not the form's."""

from dataclasses import dataclass

from clerk_app.forms.lines import Line, Paragraph, Run, first_lines, leader, one_line, wrap
from clerk_app.forms.page import BOTTOM, LEFT, RIGHT, WIDTH, Sheet
from clerk_app.forms.qr import draw_qr
from clerk_app.forms.slip_facts import ApplicantMark, SlipFacts
from clerk_app.forms.typeface import Face, printable
from signing.field import FieldBox

OFFICER, LEADER, SEAL = "CanBo", "LanhDao", "ConDau"
_NOTE_SIZE, _SMALL, _TINY = 10.0, 9.5, 7.5
_SIGN_ROOM = 54.0  # points between the notes and the name
_SIGN_WIDTH = 190.0
_NAME_ROOM = 25.0  # one line, or two small ones
_SIGNATURES = 15 + 2 * _NOTE_SIZE * 1.22 + _SIGN_ROOM + _NAME_ROOM
_LARGEST_GAP = 16.0  # between the text and the signatures
_QR_SIDE = 78.0
_STRIP = 90.0  # height below the rule, more only for long notes
_NAME_SIZES = (12.0, 10.0, 9.0, 8.0, 6.5, 5.0)
_NOTE_SIZES = (9.5, 8.5, 7.5)
_NOTE_ROOM = (
    100.0  # points high that one note may be, so that the foot stays on one page; the journal has all of it
)
_LEADER_BOX, _SEAL_BOX = (132.0, 52.0), (62.0, 62.0)
_GAP = 6.0
_LEFT_MIDDLE, _RIGHT_MIDDLE = LEFT + WIDTH * 0.24, RIGHT - WIDTH * 0.28


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot, measured before it is drawn."""

    facts: SlipFacts
    notes: tuple[Line, ...]  # what is said beside the QR
    strip: float  # points from the rule to the bottom margin

    @property
    def height(self) -> float:
        """Points from the signatures' titles to the bottom margin, at least."""
        return self.strip + _GAP / 2 + _SIGNATURES


def measure_foot(facts: SlipFacts) -> Foot:
    """Wrap the notes, and say how high the foot will be."""
    width = WIDTH - _QR_SIDE - 2 * _GAP - _approval_width(facts)
    for size in _NOTE_SIZES:
        each = [first_lines(wrap(text, size, width), _NOTE_ROOM) for text in _notes(facts)]
        notes = tuple(line for note in each for line in note)
        height = sum(line.height for line in notes) + 4
        if height <= _STRIP:
            break
    return Foot(facts, notes, max(_STRIP, height + _GAP))


def draw_foot(sheet: Sheet, foot: Foot, text_end: float) -> tuple[FieldBox, ...]:
    """Draw the signatures below the text and the strip at the bottom; return room for the fields asked for."""
    rule = BOTTOM + foot.strip
    top = max(text_end - _LARGEST_GAP, rule + _GAP / 2 + _SIGNATURES)
    officer = _draw_signatures(sheet, foot.facts, top)
    sheet.rule(LEFT, RIGHT, rule, 0.4)
    approval = _draw_strip(sheet, foot, rule - _GAP / 2)
    boxes = {box.name: box for box in (officer, *approval)}
    return tuple(boxes[name] for name in foot.facts.fields if name in boxes)


def _draw_signatures(sheet: Sheet, facts: SlipFacts, top: float) -> FieldBox:
    half = WIDTH * 0.56
    below = sheet.write_centred([one_line("NGƯỜI NỘP HỒ SƠ", Face.BOLD, 12, half)], _LEFT_MIDDLE, top)
    sheet.write_centred(_note(_mark_note(facts), half * 0.7), _LEFT_MIDDLE, below)
    below = sheet.write_centred([one_line("NGƯỜI TIẾP NHẬN HỒ SƠ", Face.BOLD, 12, half)], _RIGHT_MIDDLE, top)
    below = sheet.write_centred(_note("(Ký và ghi rõ họ tên)", half), _RIGHT_MIDDLE, below)
    electronic = "(Chữ ký số của người tiếp nhận hồ sơ nếu là biểu mẫu điện tử)"
    sheet.write_centred(_note(electronic, half), _RIGHT_MIDDLE, below)
    names = top - _SIGNATURES + _NAME_ROOM
    _draw_name(sheet, facts.submitted_by, _LEFT_MIDDLE, names)
    _draw_name(sheet, facts.officer, _RIGHT_MIDDLE, names)
    _draw_mark(sheet, facts, names)
    x = _RIGHT_MIDDLE - _SIGN_WIDTH / 2
    return FieldBox(OFFICER, sheet.page, x, names + 2, x + _SIGN_WIDTH, names + _SIGN_ROOM - 1)


def _note(text: str, width: float) -> tuple[Line, ...]:
    return wrap(Paragraph((Run(text, Face.ITALIC),)), _NOTE_SIZE, width)


def _draw_name(sheet: Sheet, name: str, middle: float, top: float) -> None:
    text = Paragraph((Run(printable(name), Face.BOLD),))
    for size in _NAME_SIZES:
        lines = wrap(text, size, WIDTH * 0.46)
        if sum(line.height for line in lines) <= _NAME_ROOM:
            break
    sheet.write_centred(lines, middle, top)


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
        sheet.frame(_LEFT_MIDDLE - 20, names + 3, _LEFT_MIDDLE + 20, names + _SIGN_ROOM - 3)
    elif facts.mark in helpers:
        who = Run(printable(facts.mark_detail)) if facts.mark_detail else leader()
        lines = wrap(Paragraph((Run(helpers[facts.mark]), who)), _SMALL, WIDTH * 0.44)
        room = max(18.0, sum(line.height for line in lines) + 2)
        sheet.write_centred(lines, _LEFT_MIDDLE, names + room)


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


def _approval_width(facts: SlipFacts) -> float:
    widths = [box[0] for name, box in ((SEAL, _SEAL_BOX), (LEADER, _LEADER_BOX)) if name in facts.fields]
    return sum(widths) + _GAP * len(widths) + (_GAP if widths else 0)


def _draw_strip(sheet: Sheet, foot: Foot, top: float) -> tuple[FieldBox, ...]:
    facts = foot.facts
    draw_qr(sheet, facts.qr, (LEFT, top - _QR_SIDE), _QR_SIDE)
    caption = " ".join(facts.entry_hash[start : start + 4] for start in range(0, 16, 4))
    sheet.write_centred(
        [one_line(caption, Face.REGULAR, _TINY, _QR_SIDE)], LEFT + _QR_SIDE / 2, top - _QR_SIDE
    )
    y = top - 2
    for line in foot.notes:
        y = sheet.write(line, LEFT + _QR_SIDE + _GAP, y)
    return _draw_approval(sheet, facts, top)


def _draw_approval(sheet: Sheet, facts: SlipFacts, top: float) -> tuple[FieldBox, ...]:
    """Draw the room for the electronic approval: the seal to the left of the leader, as NĐ 30/2020 has it."""
    boxes: list[FieldBox] = []
    x = RIGHT - _approval_width(facts) + _GAP
    wanted = [(SEAL, _SEAL_BOX, "Dấu cơ quan"), (LEADER, _LEADER_BOX, "Lãnh đạo")]
    shown = [(name, box, label) for name, box, label in wanted if name in facts.fields]
    if shown:
        sheet.write(one_line("Phê duyệt điện tử:", Face.BOLD, _SMALL, RIGHT - x), x, top - 2)
    for name, (width, height), label in shown:
        lower = top - 16 - _SEAL_BOX[1] + (_SEAL_BOX[1] - height) / 2
        box = FieldBox(name, sheet.page, x, lower, x + width, lower + height)
        sheet.frame(box.x1, box.y1, box.x2, box.y2)
        text = one_line(label, Face.ITALIC, _TINY, width)
        sheet.write_centred([text], x + width / 2, top - 16 - _SEAL_BOX[1])
        boxes.append(box)
        x += width + _GAP
    return tuple(boxes)
