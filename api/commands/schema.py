"""`gongkai schema`: the GraphQL schema as text."""

import click

from api.console import Output
from schema.read.schema import build_schema
from schema.types.sdl import SDL_FILE


@click.command()
@click.option("--write", is_flag=True, help="Write it to schema/schema.graphql of this checkout instead.")
@click.make_pass_decorator(Output)
def schema(output: Output, *, write: bool) -> None:
    """Print the GraphQL schema in the schema definition language."""
    sdl = build_schema().sdl()
    if write:
        SDL_FILE.write_text(sdl, encoding="utf-8")
        output.note(f"written to {SDL_FILE}")
    else:
        click.echo(sdl, nl=False)
