"""The words of the commands that make somebody known: `central-enrol` at central, `enrol` at a counter."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clerk_app.domain.officer import Role

Family = Any  # argparse's own family of commands
AddCommand = Callable[[Family, str, str, str], argparse.ArgumentParser]


def add_enrolment(commands_of: Family, add: AddCommand) -> None:
    """Put both families on the command line."""
    _at_central(commands_of, add)
    _at_counter(commands_of, add)
    _days(commands_of, add)


def _at_central(commands_of: Family, add: AddCommand) -> None:
    told = "Cấp mã đăng ký dùng một lần, thu hồi, xem ai đã đăng ký trên máy chủ"
    acts = commands_of.add_parser("central-enrol", help=told).add_subparsers(required=True, metavar="LỆNH")

    unit = add(acts, "unit", "Thêm một đơn vị", "enrolment.unit")
    unit.add_argument("id", metavar="MÃ ĐƠN VỊ", help="UUID, như mục unit.id của settings.json")
    unit.add_argument("--name", required=True, metavar="TÊN")
    unit.add_argument("--owner", required=True, metavar="TÊN", help="người chịu trách nhiệm xử lý cảnh báo")

    device = add(acts, "device", "Cấp mã cho một máy của đơn vị", "enrolment.device_code")
    device.add_argument("id", metavar="MÃ MÁY", help="ví dụ quay-04; máy đã có thì là đăng ký lại")

    officer = add(acts, "officer", "Cấp mã cho một cán bộ của đơn vị", "enrolment.officer_code")
    officer.add_argument("id", metavar="MÃ CÁN BỘ", help="ví dụ qt-05; cán bộ đã có thì là đăng ký lại")
    roles = [role.value for role in Role]
    officer.add_argument("--role", action="append", required=True, choices=roles, help="lặp lại được")
    told = "khóa ký có hiệu lực từ ngày nào; mặc định từ lúc dùng mã, sau phục hồi thì từ bản sao lưu"
    officer.add_argument("--since", default="", metavar="NGÀY", help=told)
    officer.add_argument("--until", default="", metavar="NGÀY", help="đến ngày nào; mặc định hai năm")
    told = "tên các máy khác gọi máy này; mặc định Quầy N với mã quay-N"
    device.add_argument("--name", default="", metavar="TÊN", help=told)
    officer.add_argument("--name", default="", metavar="TÊN")
    for command in (device, officer):
        command.add_argument("--unit", default="", metavar="MÃ", help="khi máy chủ có nhiều đơn vị")
        command.add_argument("--hours", type=float, default=24, metavar="N", help="mã dùng được trong N giờ")

    revoke = add(acts, "revoke", "Thu hồi ngay mọi khóa của một cán bộ hoặc máy", "enrolment.revoke")
    revoke.add_argument("kind", choices=("officer", "device"))
    revoke.add_argument("id", metavar="MÃ")
    password = add(acts, "password", "Đặt mật khẩu đăng nhập hệ thống của một cán bộ", "enrolment.password")
    password.add_argument("id", metavar="MÃ CÁN BỘ")
    password.add_argument("--passphrase-fd", type=int, metavar="N", help="đọc mật khẩu từ luồng N")
    known = add(acts, "list", "Đơn vị, máy và cán bộ đã đăng ký", "enrolment.listed")
    for command in (unit, device, officer, revoke, password, known):
        command.add_argument("--into", type=Path, metavar="THƯ MỤC", help="thư mục dữ liệu của máy chủ")
        command.add_argument("--database", default="", metavar="URL", help="mặc định: SQLite ở đó")


def _days(commands_of: Family, add: AddCommand) -> None:
    told = "Đăng nhập hệ thống bằng trình duyệt của máy này"
    signed = add(commands_of, "sign-in", told, "enrolment.sign_in")
    signed.add_argument("--officer", default="", metavar="MÃ", help="mặc định người đầu danh sách")
    signed.add_argument("--passphrase-fd", type=int, metavar="N", help="đọc mật khẩu của quầy từ luồng N")
    told = "Gia hạn một lần cho cán bộ không đăng nhập hệ thống được vì mất mạng lâu ngày"
    more = add(commands_of, "extend-days", told, "enrolment.extend_days")
    more.add_argument("id", metavar="MÃ CÁN BỘ")
    more.add_argument("--days", type=int, required=True, metavar="N", help="không quá accounts.offline_days")
    more.add_argument("--reason", required=True, metavar="LÝ DO", help="ghi lại cùng người cho phép")
    who = more.add_mutually_exclusive_group(required=True)
    who.add_argument("--by", default="", metavar="MÃ LÃNH ĐẠO", help="lãnh đạo có mật khẩu trên máy này")
    who.add_argument("--recovery-key", type=Path, metavar="TỆP", help="hoặc khóa khôi phục của đơn vị")
    more.add_argument("--by-passphrase-fd", type=int, metavar="N", help="đọc mật khẩu của --by từ luồng N")


def _at_counter(commands_of: Family, add: AddCommand) -> None:
    acts = commands_of.add_parser(
        "enrol", help="Đăng ký máy này, cán bộ của quầy với máy chủ"
    ).add_subparsers(required=True, metavar="LỆNH")
    device = add(acts, "device", "Đăng ký máy này bằng mã dùng một lần", "enrolment.this_device")
    device.add_argument("--central", default="", metavar="ĐỊA CHỈ", help="mặc định như trong settings.json")
    device.add_argument(
        "--new-central", action="store_true", help="máy chủ đổi khóa, đã so khóa với quản trị"
    )

    officer = add(acts, "officer", "Đăng ký khóa ký của một cán bộ", "enrolment.this_officer")
    officer.add_argument("id", metavar="MÃ CÁN BỘ")
    officer.add_argument("--by", default="", metavar="MÃ CÁN BỘ", help="ai mở quầy cho cán bộ mới")
    officer.add_argument("--recovery-key", type=Path, metavar="TỆP", help="hoặc mở bằng khóa khôi phục")
    told = "quên mật khẩu mở quầy: đặt mật khẩu mới, dùng khóa mới; cần --by hoặc --recovery-key"
    officer.add_argument("--forgotten", action="store_true", help=told)
    officer.add_argument("--passphrase-fd", type=int, metavar="N", help="đọc mật khẩu từ luồng N")
    officer.add_argument("--by-passphrase-fd", type=int, metavar="N", help="đọc mật khẩu của --by từ luồng N")
    for command in (device, officer):
        command.add_argument("--code", required=True, metavar="MÃ", help="ví dụ 7K2M-9QXD-4TRW")
        command.add_argument("--new-key", action="store_true", help="dùng một khóa mới, khóa cũ hết hiệu lực")
