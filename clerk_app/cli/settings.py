"""Commands for settings that no screen shows: list them, change one."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome
from clerk_app.cli.secrets import secret
from clerk_app.cli.words import in_language
from clerk_app.domain.record import as_json
from clerk_app.errors import OfficeError
from clerk_app.places import counter_folder
from clerk_app.services.change_settings import ChangeSettings
from clerk_app.services.named_settings import NamedSetting
from clerk_app.store import key_slots


class SecretOnTheLine(OfficeError):
    message = "Địa chỉ có mật khẩu không viết được vào lệnh: máy lưu lại các lệnh đã gõ."
    remedy = "Chạy lại lệnh không có --to, rồi nhập khi được hỏi. Chưa có gì thay đổi."


def listed(options: argparse.Namespace) -> Outcome:
    """Tell each setting by its name, with its value and what may stand there."""
    with _changing(options) as change:
        return [_told(each) for each in change.named()], 0


def put(options: argparse.Namespace) -> Outcome:
    """Change one; asked for where it is not on the command line."""
    value = options.to
    if value is not None and "@" in value and "://" in value:
        raise SecretOnTheLine
    with _changing(options) as change:
        if value is None:
            value = secret(options.name, "value-fd", options.value_fd).decode("utf-8", "replace")
        return _told(change.put_named(options.name, value)), 0


@contextmanager
def _changing(options: argparse.Namespace) -> Iterator[ChangeSettings]:
    """The settings behind their door; of a counter that nobody can unlock yet, as they lie there."""
    folder = counter_folder(options.data)
    if not key_slots.has_any(folder):
        yield ChangeSettings(folder)
        return
    with unlocked_desk(options) as desk:
        yield desk.settings


def _told(each: NamedSetting) -> dict[str, object]:
    return {**as_json(each), "how": in_language(each.how)}
