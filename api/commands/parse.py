"""`gongkai parse`: the document of one report, with no database."""

from itertools import islice

import click

from api.commands.given import given
from api.console import visible, write_json
from api.settings import from_env
from loaders.batch import parse_all


@click.command()
@click.argument("path")
def parse(*, path: str) -> None:
    """Print the document of one report as JSON, with no database."""
    taken = given([path])
    if taken.found.failures:
        raise taken.found.failures[0]
    entries = list(islice(taken.documents, 2))
    if len(entries) != 1:
        count = "no" if not entries else "more than one"
        raise click.UsageError(f"{visible(path)} holds {count} report; name one, or use `gongkai load` for many")
    (outcome,) = parse_all(entries, limits=from_env().file_limits)
    if outcome.fault is not None:
        raise outcome.fault
    write_json(outcome.document)
