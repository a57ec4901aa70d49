"""A counter day played on the real window by keys alone: papers, people, signatures, an outage and its end."""

import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clerk_app.domain.document import Document, ShownDocument, shown
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.errors import Notice
from clerk_app.furniture import Desk
from clerk_app.language import VIETNAMESE
from clerk_app.practice.central import RunningCentral, start_central
from clerk_app.practice.office import PracticeOffice
from clerk_app.practice.people import LEADER, PASSPHRASE, PIN, REGISTRAR
from clerk_app.services.unlock import unlock
from ui import theme
from ui.day_clerk import Clerk
from ui.day_hands import DayStopped, Hands
from ui.day_report import Done, Report, as_text, look_back, write
from ui.day_script import ALONE, LACKING, MORNING, SCAN, Visit
from ui.desktop import Desktop
from ui.language import speak
from ui.notices import Crashes
from ui.tasks import Lane
from ui.widgets.palette import EVERYTHING

_CTRL = Qt.KeyboardModifier.ControlModifier
_LEFT_BEHIND = ("slips", "screenshots", "summary.json", "summary.txt")


def play(office: PracticeOffice, central: RunningCentral, out: Path) -> int:
    """Play the day and leave slips, summary and photographs in `out`; 0 when every proof holds, else 1."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    speak(app, VIETNAMESE)  # whatever the computer speaks: the day is written for these screens
    theme.apply(app)
    app.setCursorFlashTime(0)  # photographs are alike
    _clear(out)
    with ExitStack() as ends:
        desktop = Desktop(office.counter, printed=office.folder / "printed")
        ends.callback(desktop.close)
        day = CounterDay(office, central, desktop, out)
        ends.callback(day.end)
        try:
            report = day.play()
        except DayStopped as stopped:
            _tell(f"{stopped}\n{stopped.remedy}\n" + "\n".join(day.hands.crashes))
            return 1
    write(report, out)
    _tell(as_text(report) + f"\nKết quả nằm trong {out}.")
    return 0 if report.holds else 1


class CounterDay:
    """One officer's day. Everything a clerk does is done by keys; only the turns of others have no screen yet."""

    def __init__(self, office: PracticeOffice, central: RunningCentral, desktop: Desktop, out: Path) -> None:
        self._office, self._central, self._desktop, self._out = office, central, desktop, out
        self._alone = False
        self._done: list[Done] = []
        self._notes: list[str] = []
        self.hands = Hands(desktop, out / "screenshots")
        crashes = Crashes(desktop)
        crashes.reported.connect(self.hands.crashes.append)
        crashes.listen()

    def play(self) -> Report:
        """Play from unlocking to the last look back; raises `DayStopped` where it gets stuck."""
        self._open_counter()
        self._look_at_all_acts()
        self._receive(MORNING)
        self._ask_for_more(LACKING)
        self._lose_central()
        self._receive(ALONE)
        self._look_at(Qt.Key.Key_3, "cho-gui")
        self._look_at_bundles()
        self._find_central_again()
        self._look_at_outages()
        self._sign_what_went_out_by_pen()
        self._sign_the_other_turns()
        self._hand_over(self._done[0])
        self._exchange("gửi các chữ ký của lãnh đạo, con dấu và việc trả kết quả")
        self._look_at(Qt.Key.Key_2, "so-theo-doi")
        self._check_signatures()
        self._look_at(Qt.Key.Key_0, "doi-chieu")
        self._look_at(Qt.Key.Key_8, "kiem-tra-thiet-bi")
        self._look_at_tokens()
        self._look_at(Qt.Key.Key_9, "thiet-lap")
        self._desktop.screens.stop()
        _tell("Đối chiếu với máy chủ trung tâm, kiểm tra chữ ký và nhật ký…")
        return look_back(self._desk, self._office, self._done, self._out, self.hands.keys, self._notes)

    def end(self) -> None:
        """Stop the central system that was started in mid-day."""
        self._central.stop()

    @property
    def _desk(self) -> Desk:
        desk: Desk = self._desktop.desk
        return desk

    @property
    def _received(self) -> list[Done]:
        return [each for each in self._done if not each.asked_for_more]

    # the day

    def _open_counter(self) -> None:
        self._desktop.show()
        field = self._desktop.unlock_view.passphrase
        self.hands.wait(lambda: field.hasFocus() and bool(field.text()), "trang mở quầy")
        self.hands.photograph("mo-quay")
        self.hands.press(Qt.Key.Key_Return)
        self.hands.wait(lambda: self._desktop.screens is not None, "quầy mở ra")
        self._exchange("nhận dải số")

    def _receive(self, visits: Sequence[Visit]) -> None:
        clerk = self._clerk()
        for visit in visits:
            dossier, code = clerk.receive(visit)
            self._done.append(Done(dossier, code, self._alone))
            _tell(f"  {code}  {visit.owner.name}{'  (ký tay)' if visit.by_pen else ''}")
        if not _has_scanner() and any(file == SCAN for visit in visits for _, file in visit.papers):
            self._notes.append("Máy này không có scanimage: trang quét được thay bằng tệp.")

    def _ask_for_more(self, visit: Visit) -> None:
        dossier, number = self._clerk().ask_for_more(visit)
        self._done.append(Done(dossier, number, self._alone, asked_for_more=True))
        _tell(f"  {number}  {visit.owner.name}  (yêu cầu bổ sung)")

    def _hand_over(self, done: Done) -> None:
        self._clerk().hand_over(done.code)
        _tell(f"  {done.code}  trả kết quả")

    def _clerk(self) -> Clerk:
        return Clerk(self.hands, self._desktop.screens, self._office.papers, scans=_has_scanner())

    def _lose_central(self) -> None:
        _tell("Máy chủ trung tâm ngừng hẳn. Vẫn tiếp nhận bình thường…")
        self._central.kill()
        rounds = self._desktop.screens.rounds
        rounds.send_now()
        self.hands.wait(lambda: bool(rounds.sending and rounds.sending.alone_since), "báo mất kết nối")
        banner = self._desktop.screens.workplace.banner
        self.hands.wait(banner.isVisible, "dải báo mất kết nối")
        self._alone = True

    def _find_central_again(self) -> None:
        self._ask_in_vain()
        self._central = start_central(self._office.central, self._central.port)
        self._alone = False
        self._exchange("gửi hồ sơ nhận lúc mất kết nối")
        sending = self._desktop.screens.rounds.sending
        _tell(f"Máy chủ trở lại: còn chờ gửi {sending.entries_waiting} việc.")
        banner = self._desktop.screens.workplace.banner
        self.hands.wait(lambda: not banner.isVisible(), "dải báo mất kết nối biến mất")

    def _ask_in_vain(self) -> None:
        """A second round that fails: from here on it is an outage, and no hiccup."""
        rounds = self._desktop.screens.rounds
        self.hands.wait(lambda: not rounds.busy, "lượt gửi trước xong")
        rounds.send_now()
        self.hands.wait(lambda: not rounds.busy, "lượt gửi không tới máy chủ")

    def _exchange(self, what: str) -> None:
        """Begin a round at once instead of when the timer would, and wait until nothing is left to send."""
        rounds = self._desktop.screens.rounds

        def is_through() -> bool:
            if rounds.busy:
                return False
            sending = rounds.sending
            if sending and sending.alone_since is None and sending.last_round and not sending.entries_waiting:
                return True
            rounds.send_now()
            return False

        self.hands.wait(lambda: not rounds.busy, "lượt gửi trước xong")
        rounds.send_now()
        self.hands.wait(is_through, what)

    def _sign_what_went_out_by_pen(self) -> None:
        """The token works again: the officer's signature follows as a new revision of the same slip."""
        for each in self._received:
            if self._slip(each).by_pen:
                self._away("ký số bù giấy hẹn ký tay", partial(self._sign, each.dossier))

    def _sign(self, dossier: str) -> Document:
        return self._desk.issue_slip(dossier, _typed(self._desk.token_cards))

    def _sign_the_other_turns(self) -> None:
        ids = [self._slip(each).id for each in self._received]
        _tell(f"Lãnh đạo ký và văn thư đóng dấu số {len(ids)} giấy hẹn…")
        leader, registrar = (self._as(person.officer.id) for person in (LEADER, REGISTRAR))
        self._away("lãnh đạo ký", lambda: _approve(leader(), ids))
        self._away("văn thư đóng dấu", lambda: _seal(registrar(), ids))

    def _slip(self, done: Done) -> Document:
        return next(each for each in self._desk.dossier(done.dossier).documents if each.valid)

    def _as(self, officer: str) -> Callable[[], Desk]:
        desk, folder = self._desk, self._office.counter
        return lambda: desk.switch(unlock(folder, officer, bytearray(PASSPHRASE.encode())))

    def _away(self, what: str, work: Callable[[], object]) -> None:
        """Do others' work on the token's lane, as their window would."""
        ended: list[object] = []
        task = self._desktop.tasks.start(Lane.TOKEN, lambda _: work())
        task.succeeded.connect(lambda _: ended.append(None))
        task.failed.connect(ended.append)
        self.hands.wait(lambda: bool(ended), what)
        if isinstance(ended[0], Notice):
            raise DayStopped(what=f"{what} ({ended[0]})")

    def _look_at_all_acts(self) -> None:
        """Ctrl+K and a question mark: everything that can be done here, with its key."""
        acts = self._desktop.screens.workplace.act_list
        self.hands.press(Qt.Key.Key_K, _CTRL)
        self.hands.type(EVERYTHING)
        self.hands.wait(lambda: bool(acts.rows), "danh sách việc và phím")
        self.hands.photograph("moi-viec")
        for _ in range(3):  # the list, the field, the way back
            self.hands.press(Qt.Key.Key_Escape)

    def _look_at(self, key: Qt.Key, photo: str) -> None:
        self.hands.press(key, _CTRL)
        self.hands.wait(self.hands.is_quiet, "màn hình đọc xong")
        self.hands.photograph(photo)
        self.hands.press(Qt.Key.Key_1, _CTRL)

    def _check_signatures(self) -> None:
        """A slip that is looked at in the register is handed over to the check: all its signatures, told in words."""
        screens = self._desktop.screens
        preview, model = screens.register_view.preview, screens.verify
        self.hands.press(Qt.Key.Key_2, _CTRL)
        self.hands.wait(self.hands.is_quiet, "sổ đọc xong")
        self.hands.press(Qt.Key.Key_Return)
        self.hands.wait(preview.isVisible, "giấy hẹn mở ra")
        self.hands.press(Qt.Key.Key_F8)
        self.hands.wait(lambda: model.verdict is not None, "kiểm tra chữ ký xong")
        self.hands.photograph("kiem-tra-chu-ky")
        self.hands.press(Qt.Key.Key_1, _CTRL)

    def _look_at_bundles(self) -> None:
        """Chuyển tay lượt ký, behind Gửi, nhận dữ liệu: what could go to the leader's machine while central is away."""
        waiting = self._desktop.screens.bundles
        self.hands.press(Qt.Key.Key_3, _CTRL)
        self.hands.press(Qt.Key.Key_F8)
        self.hands.wait(lambda: bool(waiting.waiting), "văn bản chuyển tay được")
        self.hands.photograph("chuyen-tay")
        self.hands.press(Qt.Key.Key_Escape)
        self.hands.press(Qt.Key.Key_1, _CTRL)

    def _look_at_outages(self) -> None:
        """Lần mất mạng, behind Gửi, nhận dữ liệu."""
        self.hands.press(Qt.Key.Key_3, _CTRL)
        self.hands.press(Qt.Key.Key_F7)
        self.hands.wait(self.hands.is_quiet, "những lần mất kết nối")
        self.hands.photograph("lan-mat-mang")
        self.hands.press(Qt.Key.Key_Escape)
        self.hands.press(Qt.Key.Key_1, _CTRL)

    def _look_at_tokens(self) -> None:
        """Kiểm tra thẻ, behind Kiểm tra thiết bị; no PIN is asked."""
        self.hands.press(Qt.Key.Key_8, _CTRL)
        self.hands.press(Qt.Key.Key_F7)
        self.hands.wait(self.hands.is_quiet, "kiểm tra thẻ xong")
        self.hands.photograph("kiem-tra-the")
        self.hands.press(Qt.Key.Key_1, _CTRL)


def _approve(leader: Desk, ids: Sequence[str]) -> None:
    leader.approve_documents(_looked_at(leader, ids), _typed(leader.token_cards))


def _seal(registrar: Desk, ids: Sequence[str]) -> None:
    registrar.seal_documents(_looked_at(registrar, ids), _typed(registrar.seal_cards))


def _looked_at(desk: Desk, ids: Sequence[str]) -> list[ShownDocument]:
    return [shown(each, desk.slip_pdf(each)) for each in ids]


def _typed(cards: Callable[[], tuple[TokenCard, ...]]) -> TypedPin:
    """Type the PIN for the token that is shown first: the practice token of whoever signs."""
    return TypedPin(cards()[0], bytearray(PIN.encode()))


def _has_scanner() -> bool:
    return shutil.which("scanimage") is not None


def _clear(out: Path) -> None:
    """Take away what an earlier day left, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    for name in _LEFT_BEHIND:
        left = out / name
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
