"""Reading by pages of other origins (CORS): what a browser is told of `/graphql` and `/export`, and of nothing else.

Only preflights are refused. Any other request is answered whoever sent it, errors too: without the header that names
its origin the browser keeps the answer from the page.

Any origin may read unless GONGKAI_ORIGINS says otherwise, `null` (a page opened as a file) included: the reports are
public papers. Nothing is opened by it that a foreign page could not ask for through a server of its own, save where
this server stands inside a closed network. And there is nothing to forge (CSRF): no cookie, session or key exists and
credentials are never allowed, so that nobody acts in a visitor's name; GET only reads; POST takes application/json
alone, which a foreign page cannot send before a preflight was granted.

Starlette's CORSMiddleware is not used. It answers every preflight itself, for all addresses alike, with one list of
methods, and refuses in plain text, without `Allow`; within the guard it would leave the guard's errors unreadable, and
around it it would also open GraphiQL's page, its files and the probes.
"""

import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.failures import Refusal
from api.settings import ANY_ORIGIN, ORIGIN
from loaders.faults import ErrorCode

OPEN = re.compile(r"/graphql|/export/.*")
FOR_PEOPLE = "text/html"  # GraphiQL's page, which shares its address with the API

EXPOSED = "Allow, Content-Disposition, Retry-After, Server-Timing"
READ_HEADERS = (  # the first four may be sent anyway, but for a Content-Type of JSON
    "accept",
    "accept-language",
    "content-language",
    "content-type",
    "apollo-require-preflight",  # these name the client that asks, and mean nothing here
    "apollographql-client-name",
    "apollographql-client-version",
    "x-requested-with",
)
KEPT_SECONDS = 7_200  # Chromium keeps a preflight no longer


class Origins:
    """Whose pages may read."""

    def __init__(self, named: Collection[str]) -> None:
        self.named = frozenset(named)

    def admitted(self, headers: Headers) -> str:
        """What `Access-Control-Allow-Origin` says to this request; nothing where its origin may not read."""
        origin = ",".join(headers.getlist("origin"))
        if ANY_ORIGIN in self.named:
            return ANY_ORIGIN if origin == "null" or ORIGIN.fullmatch(origin) else ""
        return origin if origin in self.named else ""

    def preflight(self, headers: Headers, *, allow: str) -> Response:
        """The answer to a preflight of an address that offers the methods `allow`; raises `Refusal`."""
        granted = {"allow": allow, "access-control-allow-methods": allow,
                   "access-control-allow-headers": ", ".join(READ_HEADERS)}  # fmt: skip
        if not self.admitted(headers):
            origin = headers["origin"][:100]
            message = f"pages of {origin!r} may not read this"
            raise Refusal(ErrorCode.ORIGIN_NOT_ALLOWED, message, headers={"allow": allow})
        method = headers["access-control-request-method"]
        if method not in allow.split(", "):
            raise Refusal(ErrorCode.METHOD_NOT_ALLOWED, f"{method[:100]} is not allowed here", headers=granted)
        for name in _names(headers):
            if name not in READ_HEADERS:
                message = f"the header {name[:100]!r} is not read here"
                raise Refusal(ErrorCode.HEADER_NOT_ALLOWED, message, headers=granted)
        return Response(status_code=204, headers=granted | {"access-control-max-age": str(KEPT_SECONDS)})


def is_preflight(headers: Headers) -> bool:
    """An OPTIONS request with these headers is a browser's question whether a page may ask."""
    return "origin" in headers and "access-control-request-method" in headers


class CrossOrigin:
    """ASGI middleware around everything else, so that errors can be read as well."""

    def __init__(self, app: ASGIApp, *, origins: Origins) -> None:
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI request."""
        if scope["type"] != "http" or not OPEN.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        admitted = self.origins.admitted(Headers(scope=scope))

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                _mark(MutableHeaders(raw=message["headers"]), admitted)
            await send(message)

        await self.app(scope, receive, marked)


def _mark(headers: MutableHeaders, admitted: str) -> None:
    if headers.get("content-type", "").startswith(FOR_PEOPLE):
        return
    headers.add_vary_header("origin")
    if admitted:
        headers["access-control-allow-origin"] = admitted
        headers["access-control-expose-headers"] = EXPOSED


def _names(headers: Headers) -> list[str]:
    listed = ",".join(headers.getlist("access-control-request-headers"))
    return [name.strip().lower() for name in listed.split(",") if name.strip()]
