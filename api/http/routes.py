"""The addresses of the server, and what answers each."""

import asyncio
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from api.failures import Failure, failure_of, response_to
from api.http.compression import Compressed
from api.http.cross_origin import Origins
from api.http.documentation import Documentation
from api.http.export import ExportEndpoint
from api.http.graphiql import GraphiQL
from api.http.graphql import GraphQLEndpoint
from api.http.resource import Resource
from api.settings import Settings
from loaders.errors import DatabaseError
from loaders.faults import ErrorCode

READY_DEADLINE_MS = 2_000


def routes(settings: Settings, graphiql: GraphiQL, origins: Origins) -> list[Route]:
    """Every address the server answers; pages of the origins may read some of them."""
    graphql = GraphQLEndpoint(settings, page=graphiql.page)
    export = ExportEndpoint(settings)
    documentation = Documentation()
    return [
        Route("/", Resource(GET=_to_graphql)),
        Route("/docs", Compressed(Resource(GET=documentation.page))),
        Route("/docs/{name}", Compressed(Resource(GET=documentation.page))),
        Route("/export/{name}", Compressed(Resource(GET=export.get, POST=export.post, origins=origins))),
        Route("/graphql", Compressed(Resource(GET=graphql.get, POST=graphql.post, origins=origins))),
        Route("/graphql/", Resource(GET=_to_graphql, POST=_to_graphql)),
        Route("/graphql/static/{name}", Resource(GET=graphiql.file)),
        Route("/healthz", Resource(GET=_alive)),
        Route("/readyz", Resource(GET=_ready)),
    ]


async def _to_graphql(request: Request) -> Response:
    """On this server, whatever the Host header says; the query goes along."""
    query = request.scope["query_string"].decode("latin-1")
    return RedirectResponse(f"/graphql?{query}" if query else "/graphql")


async def _alive(_request: Request) -> Response:
    """The process runs and its event loop turns; MongoDB is not asked."""
    return JSONResponse({"status": "alive"}, headers={"cache-control": "no-store"})


async def _ready(request: Request) -> Response:
    """MongoDB answers, so queries can be answered; 503 with the reason where not."""
    try:
        async with asyncio.timeout(READY_DEADLINE_MS / 1000):
            await request.state.database.ping(deadline_ms=READY_DEADLINE_MS)
    except DatabaseError as fault:
        return response_to(replace(failure_of(fault), status=503))
    except TimeoutError:
        return response_to(Failure(ErrorCode.TIMEOUT, status=503))
    return JSONResponse({"status": "ready"}, headers={"cache-control": "no-store"})
