"""`gongkai parse`: the document of one report, with no database."""

import click

from api.console import write_json
from api.settings import from_env
from loaders.batch import parse_all
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory


@click.command()
@click.argument("path")
def parse(*, path: str) -> None:
    """Print the document of one report as JSON, with no database."""
    found = inventory([path], suffixes=SUFFIXES)
    if found.failures:
        raise found.failures[0]
    if len(found.entries) != 1:
        raise click.UsageError(f"{path} holds {len(found.entries)} files; name one, or use `gongkai load` for many")
    (outcome,) = parse_all(found.entries, limits=from_env().file_limits)
    if outcome.fault is not None:
        raise outcome.fault
    write_json(outcome.document)
