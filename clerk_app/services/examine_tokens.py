"""Kiểm tra thẻ: each driver, token and certificate of this counter in one line each, with what to do next.

Nothing here asks for a PIN or uses one. Lines are named `part:number` where there are several of a kind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from clerk_app import clock
from clerk_app.clock import format_day, format_moment
from clerk_app.domain.verdict import Check, Health
from clerk_app.errors import say
from clerk_app.progress import Progress
from clerk_app.services.token_lines import (
    Line,
    certificate_line,
    chain_line,
    key_line,
    numbered,
    of_notice,
    of_trouble,
    pin_line,
    slots_line,
)
from clerk_app.settings import Settings, TokenLibrary
from signing.errors import ModuleWrongArchitecture, RevocationError, SigningError, TimeStampError
from signing.examination import (
    Examination,
    SeenCertificate,
    SeenToken,
    authority_time,
    examine,
    revoked_since,
)
from signing.known_libraries import known_libraries
from signing.revocation import HttpIssuers, Issuers
from signing.time_stamp import HttpTimeStamper, TimeStamper
from signing.trust import Trust, load_trust

_SKEW = timedelta(minutes=5)
_SECONDS = 5.0  # for each question to an authority
Look = Callable[[Path, Mapping[str, str], Trust], Examination]


@dataclass(frozen=True, slots=True)
class ExamineTokens:
    """`stamper`: None where the settings name no time-stamp service."""

    folder: Path
    libraries: tuple[TokenLibrary, ...]
    trust_folder: Path
    stamper: Callable[[Trust], TimeStamper] | None
    now: Callable[[], datetime] = clock.now
    look: Look = examine
    issuers: Issuers = field(default_factory=lambda: HttpIssuers(_SECONDS))

    @classmethod
    def of(cls, settings: Settings) -> "ExamineTokens":
        """Examine what the settings of one counter name."""
        address = settings.proof.time_stamp
        ask = partial(HttpTimeStamper, address, seconds=_SECONDS) if address else None
        return cls(settings.folder, settings.tokens, settings.trust_folder, ask)

    def __call__(self, progress: Progress | None = None) -> tuple[Check, ...]:
        """Return every line; never raises what fits `Notice`. Raises `Cancelled` between two drivers."""
        watched = progress or Progress()
        found: list[Line] = []
        trust = Trust(())
        try:
            trust = load_trust(self.trust_folder)
        except SigningError as trouble:
            found.append(of_notice("token_chain", Health.FAIL, trouble))
        if not self.libraries:
            remedy = say("Bấm Tìm phần mềm thẻ, hoặc cài phần mềm của nhà cung cấp thẻ rồi tìm lại.")
            found.append(("token_driver", Health.FAIL, say("Chưa khai báo phần mềm thẻ ký số."), remedy))
        for number, library in enumerate(self.libraries):
            watched.step(number, len(self.libraries) + 1, "token_driver")
            seen = self.look(library.path, library.environment, trust)
            found += self._driver(library, seen)
        watched.step(len(self.libraries), len(self.libraries) + 1, "token_clock")
        found += (self._clock(), self._time_stamp(trust))
        return numbered(found)

    def _driver(self, library: TokenLibrary, seen: Examination) -> Iterator[Line]:
        path = str(library.path)
        if seen.architecture is None:
            yield of_trouble("token_driver", seen.trouble)
            return
        yield "token_driver", Health.OK, say("Có tệp phần mềm thẻ: {library}.", library=path), ""
        if seen.loads:
            what = say("Bản {architecture}, đúng bản chương trình cần.", architecture=str(seen.architecture))
            yield "token_architecture", Health.OK, what, ""
            yield "token_loads", Health.OK, say("Nạp được và trả lời."), ""
            yield slots_line(seen.tokens)
            for token in seen.tokens:
                yield from self._token(token)
        else:
            part = "token_architecture" if _is_foreign(seen) else "token_loads"
            yield of_trouble(part, seen.trouble)

    def _token(self, token: SeenToken) -> Iterator[Line]:
        yield pin_line(token.info)
        label = token.info.label
        if token.trouble is not None:
            yield of_trouble("token_certificate", token.trouble)
        elif not token.certificates:
            remedy = say("Mở phần mềm của nhà cung cấp xem thẻ đã có chứng thư chưa; hỏi đơn vị cấp thẻ.")
            told = say("Thẻ {label} không có chứng thư số nào đọc được.", label=label)
            yield "token_certificate", Health.FAIL, told, remedy
        if token.unreadable and token.certificates:
            told = say(
                "Thẻ {label} có {count} chứng thư không đọc được.", label=label, count=token.unreadable
            )
            yield (
                "token_certificate",
                Health.WARN,
                told,
                say("Hỏi đơn vị cấp thẻ nếu đó là chứng thư cần dùng."),
            )
        for each in token.certificates:
            yield certificate_line(each, self.now())
            if each.certificate.may_sign:
                yield chain_line(each)
                yield key_line(each)
                yield self._revocation(each)

    def _revocation(self, seen: SeenCertificate) -> Line:
        part, owner = "token_revocation", seen.certificate.common_name
        if not seen.rooted:
            told = say(
                "Bỏ qua việc hỏi thu hồi của {owner}: chưa biết nơi cấp có đáng tin không.", owner=owner
            )
            return part, Health.OK, told, ""
        if not seen.tells_where_to_ask:
            told = say(
                "Bỏ qua việc hỏi thu hồi: chứng thư của {owner} không ghi địa chỉ để hỏi.", owner=owner
            )
            return part, Health.OK, told, ""
        try:
            since = revoked_since(self.issuers, seen, self.now())
        except RevocationError as failed:
            return of_notice(part, Health.WARN, failed)
        if since is None:
            told = say("Nơi cấp trả lời: chứng thư của {owner} không bị thu hồi.", owner=owner)
            return part, Health.OK, told, ""
        told = say("Chứng thư số của {owner} đã bị thu hồi từ {day}.", owner=owner, day=format_moment(since))
        return part, Health.FAIL, told, say("Không ký bằng thẻ này nữa. Liên hệ đơn vị cấp chứng thư.")

    def _clock(self) -> Line:
        now, known = self.now(), known_libraries(None)[0].checked
        if now.date() < known:
            told = say("Máy đang để ngày {day}, trước ngày chương trình này ra đời.", day=format_day(now))
            return "token_clock", Health.FAIL, told, say("Chỉnh lại ngày giờ của máy này.")
        return "token_clock", Health.OK, say("Ngày giờ của máy hợp lý: {when}.", when=format_moment(now)), ""

    def _time_stamp(self, trust: Trust) -> Line:
        part = "token_time_stamp"
        if self.stamper is None:
            told = say("Bỏ qua dấu thời gian: thiết lập chưa ghi dịch vụ cấp dấu thời gian.")
            return part, Health.OK, told, ""
        try:
            said = authority_time(self.stamper(trust))
        except TimeStampError as failed:
            return of_notice(part, Health.WARN, failed)
        away = abs(said - self.now())
        if away > _SKEW:
            minutes = int(away.total_seconds() // 60)
            told = say("Máy này lệch giờ dịch vụ cấp dấu thời gian {minutes} phút.", minutes=minutes)
            return part, Health.FAIL, told, say("Chỉnh lại ngày giờ của máy này.")
        return part, Health.OK, say("Dịch vụ cấp dấu thời gian trả lời; giờ khớp."), ""


def _is_foreign(seen: Examination) -> bool:
    return isinstance(seen.trouble, ModuleWrongArchitecture)
