"""Who signs a form: the blocks of the people, the room for the officer's signature, and for the approval that follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_app.forms.lines import Line, Paragraph, Run, one_line, wrap
from clerk_app.forms.page import LEFT, RIGHT, WIDTH, Sheet
from clerk_app.forms.typeface import Face, printable
from signing.field import FieldBox

OFFICER, LEADER, SEAL = "CanBo", "LanhDao", "ConDau"
NOTE_SIZE, SMALL, TINY = 10.0, 9.5, 7.5
SIGN_ROOM = 54.0  # points between the notes and the name
NAME_ROOM = 25.0  # one line, or two small ones
SIGNATURES = 15 + 2 * NOTE_SIZE * 1.22 + SIGN_ROOM + NAME_ROOM
LARGEST_GAP = 16.0  # between the text and the signatures
GAP = 6.0
LEFT_MIDDLE, RIGHT_MIDDLE = LEFT + WIDTH * 0.24, RIGHT - WIDTH * 0.28
APPROVAL_HEIGHT = 90.0  # points that the room for leader and seal takes, with its heading and labels
_SIGN_WIDTH = 190.0
_HALF = WIDTH * 0.56
_NAME_SIZES = (12.0, 10.0, 9.0, 8.0, 6.5, 5.0)
_LEADER_BOX, _SEAL_BOX = (132.0, 52.0), (62.0, 62.0)
_COVERED = _LEADER_BOX[0] / 3  # of a leader's signature, by a seal in its real size


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs with a pen or a token: the title, what stands in brackets below it, the name."""

    title: str
    notes: tuple[str, ...]
    name: str


def draw_officer(sheet: Sheet, signer: Signer, top: float) -> FieldBox:
    """Draw the officer's block at the right below `top`; return the room for the electronic signature."""
    names = _draw_signer(sheet, signer, RIGHT_MIDDLE, top, _HALF)
    x = RIGHT_MIDDLE - _SIGN_WIDTH / 2
    return FieldBox(OFFICER, sheet.page, x, names + 2, x + _SIGN_WIDTH, names + SIGN_ROOM - 1)


def draw_citizen(sheet: Sheet, signer: Signer, top: float) -> float:
    """Draw the citizen's block at the left below `top`; return where the name begins."""
    return _draw_signer(sheet, signer, LEFT_MIDDLE, top, _HALF * 0.7)


def approval_width(fields: Sequence[str], seal: float = 0.0) -> float:
    """Return the points that the room for leader and seal takes at the right, as far as they are asked for.

    `seal`: points across, where the seal is a picture in its real size; 0: a practice ring beside the leader.
    """
    if seal and {SEAL, LEADER} <= set(fields):
        return seal + _LEADER_BOX[0] - _COVERED + 2 * GAP
    own = (seal, seal) if seal else _SEAL_BOX
    widths = [box[0] for name, box in ((SEAL, own), (LEADER, _LEADER_BOX)) if name in fields]
    return sum(widths) + GAP * len(widths) + (GAP if widths else 0)


def approval_height(seal: float = 0.0) -> float:
    """Return the points that this room takes, with its heading and labels."""
    return max(APPROVAL_HEIGHT, seal + APPROVAL_HEIGHT - _SEAL_BOX[1])


def draw_approval(sheet: Sheet, fields: Sequence[str], top: float, seal: float = 0.0) -> tuple[FieldBox, ...]:
    """Draw the room for the electronic approval: the seal to the left of the leader, as NĐ 30/2020 has it.

    A seal in its real size covers the left third of the leader's signature (Phụ lục I).
    """
    if seal:
        return _draw_real_size(sheet, fields, top, seal)
    boxes: list[FieldBox] = []
    x = RIGHT - approval_width(fields) + GAP
    wanted = [(SEAL, _SEAL_BOX, "Dấu cơ quan"), (LEADER, _LEADER_BOX, "Lãnh đạo")]
    shown = [(name, box, label) for name, box, label in wanted if name in fields]
    if shown:
        sheet.write(one_line("Phê duyệt điện tử:", Face.BOLD, SMALL, RIGHT - x), x, top - 2)
    for name, (width, height), label in shown:
        lower = top - 16 - _SEAL_BOX[1] + (_SEAL_BOX[1] - height) / 2
        box = FieldBox(name, sheet.page, x, lower, x + width, lower + height)
        sheet.frame(box.x1, box.y1, box.x2, box.y2)
        text = one_line(label, Face.ITALIC, TINY, width)
        sheet.write_centred([text], x + width / 2, top - 16 - _SEAL_BOX[1])
        boxes.append(box)
        x += width + GAP
    return tuple(boxes)


def _draw_real_size(sheet: Sheet, fields: Sequence[str], top: float, seal: float) -> tuple[FieldBox, ...]:
    """Leave room without frames: picture lies over picture."""
    left, floor = RIGHT - approval_width(fields, seal) + GAP, top - 16 - seal
    sheet.write(one_line("Phê duyệt điện tử:", Face.BOLD, SMALL, RIGHT - left), left, top - 2)
    boxes: list[FieldBox] = []
    x = left
    if SEAL in fields:
        boxes.append(FieldBox(SEAL, sheet.page, x, floor, x + seal, floor + seal))
        x += seal - _COVERED if LEADER in fields else seal
    if LEADER in fields:
        width, height = _LEADER_BOX
        lower = floor + (seal - height) / 2
        boxes.insert(0, FieldBox(LEADER, sheet.page, x, lower, x + width, lower + height))
    words = "Lãnh đạo, dấu cơ quan" if len(boxes) > 1 else "Dấu cơ quan" if SEAL in fields else "Lãnh đạo"
    if boxes:
        room = RIGHT - left
        sheet.write_centred([one_line(words, Face.ITALIC, TINY, room)], left + room / 2, floor)
    return tuple(boxes)


def _draw_signer(sheet: Sheet, signer: Signer, middle: float, top: float, notes_width: float) -> float:
    below = sheet.write_centred([one_line(signer.title, Face.BOLD, 12, _HALF)], middle, top)
    for note in signer.notes:
        below = sheet.write_centred(_note(note, notes_width), middle, below)
    names = top - SIGNATURES + NAME_ROOM
    _draw_name(sheet, signer.name, middle, names)
    return names


def _note(text: str, width: float) -> tuple[Line, ...]:
    return wrap(Paragraph((Run(text, Face.ITALIC),)), NOTE_SIZE, width)


def _draw_name(sheet: Sheet, name: str, middle: float, top: float) -> None:
    text = Paragraph((Run(printable(name), Face.BOLD),))
    for size in _NAME_SIZES:
        lines = wrap(text, size, WIDTH * 0.46)
        if sum(line.height for line in lines) <= NAME_ROOM:
            break
    sheet.write_centred(lines, middle, top)
