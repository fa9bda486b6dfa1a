"""GraphQL over HTTP: `/graphql` for programs (POST, GET) and, where a browser asks for a page, GraphiQL.

Answers are `application/json` or `application/graphql-response+json`, whichever the client prefers.

Status codes, decided once:
- `application/graphql-response+json`: 200 where execution began, even if fields failed (the response then holds both
  `data` and `errors`; the draft's 294 is registered nowhere, and clients and caches do not know it); 400 where the
  document cannot be parsed, does not validate or its variables do not fit. The current draft prefers 422 for the
  latter two, the conformance audits that clients are tested with want 400; 400 satisfies both drafts' MUST.
- `application/json`: 200 for every well-formed GraphQL request, as clients of that older type expect.
- Both: 4xx where the HTTP request itself is wrong, 405 for a mutation by GET, 503 and 504 where MongoDB is away or
  slow. `data` is absent unless execution began.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.failures import Refusal, failure_of, response_to
from api.http.negotiation import preferred
from api.http.request import asked_by_address, posted
from api.settings import Settings
from loaders.errors import GongkaiError
from loaders.faults import ErrorCode
from schema.request import GraphQLAnswer, GraphQLRequest

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"

Result = TypeVar("Result")


class Executor(Protocol):
    """What answers GraphQL requests: `schema.engine.Engine`."""

    async def execute(self, request: GraphQLRequest) -> GraphQLAnswer:
        """The answer to one request."""
        ...


class GraphQLEndpoint:
    """The handlers of `/graphql`; `page` gives GraphiQL. The engine is found in the request's lifespan state."""

    def __init__(self, settings: Settings, *, page: Callable[[], Response]) -> None:
        self.settings = settings
        self.page = page

    async def get(self, request: Request) -> Response:
        """Answer the query in the address, or show GraphiQL to a browser."""
        return await self._respond(request, offers=(JSON, GRAPHQL_RESPONSE, HTML))

    async def post(self, request: Request) -> Response:
        """Answer the query in the body."""
        return await self._respond(request, offers=(JSON, GRAPHQL_RESPONSE))

    async def _respond(self, request: Request, *, offers: tuple[str, ...]) -> Response:
        media_type = preferred(",".join(request.headers.getlist("accept")), offers)
        if media_type == HTML:
            return self.page()
        if media_type is None:
            raise Refusal(
                ErrorCode.NOT_ACCEPTABLE, f"the client accepts none of {', '.join(offers)}", headers={"vary": "accept"}
            )
        try:
            response = await self._answered(request, media_type=media_type)
        except (Refusal, GongkaiError, TimeoutError) as exception:
            response = response_to(failure_of(exception), media_type=media_type)
        response.headers["vary"] = "accept"
        return response

    async def _answered(self, request: Request, *, media_type: str) -> Response:
        began = time.perf_counter()
        asked = asked_by_address(request) if request.method != "POST" else await self._posted(request)
        read = time.perf_counter()
        async with asyncio.timeout(self.settings.deadline_ms / 1000):
            answer = await while_connected(request, request.state.engine.execute(asked))
        executed = time.perf_counter()
        body = orjson.dumps(content_of(answer))
        timing = {"read": read - began, "execute": executed - read, "write": time.perf_counter() - executed}
        status = status_of(answer, media_type)
        headers = {"cache-control": "no-store", "server-timing": _server_timing(timing)}
        headers |= {"allow": "POST"} if status == ErrorCode.OPERATION_NOT_ALLOWED.status else {}
        return Response(body, status, headers, media_type=f"{media_type}; charset=utf-8")

    async def _posted(self, request: Request) -> GraphQLRequest:
        return await posted(request, body_limit=self.settings.body_limit, deadline_ms=self.settings.deadline_ms)


def content_of(answer: GraphQLAnswer) -> dict[str, Any]:
    """The answer as a JSON object: `data` only where execution began, the others where they hold anything."""
    content: dict[str, Any] = {"errors": answer.errors} if answer.errors else {}
    if answer.stage == "execute":
        content["data"] = answer.data
    return content | ({"extensions": answer.extensions} if answer.extensions else {})


def status_of(answer: GraphQLAnswer, media_type: str) -> int:
    """The HTTP status of an answer, as decided at the top of this module."""
    codes = [one.get("extensions", {}) for one in answer.errors]
    if any(isinstance(one, dict) and one.get("code") == ErrorCode.OPERATION_NOT_ALLOWED.name for one in codes):
        return ErrorCode.OPERATION_NOT_ALLOWED.status
    return 400 if answer.stage != "execute" and media_type == GRAPHQL_RESPONSE else 200


async def while_connected(request: Request, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of the work, which is given up when the client goes away.

    What MongoDB was asked runs on, in a thread of the driver's, to its own deadline; only rows stop being fetched.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _server_timing(seconds: dict[str, float]) -> str:
    return ", ".join(f"{name};dur={1000 * spent:.2f}" for name, spent in seconds.items())
