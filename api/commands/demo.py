"""`gongkai demo`: the sample reports that come with the program, loaded unless real ones are, and served."""

from collections.abc import Sequence
from importlib.resources import as_file
from pathlib import Path

import click

from api.commands.load import Batch
from api.commands.serve import listening, run, settings_for
from api.console import Output, Tally, counted
from api.http import server
from api.mongo.driver import connect
from api.settings import Settings
from loaders.batch import Reading
from loaders.file_formats import SUFFIXES
from loaders.file_formats.sources import inventory
from loaders.shipped import SAMPLES
from loaders.store import reports as store
from loaders.store.removal import real_reports


@click.command()
@listening
@click.make_pass_decorator(Output)
def demo(output: Output, *, host: str | None, port: int | None) -> None:
    """Load the sample reports that come with the program, then serve.

    Once real reports are loaded the samples are left out: invented figures never stand beside real ones.
    """
    with as_file(SAMPLES) as folder:
        server.run(_demo(output, settings_for(host=host, port=port), [folder]))


async def _demo(output: Output, settings: Settings, samples: Sequence[Path]) -> None:
    async with connect(settings, tell=output.note) as database:
        await store.prepare(database, progress=output.progress)
        if real := await real_reports(database):
            output.note(f"{counted(real, 'real report')} loaded; the samples are left out")
        else:
            tally = Tally()
            entries = inventory(samples, suffixes=SUFFIXES).entries
            with Reading(entries, limits=settings.file_limits) as outcomes:
                await Batch(output, database, tally).load(outcomes, total=sum(entry.size for entry in entries))
            output.note(f"samples: {tally.as_text()}")
        await run(database, settings)
