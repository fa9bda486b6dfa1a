"""`gongkai serve`: the API and GraphiQL until Ctrl+C."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from api.console import Output
from api.http import server
from api.http.app import create_app
from api.mongo.driver import connect
from api.mongo.secret import kept_secret
from api.settings import Settings, from_env
from loaders.store import reports as store
from loaders.store.database import Database
from schema.engine import Engine, Limits


def listening(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command that serves: `host` and `port`."""
    port = click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; GONGKAI_PORT, else 8000.")
    host = click.option("--host", help="Address to listen on; GONGKAI_HOST, else 127.0.0.1.")
    return host(port(command))


@click.command()
@listening
@click.make_pass_decorator(Output)
def serve(output: Output, *, host: str | None, port: int | None) -> None:
    """Serve the GraphQL API and GraphiQL until Ctrl+C."""
    server.run(_serve(output, settings_for(host=host, port=port)))


def settings_for(*, host: str | None, port: int | None) -> Settings:
    """The settings of the environment, with what the command line says instead; raises where the port is taken."""
    settings = from_env()
    settings = replace(
        settings, host=settings.host if host is None else host, port=settings.port if port is None else port
    )
    server.listen(settings).close()  # told now, not after MongoDB was started and samples were loaded
    return settings


async def _serve(output: Output, settings: Settings) -> None:
    async with connect(settings, tell=output.note) as database:
        await store.prepare(database, progress=output.progress)
        await run(database, settings)


async def run(database: Database, settings: Settings) -> None:
    """Serve a prepared database until told to stop."""
    secret = settings.secret or await kept_secret(database)
    limits = Limits(deadline_ms=settings.database_deadline_ms)
    engine = Engine(database, limits=limits, secret=secret.encode())
    await server.serve(create_app(settings, database=database, engine=engine), settings, announce=click.echo)
