"""Central's sign-in over HTTP: one plain page with a form, and the addresses that OpenID asks for."""

import html
import logging
import secrets
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from sync.central import identity, passwords
from sync.central.identity import AskedWrongly
from sync.central.passwords import AskedTooOften, NotValidNow, PasswordWrong
from sync.central.refusal import Refusal
from sync.clock import office_minute, read_time

_log = logging.getLogger(__name__)
_MOST = 8 * 1024  # bytes of a form
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:*; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PAGE = """<!doctype html>
<html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Đăng nhập – Hệ thống hồ sơ</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 24rem; margin: 4rem auto; padding: 0 1rem }}
label, input, button {{ display: block; width: 100%; box-sizing: border-box; font: inherit }}
input, button {{ padding: .6rem; margin: .3rem 0 1rem }}
.trouble {{ border-left: 4px solid #b3261e; padding: .5rem .8rem }}
</style>
<h1>{title}</h1>
{content}
</html>"""
_FORM = """{trouble}<form method="post" action="{action}">{hidden}
<label for="officer">Mã cán bộ</label>
<input id="officer" name="officer" value="{officer}" autocomplete="username" required>
<label for="password">Mật khẩu của hệ thống</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
<button>Đăng nhập</button></form>"""


def _only_where_passwords_are(request: Request) -> None:
    """A hub knows no passwords: it would call every one of them wrong. Officers sign in at the system above it."""
    if request.app.state.central.upstream is not None:
        raise Refusal(404, "sign_in_elsewhere")


routes = APIRouter(include_in_schema=False, dependencies=[Depends(_only_where_passwords_are)])


@routes.get("/.well-known/openid-configuration")
def configuration(request: Request) -> Response:
    return JSONResponse(identity.discovery(request.app.state.issuer))


@routes.get(identity.KEYS)
def public_keys(request: Request) -> Response:
    return JSONResponse(identity.published_keys(identity.signing_key(request.app.state.central.signer)))


@routes.get(identity.AUTHORIZE)
def ask_for_password(request: Request) -> Response:
    told = dict(request.query_params)
    try:
        asked = identity.read_asked(told)
    except AskedWrongly as wrong:
        return _refused(request, told, wrong.told)
    return _form(told, asked.hint)


@routes.post(identity.AUTHORIZE)
async def take_password(request: Request) -> Response:
    form = await _form_of(request)
    return await run_in_threadpool(_take_password, request, form)


@routes.post(identity.TOKEN)
async def give_word(request: Request) -> Response:
    form = await _form_of(request)
    return await run_in_threadpool(_give_word, request, form)


def _take_password(request: Request, form: dict[str, str]) -> Response:
    try:
        asked = identity.read_asked(form)
    except AskedWrongly as wrong:
        return _refused(request, form, wrong.told)
    officer, now = form.get("officer", "").strip(), datetime.now(UTC)
    database = request.app.state.central.database
    try:
        unit = passwords.check(database, officer, form.get("password", ""), now)
    except PasswordWrong:
        return _form(form, officer, "Mã cán bộ hoặc mật khẩu chưa đúng.", 403)
    except AskedTooOften as often:
        minute = office_minute(read_time(often.until)) + 1
        words = f"Nhập sai nhiều lần. Chờ đến {minute // 60 % 24:02d}:{minute % 60:02d} rồi thử lại."
        return _form(form, officer, words, 429)
    except Refusal:
        return _form(form, officer, "Đang có nhiều người đăng nhập. Chờ vài giây rồi thử lại.", 503)
    except NotValidNow:
        words = "Tài khoản đã bị thu hồi hoặc hết hiệu lực. Gọi người quản trị."
        return _form(form, officer, words, 403)
    with database.writing() as tx:
        code = identity.new_code(tx, asked, officer, unit, now)
    _log.info("signed in: %s", officer)
    return _back(request, asked.redirect_uri, {"code": code, "state": asked.state})


def _give_word(request: Request, form: dict[str, str]) -> Response:
    if form.get("grant_type") != "authorization_code":
        return JSONResponse({"error": "unsupported_grant_type"}, 400, _HEADERS)
    central, now = request.app.state.central, datetime.now(UTC)
    with central.database.writing() as tx:
        said = identity.use_code(tx, form, now)
    if said is None:
        return JSONResponse({"error": "invalid_grant"}, 400, _HEADERS)
    id_token = identity.word(said, request.app.state.issuer, identity.signing_key(central.signer), now)
    told = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 1}
    return JSONResponse({**told, "id_token": id_token}, headers=_HEADERS)  # the access token opens nothing


def _form(told: dict[str, str], officer: str, trouble: str = "", status: int = 200) -> Response:
    kept = {name: value for name, value in told.items() if name not in ("officer", "password")}
    hidden = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in kept.items()
    )
    words = f'<p class="trouble" role="alert">{html.escape(trouble)}</p>' if trouble else ""
    content = _FORM.format(
        trouble=words, action=identity.AUTHORIZE, hidden=hidden, officer=html.escape(officer)
    )
    return HTMLResponse(_PAGE.format(title="Đăng nhập hệ thống", content=content), status, _HEADERS)


def _refused(request: Request, told: dict[str, str], error: str) -> Response:
    """Tell the asker, by the address that was found to be theirs; a stranger gets a page and goes nowhere."""
    if error:
        return _back(request, told["redirect_uri"], {"error": error, "state": told.get("state", "")})
    content = "<p>Yêu cầu đăng nhập này không đến từ chương trình ở quầy. Đóng trang này.</p>"
    return HTMLResponse(_PAGE.format(title="Không đăng nhập được", content=content), 400, _HEADERS)


def _back(request: Request, redirect_uri: str, told: dict[str, str]) -> Response:
    query = urlencode({**told, "iss": request.app.state.issuer})
    return RedirectResponse(f"{redirect_uri}?{query}", 303, _HEADERS)


async def _form_of(request: Request) -> dict[str, str]:
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > _MOST:
            return {}
    return dict(parse_qsl(data.decode("utf-8", "replace"), max_num_fields=20))
