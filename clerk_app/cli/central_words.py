"""The words of the commands that run the reference central system, or a ward's hub, and look after its data."""

from pathlib import Path

from clerk_app.cli.enrolment_words import AddCommand, Family


def add_central(commands_of: Family, add: AddCommand) -> None:
    """Put them on the command line."""
    _about_its_data(commands_of, add)
    central = add(commands_of, "central", "Chạy máy chủ trung tâm mẫu", "central.central")
    central.add_argument("--port", type=int, default=0, metavar="N", help="0: cổng trống bất kỳ")
    central.add_argument("--host", default="127.0.0.1", metavar="ĐỊA CHỈ")
    central.add_argument(
        "--database", default="", metavar="URL", help="mặc định: SQLite trong thư mục dữ liệu"
    )
    central.add_argument(
        "--upstream",
        default="",
        metavar="ĐỊA CHỈ",
        help="chạy làm máy chủ phường dưới máy chủ thành phố này; thư mục dữ liệu phải có hub.json do thành phố cấp",
    )
    central.add_argument(
        "--workers",
        type=int,
        default=1,
        choices=range(1, 33),
        metavar="N",
        help="số tiến trình cùng trả lời; trên 1 chỉ có ích với PostgreSQL, không dùng cho máy chủ phường",
    )
    told = "địa chỉ trình duyệt mở để đăng nhập, khi đứng sau một máy chủ TLS"
    central.add_argument("--issuer", default="", metavar="URL", help=told)
    central.add_argument("--certificate", type=Path, metavar="TỆP", help="PEM: phục vụ bằng HTTPS")
    central.add_argument("--key", type=Path, metavar="TỆP", help="khóa của chứng thư đó, PEM")
    central.add_argument("--writers", type=int, default=64, metavar="N", help="số máy được ghi cùng lúc")
    central.add_argument("--with-parent", action="store_true", help="dừng khi đầu vào chuẩn đóng lại")


def _about_its_data(commands_of: Family, add: AddCommand) -> None:
    copied = add(
        commands_of,
        "central-backup",
        "Sao lưu cơ sở dữ liệu của máy chủ, kể cả khi đang chạy",
        "central.backup",
    )
    copied.add_argument(
        "file", type=Path, metavar="TỆP", help="tệp mới; SQLite: tệp .db, PostgreSQL: pg_restore"
    )
    hub = add(commands_of, "central-hub", "Cấp tệp hub.json cho máy chủ của một phường", "central.enrol_hub")
    hub.add_argument(
        "file", type=Path, metavar="TỆP", help="tệp mới; chép vào thư mục dữ liệu của máy chủ phường"
    )
    hub.add_argument("--unit", default="", metavar="MÃ", help="đơn vị; bỏ qua được khi chỉ có một")
    told = "Báo máy chủ vừa được phục hồi từ bản sao lưu; chạy trước khi mở lại máy chủ"
    restored = add(commands_of, "central-restored", told, "central.restored")
    restored.add_argument(
        "--from",
        dest="backup",
        type=Path,
        metavar="TỆP",
        help="SQLite: đặt bản sao lưu này vào chỗ; tệp cũ được giữ bên cạnh",
    )
    told = "Cảnh báo mà máy chủ, hoặc máy chủ phường, thấy và cần người xem; mã thoát 1 khi còn"
    alarms = add(commands_of, "central-alarms", told, "central.alarms")
    alarms.add_argument("--all", action="store_true", help="cả cảnh báo đã xem hoặc đã tự hết")
    for command in (copied, hub, restored, alarms):
        command.add_argument("--into", type=Path, metavar="THƯ MỤC", help="thư mục dữ liệu của máy chủ")
        command.add_argument("--database", default="", metavar="URL", help="mặc định: SQLite ở đó")
