"""Commands for the day on which something failed: snapshot, restore, recover, turns, recovery-key."""

import argparse

from clerk_app.cli.counter import unlocked, unlocked_desk
from clerk_app.cli.outcome import Outcome
from clerk_app.clock import format_moment
from clerk_app.domain.record import as_json
from clerk_app.errors import OfficeError
from clerk_app.places import counter_folder
from clerk_app.services import recovery
from clerk_app.settings import read_settings


class RecoveryKeyNotNamed(OfficeError):
    message = "Cần cả thư mục của nơi lưu thứ hai và tệp khóa khôi phục."
    remedy = "Chạy lại với --second-place THƯ MỤC --key TỆP; không có cả hai thì lệnh cứu nhật ký bị hỏng."


def snapshot(options: argparse.Namespace) -> Outcome:
    """Take a snapshot of the journal now."""
    with unlocked_desk(options) as desk:
        taken = desk.upkeep.snapshot()
    return {"snapshot": str(taken.path), "taken_at": format_moment(taken.taken_at)}, 0


def restore(options: argparse.Namespace) -> Outcome:
    """Put a snapshot in the place of the journal."""
    settings, opened = unlocked(options)
    aside = recovery.restore_snapshot(settings, opened, options.snapshot, even_if_sound=options.anyway)
    return {"restored": options.snapshot, "aside": aside}, 0


def recover(options: argparse.Namespace) -> Outcome:
    """Take unsent work back from its second place; without one, salvage a damaged journal."""
    if bool(options.second_place) != bool(options.key):
        raise RecoveryKeyNotNamed
    if not options.second_place:
        return as_json(recovery.salvage(*unlocked(options), even_if_sound=options.anyway)), 0
    key = recovery.read_recovery_key(options.key)
    with unlocked_desk(options) as desk:
        back = desk.take_back(options.second_place, key, options.counter, anyway=options.anyway)
    return as_json(back), 0


def turns(options: argparse.Namespace) -> Outcome:
    """List the turns that wait for a person, or give those of one dossier back to this counter."""
    with unlocked_desk(options) as desk:
        found = desk.give_back_turn(options.give_back) if options.give_back else desk.give_back_turn.waiting()
    return as_json(found), 0


def recovery_key(options: argparse.Namespace) -> Outcome:
    """Make the unit's recovery key, or take the one that another counter of the unit made."""
    made = recovery.enrol_recovery_key(
        read_settings(counter_folder(options.data)), options.key, replace_old=options.replace
    )
    return {"key": str(options.key), "made": made}, 0
