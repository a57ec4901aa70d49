"""Commands that make units, devices and officers known: codes at central, and their use at a counter."""

import argparse
import re
import sys
import webbrowser
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.day import day_in
from clerk_app.cli.outcome import Outcome
from clerk_app.cli.secrets import secret
from clerk_app.clock import VIETNAM, format_moment
from clerk_app.domain.officer import Role
from clerk_app.domain.record import as_json
from clerk_app.errors import OfficeError
from clerk_app.places import central_folder, counter_folder
from clerk_app.progress import Progress

if TYPE_CHECKING:
    from clerk_app.services.central_enrolment import CentralPlace, CodeMade

# Deferred below: a counter has no database of central, and central no counter.


class PassphrasesDiffer(OfficeError):
    message = "Hai lần gõ mật khẩu không giống nhau."
    remedy = "Chạy lại lệnh; chưa có gì thay đổi."


class PassphraseShort(OfficeError):
    message = "Mật khẩu ngắn hơn {least} ký tự."
    remedy = "Chọn một câu dễ nhớ, ít nhất {least} ký tự; chưa có gì thay đổi."


LEAST = 8  # characters of a new passphrase


def unit(options: argparse.Namespace) -> Outcome:
    """Make a unit known to central."""
    from clerk_app.services.central_enrolment import add_unit  # noqa: PLC0415 - see above
    from sync.central.accounts import Unit  # noqa: PLC0415 - as above

    add_unit(_place(options), Unit(options.id, options.name, options.owner))
    return {"unit": options.id, "name": options.name}, 0


def device_code(options: argparse.Namespace) -> Outcome:
    """Make a code for a computer of a unit."""
    from clerk_app.services.central_enrolment import code_for_device  # noqa: PLC0415 - see above

    number = re.fullmatch(r"quay-0*(\d+)", options.id)
    name = options.name or (f"Quầy {number[1]}" if number else options.id)
    return _made(code_for_device(_place(options), options.unit, options.id, name, options.hours)), 0


def officer_code(options: argparse.Namespace) -> Outcome:
    """Make a code for an officer of a unit."""
    from clerk_app.services.central_enrolment import code_for_officer  # noqa: PLC0415 - see above

    roles = frozenset(Role(role) for role in options.role)
    span = (_begin_of(options.since), _begin_of(options.until))
    made = code_for_officer(
        _place(options), options.unit, options.id, options.name, roles, options.hours, span
    )
    return _made(made), 0


def revoke(options: argparse.Namespace) -> Outcome:
    """Take back the keys of an officer or a device from now on."""
    from clerk_app.services.central_enrolment import take_back  # noqa: PLC0415 - see above

    take_back(_place(options), f"{options.kind}:{options.id}")
    return {"revoked": options.id}, 0


def password(options: argparse.Namespace) -> Outcome:
    """Give an officer a password for the sign-in at central."""
    from clerk_app.services.central_enrolment import give_password  # noqa: PLC0415 - see above

    give_password(_place(options), options.id, _chosen(options))
    return {"password_of": options.id}, 0


def listed(options: argparse.Namespace) -> Outcome:
    """Tell every unit, its devices and whose keys count."""
    from clerk_app.services.central_enrolment import who_is_known  # noqa: PLC0415 - see above

    return who_is_known(_place(options)), 0


def this_device(options: argparse.Namespace) -> Outcome:
    """Make this computer the device that a code was made for."""
    from clerk_app.services.enrol import enrol_device  # noqa: PLC0415 - see above

    known = enrol_device(
        counter_folder(options.data),
        options.code,
        options.central,
        new_key=options.new_key,
        new_central=options.new_central,
    )
    return as_json(known), 0


def this_officer(options: argparse.Namespace) -> Outcome:
    """Certify the entry key of an officer at this counter."""
    from clerk_app.services.enrol import Opener, begin_anew, enrol_officer  # noqa: PLC0415 - see above
    from clerk_app.store import key_slots  # noqa: PLC0415 - as above

    folder = counter_folder(options.data)
    begin_anew(folder, options.recovery_key)
    is_new = options.forgotten or not key_slots.has_slot(folder, options.id)
    passphrase = _chosen(options) if is_new else _known(options)
    by = (
        secret("Mật khẩu của " + options.by, "by-passphrase-fd", options.by_passphrase_fd)
        if options.by
        else None
    )
    opener = Opener(options.by, by, options.recovery_key)
    how = {"new_key": options.new_key, "forgotten": options.forgotten}
    return as_json(enrol_officer(folder, options.id, options.code, passphrase, opener, **how)), 0


def sign_in(options: argparse.Namespace) -> Outcome:
    """Sign an officer in with this computer's browser, and unlock once: their offline days begin anew."""
    from clerk_app.cli.counter import chosen, unlocked  # noqa: PLC0415 - see above
    from clerk_app.services.sign_in import SignIn  # noqa: PLC0415 - as above

    settings, officer = chosen(options)

    def open_browser(address: str) -> bool:
        print(address, file=sys.stderr)  # for a computer whose browser does not open by itself
        webbrowser.open(address)
        return True

    proof = SignIn(settings, open_browser)(officer, Progress())
    unlocked(options, proof)
    return {"signed_in": officer, "at": format_moment(proof.at)}, 0


def lock_out(options: argparse.Namespace) -> Outcome:
    """Take an officer's way into this counter."""
    with unlocked_desk(options) as desk:
        desk.lock_out(options.id)
    return {"locked_out": options.id}, 0


def extend_days(options: argparse.Namespace) -> Outcome:
    """Let an officer unlock for some days more without a sign-in, once: by a leader or by the recovery key."""
    from clerk_app.services.extend_days import by_leader, by_recovery_key  # noqa: PLC0415 - see above

    told = (counter_folder(options.data), options.id, options.days, options.reason)
    if options.recovery_key is not None:
        return as_json(by_recovery_key(*told, options.recovery_key)), 0
    typed = secret("Mật khẩu của lãnh đạo", "by-passphrase-fd", options.by_passphrase_fd)
    return as_json(by_leader(*told, options.by, typed)), 0


def _known(options: argparse.Namespace) -> bytearray:
    return secret("Mật khẩu mở quầy của cán bộ", "passphrase-fd", options.passphrase_fd)


def _chosen(options: argparse.Namespace) -> bytearray:
    """Ask for a new passphrase, twice where it is typed."""
    first = secret("Mật khẩu mới của cán bộ", "passphrase-fd", options.passphrase_fd)
    if len(first.decode("utf-8", "replace")) < LEAST:
        raise PassphraseShort(least=LEAST)
    if options.passphrase_fd is None and secret("Gõ lại mật khẩu mới", "passphrase-fd", None) != first:
        raise PassphrasesDiffer
    return first


def _made(code: "CodeMade") -> dict[str, Any]:
    return {
        "enrolment_code": code.code,
        "unit": code.unit,
        "for": code.subject,
        "expires": format_moment(code.expires_at),
        "central_key": code.central_key,
    }


def _place(options: argparse.Namespace) -> "CentralPlace":
    from clerk_app.services.central_enrolment import CentralPlace  # noqa: PLC0415 - as above

    return CentralPlace(central_folder(options.into), options.database)


def _begin_of(text: str) -> datetime | None:
    """Return the first moment of a day in Việt Nam."""
    day = day_in(text)
    return None if day is None else datetime.combine(day, time.min, VIETNAM).astimezone(UTC)
