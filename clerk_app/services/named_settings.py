"""Settings that no screen shows, by their names in `settings.json`: read, checked and changed one by one."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from clerk_app.domain.text import nfc
from clerk_app.errors import OfficeError, say
from clerk_app.line_settings import SYSTEM, LineSettings
from clerk_app.settings import Settings

_NONE, _YES, _NO = "none", "yes", "no"
_MOST_MB, _MOST_KB, _LONGEST = 1_000_000, 1_000_000, 600  # letters: a paragraph of a notice
_PORTS = range(1, 65536)


class NoSuchSetting(OfficeError):
    message = "Không có thiết lập {name} đặt được bằng lệnh này."
    remedy = "Xem tên và giá trị đang dùng bằng lệnh clerk-app settings list."


class SettingUnfit(OfficeError):
    message = "Giá trị chưa dùng được cho {name}: {why}."
    remedy = "Chưa có gì thay đổi. Cách ghi: {how}."


@dataclass(frozen=True, slots=True)
class NamedSetting:
    """One setting as it stands. A password in an address is not among what is told."""

    name: str
    value: str
    usual: str
    how: str  # Vietnamese sentence: what may be written, and what it does


@dataclass(frozen=True, slots=True)
class _Kind:
    read: Callable[[Settings], str]
    put: Callable[[Settings, str], Settings]  # raises `ValueError` with the reason in words
    how: str


def named(settings: Settings) -> tuple[NamedSetting, ...]:
    """Return every setting of the table with its value, and what it is without one."""
    usual = Settings(settings.folder, settings.unit)
    return tuple(
        NamedSetting(name, each.read(settings), each.read(usual), each.how) for name, each in _TABLE.items()
    )


def with_named(settings: Settings, name: str, text: str) -> Settings:
    """Return the settings with one changed, as it was typed; raises `NoSuchSetting` or `SettingUnfit`."""
    kind = _TABLE.get(name)
    if kind is None:
        raise NoSuchSetting(name=name)
    try:
        return kind.put(settings, nfc(text.strip()))
    except ValueError as wrong:
        raise SettingUnfit(name=name, why=wrong.args[0], how=kind.how) from wrong


def _proxy(settings: Settings, text: str) -> Settings:
    if text not in (SYSTEM, _NONE):
        _require_address(text)
    return _with_line(settings, proxy="" if text == _NONE else text)


def _require_address(text: str) -> None:
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port in _PORTS
    except ValueError:  # a port that is none, a bracket left open
        fits = False
    if not fits:
        raise ValueError(say("không phải địa chỉ http://… có cổng"))


def _shown_proxy(settings: Settings) -> str:
    proxy = settings.line.proxy
    before, at, host = proxy.rpartition("@")
    return (f"{before.partition('://')[0]}://…@{host}" if at else proxy) or _NONE


def _ca_file(settings: Settings, text: str) -> Settings:
    if not text:
        return _with_line(settings, ca_file=None)
    path = settings.folder / text  # an absolute one stays as it is
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(str(path))
    except OSError as wrong:  # `ssl.SSLError` is one
        raise ValueError(say("không đọc được chứng thư PEM nào ở đó")) from wrong
    return _with_line(settings, ca_file=path)


def _with_line(settings: Settings, **changed: object) -> Settings:
    values = {name: getattr(settings.line, name) for name in LineSettings.__dataclass_fields__} | changed
    return replace(settings, line=LineSettings(**values))


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise ValueError(say("không phải một số từ 0 đến {most}", most=most))
    return int(text)


def _yes(text: str) -> bool:
    if text not in (_YES, _NO):
        raise ValueError(say("không phải yes hay no"))
    return text == _YES


def _words(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(say("dài quá {most} ký tự", most=_LONGEST))
    if not text.isprintable():
        raise ValueError(say("có xuống dòng hoặc ký tự không in được"))
    return text


def _one_of(*known: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(say("không phải một trong: {known}", known=", ".join(known)))
        return text

    return read


def _plain(name: str, read: Callable[[str], object], how: str) -> _Kind:
    """Return the line of a setting that stands by itself."""

    def put(settings: Settings, text: str) -> Settings:
        values = {name: read(text)}
        return replace(settings, **values)  # type: ignore[arg-type]  # `read` returns what the member is

    return _Kind(lambda settings: str(getattr(settings, name)), put, how)


_TABLE: Mapping[str, _Kind] = {
    "line.proxy": _Kind(
        _shown_proxy,
        _proxy,
        say("system (như hệ điều hành), none, hoặc http://máy:cổng; có mật khẩu thì nhập khi được hỏi"),
    ),
    "line.ca_file": _Kind(
        lambda settings: str(settings.line.ca_file or ""),
        _ca_file,
        say("đường dẫn tệp PEM của chứng thư gốc thêm vào; để trống là chỉ tin chứng thư của hệ điều hành"),
    ),
    "line.file_mb_a_day": _Kind(
        lambda settings: str(settings.line.file_mb_a_day),
        lambda settings, text: _with_line(settings, file_mb_a_day=_number(text, _MOST_MB)),
        say("số MB tệp được gửi mỗi ngày; 0 là không giới hạn"),
    ),
    "line.large_file_kb": _Kind(
        lambda settings: str(settings.line.large_file_kb),
        lambda settings, text: _with_line(settings, large_file_kb=_number(text, _MOST_KB)),
        say("tệp lớn hơn bấy nhiêu KB thì chờ khi đang tạm dừng tệp lớn"),
    ),
    "line.hold_when_metered": _Kind(
        lambda settings: _YES if settings.line.hold_when_metered else _NO,
        lambda settings, text: _with_line(settings, hold_when_metered=_yes(text)),
        say("yes hoặc no: tệp lớn chờ khi mạng tính tiền theo dung lượng"),
    ),
    "further_turns": _plain(
        "further_turns",
        _one_of("here", "anywhere"),
        say("here hoặc anywhere: lãnh đạo và con dấu ký ở máy đã lập, hay ở bất kỳ quầy nào của đơn vị"),
    ),
    "code_notice": _plain(
        "code_notice", _words, say("lời ghi trên thông báo cấp mã; để trống là lời thường dùng")
    ),
}
