"""`gongkai schema`: the GraphQL schema as text."""

import click

from api.console import Output
from schema.read.schema import build_schema
from schema.types.sdl import SDL_FILE


@click.command()
@click.option("--write", is_flag=True, help="Write it to schema/schema.graphql of this checkout instead.")
@click.option("--brief", is_flag=True, help="Without descriptions, the figures as a table: small enough to read whole.")
@click.make_pass_decorator(Output)
def schema(output: Output, *, write: bool, brief: bool) -> None:
    """Print the GraphQL schema in the schema definition language."""
    if write and brief:
        raise click.UsageError("--write and --brief do not go together: what is written is the whole schema")
    if brief:
        click.echo(build_schema().brief_sdl(), nl=False)
        return
    sdl = build_schema().sdl()
    if write:
        SDL_FILE.write_text(sdl, encoding="utf-8")
        output.note(f"written to {SDL_FILE}")
    else:
        click.echo(sdl, nl=False)
