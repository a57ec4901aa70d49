"""Signing in at a provider in another process, and everything that must not pass for it."""

import hashlib
import socket
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from joserfc.jwk import ECKey, OctKey
from sqlalchemy import update

from clerk_app.domain.officer import Officer, Role
from clerk_app.login.loopback import listening
from clerk_app.login.provider import is_safe
from clerk_app.practice.people import UNIT
from clerk_app.progress import Cancelled, Progress
from clerk_app.services.offline_days import SignedIn
from clerk_app.services.sign_in import (
    NobodyToSignInAt,
    NoBrowser,
    SignIn,
    SignInAway,
    SignInClock,
    SignInNotBelieved,
    SignInTooSlow,
    SomebodyElse,
)
from clerk_app.settings import Account, Settings
from clerk_app.sign_in_settings import SignInSettings
from sync.central import accounts, identity, passwords
from sync.central.schema import sign_ins
from tests.services.false_provider import FalseProvider, false_provider
from tests.services.plain_browser import PlainBrowser
from tests.sync.central.world import Registry, a_setting, open_registry, running_central

PASSWORD = "câu dài dễ nhớ ở trung tâm"
VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    with (
        running_central(a_setting(tmp_path_factory.mktemp("central"))) as central,
        open_registry(central) as registry,
    ):
        yield registry


@pytest.fixture
def settings(registry: Registry, tmp_path: Path) -> Settings:
    """A counter whose one officer has a password at central."""
    enrolled = registry.enrol(tmp_path / "counter")
    with registry.database.writing() as tx:
        passwords.set_password(tx, enrolled.officer, PASSWORD, datetime.now(UTC))
    counter = a_counter(registry.central.base, "central", enrolled.officer, tmp_path)
    return replace(counter, unit=replace(UNIT, id=enrolled.unit))


@pytest.fixture
def false(tmp_path: Path) -> Iterator[tuple[FalseProvider, Settings]]:
    with false_provider() as provider:
        yield provider, a_counter("", provider.base, "qt-01", tmp_path)


def a_counter(central: str, issuer: str, officer: str, folder: Path) -> Settings:
    account = Account(Officer(officer, "Nguyễn Thị Hạnh", frozenset({Role.OFFICER})))
    return Settings(folder, UNIT, central, (account,), sign_in=SignInSettings(issuer))


def officer(settings: Settings) -> str:
    return settings.officers[0].id


def sign_in(settings: Settings, browser: PlainBrowser, patience: float = 60) -> SignedIn:
    try:
        return SignIn(settings, browser.open, patience)(officer(settings), Progress())
    finally:
        browser.wait()


def asks(settings: Settings, **more: str) -> str:
    """An address as the counter makes it for the browser."""
    usual = {
        "response_type": "code",
        "client_id": "quay-mot-cua",
        "redirect_uri": "http://127.0.0.1:50001/signed-in",
        "scope": "openid",
        "state": "state-1",
        "nonce": "nonce-1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "login_hint": officer(settings),
    }
    return f"{settings.central}/sign-in?{urlencode({**usual, **more})}"


def a_code(settings: Settings, **more: str) -> str:
    address = asks(settings, **more)
    browser = PlainBrowser(PASSWORD)
    answer = browser.sends_the_form(address, requests.get(address, timeout=10))
    return query_of(answer.headers["Location"])["code"]


def exchange(settings: Settings, code: str, **more: str) -> requests.Response:
    usual = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": "quay-mot-cua",
        "redirect_uri": "http://127.0.0.1:50001/signed-in",
        "code_verifier": VERIFIER,
    }
    return requests.post(f"{settings.central}/sign-in/token", {**usual, **more}, timeout=10)


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


# the way it goes


def test_the_browser_signs_an_officer_in(settings: Settings) -> None:
    browser = PlainBrowser(PASSWORD)
    before = datetime.now(UTC).replace(microsecond=0)

    signed = sign_in(settings, browser)

    assert signed.officer == officer(settings)
    assert before <= signed.at <= datetime.now(UTC)
    assert "Đã nhận" in browser.saw[-1]
    assert PASSWORD not in "".join(browser.was_at) + browser.returned


def test_a_wrong_password_is_told_on_the_page_and_another_try_is_free(settings: Settings) -> None:
    address = asks(settings)
    wrong = PlainBrowser("sai").sends_the_form(address, requests.get(address, timeout=10))

    assert (wrong.status_code, "chưa đúng" in wrong.text) == (403, True)
    right = PlainBrowser(PASSWORD).sends_the_form(address, wrong)
    assert query_of(right.headers["Location"])["state"] == "state-1"


def test_after_five_wrong_passwords_the_right_one_has_to_wait(settings: Settings, registry: Registry) -> None:
    address = asks(settings)
    page = requests.get(address, timeout=10)
    said = [PlainBrowser("sai").sends_the_form(address, page).status_code for _ in range(5)]

    assert said == [403] * 5
    assert PlainBrowser(PASSWORD).sends_the_form(address, page).status_code == 429
    later = datetime.now(UTC) + passwords.PAUSE + timedelta(seconds=1)
    assert passwords.check(registry.database, officer(settings), PASSWORD, later)


def test_a_name_that_nobody_has_is_told_like_a_wrong_password(settings: Settings) -> None:
    address = asks(settings)
    page = requests.get(address, timeout=10)

    nobody = PlainBrowser("sai", officer="khong-co").sends_the_form(address, page)
    somebody = PlainBrowser("sai", officer=officer(settings)).sends_the_form(address, page)

    assert nobody.text.replace("khong-co", officer(settings)) == somebody.text


def test_an_officer_of_another_unit_with_the_same_name_is_somebody_else(settings: Settings) -> None:
    with pytest.raises(SomebodyElse):
        sign_in(replace(settings, unit=UNIT), PlainBrowser(PASSWORD))


def test_a_revoked_officer_is_not_signed_in(settings: Settings, registry: Registry) -> None:
    with registry.database.writing() as tx:
        accounts.revoke(tx, f"officer:{officer(settings)}", datetime.now(UTC))
    address = asks(settings)

    refused = PlainBrowser(PASSWORD).sends_the_form(address, requests.get(address, timeout=10))

    assert (refused.status_code, "thu hồi" in refused.text) == (403, True)


def test_another_provider_may_know_the_officer_by_another_name(
    false: tuple[FalseProvider, Settings],
) -> None:
    provider, settings = false
    provider.bend = lambda claims: {**claims, "sub": "f3a9", "preferred_username": "hanh.nt"}
    known = replace(
        settings,
        accounts=(replace(settings.accounts[0], login="hanh.nt"),),
        sign_in=replace(settings.sign_in, claim="preferred_username"),
    )

    assert sign_in(known, PlainBrowser("")).officer == "qt-01"


# what the provider refuses


@pytest.mark.parametrize(
    "redirect",
    [
        "https://example.com/signed-in",
        "http://127.0.0.1/signed-in",
        "http://127.0.0.1:50001/elsewhere",
        "http://127.0.0.1:50001/signed-in/",
        "http://127.0.0.1:50001/signed-in?next=x",
        "http://127.0.0.1:50001@example.com/signed-in",
        "http://localhost:50001/signed-in",
        "http://127.0.0.1.example.com:50001/signed-in",
        "",
    ],
)
def test_nobody_is_sent_to_a_foreign_address(settings: Settings, redirect: str) -> None:
    address = asks(settings, redirect_uri=redirect)

    got = requests.get(address, timeout=10, allow_redirects=False)
    form = {**query_of(address), "officer": officer(settings), "password": PASSWORD}
    sent = requests.post(f"{settings.central}/sign-in", form, timeout=10, allow_redirects=False)

    assert (got.status_code, sent.status_code) == (400, 400)
    assert "Location" not in {**got.headers, **sent.headers}


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "id_token token"}, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
    ],
)
def test_only_a_code_with_pkce_and_a_nonce_is_given(
    settings: Settings, more: dict[str, str], error: str
) -> None:
    answer = requests.get(asks(settings, **more), timeout=10, allow_redirects=False)

    told = query_of(answer.headers["Location"])
    assert (told["error"], told["state"], "code" in told) == (error, "state-1", False)


def test_a_code_works_once(settings: Settings) -> None:
    code = a_code(settings)

    assert "id_token" in exchange(settings, code).json()
    again = exchange(settings, code)
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize(
    "more",
    [
        {"code_verifier": "w" * 43},
        {"code_verifier": ""},
        {"redirect_uri": "http://127.0.0.1:50002/signed-in"},
        {"client_id": "another"},
    ],
)
def test_a_code_that_was_shown_with_anything_wrong_is_used(settings: Settings, more: dict[str, str]) -> None:
    code = a_code(settings)

    assert exchange(settings, code, **more).json() == {"error": "invalid_grant"}
    assert exchange(settings, code).json() == {"error": "invalid_grant"}


def test_a_code_is_good_for_a_minute(settings: Settings, registry: Registry) -> None:
    code = a_code(settings)
    past = identity.rfc3339(datetime.now(UTC) - timedelta(seconds=61))
    with registry.database.writing() as tx:
        tx.execute(update(sign_ins).values(made_at=past))

    assert exchange(settings, code).json() == {"error": "invalid_grant"}


def test_the_page_repeats_no_markup_and_may_be_put_in_no_frame(settings: Settings) -> None:
    page = requests.get(asks(settings, login_hint='"><script>1</script>', state='"><b>'), timeout=10)

    assert "<script" not in page.text
    assert "<b>" not in page.text
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"


# what the counter refuses


def _without(*names: str) -> Any:
    return lambda claims: {name: value for name, value in claims.items() if name not in names}


@pytest.mark.parametrize(
    ("bend", "error"),
    [
        (lambda claims: {**claims, "aud": "another-program"}, SignInNotBelieved),
        (lambda claims: {**claims, "aud": [claims["aud"], "another-program"]}, SignInNotBelieved),
        (lambda claims: {**claims, "nonce": "of another sign-in"}, SignInNotBelieved),
        (lambda claims: {**claims, "iss": "https://example.com"}, SignInNotBelieved),
        (_without("nonce"), SignInNotBelieved),
        (_without("aud"), SignInNotBelieved),
        (_without("exp"), SignInNotBelieved),
        (_without("sub"), SignInNotBelieved),
        (lambda claims: {**claims, "exp": claims["iat"] - 600}, SignInClock),
        (lambda claims: {**claims, "iat": claims["iat"] + 3600, "exp": claims["exp"] + 3600}, SignInClock),
        (lambda claims: {**claims, "sub": "qt-02"}, SomebodyElse),
    ],
)
def test_a_word_for_somebody_or_something_else_is_not_believed(
    false: tuple[FalseProvider, Settings], bend: Any, error: type[Exception]
) -> None:
    provider, settings = false
    provider.bend = bend

    with pytest.raises(error):
        sign_in(settings, PlainBrowser(""))


@pytest.mark.filterwarnings("ignore:JWS algorithm")
@pytest.mark.parametrize("how", ["another key", "no key", "a public key as a secret"])
def test_a_word_that_the_provider_did_not_sign_is_not_believed(
    false: tuple[FalseProvider, Settings], how: str
) -> None:
    provider, settings = false
    if how == "another key":
        provider.signs_with = ECKey.generate_key("P-256", {"kid": "one"})
    elif how == "no key":
        provider.header = {"alg": "none"}
    else:
        provider.header = {"alg": "HS256", "kid": "one"}
        provider.signs_with = OctKey.import_key(provider.key.as_pem(private=False).replace(b"-----", b""))

    with pytest.raises(SignInNotBelieved):
        sign_in(settings, PlainBrowser(""))


def test_a_provider_that_calls_itself_otherwise_is_not_asked(
    false: tuple[FalseProvider, Settings],
) -> None:
    provider, settings = false
    provider.issuer = "https://example.com"
    browser = PlainBrowser("")

    with pytest.raises(SignInNotBelieved):
        sign_in(settings, browser)
    assert browser.was_at == []


def test_an_answer_that_names_another_provider_is_not_exchanged(
    false: tuple[FalseProvider, Settings],
) -> None:
    provider, settings = false
    provider.comes_back_with = {"iss": "https://example.com"}

    with pytest.raises(SignInNotBelieved):
        sign_in(settings, PlainBrowser(""))


def test_an_answer_with_another_state_is_not_heard(false: tuple[FalseProvider, Settings]) -> None:
    provider, settings = false
    provider.comes_back_with = {"state": "somebody else's"}
    browser = PlainBrowser("")

    with pytest.raises(SignInTooSlow):
        sign_in(settings, browser, patience=1)
    assert "Không khớp" in browser.saw[-1]


def test_an_answer_from_elsewhere_does_not_end_a_sign_in_that_is_under_way(settings: Settings) -> None:
    browser = PlainBrowser(PASSWORD)

    def open_after_a_stranger(address: str) -> bool:
        there = query_of(address)["redirect_uri"]
        for query in ("", "?code=x&state=y", "?error=access_denied"):
            assert requests.get(there + query, timeout=10).status_code == 400
        stranger = requests.get(there, headers={"Host": "example.com"}, timeout=10)
        assert stranger.status_code == 404
        return browser.open(address)

    assert SignIn(settings, open_after_a_stranger)(officer(settings), Progress()).officer
    browser.wait()


def test_a_browser_that_opens_a_line_and_says_nothing_holds_nobody_up() -> None:

    with listening("state") as loopback:
        port = urlsplit(loopback.redirect_uri).port
        silent = socket.create_connection(("127.0.0.1", port or 0))
        answer = requests.get(f"{loopback.redirect_uri}?state=state&code=c", timeout=10)
        silent.close()

        assert answer.status_code == 200
        assert loopback.heard(5) == {"state": "state", "code": "c"}


def test_who_presses_cancel_stops_waiting_and_listening(settings: Settings) -> None:
    browser, progress = PlainBrowser("", stays=True), Progress()
    ended: list[BaseException] = []

    def work() -> None:
        try:
            SignIn(settings, browser.open)(officer(settings), progress)
        except Cancelled as stopped:
            ended.append(stopped)

    thread = threading.Thread(target=work)
    thread.start()
    while not browser.was_at:
        time.sleep(0.01)
    progress.cancel()
    thread.join(30)

    assert [type(each) for each in ended] == [Cancelled]
    with pytest.raises(requests.ConnectionError):
        requests.get(query_of(browser.was_at[0])["redirect_uri"], timeout=5)


def test_troubles_are_told_in_words(settings: Settings) -> None:
    nowhere = replace(settings, central="http://127.0.0.1:9")
    with pytest.raises(SignInAway):
        sign_in(nowhere, PlainBrowser(""))
    with pytest.raises(NobodyToSignInAt):
        sign_in(replace(settings, sign_in=SignInSettings()), PlainBrowser(""))
    with pytest.raises(NoBrowser):
        SignIn(settings, lambda _: False)(officer(settings), Progress())
    with pytest.raises(SignInNotBelieved):  # over a line that anybody reads
        sign_in(replace(settings, sign_in=SignInSettings("http://example.com")), PlainBrowser(""))


@pytest.mark.parametrize(
    "address", ["http://example.com/x", "ftp://127.0.0.1/x", "file:///etc/hosts", "", "//x", "http://[x"]
)
def test_only_tls_or_this_very_computer_is_asked(address: str) -> None:
    assert not is_safe(address)
    assert is_safe("https://sso.example/keys")
    assert is_safe("http://127.0.0.1:5000/keys")
