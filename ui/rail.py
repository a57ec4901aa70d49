"""The rail of one officer: the screens that their roles may use, each under its own key, and what waits there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clerk_app.domain.access import Access
from clerk_app.domain.delegation import Delegation
from clerk_app.domain.document import SignatureField
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.services.roles import may
from ui.approval.view import ApprovalView
from ui.approval.view_model import ApprovalViewModel
from ui.widgets.date_field import show_date
from ui.widgets.navigation import RailButton
from ui.widgets.reading_order import tab_as_one_reads

if TYPE_CHECKING:
    from ui.screens import Screens

translate = QCoreApplication.translate


def hang(screens: "Screens", officer: Officer) -> None:
    """Take in the screens that the officer may use; each keeps its key, whoever sits here."""

    def add(title: str, icon: str, key: str, screen: QWidget, *needs: Access | Kind) -> RailButton | None:
        return screens.workplace.add_screen(title, icon, key, screen) if may(officer, *needs) else None

    receive, register = translate("Screens", "Tiếp nhận hồ sơ"), translate("Screens", "Sổ theo dõi hồ sơ")
    add(receive, "file-plus", "Ctrl+1", screens.intake_view, Kind.RECEIVED)
    add(register, "book-open", "Ctrl+2", screens.register_view, Access.DOSSIERS)
    mailbox = translate("Screens", "Gửi, nhận dữ liệu")
    button = add(mailbox, "arrow-left-right", "Ctrl+3", screens.mailbox_pages, Access.DOSSIERS)
    add(translate("Screens", "Trả kết quả"), "inbox", "Ctrl+4", screens.result_view, Kind.RETURNED)
    if screens.approval is not None and screens.approval_view is not None:
        _hang_approval(screens, screens.approval, screens.approval_view)
        _hang_delegations(screens)
    screens.workplace.navigation.divide()  # above: a day's work; below: what is looked at now and then
    check = translate("Screens", "Kiểm tra chữ ký")
    add(check, "shield-check", "Ctrl+6", screens.verify_view, Access.SIGNATURES)
    if screens.sign_file_view is not None:
        add(translate("Screens", "Ký tệp"), "file-text", "Ctrl+7", screens.sign_file_view, Kind.FILE_SIGNED)
    health, settings = translate("Screens", "Kiểm tra thiết bị"), translate("Screens", "Thiết lập")
    add(health, "stethoscope", "Ctrl+8", screens.health_pages, Access.DEVICES)
    add(settings, "settings", "Ctrl+9", screens.settings_view, Access.SETTINGS)
    day = translate("Screens", "Đối chiếu cuối ngày")
    add(day, "list-checks", "Ctrl+0", screens.day_pages, Access.DAY)
    tab_as_one_reads(screens.workplace)
    screens.intake_view.tab_as_a_visit_goes()
    if button is not None:
        _count_waiting(screens, button)


def _count_waiting(screens: "Screens", button: RailButton) -> None:
    def count() -> None:
        sending = screens.rounds.sending
        button.set_count(sending.dossiers_waiting + sending.parked if sending else 0)

    screens.rounds.changed.connect(count)


def _hang_approval(screens: "Screens", model: ApprovalViewModel, view: ApprovalView) -> None:
    is_seal = view.field is SignatureField.SEAL
    title = translate("Screens", "Ký số cơ quan") if is_seal else translate("Screens", "Ký duyệt")
    button = screens.workplace.add_screen(
        title, "stamp" if is_seal else "pen-line", "Ctrl+5", screens.approval_pages or view
    )

    def on_signed(count: int) -> None:
        screens.workplace.toast.note(translate("Screens", "Đã ký {count} văn bản.").format(count=count))
        screens.register.refresh()
        screens.rounds.soon()

    model.changed.connect(lambda: button.set_count(len(model.items)))

    def on_sent_back(code: str) -> None:
        screens.workplace.toast.note(translate("Screens", "Đã trả lại văn bản của {code}.").format(code=code))
        screens.register.refresh()
        screens.rounds.soon()

    model.signed.connect(on_signed)
    model.sent_back.connect(on_sent_back)
    model.asked.connect(lambda _: screens.rounds.soon())
    screens.rounds.exchanged.connect(model.refresh)

    def on_line() -> None:
        if screens.rounds.sending is not None:
            model.hear(alone=screens.rounds.sending.alone_since is not None)

    screens.rounds.changed.connect(on_line)


def _hang_delegations(screens: "Screens") -> None:
    delegations, place = screens.delegations, screens.workplace
    if delegations is None:
        return

    def on_made(made: Delegation) -> None:
        words = translate("Screens", "Đã ủy quyền ký duyệt cho {name} đến hết ngày {day}.")
        place.say(words.format(name=made.to, day=show_date(made.until)))
        screens.rounds.soon()

    def on_ended() -> None:
        place.say(translate("Screens", "Đã chấm dứt ủy quyền."))
        screens.rounds.soon()

    delegations.made.connect(on_made)
    delegations.ended.connect(on_ended)
