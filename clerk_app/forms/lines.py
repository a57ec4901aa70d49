"""Text on a line: runs of one face, wrapped at spaces, with dotted leaders where nothing is known yet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from clerk_app.forms.typeface import Face, width_of

NBSP = "\N{NO-BREAK SPACE}"  # holds a line together; drawn, found and copied as a space
_LEADER_WIDTH = 60.0  # points that a leader takes at least
_LEADING = 1.22  # of the largest size on the line


@dataclass(frozen=True, slots=True)
class Run:
    """Some text in one face, `scale` times as large as the paragraph, and never smaller than `least` points."""

    text: str
    face: Face = Face.REGULAR
    scale: float = 1.0
    least: float = 0.0
    leader: bool = False  # dots to write upon, as wide as the line has room

    def size(self, size: float) -> float:
        """The size of this text in points, in a paragraph of `size` points."""
        return max(size * self.scale, self.least)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that are wrapped together. Later lines hang by `hang` ems; `keep`: stands beside the signatures."""

    runs: tuple[Run, ...]
    hang: float = 0.0
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line ready to be drawn: `x` in points from the line's left end."""

    x: float
    text: str
    face: Face
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its height in points."""

    segments: tuple[Segment, ...]
    height: float
    size: float  # the largest on it

    @property
    def width(self) -> float:
        """How far the line reaches, in points."""
        if not self.segments:
            return 0.0
        last = self.segments[-1]
        return last.x + width_of(last.text, last.face, last.size)


def leader() -> Run:
    """Return dots for the pen."""
    return Run("", leader=True)


def said(text: str, face: Face = Face.REGULAR) -> Run:
    """Return the value, or dots for the pen where there is none."""
    return Run(text, face) if text else leader()


def wrap(paragraph: Paragraph, size: float, width: float) -> tuple[Line, ...]:
    """Break a paragraph into lines of at most `width` points; a word too long for a line is cut."""
    hang = paragraph.hang * size
    rows: list[list[Word]] = [[]]
    taken = 0.0
    for word in _words(paragraph.runs, size, width - hang):
        space = word.space if rows[-1] else 0.0
        if rows[-1] and taken + space + word.width > width:
            rows.append([])
            taken, space = hang, 0.0
        rows[-1].append(word)
        taken += space + word.width
    return tuple(_line(row, size, 0.0 if n == 0 else hang, width) for n, row in enumerate(rows))


def one_line(text: str, face: Face, size: float, width: float) -> Line:
    """Return the text as one line, smaller than `size` where it would not fit into `width`."""
    taken = width_of(text, face, size)
    fitted = size if taken <= width else size * width / taken
    return Line((Segment(0.0, text, face, fitted),), fitted * _LEADING, fitted)


def first_lines(lines: Sequence[Line], room: float) -> tuple[Line, ...]:
    """Return as many of the lines as are at most `room` points high; the last ends in "…" where some are left out."""
    kept: list[Line] = []
    for line in lines:
        room -= line.height
        if room < 0:
            break
        kept.append(line)
    if kept and len(kept) < len(lines):
        kept[-1] = _cut_off(kept[-1])
    return tuple(kept)


def _cut_off(line: Line) -> Line:
    """Put "…" in the place of the last letters: the line gets no wider."""
    *before, last = line.segments
    room, text = width_of(last.text, last.face, last.size), last.text
    while text and width_of(f"{text}…", last.face, last.size) > room:
        text = text[:-1]
    return replace(line, segments=(*before, replace(last, text=f"{text.rstrip()}…")))


@dataclass(frozen=True, slots=True)
class Word:
    """What may not be broken: parts without a space between them. `space`: the gap before it."""

    parts: tuple[Run, ...]
    width: float
    space: float


def _words(runs: Iterable[Run], size: float, width: float) -> Iterator[Word]:
    parts: list[Run] = []
    space = 0.0
    for run in runs:
        pieces = [run.text] if run.leader else run.text.split(" ")
        for n, piece in enumerate(pieces):
            if n > 0:
                yield from _cut(parts, size, width, space)
                parts, space = [], width_of(" ", run.face, run.size(size))
            if piece or run.leader:
                parts.append(replace(run, text=piece))
    yield from _cut(parts, size, width, space)


def _cut(parts: Sequence[Run], size: float, width: float, space: float) -> Iterator[Word]:
    """Yield the word, in pieces where it is wider than a line."""
    if not parts:
        return
    taken = sum(_part_width(part, size) for part in parts)
    if taken <= width:
        yield Word(tuple(parts), taken, space)
        return
    piece: list[Run] = []
    taken = 0.0
    for letter in (replace(part, text=letter) for part in parts for letter in part.text or [""]):
        wide = _part_width(letter, size)
        if piece and taken + wide > width:
            yield Word(tuple(piece), taken, space)
            piece, taken, space = [], 0.0, 0.0
        piece.append(letter)
        taken += wide
    yield Word(tuple(piece), taken, space)


def _part_width(part: Run, size: float) -> float:
    return _LEADER_WIDTH if part.leader else width_of(part.text, part.face, part.size(size))


def _line(row: Sequence[Word], size: float, start: float, width: float) -> Line:
    """Set the words of one row side by side; leaders share what is left of the width."""
    runs = [part for word in row for part in word.parts]
    leaders = sum(run.leader for run in runs)
    taken = start + sum(word.width for word in row) + sum(word.space for word in row[1:])
    spare = max(0.0, width - taken) / leaders if leaders else 0.0
    segments: list[Segment] = []
    x = start
    for n, word in enumerate(row):
        x += word.space if n else 0.0
        for part in word.parts:
            room = _LEADER_WIDTH + spare
            segments.append(_dots(x, room, size) if part.leader else _segment(x, part, size))
            x += room if part.leader else _part_width(part, size)
    largest = max((run.size(size) for run in runs), default=size)
    return Line(tuple(_joined(segments)), largest * _LEADING, largest)


def _segment(x: float, part: Run, size: float) -> Segment:
    return Segment(x, part.text.replace(NBSP, " "), part.face, part.size(size))


def _dots(x: float, room: float, size: float) -> Segment:
    count = int(room / width_of(".", Face.REGULAR, size))
    return Segment(x, "." * count, Face.REGULAR, size)


def _joined(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Join words of one face, so that they are drawn, found and copied as one text."""
    waiting: Segment | None = None
    for segment in segments:
        if waiting and (waiting.face, waiting.size) == (segment.face, segment.size):
            end = waiting.x + width_of(waiting.text, waiting.face, waiting.size)
            gap = " " if segment.x - end > 0.01 else ""
            waiting = replace(waiting, text=f"{waiting.text}{gap}{segment.text}")
        else:
            if waiting:
                yield waiting
            waiting = segment
    if waiting:
        yield waiting
