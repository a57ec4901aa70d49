"""`clerk-app COMMAND`: reads the words of the command line, runs one command, answers with an exit code.

Exit codes: 0 done · 1 the answer is no (a document not valid, a journal that does not hold, a check
that failed) · 2 unreadable file or wrong usage · 3 refused, with what to do next · 4 central not
reachable · 130 stopped by the user.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from clerk_app.cli import commands
from clerk_app.cli.words import SentencesIn, sentences
from clerk_app.errors import CentralOffline, Notice

DONE, NO, UNREADABLE, REFUSED, OFFLINE, STOPPED = 0, 1, 2, 3, 4, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a bug is not caught."""
    options = _parser().parse_args(arguments)
    try:
        answer, code = options.run(options)
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # sorted right below: news is told, a bug goes on
        if not isinstance(error, Notice):
            raise
        _tell_refusal(error, as_json=options.json)
        return OFFLINE if isinstance(error, CentralOffline) else _code_of(error)
    if answer is not None:
        print(json.dumps(answer, ensure_ascii=False, indent=2) if options.json else commands.as_text(answer))
    return int(code)


def _code_of(error: Notice) -> int:
    return UNREADABLE if isinstance(error, commands.FileUnreadable) else REFUSED


def _tell_refusal(error: Notice, *, as_json: bool) -> None:
    words: SentencesIn = sentences(error)
    if as_json:
        told = {"error": {"kind": type(error).__name__, "message": words.message, "remedy": words.remedy}}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(f"{words.message}\n{words.remedy}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clerk-app", description="Quầy Một Cửa, không có cửa sổ.")
    commands_of = parser.add_subparsers(required=True, metavar="LỆNH")

    intake = _command(commands_of, "intake", "Tiếp nhận một hồ sơ", commands.intake, unlocks=True)
    intake.add_argument("--procedure", required=True, metavar="MÃ", help="mã thủ tục, ví dụ 1.001193")
    intake.add_argument(
        "--applicant-qr", required=True, metavar="QR", help="nội dung mã QR trên thẻ căn cước"
    )
    intake.add_argument(
        "--paper", action="append", default=[], metavar="KHÓA=TỆP", help="giấy tờ kèm tệp; lặp lại được"
    )
    intake.add_argument("--shown", action="append", default=[], metavar="KHÓA", help="giấy tờ chỉ xuất trình")
    intake.add_argument("--phone", default="", metavar="SỐ", help="số điện thoại người nộp")
    intake.add_argument("--sign", action="store_true", help="ký số giấy hẹn bằng thẻ của cán bộ")
    intake.add_argument("--pin-fd", type=int, metavar="N", help="đọc mã PIN từ luồng N thay vì hỏi")
    intake.add_argument("--slip", type=Path, metavar="TỆP", help="ghi giấy hẹn ra tệp này")

    verify = _command(commands_of, "verify", "Kiểm tra chữ ký của một tệp PDF", commands.verify)
    verify.add_argument("file", type=Path, metavar="TỆP.pdf")
    verify.add_argument(
        "--trust", type=Path, metavar="THƯ MỤC", help="chứng thư gốc tin cậy; mặc định của quầy"
    )

    _command(commands_of, "sync", "Gửi, nhận dữ liệu một lượt", commands.sync, unlocks=True)

    find = _command(commands_of, "find", "Tìm hồ sơ như gõ vào ô tìm kiếm", commands.find, unlocks=True)
    find.add_argument("text", metavar="NỘI DUNG")

    card = _command(commands_of, "read-card", "Đọc nội dung mã QR của thẻ căn cước", commands.card)
    card.add_argument("--qr", required=True, metavar="QR")

    deadline = _command(commands_of, "deadline", "Tính giờ hẹn trả", commands.deadline, unlocks=True)
    deadline.add_argument("--procedure", required=True, metavar="MÃ")
    deadline.add_argument("--received", required=True, metavar="GIỜ", help="ví dụ 2026-11-23T15:01+07:00")

    journal = commands_of.add_parser("journal", help="Nhật ký của quầy")
    _command(
        journal.add_subparsers(required=True, metavar="LỆNH"),
        "verify",
        "Kiểm tra chuỗi nhật ký",
        commands.journal_verify,
        unlocks=True,
    )

    _command(commands_of, "doctor", "Kiểm tra thiết bị", commands.doctor, unlocks=True)

    central = _command(commands_of, "central", "Chạy máy chủ trung tâm mẫu", commands.central)
    central.add_argument("--port", type=int, default=0, metavar="N", help="0: cổng trống bất kỳ")
    central.add_argument("--host", default="127.0.0.1", metavar="ĐỊA CHỈ")
    central.add_argument(
        "--database", default="", metavar="URL", help="mặc định: SQLite trong thư mục dữ liệu"
    )
    central.add_argument("--with-parent", action="store_true", help="dừng khi đầu vào chuẩn đóng lại")
    return parser


def _command(
    family: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    help: str,
    run: commands.Command,
    *,
    unlocks: bool = False,
) -> argparse.ArgumentParser:
    command = family.add_parser(name, help=help, description=help)
    command.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    command.add_argument(
        "--data", type=Path, default=None, metavar="THƯ MỤC", help="thư mục dữ liệu của quầy"
    )
    if unlocks:
        command.add_argument(
            "--officer", default="", metavar="MÃ", help="cán bộ; mặc định người đầu danh sách"
        )
        command.add_argument("--passphrase-fd", type=int, metavar="N", help="đọc mật khẩu từ luồng N")
    command.set_defaults(run=run)
    return command
