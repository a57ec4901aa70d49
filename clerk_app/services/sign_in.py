"""Sign an officer in at the provider: the computer's browser asks for the password, this program never sees it."""

import secrets
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

from clerk_app.errors import OfficeError
from clerk_app.login.loopback import Loopback, listening
from clerk_app.login.provider import ClocksDiffer, Provider, ProviderAway, SecretsOfOne, Word, WordWrong
from clerk_app.progress import Progress
from clerk_app.services.offline_days import SignedIn
from clerk_app.services.way_out import way_out
from clerk_app.settings import Account, Settings
from clerk_app.sign_in_settings import CENTRAL
from sync.clock import SystemClock, TimeSource

PATIENCE = 300.0  # seconds for a person to type a password
_LOOKS = 0.2  # seconds between two looks at whether somebody had enough


class NobodyToSignInAt(OfficeError):
    message = "Quầy này chưa đặt nơi đăng nhập."
    remedy = (
        "Cứ mở quầy bằng mật khẩu; người quản trị ghi accounts.issuer trong settings.json nếu cần đăng nhập."
    )


class SignInAway(OfficeError):
    message = "Không kết nối được nơi đăng nhập {address}."
    remedy = "Kiểm tra mạng rồi đăng nhập lại. Còn hạn thì cứ mở quầy bằng mật khẩu như thường."


class NoBrowser(OfficeError):
    message = "Không mở được trình duyệt trên máy này."
    remedy = (
        "Mở trình duyệt bằng tay một lần rồi đăng nhập lại, hoặc gọi người quản trị đặt trình duyệt mặc định."
    )


class SignInTooSlow(OfficeError):
    message = "Quá {minutes} phút mà chưa đăng nhập xong."
    remedy = "Bấm Đăng nhập hệ thống để làm lại từ đầu."


class SignInNotBelieved(OfficeError):
    message = "Câu trả lời của nơi đăng nhập không đúng ({what})."
    remedy = "Đăng nhập lại. Nếu lặp lại, báo người quản trị: sai cài đặt, hoặc có người chen vào giữa."


class SignInClock(OfficeError):
    message = "Giờ của máy này lệch với nơi đăng nhập."
    remedy = "Chỉnh đúng ngày giờ của máy rồi đăng nhập lại."


class SomebodyElse(OfficeError):
    message = "Trình duyệt đã đăng nhập {who}, không phải {officer}."
    remedy = "Chọn đúng tên mình rồi đăng nhập lại, hoặc đăng xuất người kia trong trình duyệt trước."


@dataclass(frozen=True, slots=True)
class SignIn:
    settings: Settings
    open_browser: Callable[[str], bool]
    patience: float = PATIENCE
    source: TimeSource = field(default_factory=SystemClock)

    def __call__(self, officer_id: str, progress: Progress) -> SignedIn:
        """Let the browser sign the officer in, and check the provider's word. Blocks: not for the window's thread.

        Raises `NoSuchOfficer`, the refusals above, or `Cancelled`. Nothing is kept but what is returned.
        """
        account, told = self.settings.account(officer_id), self.settings.sign_in
        issuer = self.settings.central if told.issuer == CENTRAL else told.issuer
        if not issuer:
            raise NobodyToSignInAt
        own = SecretsOfOne(*(secrets.token_urlsafe(32) for _ in range(3)))
        with listening(own.state) as loopback:
            provider = Provider(issuer, told.client_id, loopback.redirect_uri, own, way_out(self.settings))
            with closing(provider):
                try:
                    word = self._word(provider, loopback, account, progress)
                except ProviderAway as away:
                    raise SignInAway(address=away.address) from away
                except ClocksDiffer as clocks:
                    raise SignInClock from clocks
                except WordWrong as wrong:
                    raise SignInNotBelieved(what=wrong.what) from wrong
        who, unit = str(word.claims.get(told.claim, "")), self.settings.unit.id
        is_ours = word.claims.get("unit", unit) == unit  # central names it; others need not
        if who != (account.login or officer_id) or not is_ours:
            raise SomebodyElse(who=who, officer=account.officer.name)
        return SignedIn(officer_id, word.at, self.source.monotonic())

    def _word(self, provider: Provider, loopback: Loopback, account: Account, progress: Progress) -> Word:
        progress.step(0, 2)
        address = provider.address(account.login or account.officer.id)
        if not self.open_browser(address):
            raise NoBrowser
        until = time.monotonic() + self.patience
        while (heard := loopback.heard(_LOOKS)) is None:
            progress.step(0, 2)
            if time.monotonic() > until:
                raise SignInTooSlow(minutes=round(self.patience / 60))
        progress.step(1, 2)
        return provider.word(heard)
