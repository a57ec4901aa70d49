"""How long an unlock is good without a sign-in: counted by legal time, sealed in the officer's slot.

A clock put back lengthens nothing: what was seen stays seen, and a clock that lags behind it opens nothing until it is set
right. One extension by a leader or by the unit's recovery key is the way in when central is out of reach for too long.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from clerk_app.clock import format_moment
from clerk_app.errors import OfficeError
from clerk_app.settings import Settings
from clerk_app.store import key_slots
from clerk_app.store.key_slots import OpenedSlot, derived
from sync.clock import TimeSource, read_time, rfc3339, to_milliseconds

_NOTE, _EXTENSION, _OPENLY = "sign-in", "extension", "signed_in_at"
_CLOCKS_DIFFER = timedelta(hours=1)  # what a clock may lag behind what was seen


class SignInFirst(OfficeError):
    message = "{officer} cần đăng nhập hệ thống trước khi mở quầy: lần đăng nhập gần nhất là {when}."
    remedy = (
        "Bấm Đăng nhập hệ thống, rồi mở quầy. Không có mạng thì nhờ lãnh đạo hoặc người giữ khóa khôi phục gia hạn "
        "một lần bằng lệnh clerk-app extend-days."
    )


class ClockPutBack(OfficeError):
    message = "Đồng hồ của máy đang chỉ {wall}, sớm hơn lần mở quầy trước ({seen})."
    remedy = "Chỉnh đúng ngày giờ của máy rồi mở lại, hoặc đăng nhập hệ thống."


class ExtensionTooLong(OfficeError):
    message = "Chỉ gia hạn được từ 1 đến {most} ngày."
    remedy = "Chạy lại với số ngày ít hơn; gia hạn một lần cho đến lần đăng nhập sau."


class ReasonMissing(OfficeError):
    message = "Chưa ghi lý do gia hạn."
    remedy = "Chạy lại với --reason, ví dụ: --reason “máy chủ mất điện từ 20/11”."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The provider's word that somebody is this officer, as `SignIn` brings it; good for the next unlock."""

    officer: str  # id
    at: datetime  # UTC, by the provider's clock
    monotonic: int | None = None  # ms of this boot when it came; None: just now


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the slot remembers. Times are RFC 3339; boot and monotonic (ms) say when `seen` was seen."""

    at: str  # of the last sign-in, "" for none
    seen: str  # the latest time that was ever seen here
    boot: str
    monotonic: int
    extension: str = ""  # when the one extension since the last sign-in was granted


@dataclass(frozen=True, slots=True)
class Extension:
    """Further days for an officer, granted once between two sign-ins. Times are RFC 3339."""

    at: str
    until: str
    by: str  # officer id, or "recovery-key"
    reason: str


@dataclass(frozen=True, slots=True)
class OfflineDays:
    """The days of one officer, whose slot was just opened."""

    settings: Settings
    officer_id: str
    opened: OpenedSlot
    source: TimeSource

    def check(self, signed_in: SignedIn | None = None, legal: datetime | None = None) -> None:
        """Note a sign-in, if there was one, and what time it is; raise `SignInFirst` or `ClockPutBack` when it may not be.

        `legal`: the journal's legal time, once it is open. Without a setting and a sign-in nothing is asked or kept.
        """
        days, known = self.settings.sign_in.offline_days, self._known()
        if signed_in is not None:
            at, came = rfc3339(signed_in.at), signed_in.monotonic
            came = self.source.monotonic() if came is None else came
            known = self._note(_Seen(at, at, self.source.boot(), came))
            key_slots.say_openly(self.settings.folder, self.officer_id, _OPENLY, at)
        if days is None:
            return
        if known is None:
            known = _Seen("", "", "", 0)
        known, now = self._told_time(known, legal)
        known = self._note(
            replace(known, seen=rfc3339(now), boot=self.source.boot(), monotonic=self.source.monotonic())
        )
        if known.at and now <= read_time(known.at) + timedelta(days=days):
            return
        if not self._is_extended(known, now):
            when = format_moment(read_time(known.at)) if known.at else "chưa có"
            raise SignInFirst(officer=self.settings.account(self.officer_id).officer.name, when=when)

    def _told_time(self, known: _Seen, legal: datetime | None) -> tuple[_Seen, datetime]:
        """Return what time it is; a clock that once ran ahead is set right by who extends the days, as by a sign-in."""
        try:
            return known, self._now(known, legal)
        except ClockPutBack:
            told = _read_extension(self.settings, self.officer_id, self.opened.data_key)
            if told is None or told.at <= known.at or known.extension:
                raise
            known = replace(known, seen=told.at, boot="", monotonic=0, extension=told.at)
            return known, self._now(known, legal)

    def _now(self, known: _Seen, legal: datetime | None) -> datetime:
        """What has been seen plus what has passed since; in another boot the wall clock, but never before that."""
        if not known.seen:
            return legal or to_milliseconds(self.source.wall())
        seen, passed = read_time(known.seen), self.source.monotonic() - known.monotonic
        if self.source.boot() == known.boot and passed >= 0:
            now = seen + timedelta(milliseconds=passed)
        else:
            now = to_milliseconds(self.source.wall())
            if now < seen - _CLOCKS_DIFFER:
                raise ClockPutBack(wall=format_moment(now), seen=format_moment(seen))
        return max(now, seen, legal or seen)

    def _is_extended(self, known: _Seen, now: datetime) -> bool:
        told = _read_extension(self.settings, self.officer_id, self.opened.data_key)
        if told is None or told.at <= known.at or known.extension not in ("", told.at):
            return False
        if known.extension == "":
            self._note(replace(known, extension=told.at))
        return now <= read_time(told.until)

    def _known(self) -> _Seen | None:
        note = key_slots.read_note(self.settings.folder, self.officer_id, self.opened.own_key, _NOTE)
        return None if note is None else _Seen(**json.loads(note))

    def _note(self, known: _Seen) -> _Seen:
        data = json.dumps(asdict(known)).encode()
        with suppress(OSError):  # a disk that takes no writing: the days run on from what was noted before
            key_slots.put_note(self.settings.folder, self.officer_id, self.opened.own_key, _NOTE, data)
        return known


def check_extension(settings: Settings, officer_id: str, days: int, reason: str) -> None:
    """Raise `NoSuchOfficer`, `ReasonMissing`, or `ExtensionTooLong` for more days than a sign-in gives."""
    settings.account(officer_id)
    most = settings.sign_in.offline_days or 1
    if not 1 <= days <= most:
        raise ExtensionTooLong(most=most)
    if not reason.strip():
        raise ReasonMissing


def keep_extension(settings: Settings, officer_id: str, data_key: bytes, told: Extension) -> None:
    """Give an officer further days once, until their next sign-in: sealed in their slot."""
    key, note = derived(data_key, _EXTENSION), json.dumps(asdict(told)).encode()
    key_slots.put_note(settings.folder, officer_id, key, _EXTENSION, note)


def sign_in_due(settings: Settings, now: datetime) -> dict[str, datetime]:
    """Return officer id -> when they have to sign in at the latest, for those whose last days have come.

    For the eyes alone, before anybody unlocks: what counts is sealed in the slot.
    """
    told = settings.sign_in
    if told.offline_days is None:
        return {}
    lasts, warns = timedelta(days=told.offline_days), timedelta(days=told.warn_days)
    ends = {who: read_time(at) + lasts for who, at in key_slots.said_openly(settings.folder, _OPENLY).items()}
    return {who: end for who, end in ends.items() if now >= end - warns}


def _read_extension(settings: Settings, officer_id: str, data_key: bytes) -> Extension | None:
    note = key_slots.read_note(settings.folder, officer_id, derived(data_key, _EXTENSION), _EXTENSION)
    return None if note is None else Extension(**json.loads(note))
