"""Exports over HTTP: `/export/{name}.ndjson` and `/export/{name}.csv`, rows as they are read from MongoDB.

GET has `where` (JSON of the GraphQL input), `fields` (ids with commas between), `limit` and `bom` in the address, POST
the same as a JSON body, `fields` a list. The file leaves a piece at a time, no faster than the client takes it. Refused
before the first byte, in the one error shape: what `schema.export.plan` refuses, more rows than GONGKAI_EXPORT_ROWS, a
first row that is not there within the request's deadline. A fault after the first byte breaks the transfer off, so that
a client cannot take a part for the whole; so does one that takes nothing for a while.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.failures import Refusal
from api.http.graphql import while_connected
from api.http.request import address_parameters, json_value, posted_object
from api.settings import Settings
from loaders.faults import ErrorCode
from loaders.store.database import Database
from schema.errors import nearest
from schema.export.plan import Exporter, ExportPlan, too_many
from schema.export.rows import batches, count
from schema.export.text import TEXT_FORMATS, TextFormat
from schema.request import Limits

PARAMETERS = ("where", "fields", "limit", "bom")
WORK_MS = 300_000  # MongoDB's own work on one export
STALL_SECONDS = 30  # how long a client may take nothing
WHOLE_SECONDS = 900
LONGEST_NUMBER = 12  # digits


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for, by JSON types."""

    where: object = None
    fields: list[str] = field(default_factory=list)
    limit: int = 0
    bom: bool = True


class ExportEndpoint:
    """The handlers of `/export`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def exporter(self) -> Exporter:
        """Made at the first request; the schema behind it is the engine's own."""
        return Exporter(limits=Limits(deadline_ms=self.settings.database_deadline_ms))

    async def get(self, request: Request) -> Response:
        """The export that the address asks for."""
        return await self._respond(request, asked_by_address(request))

    async def post(self, request: Request) -> Response:
        """The export that the body asks for."""
        body = await posted_object(request, body_limit=self.settings.body_limit, deadline_ms=self.settings.deadline_ms)
        return await self._respond(request, asked_by_body(body))

    async def _respond(self, request: Request, asked: Asked) -> Response:
        what, _, suffix = request.path_params["name"].rpartition(".")
        if suffix not in TEXT_FORMATS:
            hint = nearest(suffix, TEXT_FORMATS) or f"An address ends in .{' or .'.join(TEXT_FORMATS)}."
            raise Refusal(ErrorCode.NOT_FOUND, f"there is no export in the format {suffix!r}", hint=hint)
        cap = self.settings.export_rows
        plan = self.exporter.plan(what, where=asked.where, fields=asked.fields, limit=asked.limit, cap=cap)
        headers = {
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="gongkai-{plan.table.name}.{suffix}"',
            "content-type": TEXT_FORMATS[suffix].media_type,
        }
        if request.method == "HEAD":
            return _without_length(Response(headers=headers))
        pieces = _pieces(request.state.database, plan, TEXT_FORMATS[suffix], cap=cap, bom=asked.bom)
        async with asyncio.timeout(self.settings.deadline_ms / 1000):
            first = await while_connected(request, self._first(request.state.database, plan, pieces))
        return Stream(request, first, pieces, headers)

    async def _first(self, database: Database, plan: ExportPlan, pieces: AsyncGenerator[bytes, None]) -> bytes:
        """The first piece, once it is known that the export is not too large."""
        cap = self.settings.export_rows
        deadline_ms = self.settings.database_deadline_ms
        if not plan.limit and await count(database, plan, cap=cap, deadline_ms=deadline_ms) > cap:
            raise too_many(cap)
        return await anext(pieces)


class Stream(Response):
    """An answer whose pieces are made as the client takes them; the rows end when the client goes away."""

    def __init__(
        self, request: Request, first: bytes, pieces: AsyncGenerator[bytes, None], headers: Mapping[str, str]
    ) -> None:
        super().__init__(headers=headers)
        _without_length(self)
        self._request, self._first, self._pieces = request, first, pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the request has both
        """Send the pieces; raises what breaks the transfer off."""
        async with asyncio.timeout(WHOLE_SECONDS), aclosing(self._pieces):
            await while_connected(self._request, self._sent(send))

    async def _sent(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await _passed(send, self._first, more=True)
        async for piece in self._pieces:
            await _passed(send, piece, more=True)
        await _passed(send, b"", more=False)


def _without_length(response: Response) -> Response:
    """How long an export is shows only at its end."""
    del response.headers["content-length"]
    return response


async def _passed(send: Send, piece: bytes, *, more: bool) -> None:
    """Hand one piece on; the server waits here until the client has room for it."""
    async with asyncio.timeout(STALL_SECONDS):
        await send({"type": "http.response.body", "body": piece, "more_body": more})
        await asyncio.sleep(0)  # a client that takes everything at once must not keep the others waiting


async def _pieces(
    database: Database, plan: ExportPlan, format_: TextFormat, *, cap: int, bom: bool
) -> AsyncGenerator[bytes, None]:
    """The file in pieces: the first has what stands before the rows, and the first rows."""
    pending: bytes | None = format_.head(plan.columns, bom)
    async with aclosing(batches(database, plan, cap=cap, deadline_ms=WORK_MS)) as found:
        async for rows in found:
            yield (pending or b"") + format_.body(plan.columns, rows)
            pending = None
    if pending is not None:
        yield pending


def asked_by_address(request: Request) -> Asked:
    """What the address of a GET asks for."""
    given: dict[str, Any] = {**address_parameters(request, PARAMETERS)}
    if given.get("where"):
        given["where"] = json_value(given["where"].encode(), what="`where`")
    if "limit" in given:
        given["limit"] = _number(given["limit"])
    if "bom" in given:
        given["bom"] = {"true": True, "false": False}.get(given["bom"])
    return asked_by_body({name: value for name, value in given.items() if value != ""})


def asked_by_body(given: Mapping[str, Any]) -> Asked:
    """What a JSON object asks for; a name that is not known is refused, for a filter unread would choose everything."""
    for name in given:
        if name not in PARAMETERS:
            hint = nearest(name, PARAMETERS) or f"There are {', '.join(PARAMETERS)}."
            raise Refusal(ErrorCode.BAD_REQUEST, f"an export has no parameter {name[:100]!r}", hint=hint)
    fields = given.get("fields") or []
    if isinstance(fields, str):
        fields = [one.strip() for one in fields.split(",") if one.strip()]
    if not isinstance(fields, list) or not all(isinstance(one, str) for one in fields):
        raise Refusal(ErrorCode.BAD_REQUEST, "`fields` must be a list of ids")
    limit, bom = given.get("limit"), given.get("bom", True)
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 1):
        raise Refusal(ErrorCode.BAD_REQUEST, "`limit` must be a number of rows, 1 or more")
    if not isinstance(bom, bool):
        raise Refusal(ErrorCode.BAD_REQUEST, "`bom` must be true or false")
    return Asked(given.get("where"), fields, limit or 0, bom)


def _number(text: str) -> int:
    """The number of a plain row of digits, else one that is refused."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
