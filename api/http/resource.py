"""One address of the server: what answers each of its methods, and the right word to all the others.

HEAD is GET without its body; OPTIONS names the methods, and answers preflights where pages of other origins may read.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.failures import Refusal
from api.http.cross_origin import Origins, is_preflight
from loaders.faults import ErrorCode

Handler = Callable[[Request], Awaitable[Response]]


class Resource:
    """An ASGI application that answers the methods it is given handlers for: `Resource(GET=show, POST=run)`."""

    def __init__(self, *, origins: Origins | None = None, **handlers: Handler) -> None:
        self.origins = origins
        self.handlers = handlers
        with_head = {*handlers, "OPTIONS"} | ({"HEAD"} if "GET" in handlers else set())
        self.allow = ", ".join(sorted(with_head))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI request."""
        request = Request(scope, receive)
        response = await self.answer(request)
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """The response to one request; raises `Refusal`."""
        if request.method == "OPTIONS":
            return self._options(request)
        # The server strips the body of an answer to HEAD and keeps its length.
        handler = self.handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            raise Refusal(
                ErrorCode.METHOD_NOT_ALLOWED, f"{request.method} is not allowed here", headers={"allow": self.allow}
            )
        return await handler(request)

    def _options(self, request: Request) -> Response:
        if self.origins and is_preflight(request.headers):
            return self.origins.preflight(request.headers, allow=self.allow)
        return Response(status_code=204, headers={"allow": self.allow})
