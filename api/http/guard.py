"""The layer around all but one: every answer carries the security headers, every exception becomes a JSON answer.

Outside stands `api.http.cross_origin` alone, so that pages of other origins can read these answers too.
"""

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.failures import failure_of, response_to
from api.http.framing import refuse_bad_head

SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """ASGI middleware that nothing unexpected passes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(raw=message["headers"])
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            refuse_bad_head(scope)
            await self.app(scope, receive, guarded)
        except ClientDisconnect:
            pass  # nobody is left to read an answer
        except Exception as exception:
            if started:  # too late for an answer; the server closes the connection
                raise
            await response_to(failure_of(exception))(scope, receive, guarded)
