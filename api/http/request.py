"""An HTTP request -> the GraphQL request inside it, or a `Refusal` that says what is wrong with it.

POST has it as a JSON body, GET as `query`, `variables` (JSON), `operationName` and `extensions` in the address.
Refused: another media type or content encoding (415), a body over the cap (413, told by
Content-Length or while it streams in), a sender that stalls (408), an address over the cap (414), anything that is no
UTF-8 JSON object of the right shape (400), batches (400), the mere hash of a query (200, as clients expect).
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from api.failures import Refusal
from loaders.faults import ErrorCode
from schema.request import GraphQLRequest

DEEPEST_JSON = 64
LONGEST_ADDRESS = 32_000  # bytes of the query string
THROWN_AWAY_BYTES = 50_000_000
THROWN_AWAY_SECONDS = 5

PARAMETERS = ("query", "variables", "operationName", "extensions")


async def posted(request: Request, *, body_limit: int, deadline_ms: int) -> GraphQLRequest:
    """The GraphQL request in the body of a POST."""
    return _request(await posted_object(request, body_limit=body_limit, deadline_ms=deadline_ms), read_only=False)


async def posted_object(request: Request, *, body_limit: int, deadline_ms: int) -> dict[str, Any]:
    """The JSON object in the body of a POST."""
    _check_media_type(request.headers)
    stream = request.stream()
    try:
        async with asyncio.timeout(deadline_ms / 1000):
            body = await _body(stream, limit=body_limit)
    except TimeoutError:
        raise Refusal(ErrorCode.REQUEST_TIMEOUT, headers={"connection": "close"}) from None
    if body is None:
        await _throw_away(stream)
        raise _too_large(body_limit)
    parameters = json_value(body, what="the request body")
    if isinstance(parameters, list):
        raise Refusal(ErrorCode.BATCHING_NOT_SUPPORTED)
    if not isinstance(parameters, dict):
        raise Refusal(
            ErrorCode.BAD_REQUEST, "the request body must be a JSON object", hint='such as {"query": "{ … }"}'
        )
    return parameters


def asked_by_address(request: Request) -> GraphQLRequest:
    """The GraphQL request in the address of a GET, which may only read."""
    parameters: dict[str, Any] = {**address_parameters(request)}
    for name in ("variables", "extensions"):
        if parameters.get(name):
            parameters[name] = json_value(parameters[name].encode(), what=f"`{name}`")
    return _request(parameters, read_only=True)


def _check_media_type(headers: Mapping[str, str]) -> None:
    media_type, *parameters = (part.strip().lower() for part in headers.get("content-type", "").split(";"))
    charsets = [
        value.strip('"') for part in parameters for name, _, value in [part.partition("=")] if name == "charset"
    ]
    if media_type != "application/json" or any(charset not in {"utf-8", "utf8"} for charset in charsets):
        raise Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, headers={"accept-post": "application/json"})
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refusal(ErrorCode.UNSUPPORTED_CONTENT_ENCODING, headers={"accept-encoding": "identity"})


async def _body(stream: AsyncIterator[bytes], *, limit: int) -> bytes | None:
    """The whole body, or None as soon as it is over the limit."""
    parts, size = [], 0
    async for part in stream:
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
    return b"".join(parts)


async def _throw_away(stream: AsyncIterator[bytes]) -> None:
    """Read the rest for a while: a client whose sending is cut off short never gets to see the answer."""
    left = THROWN_AWAY_BYTES
    with suppress(TimeoutError):
        async with asyncio.timeout(THROWN_AWAY_SECONDS):
            async for part in stream:
                left -= len(part)
                if left < 0:
                    return


def _too_large(limit: int) -> Refusal:
    return Refusal(
        ErrorCode.BODY_TOO_LARGE,
        f"the request body is larger than {limit} bytes",
        headers={"connection": "close"},
    )


def address_parameters(request: Request, known: Collection[str] = PARAMETERS) -> dict[str, str]:
    """The parameters in the address, of which each known one may stand there once."""
    query_string: bytes = request.scope["query_string"]
    if len(query_string) > LONGEST_ADDRESS:
        raise Refusal(ErrorCode.URL_TOO_LONG, f"the address is longer than {LONGEST_ADDRESS} bytes")
    try:
        pairs = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError:
        raise Refusal(ErrorCode.BAD_REQUEST, "the address cannot be read: not UTF-8, or too many parameters") from None
    names = [name for name, _ in pairs if name in known]
    if len(names) != len(set(names)):
        raise Refusal(ErrorCode.BAD_REQUEST, "a parameter stands twice in the address")
    return dict(pairs)


def json_value(text: bytes, *, what: str) -> Any:
    """The value that JSON in UTF-8 stands for; `what` says in a refusal what it is."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as fault:
        if "depth" in str(fault):
            raise _nested_too_deeply(what) from None
        raise Refusal(ErrorCode.BAD_JSON, f"{what} is no valid JSON in UTF-8: {fault.msg}") from None
    if _deeper_than(value, DEEPEST_JSON):
        raise _nested_too_deeply(what)
    return value


def _nested_too_deeply(what: str) -> Refusal:
    return Refusal(ErrorCode.NESTED_TOO_DEEPLY, f"{what} is nested more than {DEEPEST_JSON} levels deep")


def _deeper_than(value: Any, depth: int) -> bool:
    level = [value]
    while level and depth >= 0:
        inside = [one for one in level if isinstance(one, dict | list)]
        level = [part for one in inside for part in (one.values() if isinstance(one, dict) else one)]
        depth -= 1
    return bool(level)


def _request(parameters: Mapping[str, Any], *, read_only: bool) -> GraphQLRequest:
    extensions = _optional(parameters, "extensions", kind=dict, expected="a map") or {}
    if not parameters.get("query"):
        if "persistedQuery" in extensions:  # clients know this message by its letters, and send the whole document
            raise Refusal(ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
        raise Refusal(
            ErrorCode.BAD_REQUEST, "`query` is missing", hint='send a GraphQL document, such as {"query": "{ … }"}'
        )
    return GraphQLRequest(
        query=_optional(parameters, "query", kind=str, expected="a string"),
        variables=_optional(parameters, "variables", kind=dict, expected="a map"),
        operation_name=_optional(parameters, "operationName", kind=str, expected="a string") or None,
        read_only=read_only,
    )


def _optional(parameters: Mapping[str, Any], name: str, *, kind: type, expected: str) -> Any:
    value = parameters.get(name)
    if value is not None and value != "" and not isinstance(value, kind):
        raise Refusal(ErrorCode.BAD_REQUEST, f"`{name}` must be {expected} or null")
    return value if value != "" else None
