"""The composition root: settings, a database and an engine become one Starlette application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from api.failures import Refusal, failure_of, response_to
from api.http.cross_origin import CrossOrigin, Origins
from api.http.graphiql import GraphiQL
from api.http.graphql import Executor
from api.http.guard import Guard
from api.http.routes import routes
from api.settings import Settings
from loaders.faults import ErrorCode
from loaders.store.database import Database


class State(TypedDict):
    """What every request finds in `request.state`."""

    database: Database
    engine: Executor


def create_app(settings: Settings, *, database: Database, engine: Executor) -> Starlette:
    """The application; the database is the caller's to open and to close."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        yield {"database": database, "engine": engine}

    origins = Origins(settings.origins)
    app = Starlette(
        routes=routes(settings, GraphiQL.installed(), origins),
        middleware=[Middleware(CrossOrigin, origins=origins), Middleware(Guard)],
        exception_handlers={HTTPException: _unknown_address},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # such a redirect would lead to wherever the Host header says
    return app


async def _unknown_address(request: Request, _exception: Exception) -> Response:
    return response_to(
        failure_of(
            Refusal(ErrorCode.NOT_FOUND, f"nothing is at {request.scope['path']}", hint="GraphQL is at /graphql")
        )
    )
