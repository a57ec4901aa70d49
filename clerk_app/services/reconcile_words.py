"""Đối chiếu cuối ngày in words: what does not agree, what to do about it, and who."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from clerk_app import clock
from clerk_app.domain.book import Book
from clerk_app.domain.document import Document, DocumentKind
from clerk_app.domain.reconciling import Agreement, DayCounts, DayFinding, DayReport
from clerk_app.errors import Said, in_a_row, say
from clerk_app.services.next_steps import ADMINISTRATOR
from sync.contract.messages import REASONS
from sync.day import Found, Odd

COMPARING = "Đang đối chiếu"
OF_THE_COUNTER = say("Máy này")
BOOKS = (
    say("Số đã cấp"),
    say("Tiếp nhận"),
    say("Có giấy"),
    say("Sổ theo dõi"),
    say("Máy chủ"),
)
"""The books that must show the same figure."""

_REOPEN = say("Đóng chương trình rồi mở lại để sổ được dựng lại từ nhật ký; nếu vẫn còn, báo người quản trị.")
_WAIT = say("Máy tự gửi khi có mạng. Muốn gửi ngay: mở Gửi, nhận dữ liệu rồi bấm Gửi ngay.")
_SETTLE = say("Mở Gửi, nhận dữ liệu, xem lý do và xử lý việc gửi lỗi.")
_BOTH_SIDES = say("Báo người quản trị so nhật ký của quầy với máy chủ. Không sửa gì trên máy này.")

NOT_IN_REGISTER = DayFinding(
    Agreement.DIFFERS, say("Nhật ký có hồ sơ này, sổ theo dõi không có."), _REOPEN, ADMINISTRATOR
)
REGISTER_DIFFERS = DayFinding(Agreement.DIFFERS, say("Sổ theo dõi ghi khác nhật ký."), _REOPEN, ADMINISTRATOR)
FILE_GONE = DayFinding(
    Agreement.DIFFERS,
    say("Có tệp của hồ sơ không còn trên máy này."),
    say("Báo người quản trị; đừng xóa bản gốc giấy tờ, có thể phải quét lại."),
    ADMINISTRATOR,
)

_OF_SYNC: Mapping[Odd, tuple[Agreement, Callable[[int], Said], Said, str]] = {
    Odd.NOT_SENT: (
        Agreement.OPEN,
        lambda count: say("Có {count} việc chưa gửi lên máy chủ.", count=count),
        _WAIT,
        "",
    ),
    Odd.HELD: (
        Agreement.OPEN,
        lambda count: say("Có {count} việc đã ở máy chủ phường, thành phố chưa nhận.", count=count),
        say("Máy chủ phường tự chuyển lên khi có đường truyền. Đối chiếu lại sau đó."),
        "",
    ),
    Odd.WAITS: (
        Agreement.OPEN,
        lambda count: say("Có {count} việc chờ một việc trước của cùng hồ sơ.", count=count),
        _SETTLE,
        "",
    ),
    Odd.NOT_THERE: (
        Agreement.DIFFERS,
        lambda count: say("Máy chủ đã nhận {count} việc, nay không còn.", count=count),
        _BOTH_SIDES,
        ADMINISTRATOR,
    ),
    Odd.ANSWERED_OTHERWISE: (
        Agreement.DIFFERS,
        lambda count: say("Máy chủ trả lời khác với trước về {count} việc.", count=count),
        _BOTH_SIDES,
        ADMINISTRATOR,
    ),
    Odd.NUMBER_UNUSED: (
        Agreement.DIFFERS,
        lambda _: say("Số của hồ sơ không có trong sổ số đã dùng của quầy."),
        say("Báo người quản trị kiểm tra nhật ký (clerk-app journal verify)."),
        ADMINISTRATOR,
    ),
    Odd.NUMBER_ELSEWHERE: (
        Agreement.DIFFERS,
        lambda _: say("Máy chủ ghi số này cho việc khác hoặc theo mã khác."),
        _BOTH_SIDES,
        ADMINISTRATOR,
    ),
    Odd.RANGE_NOT_ENDED: (
        Agreement.OPEN,
        lambda _: say("Chưa ghi bỏ các số cấp trước mà ngày này không dùng."),
        say("Máy tự ghi ở lần gửi, nhận kế tiếp. Muốn ghi ngay: mở Gửi, nhận dữ liệu rồi bấm Gửi ngay."),
        "",
    ),
    Odd.VOID_NOT_SENT: (
        Agreement.OPEN,
        lambda _: say("Các số đã ghi bỏ của ngày này chưa gửi lên máy chủ."),
        _WAIT,
        "",
    ),
    Odd.RANGE_DIFFERS: (
        Agreement.DIFFERS,
        lambda _: say("Máy chủ đếm số cấp trước của ngày này khác với quầy."),
        _BOTH_SIDES,
        ADMINISTRATOR,
    ),
    Odd.FILE_NOT_THERE: (
        Agreement.OPEN,
        lambda count: say("Máy chủ còn thiếu tệp của {count} việc.", count=count),
        _WAIT,
        "",
    ),
}

_PAPERS = {
    DocumentKind.SLIP: say("Giấy hẹn"),
    DocumentKind.SUPPLEMENT: say("Phiếu yêu cầu bổ sung"),
    DocumentKind.REFUSAL: say("Phiếu từ chối tiếp nhận"),
    DocumentKind.CODE_NOTICE: say("Thông báo mã hồ sơ"),
}


def of_found(found: Iterable[Found]) -> list[DayFinding]:
    """Return what `sync` found about one dossier, in words; what is said of several acts is said once."""
    told = list(found)
    counted = Counter(each.odd for each in told if each.odd in _OF_SYNC)
    return [
        *(_refused(each) for each in told if each.odd is Odd.NOT_TAKEN),
        *(_counted(odd, count) for odd, count in counted.items()),
    ]


def _refused(found: Found) -> DayFinding:
    reason = REASONS.get(found.reason, found.reason)
    what = say("Máy chủ không nhận một việc: {reason}", reason=reason)
    return DayFinding(Agreement.OPEN, what, _SETTLE, found.owner)


def _counted(odd: Odd, count: int) -> DayFinding:
    agreement, what, next_step, owner = _OF_SYNC[odd]
    return DayFinding(agreement, what(count), next_step, owner)


def not_ours(count: int) -> DayFinding:
    """Central has work of this counter that its journal does not hold."""
    return DayFinding(
        Agreement.DIFFERS,
        say("Máy chủ có {count} việc mang tên máy này mà nhật ký ở đây không có.", count=count),
        say("Báo người quản trị: máy này có thể đã bị sao chép hoặc khôi phục từ bản cũ."),
        ADMINISTRATOR,
    )


def book_not_whole(book: Book) -> DayFinding:
    """A number of a book is missing, or was taken when it was another's."""
    odd = ", ".join(str(each) for each in sorted({*book.missing, *book.late}))
    return DayFinding(
        Agreement.DIFFERS,
        say("Sổ “{name}” năm {year} không liền số: {odd}.", name=book.name, year=book.year, odd=odd),
        _BOTH_SIDES,
        ADMINISTRATOR,
    )


def no_slip(officer: str) -> DayFinding:
    """A number was used and no slip was made yet."""
    return DayFinding(
        Agreement.OPEN,
        say("Đã cấp số, chưa có giấy hẹn."),
        say("Mở hồ sơ, lập và ký giấy hẹn với số đã cấp."),
        officer,
    )


def no_code(officer: str) -> DayFinding:
    """What was received under a provisional number has no code, or nobody was told of it."""
    return DayFinding(
        Agreement.OPEN,
        say("Còn số tạm: chưa cấp mã hồ sơ hoặc chưa lập thông báo mã."),
        say("Có dải số thì mở Gửi, nhận dữ liệu, Chờ cấp mã, rồi cấp mã."),
        officer,
    )


def print_unfinished(officer: str) -> DayFinding:
    """A print was started, and nobody said how it ended."""
    return DayFinding(
        Agreement.OPEN,
        say("Chưa rõ giấy đã in xong hay chưa."),
        say("Mở hồ sơ, trả lời giấy có ra hay không; nếu không thì in lại."),
        officer,
    )


def not_printed(paper: Document, officer: str) -> DayFinding:
    """A paper is signed, and no copy of it was printed, or none that is known to have come out."""
    named = _PAPERS[paper.kind]
    tried = say("{paper}: lần in hỏng hoặc chưa rõ, chưa bản nào chắc chắn đã ra giấy.", paper=named)
    what = tried if paper.prints else say("{paper} chưa in lần nào.", paper=named)
    return DayFinding(Agreement.OPEN, what, say("In giấy và đưa cho người dân."), officer)


def sent_back(reason: str, officer: str) -> DayFinding:
    """The leader, or who holds the seal, gave the paper back."""
    return DayFinding(
        Agreement.OPEN,
        say("Giấy bị trả lại, chưa ký: {reason}", reason=reason),
        say("Mở hồ sơ, sửa rồi trình ký lại."),
        officer,
    )


def books(report: DayReport) -> tuple[tuple[str, int | None], ...]:
    """Return each of `BOOKS` with its figure; None: central was not asked."""
    counts = report.counts
    figures = (
        counts.used,
        counts.received,
        counts.with_paper,
        counts.in_register,
        counts.numbers_at_central,
    )
    return tuple(zip(BOOKS, figures, strict=True))


def conclusion(report: DayReport) -> str:
    """Return in a sentence how the day stands."""
    differs, still_open = report.count(Agreement.DIFFERS), report.count(Agreement.OPEN)
    if differs:
        return say("Có {differs} dòng không khớp, {open} dòng còn dở.", differs=differs, open=still_open)
    if still_open:
        return say("Không có gì lệch; còn {open} dòng dở.", open=still_open)
    if report.asked_at is None:
        return say("Sổ sách trên máy này khớp nhau; chưa đối chiếu với máy chủ.")
    return say("Số, giấy, sổ theo dõi và máy chủ khớp nhau.")


def details(report: DayReport) -> Iterator[str]:
    """Yield the further figures of the day, a sentence each; those that are nothing are left out."""
    counts = report.counts
    if counts.provisional:
        yield say("Số tạm: {count}.", count=counts.provisional)
    if counts.codes_given:
        yield say("Cấp mã cho số tạm: {count}.", count=counts.codes_given)
    if counts.without_slip:
        yield say("Chưa có giấy hẹn: {count}.", count=counts.without_slip)
    if counts.slips_by_pen:
        yield say("Giấy hẹn ký tay: {count}.", count=counts.slips_by_pen)
    if counts.returned_at_once:
        yield say("Trả ngay, không cần giấy hẹn: {count}.", count=counts.returned_at_once)
    if counts.replaced:
        yield say("Giấy hẹn bị thay do sai sót: {count}.", count=counts.replaced)
    if counts.supplements or counts.refusals:
        yield say(
            "Yêu cầu bổ sung: {asked}; từ chối: {refused}.", asked=counts.supplements, refused=counts.refusals
        )
    yield say("Bản in: {prints}, trong đó in lại {again}.", prints=counts.prints, again=counts.reprints)
    if counts.prints_unknown:
        yield say("Lần in hỏng hoặc chưa rõ: {count}.", count=counts.prints_unknown)
    yield from _of_ranges(counts)
    yield from _of_journal(counts)


def _of_journal(counts: DayCounts) -> Iterator[str]:
    if counts.extended:
        yield say("Lần gia hạn mở quầy khi chưa đăng nhập được: {count}.", count=counts.extended)
    if counts.at_central is None:
        yield say("Việc ghi trong nhật ký: {entries}.", entries=counts.entries)
    else:
        yield say(
            "Việc ghi trong nhật ký: {entries}; máy chủ có {there}.",
            entries=counts.entries,
            there=counts.at_central,
        )


def _of_ranges(counts: DayCounts) -> Iterator[str]:
    """Yield what became of every number leased for the day; the four add up to all of them, on both sides."""
    yield say(
        "Số cấp trước: {leased} = {taken} đã dùng + {void} bỏ + {apart} để riêng + {unused} chưa dùng.",
        leased=counts.leased,
        taken=counts.taken,
        void=counts.void,
        apart=counts.apart,
        unused=counts.unused,
    )
    there = counts.leased_at_central
    if there is None:
        return
    if there == (counts.leased, counts.taken, counts.void, counts.apart):
        yield say("Máy chủ đếm số cấp trước cũng như vậy.")
    else:
        leased, taken, void, apart = there
        yield say(
            "Máy chủ đếm số cấp trước: {leased}, trong đó {taken} đã dùng, {void} bỏ, {apart} để riêng.",
            leased=leased,
            taken=taken,
            void=void,
            apart=apart,
        )


def asked(report: DayReport) -> str:
    """Return when central was asked, or why it was not."""
    if report.asked_at is not None:
        return say("Máy chủ trả lời lúc {moment}.", moment=clock.format_moment(report.asked_at))
    why = report.not_asked
    if why is None:
        return say("Chưa hỏi máy chủ.")
    return in_a_row(say(why.message, **why.facts), say(why.remedy, **why.facts))


def as_lines(report: DayReport, tell: Callable[[str], str] = str) -> str:
    """Return the whole report as text; `tell` puts each sentence into the reader's language."""
    title = say("Đối chiếu ngày {day}", day=clock.format_day(report.day))
    shown = [tell(title), tell(conclusion(report)), tell(asked(report)), ""]
    shown += [f"{tell(name)}: {'–' if count is None else count}" for name, count in books(report)]
    shown += ["", *map(tell, details(report))]
    for line in report.lines:
        if line.findings:
            shown += ["", " · ".join(filter(None, (line.code, line.person))) or tell(OF_THE_COUNTER)]
            shown += [f"  {tell(each.what)} {tell(each.next_step)}" for each in line.findings]
    return "\n".join(shown)
