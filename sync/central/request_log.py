"""One line of log for each request: what was asked and how it ended, never what it said."""

import logging
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)
_REQUEST_ID = re.compile(rb"[A-Za-z0-9-]{1,64}")


class RequestLog:
    """Gives the asker's X-Request-Id back and writes it into the log, with path and status."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = dict(scope["headers"]).get(b"x-request-id", b"")
        request_id = asked if _REQUEST_ID.fullmatch(asked) else b""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", request_id)]
                told = (scope["method"], scope["path"], message["status"], request_id.decode("ascii"))
                _log.info("%s %s %s %s", *told)
            await send(message)

        await self._app(scope, receive, answer)
