"""The words of the command line: commands, options, and what each is for."""

import argparse
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from clerk_app.cli.central_words import add_central
from clerk_app.cli.enrolment_words import add_enrolment
from clerk_app.cli.outcome import Command, Outcome
from clerk_app.domain.file_act import CopyForm, FileAct

UNREADABLE = 2  # exit code, also for what cannot be understood


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say where to read on, then what the parser stumbled over."""
        self.exit(UNREADABLE, f"Lệnh chưa đúng ({message}).\nXem cách dùng: {self.prog} --help\n")


def parser() -> "_Parser":
    """Return what reads the command line; each command stores its function as `run`."""
    words = _Parser(prog="clerk-app", description="Quầy Một Cửa, không có cửa sổ.")
    commands_of = words.add_subparsers(required=True, metavar="LỆNH")

    intake = _command(commands_of, "intake", "Tiếp nhận một hồ sơ", "commands.intake", unlocks=True)
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

    _add_signed(commands_of)
    _command(commands_of, "sync", "Gửi, nhận dữ liệu một lượt", "commands.sync", unlocks=True)
    _add_day(commands_of)

    find = _command(commands_of, "find", "Tìm hồ sơ như gõ vào ô tìm kiếm", "commands.find", unlocks=True)
    find.add_argument("text", metavar="NỘI DUNG")

    _add_return(commands_of)
    card = _command(commands_of, "read-card", "Đọc thẻ căn cước hoặc hộ chiếu", "commands.card")
    told = card.add_mutually_exclusive_group(required=True)
    told.add_argument("--qr", metavar="QR", help="nội dung mã QR trên thẻ căn cước")
    told.add_argument("--mrz", metavar="MRZ", help="các dòng mã đọc máy của hộ chiếu hoặc thẻ")
    told.add_argument("--image", type=Path, metavar="TỆP", help="ảnh hoặc PDF có mã QR của thẻ căn cước")

    deadline = _command(commands_of, "deadline", "Tính giờ hẹn trả", "commands.deadline", unlocks=True)
    deadline.add_argument("--procedure", required=True, metavar="MÃ")
    deadline.add_argument("--received", required=True, metavar="GIỜ", help="ví dụ 2026-11-23T15:01+07:00")

    _add_journal(commands_of)
    gone = "Gỡ mật khẩu của một cán bộ ở máy này"
    lock_out = _command(commands_of, "lock-out", gone, "enrolment.lock_out", unlocks=True)
    lock_out.add_argument("id", metavar="MÃ CÁN BỘ")
    _command(commands_of, "doctor", "Kiểm tra thiết bị", "commands.doctor", unlocks=True)

    _add_settings(commands_of)
    _add_tokens(commands_of)
    _add_sign_file(commands_of)
    _add_pictures(commands_of)
    _add_bundle(commands_of)
    _add_delegations(commands_of)
    _add_drafts(commands_of)
    _add_recovery(commands_of)
    _add_books(commands_of)
    _add_retention(commands_of)
    _add_trust(commands_of)
    _add_sheets(commands_of)
    add_central(commands_of, _command)
    add_enrolment(commands_of, _command)
    return words


def _add_journal(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    journal = commands_of.add_parser("journal", help="Nhật ký của quầy")
    _command(
        journal.add_subparsers(required=True, metavar="LỆNH"),
        "verify",
        "Kiểm tra chuỗi nhật ký",
        "commands.journal_verify",
        unlocks=True,
    )


def _add_day(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    told = "Đối chiếu cuối ngày: số, giấy, sổ theo dõi và máy chủ"
    reconcile = _command(commands_of, "reconcile", told, "day.reconcile", unlocks=True)
    reconcile.add_argument("--day", default="", metavar="NGÀY", help="ví dụ 2026-11-23; mặc định hôm nay")
    told = "Nhật ký mất kết nối: từ lúc nào, vì sao, hồ sơ nào"
    outages = _command(commands_of, "outages", told, "day.outages", unlocks=True)
    outages.add_argument("--out", type=Path, metavar="TỆP.xlsx", help="ghi thêm ra bảng tính")


def _add_signed(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    verify = _command(commands_of, "verify", "Kiểm tra chữ ký của một tệp PDF", "commands.verify")
    verify.add_argument("file", type=Path, metavar="TỆP.pdf")
    verify.add_argument(
        "--trust", type=Path, metavar="THƯ MỤC", help="chứng thư gốc tin cậy; mặc định của quầy"
    )
    verify.add_argument("--technical", action="store_true", help="kèm số liệu kỹ thuật")

    prove = _command(
        commands_of, "prove", "Thêm dấu thời gian và bằng chứng vào tệp PDF đã ký", "commands.prove"
    )
    prove.add_argument("file", type=Path, metavar="TỆP.pdf")
    prove.add_argument("--out", type=Path, required=True, metavar="TỆP.pdf", help="ghi ra tệp này")
    prove.add_argument(
        "--time-stamp", required=True, metavar="ĐỊA CHỈ", help="dịch vụ cấp dấu thời gian (RFC 3161)"
    )
    prove.add_argument(
        "--keep", choices=("slip", "result"), default="result", help="slip: giấy hẹn, chỉ cần dấu thời gian"
    )
    prove.add_argument(
        "--trust", type=Path, metavar="THƯ MỤC", help="chứng thư gốc tin cậy; mặc định của quầy"
    )


def _add_settings(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    of_settings = commands_of.add_parser("settings", help="Thiết lập không có trên màn hình: đường truyền…")
    acts = of_settings.add_subparsers(required=True, metavar="LỆNH")
    _command(acts, "list", "Tên, giá trị đang dùng, cách ghi", "settings.listed", unlocks=True)
    put = _command(acts, "set", "Đổi một thiết lập; có hiệu lực từ lần mở sau", "settings.put", unlocks=True)
    put.add_argument("name", metavar="TÊN", help="như lệnh list ghi, ví dụ line.proxy")
    put.add_argument("--to", metavar="GIÁ TRỊ", help="bỏ qua thì được hỏi, không hiện khi gõ")
    put.add_argument("--value-fd", type=int, metavar="N", help="đọc giá trị từ luồng N thay vì hỏi")


def _add_tokens(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    of_tokens = commands_of.add_parser("token", help="Thẻ ký số và phần mềm của thẻ")
    acts = of_tokens.add_subparsers(required=True, metavar="LỆNH")
    _command(acts, "find", "Tìm phần mềm thẻ trên máy này và thử từng cái", "tokens.find")
    check = _command(
        acts, "check", "Kiểm tra thẻ, chứng thư và phần mềm của thẻ; không cần mã PIN", "tokens.check"
    )
    check.add_argument(
        "--bundle", type=Path, metavar="TỆP.zip", help="ghi gói chẩn đoán, không có mã PIN hay tên người"
    )


def _add_sign_file(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    sign = _command(
        commands_of,
        "sign-file",
        "Ký một tệp PDF bất kỳ; bản đã ký nằm cạnh nó",
        "sign_file.sign_file",
        unlocks=True,
    )
    sign.add_argument("file", metavar="TỆP.pdf")
    acts = "approve: lãnh đạo ký; issue: đóng dấu số; incoming: văn bản đến; copy: sao y"
    sign.add_argument("--act", required=True, choices=[act.value for act in FileAct], help=acts)
    sign.add_argument("--number", default="", metavar="SỐ", help="số đến, với incoming")
    forms = "whole: sao y; again: sao lục; part: trích sao"
    sign.add_argument("--copy", default="whole", choices=[form.name.lower() for form in CopyForm], help=forms)
    sign.add_argument("--page", type=int, default=1, metavar="N", help="trang, từ 1; dùng cùng --at")
    sign.add_argument(
        "--at",
        type=float,
        nargs=2,
        metavar=("MM", "MM"),
        help="góc dưới trái của chữ ký, từ góc dưới trái trang",
    )
    sign.add_argument("--pin-fd", type=int, metavar="N", help="đọc mã PIN từ luồng N thay vì hỏi")


def _add_trust(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    acts = commands_of.add_parser("trust", help="Tin cậy nơi cấp chứng thư nào").add_subparsers(
        required=True, metavar="LỆNH"
    )
    _command(acts, "list", "Quầy này tin cậy ai, về việc gì, vì sao", "trust.listed", unlocks=True)
    told = "Máy chủ trung tâm ký và phát danh sách tin cậy"
    publish = _command(acts, "publish", told, "trust.publish")
    publish.add_argument("folder", type=Path, metavar="THƯ MỤC", help="chứng thư của nơi cấp")
    publish.add_argument("--time", default="", metavar="THƯ MỤC", help="nơi cấp dấu thời gian, nếu để riêng")
    publish.add_argument("--into", type=Path, metavar="THƯ MỤC", help="thư mục dữ liệu của máy chủ trung tâm")
    publish.add_argument("--database", default="", metavar="URL", help="mặc định: SQLite ở đó")


def _add_pictures(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    of_pictures = commands_of.add_parser("picture", help="Ảnh chữ ký của lãnh đạo, ảnh con dấu")
    acts = of_pictures.add_subparsers(required=True, metavar="LỆNH")
    _command(acts, "list", "Ai đã có ảnh", "pictures.listed", unlocks=True)
    whose = "mã lãnh đạo, hoặc seal: con dấu của cơ quan"
    keep = _command(acts, "set", "Đặt ảnh; có hiệu lực từ lần mở sau", "pictures.keep", unlocks=True)
    keep.add_argument("whose", metavar="CỦA AI", help=whose)
    keep.add_argument("file", metavar="TỆP.png", help="PNG nền trong suốt")
    keep.add_argument("--mm", type=int, default=0, metavar="N", help="con dấu thật rộng bao nhiêu mi-li-mét")
    drop = _command(acts, "drop", "Bỏ ảnh", "pictures.drop", unlocks=True)
    drop.add_argument("whose", metavar="CỦA AI", help=whose)


def _add_bundle(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    of_bundles = commands_of.add_parser("bundle", help="Chuyển tay lượt ký giữa hai quầy khi mất máy chủ")
    acts = of_bundles.add_subparsers(required=True, metavar="LỆNH")
    out = _command(acts, "out", "Chuyển lượt ký cho một quầy và ghi gói", "bundle.out", unlocks=True)
    out.add_argument("file", type=Path, metavar="TỆP.goi", help="tệp gói, hoặc thư mục để đặt gói vào")
    out.add_argument("--to", required=True, metavar="QUẦY", help="máy nhận, ví dụ quay-05")
    out.add_argument(
        "--code", action="append", default=[], metavar="MÃ HỒ SƠ", help="chỉ hồ sơ này; lặp lại được"
    )
    again = _command(acts, "again", "Ghi lại một gói chưa ghi được", "bundle.again", unlocks=True)
    again.add_argument("bundle", metavar="MÃ GÓI")
    again.add_argument("file", type=Path, metavar="TỆP.goi")
    taken = _command(acts, "in", "Nhận một gói", "bundle.take_in", unlocks=True)
    taken.add_argument("file", type=Path, metavar="TỆP.goi")
    _command(acts, "list", "Lượt ký chuyển được và đang ở nơi nhận", "bundle.listed", unlocks=True)
    recall = _command(acts, "recall", "Lấy lại lượt ký của một gói đã mất", "bundle.recall", unlocks=True)
    recall.add_argument("code", metavar="MÃ HỒ SƠ")
    recall.add_argument("--reason", required=True, metavar="LÝ DO", help="ví dụ: mất USB trên đường")


def _add_delegations(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    delegations = commands_of.add_parser("delegation", help="Ủy quyền ký duyệt có thời hạn")
    acts = delegations.add_subparsers(required=True, metavar="LỆNH")
    _command(acts, "list", "Ai được ủy quyền, từ ngày nào đến ngày nào", "delegation.listed", unlocks=True)

    add = _command(acts, "add", "Lập ủy quyền (lãnh đạo)", "delegation.add", unlocks=True)
    add.add_argument("--to", required=True, metavar="MÃ", help="mã cán bộ được ủy quyền")
    add.add_argument("--from", dest="since", required=True, metavar="NGÀY", help="ví dụ 2026-12-01")
    add.add_argument("--until", required=True, metavar="NGÀY", help="ngày cuối cùng còn hiệu lực")
    add.add_argument("--ground", required=True, metavar="VĂN BẢN", help="số, ngày của văn bản ủy quyền")

    end = _command(acts, "end", "Chấm dứt một ủy quyền (lãnh đạo)", "delegation.end", unlocks=True)
    end.add_argument("id", metavar="MÃ", help="như lệnh list ghi")


def _add_drafts(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    drafts = commands_of.add_parser("draft", help="Hồ sơ đang nhập")
    acts = drafts.add_subparsers(required=True, metavar="LỆNH")
    _command(acts, "list", "Hồ sơ đang nhập và người đang giữ", "drafts.listed", unlocks=True)
    told = "Giao cho người khác làm tiếp (người đang giữ, hoặc lãnh đạo)"
    give = _command(acts, "hand-over", told, "drafts.hand_over", unlocks=True)
    give.add_argument("id", metavar="MÃ", help="như lệnh list ghi")
    give.add_argument("--to", required=True, metavar="CÁN BỘ", help="mã cán bộ nhận")


def _add_recovery(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    _command(commands_of, "snapshot", "Chụp nhật ký ngay", "recovery.snapshot", unlocks=True)

    restore = _command(
        commands_of, "restore", "Đặt một bản chụp vào chỗ nhật ký", "recovery.restore", unlocks=True
    )
    restore.add_argument("snapshot", metavar="BẢN CHỤP", help="tên hoặc đường dẫn tệp")
    restore.add_argument("--anyway", action="store_true", help="thay cả khi nhật ký đang dùng vẫn nguyên vẹn")

    recover = _command(
        commands_of,
        "recover",
        "Cứu nhật ký bị hỏng, hoặc lấy lại việc chưa gửi từ nơi lưu thứ hai",
        "recovery.recover",
        unlocks=True,
    )
    recover.add_argument("--second-place", type=Path, metavar="THƯ MỤC", help="nơi lưu thứ hai")
    recover.add_argument("--key", type=Path, metavar="TỆP", help="khóa khôi phục của đơn vị")

    recover.add_argument(
        "--counter", default="", metavar="MÃ QUẦY", help="quầy nào, khi nhiều quầy dùng chung nơi lưu thứ hai"
    )
    recover.add_argument(
        "--anyway",
        action="store_true",
        help="cả khi nhật ký nguyên vẹn (ghép lại với các tệp để sang bên), hoặc khi quầy kia vừa ghi",
    )

    key = _command(commands_of, "recovery-key", "Lập khóa khôi phục của đơn vị", "recovery.recovery_key")
    key.add_argument("key", type=Path, metavar="TỆP", help="cất ở nơi khác; tệp đã có thì dùng lại")
    key.add_argument("--replace", action="store_true", help="đổi khóa mà quầy đang dùng")

    turns = _command(commands_of, "turns", "Lượt ký chờ người xác nhận", "recovery.turns", unlocks=True)
    turns.add_argument(
        "--give-back",
        default="",
        metavar="MÃ HỒ SƠ",
        help="trả lượt ký cho quầy khi chắc chắn chưa nơi nào ký",
    )


def _add_books(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    told = "Sổ số không được nhảy số (sổ văn bản đi, sổ chứng thực): một máy giữ, chuyển qua máy chủ"
    book = _command(commands_of, "books", told, "books.books", unlocks=True)
    book.add_argument("--name", default="Văn bản đi", metavar="TÊN SỔ")
    book.add_argument("--year", type=int, default=0, metavar="NĂM", help="mặc định năm nay")
    book.add_argument("--open", type=int, metavar="SỐ", help="mở sổ, máy này giữ; SỐ là số đầu sẽ lấy")
    book.add_argument("--to", default="", metavar="MÃ MÁY", help="chuyển sổ sang máy này của đơn vị")
    book.add_argument(
        "--take-over", action="store_true", help="lãnh đạo: nhận sổ của máy không còn dùng, cần --reason"
    )
    book.add_argument("--void", type=int, metavar="SỐ", help="ghi bỏ một số đã lấy, cần --reason")
    book.add_argument("--reason", default="", metavar="LÝ DO")


def _add_retention(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    told = "Lãnh đạo cho xóa nội dung một hồ sơ đã kết thúc, ở mọi nơi; không có --confirm thì chỉ xem trước"
    redact = _command(commands_of, "redact", told, "retention.redact", unlocks=True)
    redact.add_argument("code", metavar="MÃ HỒ SƠ")
    redact.add_argument(
        "--ground", default="", metavar="CĂN CỨ", help="số, ngày văn bản; không ghi tên người dân"
    )
    redact.add_argument("--ordered-by", default="", metavar="NGƯỜI", help="ai quyết định xóa")
    redact.add_argument("--confirm", default="", metavar="MÃ HỒ SƠ", help="ghi lại mã để xóa thật")


def _add_sheets(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    of_catalogue = commands_of.add_parser("catalogue", help="Danh mục thủ tục")
    of_calendar = commands_of.add_parser("calendar", help="Giờ làm việc và ngày nghỉ")
    procedures = of_catalogue.add_subparsers(required=True, metavar="LỆNH")
    days = of_calendar.add_subparsers(required=True, metavar="LỆNH")
    template = _command(procedures, "template", "Ghi bảng tính mẫu để điền", "catalogue.template")
    taken = _command(procedures, "import", "Nhập bảng tính và công bố cho các quầy", "catalogue.import_sheet")
    taken.add_argument("--skip-bad", action="store_true", help="bỏ qua thủ tục có chỗ sai")
    of_central = (
        _command(procedures, "export", "Ghi danh mục đang công bố ra bảng tính", "catalogue.export"),
        _command(procedures, "check", "Kiểm tra bảng tính, chưa nhập", "catalogue.check"),
        _command(days, "export", "Ghi lịch đang công bố ra bảng tính", "calendar.export"),
        _command(days, "import", "Nhập các năm trong bảng tính và công bố", "calendar.import_sheet"),
        taken,
    )
    for command in (template, *of_central):
        command.add_argument("file", type=Path, metavar="TỆP.xlsx")
    for command in of_central:
        command.add_argument(
            "--into", type=Path, metavar="THƯ MỤC", help="thư mục dữ liệu của máy chủ trung tâm"
        )
        command.add_argument("--database", default="", metavar="URL", help="mặc định: SQLite ở đó")


def _add_return(commands_of: "argparse._SubParsersAction[_Parser]") -> None:
    back = _command(commands_of, "return", "Trả kết quả một hồ sơ", "commands.give_back", unlocks=True)
    back.add_argument("code", metavar="MÃ HỒ SƠ")
    back.add_argument("--receiver", default="", metavar="TÊN", help="người khác nhận thay; cần hai mục sau")
    back.add_argument("--id-number", default="", metavar="SỐ", help="số giấy tờ của người nhận thay")
    back.add_argument("--authorisation", default="", metavar="GIẤY", help="số, ngày giấy ủy quyền")
    back.add_argument("--lost-slip", action="store_true", help="mất giấy hẹn")


def _command(
    family: "argparse._SubParsersAction[_Parser]",
    name: str,
    help: str,
    run: str,
    *,
    unlocks: bool = False,
) -> _Parser:
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
    room, act = run.split(".")
    command.set_defaults(run=partial(_run, room, act))
    return command


def _run(room: str, act: str, options: argparse.Namespace) -> Outcome:
    """Load a command's room when it is run: central needs no counter, a card no token."""
    command: Command = getattr(import_module(f"clerk_app.cli.{room}"), act)
    return command(options)
