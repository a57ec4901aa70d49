"""What passes between the screens: one asks, another acts, and the frame tells."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clerk_app.domain.conflict import Choice
from clerk_app.domain.dossier import Dossier, Status

if TYPE_CHECKING:
    from ui.screens import Screens

translate = QCoreApplication.translate


def connect(screens: "Screens") -> None:
    """Let the screens hear each other, for as long as they live."""
    _connect_frame(screens)
    _connect_work(screens)
    _connect_news(screens)
    _connect_look_up(screens)
    _connect_check(screens)
    _connect_tokens(screens)
    _connect_bundles(screens)


def _connect_frame(screens: "Screens") -> None:
    place, register, rounds = screens.workplace, screens.register, screens.rounds

    def search(text: str) -> None:
        if not place.has(screens.register_view):
            return
        register.search(text)
        if text:
            place.open(screens.register_view)

    def to_results() -> None:
        place.open(screens.register_view)
        screens.register_view.setFocus()

    def show_connection() -> None:
        place.show_connection(rounds.sending, rounds.busy)
        if rounds.sending is not None:
            screens.intake.numbers.show(rounds.sending)

    refreshed = _refreshed(screens)

    def refresh(number: int) -> None:
        if (act := refreshed.get(place.screens.widget(number))) is not None:
            act()

    screens.upkeep.changed.connect(lambda: place.show_upkeep(screens.upkeep.notices))
    place.care_read.connect(screens.upkeep.read)
    place.searched.connect(search)
    place.results_asked.connect(to_results)
    place.reconnect_asked.connect(rounds.send_now)
    place.shown.connect(refresh)
    rounds.changed.connect(show_connection)
    if place.has(screens.register_view):
        rounds.exchanged.connect(register.refresh)
        screens.proving.proven.connect(register.refresh)
    rounds.exchanged.connect(screens.mailbox_pages.after_round)
    rounds.exchanged.connect(screens.day_pages.refresh_books)
    screens.day_pages.books.moved.connect(rounds.soon)
    screens.proving.proven.connect(rounds.soon)


def _connect_bundles(screens: "Screens") -> None:
    """What goes by hand moves lists everywhere; whoever waits for it is led to its page."""
    place, approval, view = screens.workplace, screens.approval, screens.approval_view

    def moved() -> None:
        if place.has(screens.register_view):
            screens.register.refresh()
        if approval is not None:
            approval.refresh()
        screens.rounds.refresh()

    def to_bundles() -> None:
        place.open(screens.mailbox_pages)
        screens.mailbox_pages.show_bundles()

    screens.bundles.moved.connect(moved)
    if view is not None:
        view.bundles_asked.connect(to_bundles)


def _refreshed(screens: "Screens") -> dict[QWidget | None, Callable[[], None]]:
    """Return what is read anew when a screen comes up."""

    def refresh_settings() -> None:
        screens.settings.refresh()
        screens.pictures.refresh()

    def look_at_day() -> None:
        screens.reconcile.look()
        screens.day_pages.refresh_books()

    refreshed: dict[QWidget | None, Callable[[], None]] = {
        screens.register_view: screens.register.refresh,
        screens.mailbox_pages: screens.mailbox_pages.refresh,
        screens.health_pages: screens.health.look_once,
        screens.settings_view: refresh_settings,
        screens.day_pages: look_at_day,
    }
    if screens.approval is not None:
        refreshed[screens.approval_pages] = screens.approval.refresh
    return refreshed


def _connect_tokens(screens: "Screens") -> None:
    place = screens.workplace
    screens.tokens.chosen.connect(
        lambda _: place.say(
            translate("Screens", "Đã lưu phần mềm thẻ. Đóng và mở lại chương trình để ký bằng nó.")
        )
    )
    screens.tokens.exported.connect(
        lambda _: place.say(
            translate("Screens", "Đã xuất gói chẩn đoán; trong đó không có tên người hay mã PIN.")
        )
    )


def _connect_look_up(screens: "Screens") -> None:
    place, reconcile = screens.workplace, screens.day_pages.day

    def look_up(code: str) -> None:
        place.header.search.setText(code)
        place.open(screens.register_view)

    screens.mailbox_view.dossier_asked.connect(look_up)
    screens.mailbox_pages.outages.dossier_asked.connect(look_up)
    screens.mailbox_pages.codes.dossier_asked.connect(look_up)
    screens.outages.saved.connect(
        lambda path: place.say(
            translate("Screens", "Đã ghi nhật ký mất kết nối vào {name}.").format(name=path.name)
        )
    )
    screens.intake_view.register_wanted.connect(look_up)
    reconcile.dossier_asked.connect(look_up)
    screens.day_pages.books.dossier_asked.connect(look_up)
    reconcile.copied.connect(
        lambda: place.say(translate("Screens", "Đã chép báo cáo đối chiếu; dán vào nơi cần."))
    )


def _connect_work(screens: "Screens") -> None:
    place, intake, register, rounds = screens.workplace, screens.intake, screens.register, screens.rounds

    def to_counter(dossier: Dossier, act: Callable[[], None]) -> None:
        place.open(screens.intake_view)
        intake.open_dossier(dossier)
        there = intake.slip.dossier
        if there is not None and there.id == dossier.id:  # else the counter has said why not
            act()

    def on_issued(dossier: Dossier) -> None:
        here = place.shows(screens.intake_view)
        tell = place.toast.note if here else place.say  # intake says it in large letters
        tell(translate("Screens", "Đã cấp giấy hẹn {code}.").format(code=dossier.code))
        register.refresh()  # who signs slips sees the register
        rounds.soon()

    def on_answered(dossier: Dossier) -> None:
        words = {
            Status.SUPPLEMENT_ASKED: translate("Screens", "Đã lập phiếu yêu cầu bổ sung {code}."),
            Status.REFUSED: translate("Screens", "Đã lập phiếu từ chối tiếp nhận {code}."),
            Status.RETURNED: translate("Screens", "Đã tiếp nhận và trả kết quả {code}."),
        }[dossier.status]
        place.toast.note(words.format(code=dossier.code))
        register.refresh()
        rounds.soon()

    def on_printed(copy: int) -> None:
        place.say(translate("Screens", "Đã gửi giấy tới máy in, bản in lần {copy}.").format(copy=copy))

    def on_returned(dossier: Dossier) -> None:
        place.toast.note(translate("Screens", "Đã trả kết quả {code}.").format(code=dossier.code))
        register.refresh()
        rounds.soon()

    def on_decided(choice: Choice, dossier: Dossier) -> None:
        def sign() -> None:
            intake.slip.take(dossier, choice)
            intake.slip.sign()

        to_counter(dossier, sign)

    screens.mailbox.decided.connect(on_decided)
    screens.result.returned.connect(on_returned)
    screens.register_view.sign_asked.connect(lambda dossier: to_counter(dossier, intake.sign_and_print))
    screens.register_view.correct_asked.connect(lambda dossier: to_counter(dossier, intake.correct))
    if place.has(screens.intake_view):
        register.acted.connect(intake.keeper.reload)
        rounds.exchanged.connect(intake.keeper.reload)
    register.printed.connect(on_printed)
    register.acted.connect(rounds.soon)
    screens.mailbox.settled.connect(rounds.soon)
    intake.slip_issued.connect(on_issued)
    intake.said.connect(place.say)
    intake.answered.connect(on_answered)


def _connect_news(screens: "Screens") -> None:
    """What is only told."""
    place, register, rounds = screens.workplace, screens.register, screens.rounds

    def on_left_to_sign(dossier: Dossier) -> None:
        words = translate("Screens", "Đã tiếp nhận {code}. Giấy hẹn chờ người tiếp nhận ký.")
        place.say(words.format(code=dossier.code))
        rounds.soon()

    def on_codes(count: int) -> None:
        place.say(
            translate("Screens", "Đã cấp mã cho {count} hồ sơ và gửi thông báo tới máy in.").format(
                count=count
            )
        )
        register.refresh()
        rounds.soon()

    screens.intake.left_to_sign.connect(on_left_to_sign)
    screens.codes.given.connect(on_codes)
    screens.settings_view.saved.connect(
        lambda: place.say(translate("Screens", "Đã lưu thiết lập. Đóng và mở lại chương trình để dùng."))
    )
    screens.health_view.copied.connect(
        lambda: place.say(translate("Screens", "Đã chép báo cáo kiểm tra; dán vào thư gửi người quản trị."))
    )


def _connect_check(screens: "Screens") -> None:
    place = screens.workplace

    def to_check(document: str, name: str) -> None:
        place.open(screens.verify_view)
        screens.verify.check_document(document, name)

    screens.verify_view.copied.connect(
        lambda: place.say(translate("Screens", "Đã chép báo cáo kiểm tra chữ ký; dán vào nơi cần."))
    )
    screens.verify.saved.connect(
        lambda name: place.say(translate("Screens", "Đã lưu báo cáo: {name}.").format(name=name))
    )

    def file_to_check(path: str) -> None:
        place.open(screens.verify_view)
        screens.verify.check_file(Path(path))

    if screens.sign_file is not None and screens.sign_file_view is not None:
        screens.sign_file_view.checked.connect(file_to_check)
        screens.sign_file.signed.connect(lambda _: screens.rounds.soon())
    screens.register_view.check_asked.connect(to_check)
