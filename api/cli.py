"""The command `gongkai`: its group; each command is a module of `api.commands`, imported when it is called.

Exit codes: 0 all went well, 1 some file or the database failed, 2 the command was misused, 130 Ctrl+C ended it. Faults
are lines on standard error, with what to do; never a traceback.
"""

from importlib import import_module
from typing import Any

import click

from api.console import Output, fault_as_json, write_json
from loaders.errors import GongkaiError

COMMANDS = {
    "load": "Load reports from files, folders, patterns or .zip archives, and from .jsonl, .parquet, .warc and .wacz.",
    "list": "Show which reports are loaded, by year and agency.",
    "remove": "Remove loaded reports, with their older texts and all that is derived from them.",
    "parse": "Print the document of one report as JSON, with no database.",
    "serve": "Serve the GraphQL API and GraphiQL until Ctrl+C.",
    "check": "Show the findings of the given files, or of all loaded reports.",
    "export": "Write loaded reports, their cells, indicators, checks, narrative figures or passages to a file.",
    "schema": "Print the GraphQL schema in the schema definition language.",
    "demo": "Load the sample reports that come with the program, then serve.",
}
"""The commands in the order of a user's way; `api.commands.NAME` holds a click command of that name.

What each does stands here too, so that the help need not import the driver and the schema of all of them.
"""


INTERRUPTED = 130  # what shells say of a program that Ctrl+C ended


class LateGroup(click.Group):
    """A group that imports a command when it is called, and shows a fault as a line with what to do."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of a user's way."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"api.commands.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands of the help, with nothing imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a fault ends it with the exit code that the list of faults has for it."""
        try:
            return super().invoke(ctx)
        except GongkaiError as fault:
            output = ctx.find_object(Output) or Output()
            output.fault(fault)
            if output.as_json:
                write_json({"error": fault_as_json(fault)})
            ctx.exit(fault.fault.exit_code)
        except KeyboardInterrupt:
            (ctx.find_object(Output) or Output()).note("stopped")
            ctx.exit(INTERRUPTED)


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="gongkai")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Chinese government-information-disclosure reports: load them, ask for any figure or passage over GraphQL.

    With MONGODB_URI set that MongoDB is used; without it a private one is started under the data folder.

    Exit codes: 0 all went well, 1 something failed, 2 the command was misused.
    """
    ctx.obj = Output()


if __name__ == "__main__":
    main()
